//! Where a recurrent layer settles.

use super::{How, Recurrent};
use crate::layer::rest::at;
use crate::layer::{Given, Layer as _, Rest};
use crate::tensor::Tensor;

/// Pushes whose numbers are compared at first, and then twice as many each time: what moves slowly has to be still for as
/// long as it took.
const FIRST: usize = 64;
/// When it is given up: after so many pushes, or multiply-accumulates.
const LAST: usize = 1 << 17;
const MOST: usize = 1 << 31;
/// How far apart they may be, as part of them, or of 1 where that is more: less than f32 tells apart.
const TOLERANCE: f64 = 1e-8;

impl Recurrent {
    pub(super) fn settle(&self, given: &Given<'_>) -> Rest {
        let (weights, start) = self.parts(given.tensors);
        let [kernel, recurrent, bias] = [0, 1, 2]
            .map(|place| weights.get(place).map_or(&[][..], |tensor| tensor.numbers.as_slice()));
        let (units, all) = (self.units, self.gates().len() * self.units);
        let zeros = vec![0.0; all];
        let mut biases = bias.chunks(all);
        let [outer, inner] = [biases.next(), biases.next()].map(|bias| bias.unwrap_or(&zeros));
        let inputs: Vec<_> =
            given.frames.iter().map(|frame| product(frame, kernel, outer)).collect();
        let shape = if self.how == How::Lstm { vec![2, units] } else { vec![units] };
        let start: Vec<_> = start.iter().flat_map(|tensor| &tensor.numbers).copied().collect();
        let mut kept = if start.is_empty() { vec![0.0; shape.iter().product()] } else { start };
        // What is kept behind each frame of a push.
        let mut push = || {
            let steps = inputs.iter().map(|input| {
                self.step(&mut kept, input, recurrent, inner);
                kept.clone()
            });
            steps.collect::<Vec<_>>()
        };
        let mut pushes = FIRST;
        loop {
            let first = push();
            let (mut last, mut spread) = (first.clone(), 0.0);
            for _ in 1..pushes {
                last = push();
                spread = distance(&first.concat(), &last.concat()).max(spread);
            }
            pushes *= 2;
            if spread > TOLERANCE && pushes <= LAST && pushes.saturating_mul(self.macs()) <= MOST {
                continue;
            }
            let frames = last.iter().map(|kept| kept.iter().take(units).copied().collect());
            let rest = Rest::of(frames.collect());
            let numbers = last.pop().unwrap_or_default();
            let spread = if spread > TOLERANCE { spread } else { 0.0 };
            return Rest { spread, ..rest.keeping(Tensor { shape, numbers }) };
        }
    }

    /// A push: of the last answer, and behind it the cell where there is one, it makes the next. `input` is what the frame
    /// adds to the gates.
    fn step(&self, kept: &mut Vec<f64>, input: &[f64], recurrent: &[f64], bias: &[f64]) {
        let units = self.units;
        let [logistic, tanh] = self.activations();
        let (last, cell) = kept.split_at(units);
        let own = product(last, recurrent, bias);
        let sum = |gate: usize, unit: usize| {
            let place = gate * units + unit;
            at(input, place) + at(&own, place)
        };
        let sigmoid = |gate, unit| logistic.of_one(sum(gate, unit));
        if self.how == How::Lstm {
            let cell = cell.iter().enumerate().map(|(unit, cell)| {
                sigmoid(1, unit) * cell + sigmoid(0, unit) * tanh.of_one(sum(2, unit))
            });
            let cell: Vec<_> = cell.collect();
            let answer =
                cell.iter().enumerate().map(|(unit, cell)| sigmoid(3, unit) * tanh.of_one(*cell));
            *kept = answer.chain(cell.iter().copied()).collect();
            return;
        }
        let reset: Vec<_> = (0..units).map(|unit| sigmoid(1, unit)).collect();
        let own = match self.how {
            How::ResetBefore => {
                let last: Vec<_> =
                    last.iter().zip(&reset).map(|(last, reset)| last * reset).collect();
                product(&last, recurrent, bias).split_off(2 * units)
            }
            _ => own.iter().skip(2 * units).zip(&reset).map(|(own, reset)| own * reset).collect(),
        };
        let next = last.iter().zip(&own).enumerate().map(|(unit, (last, own))| {
            let update = sigmoid(0, unit);
            update * last + (1.0 - update) * tanh.of_one(at(input, 2 * units + unit) + own)
        });
        *kept = next.collect();
    }
}

/// A row vector times a matrix with as many columns as `first`, to which it is added.
fn product(vector: &[f64], matrix: &[f64], first: &[f64]) -> Vec<f64> {
    let mut sums = first.to_vec();
    for (x, row) in vector.iter().zip(matrix.chunks(first.len())) {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += x * weight);
    }
    sums
}

/// How far numbers are from others at most, as part of them, or of 1 where that is more.
fn distance(from: &[f64], to: &[f64]) -> f64 {
    let distances = from.iter().zip(to).map(|(a, b)| (a - b).abs() / a.abs().max(1.0));
    distances.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Math;
    use crate::layer::Frames;

    /// One unit that sees itself by `own`, and silence.
    fn settle(how: How, own: &[f64], bias: &[f64]) -> Rest {
        let tensor =
            |numbers: &[f64]| Tensor { shape: vec![1, numbers.len()], numbers: numbers.to_vec() };
        let tensors = [tensor(&vec![0.0; own.len()]), tensor(own), tensor(bias)];
        let frames: Frames = vec![vec![0.0]];
        let given =
            Given { tensors: &tensors, frames: &frames, branches: &[], condition: &Vec::new() };
        let math = Math::Exact;
        Recurrent { how, math, inputs: 1, units: 1, bias: true, initial: false }.settle(&given)
    }

    #[test]
    fn a_slow_cell_is_waited_for() {
        // Of every push, 0.999 of the cell stays.
        let stays = 999.0_f64.ln();
        let rest = settle(How::Lstm, &[0.0; 4], &[-5.0, stays, 0.5, 0.0]);
        assert!(rest.spread <= 0.0, "{}", rest.spread);
        let [Some(state)] = rest.states.as_slice() else { panic!("it has a state") };
        let cell = 1000.0 / (1.0 + 5.0_f64.exp()) * 0.5_f64.tanh();
        let expected = [0.5 * cell.tanh(), cell];
        for (found, expected) in state.numbers.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found}, expected {expected}");
        }
    }

    #[test]
    fn what_swings_has_no_rest() {
        // h = tanh(0.5 - 3 h), from one push to the next.
        let rest = settle(How::ResetBefore, &[0.0, 0.0, -3.0], &[-20.0, 20.0, 0.5]);
        assert!((1.9..2.0).contains(&rest.spread), "{}", rest.spread);
    }
}
