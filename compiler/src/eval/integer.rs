//! A graph of integers, push by push, as the expansion computes it.

mod features;
mod norm;
mod recurrent;
mod softmax;
mod steady;

use std::collections::VecDeque;

pub(crate) use self::steady::steady;
use super::{Frames, op};
use crate::graph::{Binary, FeaturePool, FeatureReduction, Graph, Op, Reduction, Table, Value};
use crate::integers::{
    Arithmetic, FRACTION, HALF, Integers, Matrix, Quality, saturated, saturated_fine,
};
use crate::tensor::Tensor;

pub(crate) struct Machine<'g> {
    graph: &'g Graph,
    integers: &'g Integers,
    lines: Vec<Value>,
    states: Table<State>,
}

#[derive(Clone)]
struct State {
    /// Frames under the taps, the oldest first.
    past: VecDeque<Vec<i32>>,
    /// Frames to come before the next output.
    waits: usize,
}

impl<'g> Machine<'g> {
    /// A machine that has seen no frame.
    pub(crate) fn new(graph: &'g Graph, integers: &'g Integers) -> Self {
        let mut states = graph.table(State { past: VecDeque::new(), waits: 0 });
        let lines: Vec<_> =
            graph.lines().into_iter().filter(|value| !graph[*value].is_inline).collect();
        for value in &lines {
            let node = &graph[*value];
            if let Op::Recurrent(cell) = &node.op {
                // The last output, and the state of an LSTM.
                let initial = match &integers.arithmetic[*value] {
                    Arithmetic::Cell(own) => own.initial.clone(),
                    _ => None,
                };
                let kept = initial.unwrap_or_else(|| vec![vec![0; cell.units]; 2]);
                states[*value].past = kept.into();
                continue;
            }
            let channels = node.input().map_or(0, |input| graph[input].channels);
            let missing = match &node.op {
                // A frame that is not there.
                Op::Pool(pool) if !pool.counts_padding => Vec::new(),
                _ => vec![0; channels],
            };
            let past = vec![missing; op::window(&node.op).past()];
            states[*value] = State { past: past.into(), waits: node.op.clock().first };
        }
        Self { graph, integers, lines, states }
    }

    /// Takes the next frame, and gives the output where there is one, all its frames in one list.
    pub(crate) fn push(&mut self, frame: &[i32]) -> Option<Vec<i32>> {
        let mut values: Table<Option<Frames<i32>>> = self.graph.table(None);
        values[Value::INPUT] = Some(vec![frame.to_vec()]);
        for value in self.lines.clone() {
            values[value] = self.node(value, &values);
        }
        Some(values[self.graph.output].take()?.concat())
    }

    /// What a node gives, where its inputs are there: for each frame of these one, or several.
    fn node(&mut self, value: Value, values: &Table<Option<Frames<i32>>>) -> Option<Frames<i32>> {
        let node = &self.graph[value];
        let of = |value: Value| values[value].as_ref();
        let inputs: Vec<_> = node.inputs.iter().map(|input| of(*input)).collect::<Option<_>>()?;
        let (condition, seed) = match node.seed {
            None => (None, None),
            Some(seed) if self.graph[seed].is_inline => {
                (Some(of(self.graph[seed].input()?)?), None)
            }
            Some(seed) => (None, Some(of(seed)?)),
        };
        let mut outputs = Vec::new();
        for place in 0..inputs.first()?.len() {
            let beside = |frames: Option<&'_ Frames<i32>>| frames?.get(place).cloned();
            let inputs: Option<Vec<_>> =
                inputs.iter().map(|frames| frames.get(place).map(Vec::as_slice)).collect();
            let (condition, seed) = (beside(condition), beside(seed));
            let output = self.of_frame(value, &inputs?, condition.as_deref(), seed.as_deref())?;
            match &node.op {
                Op::Upsample { times } => outputs.extend(vec![output; *times]),
                Op::Split { .. } => outputs.extend(in_frames(&output, node.channels)),
                Op::ConvTranspose(conv) => outputs.extend(in_frames(&output, conv.outputs)),
                _ => outputs.push(output),
            }
        }
        Some(outputs)
    }

    /// What a node computes of one frame of each of its inputs. Where it gives several, they are one list.
    fn of_frame(
        &mut self,
        value: Value,
        inputs: &[&[i32]],
        condition: Option<&[i32]>,
        seed: Option<&[i32]>,
    ) -> Option<Vec<i32>> {
        let node = &self.graph[value];
        let frame = *inputs.first()?;
        let arithmetic = &self.integers.arithmetic[value];
        let each = |of: &dyn Fn(i32) -> i32| Some(frame.iter().map(|x| of(*x)).collect());
        let both = |of: &dyn Fn(i32, i32) -> i32| {
            let other = inputs.get(1)?;
            Some(frame.iter().zip(*other).map(|(a, b)| of(*a, *b)).collect())
        };
        match (&node.op, arithmetic) {
            (Op::Map(_), Arithmetic::Lookup(place)) => {
                let lookup = self.integers.lookups.get(*place)?;
                each(&|x| lookup.apply(x))
            }
            (Op::Map(_), Arithmetic::Clip { low, high }) => each(&|x| x.max(*low).min(*high)),
            (Op::Map(_), Arithmetic::Leaky(slope)) => each(&|x| leaky(x, *slope)),
            (Op::Prelu, Arithmetic::Slopes(slopes)) => {
                Some(frame.iter().zip(slopes).map(|(x, slope)| leaky(*x, *slope)).collect())
            }
            (Op::Recurrent(recurrent), Arithmetic::Cell(cell)) => {
                let lookups = &self.integers.lookups;
                recurrent::step(recurrent, cell, lookups, &mut self.states[value].past, frame)
            }
            (Op::Softmax { .. }, Arithmetic::Softmax(factor)) => {
                Some(softmax::softmax(frame, *factor))
            }
            (_, Arithmetic::Norm(norm)) => Some(norm::normalised(norm, frame)),
            (Op::Round, _) => each(&|sum| sum >> FRACTION),
            (Op::Extend, _) => each(&|x| (x << FRACTION) + HALF),
            (Op::Add { .. }, _) => both(&|a, b| saturated(a + b)),
            (Op::Binary(Binary::Subtract), _) => both(&|a, b| saturated(a - b)),
            (Op::Binary(Binary::Minimum), _) => both(&|a, b| a.min(b)),
            (Op::Binary(Binary::Maximum), _) => both(&|a, b| a.max(b)),
            (Op::Multiply, Arithmetic::Scale(scale)) => both(&|a, b| scale.apply(a * b)),
            (Op::Blend, Arithmetic::Scale(scale)) => {
                let [plain, active, share] = inputs else { return None };
                let all = plain.iter().zip(active.iter().zip(*share));
                let blended = all.map(|(plain, (active, share))| {
                    saturated(plain + scale.apply((active - plain) * share))
                });
                Some(blended.collect())
            }
            (Op::Concat, _) => {
                Some(inputs.iter().flat_map(|frame| frame.iter().copied()).collect())
            }
            (Op::Slice { start }, _) => {
                Some(frame.iter().skip(*start).take(node.channels).copied().collect())
            }
            (Op::Gather { indices }, _) => {
                indices.iter().map(|place| frame.get(*place).copied()).collect()
            }
            _ => {
                let taps = self.states[value].push(&node.op, frame)?;
                over_time(&node.op, arithmetic, &taps, condition, seed)
            }
        }
    }
}

impl State {
    /// Takes a frame, and gives those under the taps where an output is due.
    fn push(&mut self, op: &Op, frame: &[i32]) -> Option<Vec<Vec<i32>>> {
        let window = op::window(op);
        self.past.push_back(frame.to_vec());
        let is_due = self.waits == 0;
        self.waits = if is_due { window.stride - 1 } else { self.waits - 1 };
        let taps = is_due.then(|| self.past.iter().step_by(window.dilation).cloned().collect());
        self.past.pop_front();
        taps
    }
}

/// The frames, of so many channels each, that lie one after the other.
fn in_frames(numbers: &[i32], channels: usize) -> impl Iterator<Item = Vec<i32>> {
    numbers.chunks(channels.max(1)).map(<[i32]>::to_vec)
}

/// What an operation on frames of several pushes gives.
fn over_time(
    op: &Op,
    arithmetic: &Arithmetic,
    taps: &[Vec<i32>],
    condition: Option<&[i32]>,
    seed: Option<&[i32]>,
) -> Option<Vec<i32>> {
    let newest = taps.last()?;
    Some(match (op, arithmetic) {
        (Op::Conv2d(conv), Arithmetic::Matrix(matrix)) => features::convolution(conv, matrix, taps),
        (_, Arithmetic::Matrix(matrix)) => products(matrix, taps, condition, seed),
        (Op::Pool(_) | Op::Mean { .. }, Arithmetic::Scale(_) | Arithmetic::Shares(_)) => {
            let count = taps.iter().filter(|tap| !tap.is_empty()).count();
            let sum = |channel: usize| taps.iter().filter_map(|tap| tap.get(channel)).sum();
            let channels = 0..newest.len();
            channels.map(|channel| arithmetic.mean(sum(channel), count, taps.len())).collect()
        }
        (Op::PoolFeatures(pool), _) => pooled(pool, arithmetic, newest),
        (Op::Pool(pool), _) if pool.reduction == Reduction::Max => {
            let most = |channel: usize| taps.iter().filter_map(|tap| tap.get(channel)).max();
            (0..newest.len()).filter_map(most).copied().collect()
        }
        (Op::Newest { .. }, _) => taps.concat(),
        (Op::Delay(_), _) => taps.first()?.clone(),
        _ => newest.clone(),
    })
}

/// Windows over the features of a frame.
fn pooled(pool: &FeaturePool, arithmetic: &Arithmetic, frame: &[i32]) -> Vec<i32> {
    let each = (0..pool.positions).flat_map(|position| {
        let (first, count) = pool.window(position);
        (0..pool.channels).map(move |channel| {
            let numbers = frame.iter().skip(first * pool.channels + channel);
            let mut numbers = numbers.step_by(pool.channels).take(count).copied();
            match pool.reduction {
                FeatureReduction::Max => numbers.max().unwrap_or_default(),
                FeatureReduction::Min => numbers.min().unwrap_or_default(),
                FeatureReduction::Mean | FeatureReduction::Sum => {
                    arithmetic.mean(numbers.by_ref().sum(), count, pool.taps)
                }
            }
        })
    });
    each.collect()
}

/// The sums of a matrix, shifted and saturated.
pub(super) fn products(
    matrix: &Matrix,
    taps: &[Vec<i32>],
    condition: Option<&[i32]>,
    seed: Option<&[i32]>,
) -> Vec<i32> {
    let of_group = matrix.rows.len() / matrix.groups.max(1);
    let rows = matrix.rows.iter().enumerate().map(|(output, row)| {
        let group = output / of_group.max(1);
        let window = taps.iter().flat_map(|tap| {
            let channels = tap.len() / matrix.groups.max(1);
            tap.iter().skip(group * channels).take(channels)
        });
        let window = window.chain(condition.into_iter().flatten());
        let products =
            window.zip(&row.weights).map(|(x, weight)| i64::from(*x) * i64::from(*weight));
        let start = if matrix.is_fine { HALF } else { 0 };
        let start = seed.and_then(|seed| seed.get(output)).copied().unwrap_or(start);
        let sum = i64::from(row.bias) + products.sum::<i64>();
        debug_assert!(i32::try_from(sum).is_ok(), "the compiler proves that no sum overflows");
        let sum = (sum >> row.shift) + i64::from(start);
        debug_assert!(i32::try_from(sum).is_ok(), "the compiler proves that no sum overflows");
        let sum = i32::try_from(sum).unwrap_or_default();
        if matrix.is_fine { saturated_fine(sum) } else { saturated(sum).max(matrix.low) }
    });
    rows.collect()
}

/// A number, and below zero so many parts of 2^15 of it.
fn leaky(number: i32, slope: i32) -> i32 {
    number.max((number * slope + (1 << 14)) >> 15)
}

/// The nearest integer of each number.
pub(crate) fn nearest(numbers: &[f64], scale: f64) -> Vec<i32> {
    let of = |x: &f64| {
        #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
        {
            (x / scale).round().clamp(-32768.0, 32767.0) as i32
        }
    };
    numbers.iter().map(of).collect()
}

/// How far the integers are from `outputs`, those of the first frames.
pub(crate) fn quality(
    graph: &Graph,
    integers: &Integers,
    frames: &Tensor,
    outputs: &[Option<Vec<f64>>],
) -> Quality {
    let scale = integers.scale(graph.output);
    let mut machine = Machine::new(graph, integers);
    let (mut signal, mut noise) = (0.0_f64, 0.0_f64);
    let mut quality = Quality { frames: outputs.len(), ..Quality::default() };
    let all = frames.numbers.chunks(graph.inputs().max(1));
    for (frame, exact) in all.zip(outputs) {
        let output = machine.push(&nearest(frame, integers.scale(Value::INPUT)));
        let (Some(output), Some(exact)) = (output, exact) else { continue };
        for ((integer, exact), expected) in output.iter().zip(exact).zip(nearest(exact, scale)) {
            let off = (f64::from(*integer) * scale - exact).abs();
            signal += exact * exact;
            noise += off * off;
            quality.worst = quality.worst.max(off);
            let steps = u16::try_from(integer.abs_diff(expected)).unwrap_or(u16::MAX);
            quality.steps = quality.steps.max(steps);
        }
    }
    quality.snr = if noise > 0.0 { 10.0 * (signal / noise).log10() } else { f64::INFINITY };
    quality
}
