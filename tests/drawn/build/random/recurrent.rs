//! Recurrent layers.

use serde_json::json;

use super::net::{Draw, Layer, Place};
use super::tensor::Tensor;
use super::timing::Timing;

pub(super) fn gru(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let said = draw.one_in(3).then_some("reset_after");
    recurrent(draw, place, "gru", "gru_after", said)
}

pub(super) fn gru_before(draw: &mut Draw<'_>, place: &Place) -> Layer {
    recurrent(draw, place, "gru", "gru_before", Some("reset_before"))
}

pub(super) fn lstm(draw: &mut Draw<'_>, place: &Place) -> Layer {
    recurrent(draw, place, "lstm", "lstm", None)
}

/// One without gates.
pub(super) fn rnn(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let is_relu = draw.one_in(2);
    let said = draw.one_in(2).then_some("tanh");
    let (cell, flag) = if is_relu { ("relu", Some("relu")) } else { ("tanh", said) };
    recurrent(draw, place, "rnn", cell, flag)
}

fn recurrent(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    cell: &str,
    flag: Option<&str>,
) -> Layer {
    draw.endless = true;
    let (inputs, units) = (place.inputs, draw.random.usize(1..=5));
    let gates = match kind {
        "lstm" => 4,
        "rnn" => 1,
        _ => 3,
    };
    let all = gates * units;
    let kernel = Tensor::draw(draw.random, &[inputs, all], 0.8);
    let recurrent =
        Tensor::draw(draw.random, &[units, all], if kind == "rnn" { 0.15 } else { 0.8 });
    // Keras has one bias of an LSTM, and of a GRU whose reset gate is before the kernel.
    let pytorch = cell != "gru_before" && draw.one_in(2);
    let two = pytorch || cell == "gru_after";
    let mut arguments = vec![format!("units={units}")];
    arguments.extend(flag.map(ToOwned::to_owned));
    let biases = if draw.one_in(4) {
        arguments.push("no_bias".to_owned());
        None
    } else {
        Some([(); 2].map(|()| Tensor::draw(draw.random, &[all], 0.5)))
    };
    let mut entry = json!({});
    if pytorch {
        // PyTorch's r, z, n out of Keras' z, r, h; an LSTM's are i, f, g, o in both.
        let order = match kind {
            "lstm" => vec![0, units, 2 * units, 3 * units],
            "rnn" => vec![0],
            _ => vec![units, 0, 2 * units],
        };
        let rows = |tensor: &Tensor| tensor.columns(&order, units).transposed(&[1, 0]).json();
        (entry["weight_ih"], entry["weight_hh"]) = (rows(&kernel), rows(&recurrent));
        if let Some([outer, inner]) = &biases {
            entry["bias_ih"] = outer.columns(&order, units).json();
            entry["bias_hh"] = inner.columns(&order, units).json();
        }
    } else {
        (entry["kernel"], entry["recurrent_kernel"]) = (kernel.json(), recurrent.json());
        if let Some([outer, inner]) = &biases {
            entry["bias"] = if two { json!([outer.json(), inner.json()]) } else { outer.json() };
        }
    }
    let [outer, inner] = match &biases {
        Some([outer, inner]) => [Some(outer.json()), two.then(|| inner.json())],
        None => [None, None],
    };
    let topology = json!({
        "kind": "recurrent", "cell": cell, "units": units, "kernel": kernel.json(),
        "inner_kernel": recurrent.json(), "biases": [outer, inner],
    });
    let text = draw.text(kind, place, arguments);
    let text = draw.weighted(text, entry);
    Layer { text, outputs: units, topology: vec![topology], timing: Timing::AT_ONCE }
}
