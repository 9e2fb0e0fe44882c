//! The rows of a matrix: the finest weights with which no sum overflows.

use super::is_mixed;
use crate::errors::Message;
use crate::graph::{ConvTranspose, Graph, Op, Value};
use crate::integers::{FRACTION, Matrix, Row, Scales};
use crate::tensor::Tensor;

/// The largest number of an input.
const FULL_SCALE: u64 = 1 << 15;
/// More than any sum.
const TOO_LARGE: u64 = 1 << 31;
/// Bits by which a sum is shifted at most.
const MOST_SHIFT: u32 = 30;

/// The matrix of a convolution or an affine operation.
pub(super) fn of(graph: &Graph, value: Value, scales: &Scales) -> Result<Matrix, Message> {
    let node = &graph[value];
    let of_input = node.input().map_or(1.0, |input| scales[input]);
    let (tensors, factor) = (&node.tensors, of_input / scales[value]);
    let (groups, mut rows, mut biases) = match &node.op {
        Op::Conv(conv) => {
            (conv.groups, reals(tensors, conv.outputs, factor), bias(tensors, conv.outputs))
        }
        Op::Conv2d(conv) => {
            (conv.groups, reals(tensors, conv.outputs, factor), bias(tensors, conv.outputs))
        }
        Op::ConvTranspose(conv) => {
            (1, transposed(conv, tensors, factor), bias(tensors, conv.outputs).repeat(conv.stride))
        }
        _ => (node.channels, affine(tensors, factor), shifts(tensors)),
    };
    let seed = node.seed.map(|seed| (seed, &graph[seed]));
    if let Some((_, mixed)) = seed.filter(|(seed, _)| is_mixed(graph, *seed)) {
        let of_condition = mixed.input().map_or(1.0, |input| scales[input]);
        let others = reals(&mixed.tensors, node.channels, of_condition / scales[value]);
        rows.iter_mut().zip(others).for_each(|(row, others)| row.extend(others));
        let others = bias(&mixed.tensors, node.channels);
        biases.iter_mut().zip(others).for_each(|(bias, other)| *bias += other);
    }
    let biases = biases.into_iter().map(|bias| bias / scales[value]);
    let rows: Vec<_> = rows.into_iter().zip(biases).collect();
    let outputs = if graph.fine_sums()[value] { Outputs::Fine } else { Outputs::Rounded };
    let matrix = of_rows(groups, &rows, outputs)?;
    Ok(if node.epilogue.is_some() { Matrix { low: 0, ..matrix } } else { matrix })
}

/// The matrix of rows, each with its bias, which are in steps of the output.
pub(super) fn of_rows(
    groups: usize,
    rows: &[(Vec<f64>, f64)],
    outputs: Outputs,
) -> Result<Matrix, Message> {
    let window = rows.first().map_or(0, |(weights, _)| weights.len()).next_multiple_of(2);
    let rows = rows.iter().map(|(reals, bias)| {
        let mut row = row(reals, *bias, outputs)?;
        row.weights.resize(window, 0);
        Some(row)
    });
    let rows: Option<Vec<_>> = rows.collect();
    let rows = rows.ok_or("has weights that are too large for its range")?;
    Ok(Matrix { groups, window, rows, low: -32768, is_fine: outputs != Outputs::Rounded })
}

/// The weights of each output, times a factor. A kernel has the outputs last.
fn reals(tensors: &[Tensor], outputs: usize, factor: f64) -> Vec<Vec<f64>> {
    let kernel = tensors.first().map_or(&[][..], |kernel| &kernel.numbers);
    let of = |output: usize| kernel.iter().skip(output).step_by(outputs.max(1));
    (0..outputs).map(|output| of(output).map(|weight| weight * factor).collect()).collect()
}

/// The weights of each number of all frames that a transposed convolution gives at a push, times a factor. Those of a frame are for
/// the taps that reach it, one for each past frame and the newest; where there is no such tap, they are 0.
fn transposed(conv: &ConvTranspose, tensors: &[Tensor], factor: f64) -> Vec<Vec<f64>> {
    let ConvTranspose { taps, inputs, outputs, stride, late, .. } = *conv;
    let kernel = tensors.first().map_or(&[][..], |kernel| &kernel.numbers);
    let past = conv.window().past();
    let row = |place: usize| -> Vec<f64> {
        let (frame, output) = (place / outputs, place % outputs);
        let weights = (0..=past).rev().flat_map(|age| {
            let tap = (age * stride + frame).checked_sub(late).filter(|tap| *tap < taps);
            (0..inputs).map(move |input| {
                let place = tap.map(|tap| (tap * inputs + input) * outputs + output);
                place.and_then(|place| kernel.get(place)).map_or(0.0, |weight| weight * factor)
            })
        });
        weights.collect()
    };
    (0..stride * outputs).map(row).collect()
}

fn bias(tensors: &[Tensor], outputs: usize) -> Vec<f64> {
    tensors.get(1).map_or_else(|| vec![0.0; outputs], |bias| bias.numbers.clone())
}

fn affine(tensors: &[Tensor], factor: f64) -> Vec<Vec<f64>> {
    let scales = tensors.get(1).map_or(&[][..], |scale| &scale.numbers);
    scales.iter().map(|scale| vec![scale * factor]).collect()
}

/// What an affine operation adds.
fn shifts(tensors: &[Tensor]) -> Vec<f64> {
    let [center, scale, shift] = tensors else { return Vec::new() };
    let products = center.numbers.iter().zip(&scale.numbers).map(|(center, scale)| center * scale);
    shift.numbers.iter().zip(products).map(|(shift, product)| shift - product).collect()
}

/// What the sums of rows become.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Outputs {
    /// Numbers of 16 bits.
    Rounded,
    /// Sums with a fraction, which start from others, or from one half.
    Fine,
}

/// The integers of a row whose weights and bias are in steps of the output. `None` where there are none without an overflow.
fn row(weights: &[f64], bias: f64, outputs: Outputs) -> Option<Row> {
    let fraction = if outputs == Outputs::Rounded { 0 } else { FRACTION };
    if bias == 0.0 && weights.iter().all(|weight| *weight == 0.0) {
        return Some(Row { weights: vec![0; weights.len()], bias: 0, shift: 0 });
    }
    (fraction..=MOST_SHIFT).rev().find_map(|shift| {
        let unit = f64::from(1_u32 << shift);
        // What fine sums start from has the half.
        let half = if outputs == Outputs::Fine { 0 } else { i64::from((1_u32 << shift) >> 1) };
        let weights = weights.iter().map(|weight| {
            let weight = (weight * unit).round();
            #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
            (weight.abs() <= 32767.0).then_some(weight as i32)
        });
        let weights: Vec<i32> = weights.collect::<Option<_>>()?;
        let bias = (bias * unit).round();
        if bias.abs() > 2_147_483_647.0 {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
        let bias = bias as i64 + half;
        let products = weights.iter().map(|weight| u64::from(weight.unsigned_abs()) * FULL_SCALE);
        let largest = bias.unsigned_abs() + products.sum::<u64>();
        // What they start from is added behind the shift.
        let is_small = largest < TOO_LARGE
            && (largest >> (shift - fraction)) + (FULL_SCALE << fraction) < TOO_LARGE;
        is_small.then(|| i32::try_from(bias).ok())?.map(|bias| Row {
            weights,
            bias,
            shift: shift - fraction,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_as_fine_as_16_bits_allow() {
        // 0.75 * 2^15 = 24576, and twice that has no 16 bits.
        assert_eq!(
            row(&[0.75], 0.0, Outputs::Rounded),
            Some(Row { weights: vec![24576], bias: 1 << 14, shift: 15 })
        );
    }

    #[test]
    fn no_sum_overflows() {
        for (count, bias, outputs) in [
            (1, 0.0, Outputs::Fine),
            (48, 3e4, Outputs::Rounded),
            (300, -3e4, Outputs::Fine),
            (40_000, 0.0, Outputs::Rounded),
        ] {
            let weights: Vec<f64> =
                (0..count).map(|place| if place % 3 == 0 { -0.9 } else { 0.8 }).collect();
            let Some(row) = row(&weights, bias, outputs) else { panic!("{count}") };
            let largest: i64 =
                row.weights.iter().map(|weight| i64::from(weight.abs()) * 32768).sum::<i64>()
                    + i64::from(row.bias.abs());
            assert!(largest < 1 << 31, "{count}");
            // One bit more would not do.
            assert!(
                largest * 2 + (1 << 16) >= 1 << 31
                    || row.weights.iter().any(|weight| weight.abs() > 16383),
                "{count}"
            );
        }
    }

    #[test]
    fn what_16_bits_cannot_hold_is_refused() {
        assert_eq!(row(&[40_000.0], 0.0, Outputs::Rounded), None);
        assert_eq!(row(&[1.0], 3e9, Outputs::Rounded), None);
    }
}
