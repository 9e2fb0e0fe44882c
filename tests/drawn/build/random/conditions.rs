//! Layers that see a condition, and heads among taps.

use serde_json::{Value, json};

use super::conv::{self, Wanted};
use super::net::{Draw, Layer, Place};
use super::tensor::Tensor;
use super::timing::Timing;
use super::{branches, skips};

pub(super) fn conditioned(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.depth > 0 {
        return None;
    }
    draw.until(|draw| {
        // All that a `mixin` sees belongs to the frame at hand.
        let every =
            Place { outputs_all: true, padding: Some("causal"), ..place.inner(place.first) };
        let made = draw.one_in(2);
        let made = made.then(|| draw.chain(&every, 1, |draw, place, _| Some(draw.layer(place))));
        let (channels, inner) = match made {
            Some(Some(ref made)) => (made.outputs, Place { first: false, ..every }),
            Some(None) => return None,
            None => (place.inputs, every),
        };
        let made = made.flatten();
        let layers = if made.is_none() && draw.one_in(2) {
            projected(draw, &inner, channels)?
        } else if draw.one_in(2) {
            sums(draw, &inner, channels)?
        } else {
            let blocks = draw.random.usize(1..=2);
            draw.chain(&inner, blocks, |draw, place, _| seeing(draw, place, channels))?
        };
        let text = match &made {
            Some(made) => format!("conditioned < {} | {} >", made.text, layers.text),
            None => format!("conditioned < {} >", layers.text),
        };
        let past = layers.timing.past + made.as_ref().map_or(0, |made| made.timing.past);
        let topology = json!({
            "kind": "conditioned", "made": made.map(|made| made.topology), "chain": layers.topology,
        });
        let timing = Timing { past, ..layers.timing };
        Some(Layer { text, outputs: layers.outputs, topology: vec![topology], timing })
    })
}

/// Two sums of taps, of which the first goes through a head.
fn sums(draw: &mut Draw<'_>, place: &Place, channels: usize) -> Option<Layer> {
    let [first, second] = [(); 2].map(|()| draw.random.usize(1..=4));
    let chain = draw.chain(&place.inner(place.first), 6, |draw, place, at| match at {
        0 | 3 => seeing(draw, place, channels),
        1 => Some(skips::skip(draw, place, first)),
        2 => Some(head(draw, place, first, second)),
        4 => tapped(draw, place, second),
        _ => Some(skips::skip(draw, place, second)),
    })?;
    let text = format!("skips < {} >", chain.text);
    let topology = vec![json!({ "kind": "skips", "chain": chain.topology })];
    Some(Layer { text, outputs: second, topology, timing: chain.timing })
}

/// A residual block that ends in a tap.
fn tapped(draw: &mut Draw<'_>, place: &Place, out: usize) -> Option<Layer> {
    let chain = draw.chain(&place.inner(place.first), 2, |draw, inner, at| {
        let wanted = Wanted { out: Some(place.inputs), ..Wanted::default() };
        Some(match at {
            0 => conv::conv(draw, inner, &wanted),
            _ => skips::skip(draw, inner, out),
        })
    })?;
    Some(skips::in_residual(&chain))
}

/// A product of the condition, and blocks that take what it makes.
fn projected(draw: &mut Draw<'_>, place: &Place, channels: usize) -> Option<Layer> {
    let out = channels + draw.random.usize(1..=3);
    let blocks = draw.random.usize(1..=2);
    draw.chain(place, 1 + blocks, |draw, place, at| {
        if at > 0 {
            return seeing_in(draw, place, channels, true);
        }
        draw.until(|draw| {
            let product = conv::mixer(draw, place, out);
            product.text.contains("no_bias").then_some(product)
        })
    })
}

/// A convolution and a mixin, alone or in a residual block.
fn seeing(draw: &mut Draw<'_>, place: &Place, channels: usize) -> Option<Layer> {
    let in_block = draw.one_in(2);
    seeing_in(draw, place, channels, in_block)
}

fn seeing_in(draw: &mut Draw<'_>, place: &Place, channels: usize, in_block: bool) -> Option<Layer> {
    let out = in_block.then_some(place.inputs);
    let inner = if in_block { place.inner(place.first) } else { place.clone() };
    let layers = draw.random.usize(2..=3);
    let chain = draw.chain(&inner, layers, |draw, place, at| match (at, in_block) {
        (0, _) => Some(conv::conv(draw, place, &Wanted { out, ..Wanted::default() })),
        (1, _) => Some(mixin(draw, place, channels)),
        (_, true) => Some(conv::mixer(draw, place, out?)),
        (_, false) => branches::blended(draw, place),
    })?;
    if !in_block {
        return Some(chain);
    }
    Some(skips::in_residual(&chain))
}

fn mixin(draw: &mut Draw<'_>, place: &Place, channels: usize) -> Layer {
    let outputs = place.inputs;
    let divides =
        |groups: &usize| channels.is_multiple_of(*groups) && outputs.is_multiple_of(*groups);
    let divisors: Vec<_> = (1..=outputs).filter(divides).collect();
    let groups = draw.random.choice(divisors).unwrap_or(1);
    let (flag, activation) = draw.activation(false);
    let said = (groups > 1).then(|| format!("groups={groups}"));
    let text = draw.text("mixin", place, said.into_iter().chain(flag).collect());
    let inputs = channels / groups;
    let kernel = Tensor::kernel(draw.random, &[1, inputs, outputs], inputs);
    let keras = draw.one_in(2);
    let entry = conv::weights(draw, &kernel, keras, groups == 1);
    let text = draw.weighted(text, entry);
    let window = json!({ "taps": 1, "dilation": 1, "stride": 1, "padding": "valid" });
    let mixin = json!({
        "kind": "mixin", "kernel": kernel.json(), "bias": null, "groups": groups, "window": window,
    });
    let topology: Vec<Value> = [Some(mixin), activation].into_iter().flatten().collect();
    Layer { text, outputs, topology, timing: Timing::AT_ONCE }
}

/// Of a sum of so many channels. It keeps frames of the sum, not of the place that it stands at.
fn head(draw: &mut Draw<'_>, place: &Place, inputs: usize, out: usize) -> Layer {
    let sum = Place { inputs, first: false, ..place.clone() };
    let conv::Time { taps, mut arguments, window, timing } =
        conv::Time::draw(draw, &sum, &Wanted::default());
    arguments.retain(|argument| argument != "causal");
    arguments.push(format!("out={out}"));
    let bias = conv::bias(draw, out, &mut arguments);
    let kernel = Tensor::kernel(draw.random, &[taps, inputs, out], taps * inputs);
    let text = draw.text("head", place, arguments);
    let keras = draw.one_in(2);
    let mut entry = conv::weights(draw, &kernel, keras, false);
    if let Some(bias) = &bias {
        entry["bias"] = bias.json();
    }
    let text = draw.weighted(text, entry);
    let bias = bias.as_ref().map(Tensor::json);
    let topology = vec![json!({
        "kind": "head", "kernel": kernel.json(), "bias": bias, "groups": 1, "window": window,
    })];
    // What it keeps counts as part of the chain: that is the most that it can be.
    Layer { text, outputs: place.inputs, topology, timing: Timing { lag: 0, first: 0, ..timing } }
}
