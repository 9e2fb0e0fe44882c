//! Transposed convolutions against the whole sequence in f64.

mod common;

use common::{assert_close, draw_weights, frames};
use fastrand::Rng;
use streaming_net::__private::{ConvTranspose, History, NoBias, linear, relu};

/// Every output of the whole sequence that a push outputs.
fn whole<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    bias: [f32; OUTPUTS],
    stride: usize,
    sequence: &[[f32; INPUTS]],
) -> Vec<[f64; OUTPUTS]> {
    let mut outputs = vec![bias.map(f64::from); sequence.len() * stride + TAPS];
    for (n, frame) in sequence.iter().enumerate() {
        for (tap, weights) in kernel.iter().enumerate() {
            for (x, row) in frame.iter().zip(weights) {
                for (y, weight) in outputs[n * stride + tap].iter_mut().zip(row) {
                    *y += f64::from(*x) * f64::from(*weight);
                }
            }
        }
    }
    outputs.truncate(sequence.len() * stride);
    outputs
}

/// A layer that keeps frames, or one that does not.
macro_rules! call {
    ($layer:ident, $frame:expr, $activation:ident, $history:ident @ $past:literal) => {
        $layer.push(&mut $history, $frame, $activation)
    };
    ($layer:ident, $frame:expr, $activation:ident) => {
        $layer.apply($frame, $activation)
    };
}

/// A layer with drawn weights, and its outputs for a drawn sequence.
macro_rules! check {
    ($taps:literal, $inputs:literal, $outputs:literal, $stride:literal $(, past $past:literal)?) => {
        let mut rng = Rng::with_seed(11);
        let mut layer = ConvTranspose::<$taps, $inputs, $outputs, $stride> {
            kernel: [[[0.0; $outputs]; $inputs]; $taps],
            bias: [0.0; $outputs],
        };
        let products = f32::from($taps * $inputs / u16::min($taps, $stride));
        draw_weights(&mut rng, layer.kernel.as_flattened_mut().as_flattened_mut(), products);
        draw_weights(&mut rng, &mut layer.bias, 3.0);
        let unbiased = ConvTranspose::<$taps, $inputs, $outputs, $stride, _> {
            kernel: layer.kernel,
            bias: NoBias,
        };

        let sequence = frames(&mut rng, 60);
        let outputs = whole(&layer.kernel, layer.bias, $stride, &sequence);
        let unbiased_outputs = whole(&layer.kernel, [0.0; $outputs], $stride, &sequence);
        $(
            let mut history = History::<$inputs, $past, 1>::new();
            let mut unbiased_history = history.clone();
        )?
        for (n, frame) in sequence.iter().enumerate() {
            let now = n * $stride..(n + 1) * $stride;
            let positive = outputs[now.clone()].as_flattened().iter().map(|y| y.max(0.0));
            let output = call!(layer, *frame, relu $(, history @ $past)?);
            assert_close(output.as_flattened(), &positive.collect::<Vec<_>>());
            let output = call!(unbiased, *frame, linear $(, unbiased_history @ $past)?);
            assert_close(output.as_flattened(), unbiased_outputs[now].as_flattened());
        }
    };
}

#[test]
fn taps_that_do_not_meet() {
    check!(1, 1, 1, 1);
    check!(2, 3, 2, 2);
    check!(2, 3, 2, 4);
    check!(1, 4, 5, 3);
    check!(8, 24, 12, 8);
}

#[test]
fn small_layers() {
    check!(2, 1, 1, 1, past 1);
    check!(3, 2, 4, 2, past 1);
    check!(4, 4, 2, 2, past 1);
    check!(5, 3, 1, 4, past 1);
    check!(7, 1, 1, 2, past 3);
    check!(12, 2, 3, 4, past 2);
}

#[test]
fn large_layers() {
    check!(4, 16, 8, 2, past 1);
    check!(5, 13, 7, 3, past 1);
    check!(7, 20, 5, 2, past 3);
    check!(16, 64, 1, 4, past 3);
    check!(3, 33, 19, 1, past 2);
}
