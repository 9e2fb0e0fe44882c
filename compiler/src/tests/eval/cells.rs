//! Recurrent cells, by the formulas of Keras and PyTorch.

use super::of_op;

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

const FRAMES: [f64; 3] = [0.5, -1.5, 2.0];

/// Several units, so that each sees the others; gates are blocks of columns.
const UNITS: usize = 3;

/// Numbers of which no two are the same.
fn numbers(count: usize, start: f64) -> Vec<f64> {
    (0..u32::try_from(count).unwrap())
        .map(|place| start + f64::from(place * 7 % 11) * 0.17 - 0.8)
        .collect()
}

struct Weights {
    kernel: Vec<f64>,
    recurrent: Vec<f64>,
    bias: Vec<f64>,
}

impl Weights {
    fn new(gates: usize) -> Self {
        let columns = gates * UNITS;
        Self {
            kernel: numbers(columns, 0.1),
            recurrent: numbers(UNITS * columns, -0.03),
            bias: numbers(2 * columns, 0.05),
        }
    }

    /// What the frame and its bias give a gate's unit.
    fn input(&self, gate: usize, unit: usize, x: f64) -> f64 {
        let place = gate * UNITS + unit;
        x * self.kernel[place] + self.bias[place]
    }

    /// What the last outputs give it, with their own bias.
    fn own(
        &self,
        gates: usize,
        gate: usize,
        unit: usize,
        last: [f64; UNITS],
        has_own_bias: bool,
    ) -> f64 {
        let (columns, place) = (gates * UNITS, gate * UNITS + unit);
        let bias = if has_own_bias { self.bias[columns + place] } else { 0.0 };
        let products = (0..UNITS).map(|unit| last[unit] * self.recurrent[unit * columns + place]);
        products.sum::<f64>() + bias
    }
}

fn run(cell: &str, tensors: &[&[f64]]) -> Vec<Vec<f64>> {
    let frames: Vec<[f64; 1]> = FRAMES.iter().map(|x| [*x]).collect();
    let frames: Vec<&[f64]> = frames.iter().map(<[f64; 1]>::as_slice).collect();
    of_op(1, &format!("recurrent %0 {cell}"), tensors, &frames)
}

#[track_caller]
fn assert_cell(found: &[Vec<f64>], step: impl FnMut(f64) -> [f64; UNITS]) {
    let expected: Vec<_> = FRAMES.into_iter().map(step).collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-12, "{found:?}, not {expected:?}");
        }
    }
}

#[test]
fn an_lstm() {
    let w = Weights::new(4);
    let cell = "Lstm in=1 units=3 bias=true initial=false fast=false";
    let found = run(cell, &[&w.kernel, &w.recurrent, &w.bias[..12]]);
    let step = |h: &mut [f64; UNITS], c: &mut [f64; UNITS], x: f64| {
        let sum = |gate, unit| w.input(gate, unit, x) + w.own(4, gate, unit, *h, false);
        let states = [0, 1, 2].map(|unit| {
            sigmoid(sum(1, unit)) * c[unit] + sigmoid(sum(0, unit)) * sum(2, unit).tanh()
        });
        let outputs = [0, 1, 2].map(|unit| sigmoid(sum(3, unit)) * states[unit].tanh());
        (*h, *c) = (outputs, states);
        outputs
    };
    let (mut h, mut c) = ([0.0; UNITS], [0.0; UNITS]);
    assert_cell(&found, |x| step(&mut h, &mut c, x));
    // What it starts from stands behind the others.
    let cell = "Lstm in=1 units=3 bias=true initial=true fast=false";
    let found =
        run(cell, &[&w.kernel, &w.recurrent, &w.bias[..12], &[0.3, -0.4, 0.6], &[1.5, 0.7, -0.2]]);
    let (mut h, mut c) = ([0.3, -0.4, 0.6], [1.5, 0.7, -0.2]);
    assert_cell(&found, |x| step(&mut h, &mut c, x));
}

#[test]
fn a_gru_whose_reset_gate_is_behind_the_kernel() {
    let w = Weights::new(3);
    let cell = "GruResetAfter in=1 units=3 bias=true initial=false fast=false";
    let found = run(cell, &[&w.kernel, &w.recurrent, &w.bias]);
    let mut h = [0.0; UNITS];
    assert_cell(&found, |x| {
        let input = |gate, unit| w.input(gate, unit, x);
        let own = |gate, unit| w.own(3, gate, unit, h, true);
        let next = [0, 1, 2].map(|unit| {
            let update = sigmoid(input(0, unit) + own(0, unit));
            let reset = sigmoid(input(1, unit) + own(1, unit));
            let candidate = (input(2, unit) + reset * own(2, unit)).tanh();
            update * h[unit] + (1.0 - update) * candidate
        });
        h = next;
        next
    });
}

#[test]
fn a_gru_whose_reset_gate_is_before_the_kernel() {
    let w = Weights::new(3);
    let cell = "GruResetBefore in=1 units=3 bias=true initial=false fast=false";
    let found = run(cell, &[&w.kernel, &w.recurrent, &w.bias[..9]]);
    let mut h = [0.0; UNITS];
    assert_cell(&found, |x| {
        let input = |gate, unit| w.input(gate, unit, x);
        let gate = |gate, unit| sigmoid(input(gate, unit) + w.own(3, gate, unit, h, false));
        let reset = [0, 1, 2].map(|unit| h[unit] * gate(1, unit));
        let next = [0, 1, 2].map(|unit| {
            let candidate = (input(2, unit) + w.own(3, 2, unit, reset, false)).tanh();
            gate(0, unit) * h[unit] + (1.0 - gate(0, unit)) * candidate
        });
        h = next;
        next
    });
}

#[test]
fn a_cell_without_a_bias_by_fast_functions() {
    let w = Weights::new(4);
    let cell = "Lstm in=1 units=3 bias=false initial=false fast=true";
    let fast = run(cell, &[&w.kernel, &w.recurrent]);
    let zeros = [0.0; 12];
    let exact = run(
        "Lstm in=1 units=3 bias=true initial=false fast=false",
        &[&w.kernel, &w.recurrent, &zeros],
    );
    for (fast, exact) in fast.concat().iter().zip(exact.concat()) {
        let off = (fast - exact).abs();
        assert!(off > 0.0 && off < 2e-3, "{fast}, exactly {exact}");
    }
}
