//! Recurrent cells, against one that is written out.

use super::{FRAMES, near, number, outputs, same};

#[test]
fn recurrent_cells_and_their_layouts() {
    let weights = "w: float[1, 6, 3] = ramp\nr: float[1, 6, 2] = ramp\nb: float[1, 12] = ramp";
    let of = |opset: u8, attributes: &str, resets_after: bool| {
        let text = format!(
            "opset {opset}\nx: float[T, 1, 3]\n{weights}
y = GRU<hidden_size=2, {attributes}linear_before_reset={}>(x, w, r, b)\n-> y",
            u8::from(resets_after)
        );
        let expected: Vec<_> = gru(resets_after);
        near(&outputs(&text), &expected, &text);
    };
    for resets_after in [false, true] {
        of(7, "", resets_after);
        of(14, "layout=0, ", resets_after);
        of(14, "direction=\"forward\", activations=[\"Sigmoid\", \"Tanh\"], ", resets_after);
    }
    let of = |layout: u8, shape: &str| {
        format!(
            "opset 14\n#\nx: float[{shape}, 3]\n{weights}
y = GRU<hidden_size=2, layout={layout}>(x, w, r, b)\n-> y"
        )
        .replace("#\n", "")
    };
    same(&[&of(0, "T, 1"), &of(1, "1, T")]);
}

/// A GRU as the standard defines it, with the weights of a `ramp`.
fn gru(resets_after: bool) -> Vec<Vec<f64>> {
    let ramp = |place: usize| f64::from(u8::try_from(place * 37 % 64).unwrap()) / 32.0 - 1.0;
    let input = |gate: usize, unit: usize, x: &[f64]| -> f64 {
        let row = 2 * gate + unit;
        x.iter().enumerate().map(|(at, x)| ramp(3 * row + at) * x).sum::<f64>() + ramp(row)
    };
    let recurrent = |gate: usize, unit: usize, h: [f64; 2]| -> f64 {
        let row = 2 * gate + unit;
        ramp(2 * row) * h[0] + ramp(2 * row + 1) * h[1]
    };
    let bias = |gate: usize, unit: usize| ramp(6 + 2 * gate + unit);
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    let mut h = [0.0; 2];
    let mut outputs = Vec::new();
    for push in 0..FRAMES {
        let x: Vec<_> = (0..3).map(|channel| number(push, channel)).collect();
        let gate = |gate: usize, unit: usize| {
            sigmoid(input(gate, unit, &x) + recurrent(gate, unit, h) + bias(gate, unit))
        };
        let resets = [gate(1, 0), gate(1, 1)];
        let next = [0, 1].map(|unit| {
            let candidate = if resets_after {
                input(2, unit, &x) + resets[unit] * (recurrent(2, unit, h) + bias(2, unit))
            } else {
                let reset = [h[0] * resets[0], h[1] * resets[1]];
                input(2, unit, &x) + recurrent(2, unit, reset) + bias(2, unit)
            };
            let update = gate(0, unit);
            (1.0 - update) * candidate.tanh() + update * h[unit]
        });
        h = next;
        outputs.push(h.to_vec());
    }
    outputs
}
