//! Recurrent cells.

use super::number::{Number, at};
use super::op::Tensors;
use crate::graph::{Activation, Cell, Recurrent};
use crate::tensor::Tensor;

/// What a cell keeps before the first frame: its last output, and behind it the cell's own state where it has one.
pub(super) fn initial<T: Number>(cell: &Recurrent, tensors: &Tensors<T>) -> Vec<T> {
    if cell.has_initial {
        return tensors.iter().rev().take(2).rev().flatten().copied().collect();
    }
    let states = if cell.cell == Cell::Lstm { 2 } else { 1 };
    vec![T::ZERO; states * cell.units]
}

/// What `frame` adds to the gates, with the bias of the input.
pub(super) fn input<T: Number>(cell: &Recurrent, tensors: &Tensors<T>, frame: &[T]) -> Vec<T> {
    let kernel = tensors.first().map(Vec::as_slice).unwrap_or_default();
    product(frame, kernel, &biases(cell, tensors, 0))
}

/// Makes what is kept that behind the next frame. `input` is what the frame adds to the gates.
pub(super) fn step<T: Number>(
    cell: &Recurrent,
    tensors: &Tensors<T>,
    kept: &mut Vec<T>,
    input: &[T],
) {
    let units = cell.units;
    let [sigmoid, tanh] = cell.functions();
    let of = |activation: Activation, x: T| T::of(activation.apply(x.wide()));
    let recurrent = tensors.get(1).map(Vec::as_slice).unwrap_or_default();
    let bias = biases(cell, tensors, 1);
    let (last, own_state) = kept.split_at(units);
    let own = product(last, recurrent, &bias);
    let sum = |gate: usize, unit: usize| {
        let place = gate * units + unit;
        at(input, place) + at(&own, place)
    };
    let gate = |gate: usize, unit: usize| of(sigmoid, sum(gate, unit));
    if cell.cell.is_simple() {
        *kept = (0..units).map(|unit| of(tanh, sum(0, unit))).collect();
        return;
    }
    if cell.cell == Cell::Lstm {
        let states = own_state
            .iter()
            .enumerate()
            .map(|(unit, state)| gate(1, unit) * *state + gate(0, unit) * of(tanh, sum(2, unit)));
        let states: Vec<_> = states.collect();
        let outputs =
            states.iter().enumerate().map(|(unit, state)| gate(3, unit) * of(tanh, *state));
        *kept = outputs.chain(states.iter().copied()).collect();
        return;
    }
    let reset: Vec<_> = (0..units).map(|unit| gate(1, unit)).collect();
    let own: Vec<T> = match cell.cell {
        Cell::GruResetBefore => {
            let last: Vec<_> =
                last.iter().zip(&reset).map(|(last, reset)| *last * *reset).collect();
            product(&last, recurrent, &bias).split_off(2 * units)
        }
        _ => own.iter().skip(2 * units).zip(&reset).map(|(own, reset)| *own * *reset).collect(),
    };
    let next = last.iter().zip(&own).enumerate().map(|(unit, (last, own))| {
        let update = gate(0, unit);
        let candidate = of(tanh, at(input, 2 * units + unit) + *own);
        update * *last + (T::ONE - update) * candidate
    });
    *kept = next.collect();
}

/// The bias of the input (0), or of what the cell keeps (1).
fn biases<T: Number>(cell: &Recurrent, tensors: &Tensors<T>, which: usize) -> Vec<T> {
    let all = cell.gates().len() * cell.units;
    let bias =
        tensors.get(2).filter(|_| cell.has_bias).and_then(|bias| bias.chunks(all).nth(which));
    bias.map_or_else(|| vec![T::ZERO; all], <[T]>::to_vec)
}

/// A row vector times a matrix with as many columns as `first`, to which it is added.
fn product<T: Number>(vector: &[T], matrix: &[T], first: &[T]) -> Vec<T> {
    let mut sums = first.to_vec();
    for (x, row) in vector.iter().zip(matrix.chunks(first.len().max(1))) {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum = *sum + *x * *weight);
    }
    sums
}

/// The largest numbers in a cell at one push.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Largest {
    /// Of the sums that the gates take a sigmoid of.
    pub(crate) gates: f64,
    /// Of the sums of the candidate, and of their parts.
    pub(crate) candidate: f64,
    /// Of the state of an LSTM behind its gates.
    pub(crate) state: f64,
}

impl Largest {
    pub(crate) fn max(self, other: Self) -> Self {
        Self {
            gates: self.gates.max(other.gates),
            candidate: self.candidate.max(other.candidate),
            state: self.state.max(other.state),
        }
    }
}

/// What a cell keeps before the first frame.
pub(crate) fn cold(cell: &Recurrent, tensors: &[Tensor]) -> Vec<f64> {
    initial(cell, &numbers(tensors))
}

/// Takes a frame, and says which numbers there were on the way.
pub(crate) fn watched(
    cell: &Recurrent,
    tensors: &[Tensor],
    kept: &mut Vec<f64>,
    frame: &[f64],
) -> Largest {
    let (tensors, units) = (numbers(tensors), cell.units);
    let of_input = input(cell, &tensors, frame);
    let last: Vec<f64> = kept.iter().take(units).copied().collect();
    let recurrent = tensors.get(1).map(Vec::as_slice).unwrap_or_default();
    let own = product(&last, recurrent, &biases(cell, &tensors, 1));
    let candidate = cell.gates().iter().position(|gate| *gate == "candidate").unwrap_or_default();
    let mut largest = Largest::default();
    for (place, (of_input, own)) in of_input.iter().zip(&own).enumerate() {
        if place / units == candidate {
            // The reset gate lets some of one part through.
            let parts = [of_input.abs(), own.abs(), (of_input + own).abs()];
            largest.candidate = parts.into_iter().fold(largest.candidate, f64::max);
        } else {
            largest.gates = largest.gates.max((of_input + own).abs());
        }
    }
    step(cell, &tensors, kept, &of_input);
    largest.state = kept.iter().skip(units).fold(0.0, |most, state| most.max(state.abs()));
    largest
}

fn numbers(tensors: &[Tensor]) -> Tensors<f64> {
    tensors.iter().map(|tensor| tensor.numbers.clone()).collect()
}
