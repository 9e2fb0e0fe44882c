//! Taps and their sum.

use serde_json::{Value, json};

use super::conv::{self, Wanted};
use super::net::{self, Draw, Layer, Place};
use super::pick;
use super::tensor::Tensor;
use super::timing::Timing;

/// A tap whose sum has so many channels.
pub(super) fn skip(draw: &mut Draw<'_>, place: &Place, out: usize) -> Layer {
    let (text, projection) = if place.inputs == out && draw.one_in(2) {
        (draw.text("skip", place, Vec::new()), None)
    } else {
        let text = draw.text("skip", place, vec![format!("out={out}")]);
        let (text, projection) = conv::projection(draw, text, place.inputs, out);
        (text, Some(projection))
    };
    let topology = vec![json!({ "kind": "skip", "projection": projection })];
    Layer { text, outputs: place.inputs, topology, timing: Timing::AT_ONCE }
}

/// Layers, and a tap, of which the timing is given too.
fn tapped(draw: &mut Draw<'_>, place: &Place, out: usize, taps: &mut Vec<Timing>) -> Option<Layer> {
    let layers = draw.random.usize(1..=2);
    draw.chain(place, layers + 1, |draw, place, at| {
        Some(match at {
            _ if at == layers => skip(draw, place, out),
            0 => conv::conv(draw, place, &Wanted::default()),
            _ => draw.layer(place),
        })
    })
    .inspect(|layer| taps.push(layer.timing))
}

/// Such layers in a residual block, with a convolution back to its channels behind the tap.
fn residual(
    draw: &mut Draw<'_>,
    place: &Place,
    out: usize,
    taps: &mut Vec<Timing>,
) -> Option<Layer> {
    let inner = place.inner(place.first);
    let block = draw.chain(&inner, 2, |draw, inner, at| match at {
        0 => tapped(draw, inner, out, taps),
        _ => Some(conv::mixer(draw, inner, place.inputs)),
    })?;
    Some(in_residual(&block))
}

/// A residual block that gives as many channels as it takes.
pub(super) fn in_residual(block: &Layer) -> Layer {
    let text = format!("residual < {} >", block.text);
    let topology = json!({
        "kind": "residual", "block": block.topology, "projection": null, "center": false,
    });
    let timing = Timing { past: block.timing.past.max(block.timing.lag), ..block.timing };
    Layer { text, outputs: block.outputs, topology: vec![topology], timing }
}

pub(super) fn skips(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.depth > 0 {
        return None;
    }
    draw.until(|draw| {
        let out = draw.random.usize(1..=5);
        // The last tap leaves nothing behind it alive.
        let (blocks, dead) = (draw.random.usize(1..=3), draw.random.usize(0..=1));
        let (mut before, mut all) = (Timing::AT_ONCE, Vec::new());
        let inner = place.inner(place.first);
        let chain = draw.chain(&inner, blocks + dead, |draw, place, at| {
            let mut taps = Vec::new();
            let layer = match draw.one_in(3) {
                _ if at >= blocks => draw.layer(place),
                true => tapped(draw, place, out, &mut taps)?,
                false => residual(draw, place, out, &mut taps)?,
            };
            all.extend(taps.iter().map(|tap| before.then(*tap)));
            before = before.then(layer.timing);
            Some(layer)
        })?;
        let timing = Timing::together(&all)?;
        let text = format!("skips < {} >", chain.text);
        let topology = vec![json!({ "kind": "skips", "chain": chain.topology })];
        Some(Layer { text, outputs: out, topology, timing })
    })
}

/// As it is documented: `conv; gated(); skip(out=…); dense(out=…)` in a residual block for each dilation.
pub(super) fn wavenet(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let forced = if place.outputs_all { Some("causal") } else { place.padding };
    if place.depth > 0 {
        return None;
    }
    let padding = forced.unwrap_or_else(|| pick(draw.random, ["valid", "causal", "same"]));
    let (channels, k) = (place.inputs, draw.random.usize(1..=3));
    let dilations: Vec<usize> = (0..draw.random.usize(1..=3)).map(|place| 1 << place).collect();
    let out = draw.one_in(2).then(|| draw.random.usize(1..=5));
    let gated = draw.one_in(2);
    let (flag, after) = if gated { (None, None) } else { draw.activation(false) };
    let mut arguments = vec![format!("channels={channels}"), format!("k={k}")];
    arguments.push(format!("dilations={dilations:?}"));
    arguments.extend(out.map(|out| format!("skip={out}")));
    arguments.extend(gated.then(|| "gated".to_owned()));
    arguments.extend((padding != "valid").then(|| padding.to_owned()));
    arguments.extend(flag);
    let text = draw.text("wavenet", place, arguments);
    let label = draw.label();

    let mut blocks = Vec::new();
    let (mut timing, mut taps, mut count) = (Timing::AT_ONCE, Vec::new(), 0);
    let mut entry = |draw: &mut Draw<'_>, shape: [usize; 3]| -> Value {
        let kernel = Tensor::kernel(draw.random, &shape, shape[0] * shape[1]);
        let bias = Tensor::draw(draw.random, &shape[2..], 0.5);
        let mut entry = if draw.one_in(2) {
            json!({ "kernel": kernel.json(), "bias": bias.json() })
        } else {
            json!({ "weight": kernel.transposed(&[2, 1, 0]).json(), "bias": bias.json() })
        };
        count += 1;
        if let Some(label) = &label {
            entry["name"] = json!(format!("{label}_{count}"));
        }
        draw.entries.push(entry);
        json!({ "kernel": kernel.json(), "bias": bias.json(), "groups": 1 })
    };
    let window = |taps: usize, dilation: usize, padding: &str| json!({ "taps": taps, "dilation": dilation, "stride": 1, "padding": padding });
    for dilation in dilations {
        let wide = if gated { 2 * channels } else { channels };
        let mut conv = entry(draw, [k, channels, wide]);
        (conv["kind"], conv["window"]) = (json!("conv"), window(k, dilation, padding));
        let mut block = vec![conv];
        block.extend(after.clone());
        if gated {
            let both = [net::activation("tanh", None), net::activation("sigmoid", None)];
            block.push(json!({ "kind": "halves", "activations": both }));
        }
        let projection = out.map(|out| {
            let mut projection = entry(draw, [1, channels, out]);
            projection["window"] = window(1, 1, "valid");
            projection
        });
        block.push(json!({ "kind": "skip", "projection": projection }));
        let mut mixer = entry(draw, [1, channels, channels]);
        (mixer["kind"], mixer["window"]) = (json!("conv"), window(1, 1, "valid"));
        block.push(mixer);
        blocks.push(
            json!({ "kind": "residual", "block": block, "projection": null, "center": false }),
        );
        let past = (k - 1) * dilation;
        let late = match padding {
            "causal" => 0,
            "same" => past - past / 2,
            _ => past,
        };
        let lag = if padding == "same" { late } else { 0 };
        timing = timing.then(Timing { past, first: late, lag, ..Timing::AT_ONCE });
        taps.push(timing);
    }
    let text = label.map_or(text.clone(), |label| format!("{label}: {text}"));
    let topology = vec![json!({ "kind": "skips", "chain": blocks })];
    let timing = Timing::together(&taps)?;
    Some(Layer { text, outputs: out.unwrap_or(channels), topology, timing })
}
