//! Layers of branches.

use serde_json::{Value, json};

use super::conv::{self, Wanted};
use super::net::{self, Draw, Layer, Place};
use super::timing::Timing;

/// Layers nest so deep.
const DEEPEST: usize = 2;

/// What is written between the kind and its layers: `in` here or, where it has any, in the first of them.
fn opening(draw: &mut Draw<'_>, place: &Place, mut arguments: Vec<String>) -> (String, bool) {
    let inside = place.first && draw.one_in(2);
    if place.first && !inside {
        arguments.push(format!("in={}", place.inputs));
    }
    draw.random.shuffle(&mut arguments);
    let given =
        if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    (given, inside)
}

/// Some layers of any kind, and in the end a convolution where so many channels are wanted.
fn branch(draw: &mut Draw<'_>, place: &Place, wanted: &Wanted) -> Option<Layer> {
    let free = if wanted.stride.is_some() { 0 } else { draw.random.usize(0..=1) };
    let ends = usize::from(free == 0 || wanted.out.is_some());
    draw.chain(place, free + ends, |draw, place, at| {
        Some(if at < free { draw.layer(place) } else { conv::conv(draw, place, wanted) })
    })
}

pub(super) fn residual(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    block(draw, place, false, false)
}

pub(super) fn residual_project(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    block(draw, place, true, false)
}

pub(super) fn residual_of_valid(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.outputs_all {
        return None;
    }
    block(draw, &Place { padding: Some("valid"), ..place.clone() }, false, false)
}

pub(super) fn residual_center(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.outputs_all {
        return None;
    }
    let project = draw.one_in(3);
    block(draw, &Place { padding: Some("valid"), ..place.clone() }, project, true)
}

fn block(draw: &mut Draw<'_>, place: &Place, project: bool, center: bool) -> Option<Layer> {
    if place.depth >= DEEPEST {
        return None;
    }
    draw.until(|draw| {
        let flags = [(project, "project"), (center, "center")];
        let flags = flags.into_iter().filter(|(given, _)| *given).map(|(_, flag)| flag.to_owned());
        let (given, inside) = opening(draw, place, flags.collect());
        let mut inner = place.inner(inside);
        // The projection takes one frame in as many.
        inner.strides = project && place.strides && !place.outputs_all;
        let out = if project { draw.random.usize(1..=6) } else { place.inputs };
        let before = std::mem::take(&mut draw.endless);
        let layers = branch(draw, &inner, &Wanted { out: Some(out), ..Wanted::default() })?;
        let is_endless = std::mem::replace(&mut draw.endless, before);
        draw.endless |= is_endless;
        let Timing { first, lag, past, .. } = layers.timing;
        // What never forgets has no middle.
        if center && (is_endless || lag > 0 || !first.is_multiple_of(2)) {
            return None;
        }
        let lag = if center { first / 2 } else { lag };
        let mut text = format!("residual{given} < {} >", layers.text);
        let mut projection = None;
        if project {
            let (labelled, topology) = conv::projection(draw, text, place.inputs, out);
            (text, projection) = (labelled, Some(topology));
        }
        let topology = json!({
            "kind": "residual", "block": layers.topology, "projection": projection,
            "center": center,
        });
        let timing = Timing { past: past.max(lag), lag, ..layers.timing };
        Some(Layer { text, outputs: out, topology: vec![topology], timing })
    })
}

pub(super) fn sum(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let branches = draw.random.usize(2..=3);
    join(draw, place, "sum", branches, None)
}

pub(super) fn product(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let branches = draw.random.usize(2..=3);
    join(draw, place, "product", branches, None)
}

pub(super) fn concat(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let branches = draw.random.usize(2..=3);
    join(draw, place, "concat", branches, None)
}

pub(super) fn gated(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    join(draw, place, "gated", 2, None)
}

/// Branches of different `same` kernels, so that some have to wait.
pub(super) fn same_and_same(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.outputs_all || place.padding.is_some() {
        return None;
    }
    let kind = super::pick(draw.random, ["sum", "product", "concat", "gated"]);
    join(draw, place, kind, 2, Some("same"))
}

fn join(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    count: usize,
    padding: Option<&'static str>,
) -> Option<Layer> {
    if place.depth >= DEEPEST {
        return None;
    }
    draw.until(|draw| {
        let (flags, pair) = if kind == "gated" { pair(draw) } else { (Vec::new(), Value::Null) };
        let (given, mut inside) = opening(draw, place, flags);
        let strided = place.strides && !place.outputs_all && draw.one_in(4);
        let stride = strided.then(|| draw.random.usize(2..=3));
        let empty = (stride.is_none() && draw.one_in(3)).then(|| draw.random.usize(0..count));
        let out = if empty.is_some() { place.inputs } else { draw.random.usize(1..=5) };
        let wanted = Wanted { out: (kind != "concat").then_some(out), padding, stride };
        let mut branches = Vec::new();
        for at in 0..count {
            let inner = place.inner(inside);
            branches.push(if empty == Some(at) {
                draw.chain(&inner, 0, |_, _, _| None)?
            } else {
                inside = false;
                branch(draw, &inner, &wanted)?
            });
        }
        let timings: Vec<_> = branches.iter().map(|branch| branch.timing).collect();
        let timing = Timing::together(&timings)?;
        if padding.is_some() && branches.iter().all(|branch| branch.timing.lag == timing.lag) {
            return None;
        }
        let texts: Vec<_> = branches.iter().map(|branch| branch.text.as_str()).collect();
        let outputs = match kind {
            "concat" => branches.iter().map(|branch| branch.outputs).sum(),
            _ => out,
        };
        let how = if kind == "gated" { json!({ "gated": pair }) } else { json!(kind) };
        let chains: Vec<_> = branches.iter().map(|branch| &branch.topology).collect();
        let topology = json!({ "kind": "join", "how": how, "branches": chains });
        let text = format!("{kind}{given} < {} >", texts.join(" | "));
        Some(Layer { text, outputs, topology: vec![topology], timing })
    })
}

/// The activations of a gate: the flags, whose order counts, as one argument.
fn pair(draw: &mut Draw<'_>) -> (Vec<String>, Value) {
    if draw.one_in(2) {
        let both = [net::activation("tanh", None), net::activation("sigmoid", None)];
        return (Vec::new(), json!(both));
    }
    let both = [(); 2].map(|()| {
        let (name, parameter) = draw.any_activation(false);
        let flag = match parameter {
            Some(parameter) => format!("{name}={parameter:?}"),
            None => name.to_owned(),
        };
        (flag, net::activation(name, parameter))
    });
    let [(first, value), (second, gate)] = both;
    (vec![format!("{first}, {second}")], json!([value, gate]))
}

/// The halves of a frame, which a convolution makes even where it is not.
pub(super) fn halves(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    halves_by(draw, place, "gated")
}

pub(super) fn blended(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    halves_by(draw, place, "blended")
}

fn halves_by(draw: &mut Draw<'_>, place: &Place, kind: &str) -> Option<Layer> {
    let before = usize::from(!place.inputs.is_multiple_of(2));
    draw.chain(place, before + 1, |draw, place, at| {
        if at < before {
            let out = Some(2 * draw.random.usize(1..=3));
            return Some(conv::conv(draw, place, &Wanted { out, ..Wanted::default() }));
        }
        let (flags, pair) = pair(draw);
        let text = draw.text(kind, place, flags);
        let is_blended = kind == "blended";
        let topology =
            vec![json!({ "kind": "halves", "activations": pair, "blended": is_blended })];
        Some(Layer { text, outputs: place.inputs / 2, topology, timing: Timing::AT_ONCE })
    })
}
