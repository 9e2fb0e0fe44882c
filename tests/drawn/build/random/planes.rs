//! Convolutions over time and the features of a frame.

use serde_json::json;

use super::conv::{Time, Wanted, bias};
use super::net::{Draw, Layer, Place};
use super::tensor::Tensor;

pub(super) fn conv2d(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let out = draw.random.usize(1..=3);
    plane(draw, place, Some(out))
}

pub(super) fn depthwise2d(draw: &mut Draw<'_>, place: &Place) -> Layer {
    plane(draw, place, None)
}

/// A depthwise one has no `out` of its own.
fn plane(draw: &mut Draw<'_>, place: &Place, out: Option<usize>) -> Layer {
    let divisors = (1..=place.inputs).filter(|features| place.inputs.is_multiple_of(*features));
    let divisors: Vec<_> = divisors.collect();
    // As many features as there are is likely, for a frame of prime length too.
    let random = draw.random.choice(divisors).unwrap_or(1);
    let features = if draw.one_in(2) { place.inputs } else { random };
    let channels = place.inputs / features;
    let same = draw.one_in(2);
    let width = draw.random.usize(1..=if same { 4 } else { features.min(4) });
    let stride = draw.random.usize(1..=2);
    let positions = if same { features.div_ceil(stride) } else { (features - width) / stride + 1 };
    let Time { taps, mut arguments, window, timing } = Time::draw(draw, place, &Wanted::default());
    let outputs = out.unwrap_or(channels);
    arguments.extend([format!("features={features}"), format!("feature_k={width}")]);
    arguments.extend(out.map(|out| format!("out={out}")));
    arguments.extend((stride > 1).then(|| format!("feature_stride={stride}")));
    let padding = if same { Some("feature_same") } else { None };
    arguments.extend(padding.map(ToOwned::to_owned));
    let bias = bias(draw, outputs, &mut arguments);
    let (flag, activation) = draw.activation(true);
    arguments.extend(flag);

    let last = out.unwrap_or(1);
    let fan_in = taps * width * if out.is_some() { channels } else { 1 };
    let kernel = Tensor::kernel(draw.random, &[taps, width, channels, last], fan_in);
    let mut entry = match (draw.one_in(2), out) {
        (true, _) => json!({ "kernel": kernel.json() }),
        (false, Some(_)) => json!({ "weight": kernel.transposed(&[3, 2, 0, 1]).json() }),
        // Of as many groups as channels: (channels, 1, k, feature_k).
        (false, None) => json!({ "weight": kernel.transposed(&[2, 3, 0, 1]).json() }),
    };
    if let Some(bias) = &bias {
        entry["bias"] = bias.json();
    }
    let kind = if out.is_some() { "conv2d" } else { "depthwise2d" };
    let text = draw.text(kind, place, arguments);
    let text = draw.weighted(text, entry);
    let conv = json!({
        "kind": "conv2d", "kernel": kernel.json(), "bias": bias.as_ref().map(Tensor::json),
        "depthwise": out.is_none(), "window": window, "features": features,
        "feature_stride": stride, "same": same,
    });
    let topology = [Some(conv), activation].into_iter().flatten().collect();
    Layer { text, outputs: positions * outputs, topology, timing }
}
