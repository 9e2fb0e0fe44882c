//! Layers of each frame: activations, products and sums of channels, normalisation.

use serde_json::{Value, json};

use super::conv;
use super::net::{self, Draw, Layer, Place};
use super::pick;
use super::tensor::Tensor;
use super::timing::Timing;

pub(super) fn activation(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let (name, parameter) = draw.any_activation(false);
    let parameters = parameter.map(|parameter| match name {
        "elu" => format!("alpha={parameter:?}"),
        _ => format!("slope={parameter:?}"),
    });
    let text = draw.text(name, place, parameters.into_iter().collect());
    at_once(text, place, vec![net::activation(name, parameter)])
}

fn at_once(text: String, place: &Place, topology: Vec<Value>) -> Layer {
    Layer { text, outputs: place.inputs, topology, timing: Timing::AT_ONCE }
}

/// A batch normalisation, a product or a sum. One in several ends with an activation.
fn affine(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let kind = pick(draw.random, ["batch_norm", "batch_norm", "scale", "bias"]);
    let mut arguments = Vec::new();
    let shape = [place.inputs];
    let mut entry = json!({});
    let mut topology = json!({ "kind": "affine", "gamma": null, "beta": null, "statistics": null });
    let gamma = Tensor::between(draw.random, &shape, -1.5, 1.5).json();
    let beta = Tensor::draw(draw.random, &shape, 0.8).json();
    match kind {
        "scale" => {
            (entry["scale"], topology["gamma"]) = (gamma.clone(), gamma);
        }
        "bias" => {
            (entry["bias"], topology["beta"]) = (beta.clone(), beta);
        }
        _ => {
            let names = if draw.one_in(2) {
                ["gamma", "beta", "moving_mean", "moving_variance"]
            } else {
                entry["num_batches_tracked"] = json!(100);
                ["weight", "bias", "running_mean", "running_var"]
            };
            if names[0] == "gamma" || draw.one_in(2) {
                entry.as_object_mut().map(|entry| entry.remove("num_batches_tracked"));
            }
            let epsilon = pick(draw.random, [0.001_f32, 0.00001]);
            let mean = Tensor::draw(draw.random, &shape, 0.8).json();
            let variance = Tensor::between(draw.random, &shape, 0.4, 1.6).json();
            arguments.push(format!("epsilon={epsilon:?}"));
            if draw.one_in(4) {
                arguments.push("no_scale".to_owned());
            } else {
                (entry[names[0]], topology["gamma"]) = (gamma.clone(), gamma);
            }
            if draw.one_in(4) {
                arguments.push("no_center".to_owned());
            } else {
                (entry[names[1]], topology["beta"]) = (beta.clone(), beta);
            }
            (entry[names[2]], entry[names[3]]) = (mean.clone(), variance.clone());
            topology["statistics"] =
                json!({ "mean": mean, "variance": variance, "epsilon": epsilon });
        }
    }
    let (flag, activation) = if draw.one_in(4) { draw.activation(false) } else { (None, None) };
    arguments.extend(flag);
    let text = draw.text(kind, place, arguments);
    let text = draw.weighted(text, entry);
    at_once(text, place, [Some(topology), activation].into_iter().flatten().collect())
}

pub(super) fn batch_norm(draw: &mut Draw<'_>, place: &Place) -> Layer {
    affine(draw, place)
}

pub(super) fn several(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let count = draw.random.usize(2..=3);
    draw.chain(place, count, |draw, place, _| Some(affine(draw, place)))
}

/// A convolution of any padding with such layers on one side or on both.
pub(super) fn around_conv(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let (before, behind) = (draw.random.usize(0..=2), draw.random.usize(0..=2));
    draw.chain(place, before + 1 + behind, |draw, place, at| {
        if at != before {
            return Some(affine(draw, place));
        }
        Some(match draw.random.u8(0..4) {
            0 => conv::depthwise(draw, place),
            1 => conv::dense(draw, place),
            _ => conv::any(draw, place),
        })
    })
}

pub(super) fn layer_norm(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let names = if draw.one_in(2) { ["gamma", "beta"] } else { ["weight", "bias"] };
    let epsilon = pick(draw.random, [0.001_f32, 0.01]);
    let mut arguments = vec![format!("epsilon={epsilon:?}")];
    let (mut entry, mut topology) = (
        json!({}),
        json!({ "kind": "normalised", "gamma": null, "beta": null, "epsilon": epsilon }),
    );
    for (name, (own, without)) in
        names.into_iter().zip([("gamma", "no_scale"), ("beta", "no_center")])
    {
        if draw.one_in(4) {
            arguments.push(without.to_owned());
        } else {
            let numbers = Tensor::draw(draw.random, &[place.inputs], 1.0).json();
            (entry[name], topology[own]) = (numbers.clone(), numbers);
        }
    }
    let text = draw.text("layer_norm", place, arguments);
    let has_weights = entry.as_object().is_some_and(|entry| !entry.is_empty());
    let text = if has_weights { draw.weighted(text, entry) } else { text };
    at_once(text, place, vec![topology])
}

pub(super) fn prelu(draw: &mut Draw<'_>, place: &Place) -> Layer {
    slopes(draw, place, false)
}

pub(super) fn prelu_shared(draw: &mut Draw<'_>, place: &Place) -> Layer {
    slopes(draw, place, true)
}

fn slopes(draw: &mut Draw<'_>, place: &Place, shared: bool) -> Layer {
    let slopes = if shared { 1 } else { place.inputs };
    let alpha = Tensor::draw(draw.random, &[slopes], 0.6);
    let entry = match draw.random.u8(0..3) {
        0 => json!({ "alpha": alpha.json() }),
        1 => json!({ "alpha": alpha.shaped(&[1, slopes]).json() }),
        _ => json!({ "weight": alpha.json() }),
    };
    let flags = shared.then(|| "shared".to_owned()).into_iter().collect();
    let text = draw.text("prelu", place, flags);
    let text = draw.weighted(text, entry);
    at_once(text, place, vec![json!({ "kind": "prelu", "alpha": alpha.json() })])
}
