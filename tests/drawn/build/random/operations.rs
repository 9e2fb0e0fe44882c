//! Layers that came later than the others: drawn by themselves, so that the networks before them stay as they are.

use serde_json::{Value, json};

use super::net::Feature::{Anywhere, InPlaces};
use super::net::{Draw, Feature, Layer, Place};
use super::tensor::Tensor;
use super::timing::Timing;
use super::{more_planes, pick, recurrent};

pub(super) static OPERATIONS: &[Feature] = &[
    InPlaces(max_pool),
    InPlaces(avg_pool),
    InPlaces(global_max),
    InPlaces(more_planes::max_pool2d),
    InPlaces(more_planes::avg_pool2d),
    InPlaces(|draw, place| more_planes::reduce(draw, place, "mean")),
    InPlaces(|draw, place| more_planes::reduce(draw, place, "sum")),
    InPlaces(|draw, place| more_planes::reduce(draw, place, "max")),
    InPlaces(|draw, place| more_planes::reduce(draw, place, "min")),
    InPlaces(more_planes::expand),
    Anywhere(more_planes::permute),
    Anywhere(slice),
    Anywhere(|draw, place| branches(draw, place, "difference", ("tanh(in", "tanh"))),
    Anywhere(|draw, place| branches(draw, place, "minimum", ("tanh(in", "tanh"))),
    Anywhere(|draw, place| branches(draw, place, "maximum", ("tanh(in", "tanh"))),
    Anywhere(quotient),
    Anywhere(more_planes::layer_norm),
    Anywhere(more_planes::group_norm),
    InPlaces(more_planes::conv2d),
    InPlaces(more_planes::depthwise2d),
    InPlaces(more_planes::conv_transpose2d),
    Anywhere(recurrent::rnn),
    InPlaces(conv_transpose),
    InPlaces(split),
    InPlaces(pixel_shuffle),
];

/// The frames of a pool: how they are written, the window, and when it has an output.
pub(super) struct Frames {
    pub(super) arguments: Vec<String>,
    pub(super) window: Value,
    pub(super) timing: Timing,
}

impl Frames {
    /// `key` is the word for the frames of a window.
    pub(super) fn draw(draw: &mut Draw<'_>, place: &Place, key: &str, least: usize) -> Self {
        let taps = draw.random.usize(least..=4);
        let forced = if place.outputs_all { Some("causal") } else { place.padding };
        let padding =
            forced.unwrap_or_else(|| pick(draw.random, ["causal", "same", "pad", "valid"]));
        let padding = if taps == 1 && padding == "pad" { "valid" } else { padding };
        let may_stride = place.strides && !place.outputs_all && padding != "same";
        let stride = if may_stride { draw.random.usize(1..=taps + 1) } else { 1 };
        let past = taps - 1;
        let zeros = match padding {
            "causal" => past,
            "same" => past / 2,
            "pad" => draw.random.usize(1..=past),
            _ => 0,
        };
        let late = past - zeros;
        let mut arguments = vec![format!("{key}={taps}")];
        arguments.extend((stride != taps).then(|| format!("stride={stride}")));
        arguments.push(if padding == "pad" { format!("pad={zeros}") } else { padding.to_owned() });
        let shown = if padding == "pad" { json!({ "zeros": zeros }) } else { json!(padding) };
        let lag = if padding == "valid" { 0 } else { late };
        Self {
            arguments,
            window: json!({ "taps": taps, "dilation": 1, "stride": stride, "padding": shown }),
            timing: Timing { past, first: late, stride, lag, frames: 1 },
        }
    }
}

/// A layer that has no output at some pushes can stand where that is allowed.
pub(super) fn can_stand(place: &Place, timing: Timing) -> bool {
    let is_late = timing.first > 0 || timing.stride > 1;
    !(place.outputs_all && is_late || timing.stride > 1 && !place.strides)
}

fn max_pool(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    pool(draw, place, "max")
}

fn avg_pool(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    pool(draw, place, "mean")
}

fn pool(draw: &mut Draw<'_>, place: &Place, how: &str) -> Option<Layer> {
    let Frames { mut arguments, window, timing } = Frames::draw(draw, place, "size", 2);
    let counts = how == "mean" && draw.one_in(2);
    arguments.extend(counts.then(|| "count_include_pad".to_owned()));
    let kind = if how == "max" { "max_pool" } else { "avg_pool" };
    let topology = json!({
        "kind": "pool2d", "how": how, "window": window, "features": 1, "size": 1, "stride": 1,
        "zeros": 0, "positions": 1, "counts": counts,
    });
    if !can_stand(place, timing) {
        return None;
    }
    let text = draw.text(kind, place, arguments);
    Some(Layer { text, outputs: place.inputs, topology: vec![topology], timing })
}

fn global_max(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let frames = draw.random.usize(2..=20);
    let timing = Timing::valid(frames - 1, 1);
    if place.padding.is_some() || !can_stand(place, timing) {
        return None;
    }
    let topology = vec![json!({ "kind": "pool", "how": "max", "size": frames, "stride": 1 })];
    let text = draw.text("global_max", place, vec![format!("frames={frames}")]);
    Some(Layer { text, outputs: place.inputs, topology, timing })
}

fn slice(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let start = draw.random.usize(0..place.inputs);
    let step = draw.random.usize(1..=3);
    let out = draw.random.usize(1..=(place.inputs - start).div_ceil(step));
    let mut arguments = vec![format!("start={start}"), format!("out={out}")];
    arguments.extend((step > 1).then(|| format!("step={step}")));
    let indices: Vec<_> = (start..).step_by(step).take(out).collect();
    gathered(draw, place, "slice", arguments, &indices)
}

/// A layer that gives the numbers of those places.
pub(super) fn gathered(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    arguments: Vec<String>,
    indices: &[usize],
) -> Layer {
    let text = draw.text(kind, place, arguments);
    let topology = vec![json!({ "kind": "gather", "indices": indices })];
    Layer { text, outputs: indices.len(), topology, timing: Timing::AT_ONCE }
}

/// By what is not small.
fn quotient(draw: &mut Draw<'_>, place: &Place) -> Layer {
    branches(draw, place, "quotient", ("sigmoid(in", "sigmoid"))
}

/// The frame, by its slopes, and a function of it.
fn branches(draw: &mut Draw<'_>, place: &Place, how: &str, (second, name): (&str, &str)) -> Layer {
    let inputs = place.inputs;
    let first = if draw.one_in(2) { "relu" } else { "linear" };
    let text = format!("{how} < {first}(in={inputs}) | {second}={inputs}) >");
    let activation =
        |name: &str| vec![json!({ "kind": "activation", "name": name, "parameter": null })];
    let topology = vec![json!({
        "kind": "join", "how": how, "branches": [activation(first), activation(name)],
    })];
    Layer { text, outputs: inputs, topology, timing: Timing::AT_ONCE }
}

/// Transposed convolutions whose first frames are cut off.
fn conv_transpose(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.depth > 0 || place.outputs_all {
        return None;
    }
    let (taps, stride) = (draw.random.usize(2..=7), draw.random.usize(1..=3));
    let (inputs, outputs) = (place.inputs, draw.random.usize(1..=4));
    let is_same = draw.one_in(2);
    let cut = if is_same { taps.saturating_sub(stride) / 2 } else { draw.random.usize(1..taps) };
    let mut arguments =
        vec![format!("k={taps}"), format!("out={outputs}"), format!("stride={stride}")];
    arguments.push(if is_same { "same".to_owned() } else { format!("pad={cut}") });
    let kernel = Tensor::kernel(draw.random, &[taps, inputs, outputs], taps * inputs);
    let bias = Tensor::draw(draw.random, &[outputs], 0.5);
    let entry = if draw.one_in(2) {
        json!({ "kernel": kernel.transposed(&[0, 2, 1]).json(), "bias": bias.json() })
    } else {
        json!({ "weight": kernel.transposed(&[1, 2, 0]).json(), "bias": bias.json() })
    };
    let text = draw.text("conv_transpose", place, arguments);
    let text = draw.weighted(text, entry);
    let topology = vec![json!({
        "kind": "conv_transpose", "kernel": kernel.json(), "bias": bias.json(), "stride": stride,
        "cut": cut,
    })];
    let first = cut.div_ceil(stride);
    let past = taps.div_ceil(stride);
    let timing = Timing { past, first, lag: first, frames: stride, ..Timing::AT_ONCE };
    Some(Layer { text, outputs, topology, timing })
}

fn split(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let times = times(draw, place)?;
    let text = draw.text("split", place, vec![format!("n={times}")]);
    let topology = vec![json!({ "kind": "split", "times": times })];
    let timing = Timing { frames: times, ..Timing::AT_ONCE };
    Some(Layer { text, outputs: place.inputs / times, topology, timing })
}

/// Channel `c * n + i` is channel `c` of the frame `i`.
fn pixel_shuffle(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let times = times(draw, place)?;
    let outputs = place.inputs / times;
    let mut indices = Vec::new();
    for frame in 0..times {
        indices.extend((0..outputs).map(|channel| channel * times + frame));
    }
    let text = draw.text("pixel_shuffle", place, vec![format!("n={times}")]);
    let topology = vec![
        json!({ "kind": "gather", "indices": indices }),
        json!({ "kind": "split", "times": times }),
    ];
    let timing = Timing { frames: times, ..Timing::AT_ONCE };
    Some(Layer { text, outputs, topology, timing })
}

fn times(draw: &mut Draw<'_>, place: &Place) -> Option<usize> {
    let divisors = (2..=place.inputs).filter(|times| place.inputs.is_multiple_of(*times));
    let divisors: Vec<_> = divisors.collect();
    draw.random.choice(divisors).filter(|_| place.depth == 0)
}
