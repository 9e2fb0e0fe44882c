//! The values in f64.

use super::graph::{Cell, Conv, Graph, Kind, Node};
use super::softmax;

/// What a value has at each push, where it has something.
pub(super) type Stream<T> = Vec<Option<Vec<T>>>;

/// Every value of the graph.
pub(super) fn values(graph: &Graph, input: &[Vec<f64>]) -> Vec<Stream<f64>> {
    let mut values: Vec<Stream<f64>> = vec![input.iter().cloned().map(Some).collect()];
    for node in graph.nodes.iter().skip(1) {
        let stream = match node {
            Node::Input => unreachable!("there is one input"),
            Node::Conv { x, conv, seed } => {
                let sums = windows(
                    &values[*x],
                    (conv.kernel.len(), conv.dilation, conv.stride),
                    conv.causal,
                    |taps| convolved(conv, taps),
                );
                let summed = match seed {
                    Some(seed) => zip(&sums, &values[*seed], |a, b| a + b),
                    None => sums,
                };
                map(&summed, |x| if conv.is_rectified { x.max(0.0) } else { x })
            }
            Node::Function { x, name, slope } => map(&values[*x], |x| function(name, *slope, x)),
            Node::Pool { x, pool } => pool.exact(&values[*x]),
            Node::FeaturePool { x, pool } => frames(&values[*x], |frame| pool.exact(frame)),
            Node::Newest { x, frames } => {
                windows(&values[*x], (*frames, 1, 1), false, <[Vec<f64>]>::concat)
            }
            Node::Delay { x, frames } => {
                windows(&values[*x], (2, *frames, 1), false, |taps| taps[0].clone())
            }
            Node::Add { a, b } => zip(&values[*a], &values[*b], |a, b| a + b),
            Node::Half { x, is_second } => half(&values[*x], *is_second),
            Node::Multiply { a, b } => zip(&values[*a], &values[*b], |a, b| a * b),
            Node::Norm { x, norm } => frames(&values[*x], |frame| norm.exact(frame)),
            Node::Softmax { x, .. } => frames(&values[*x], softmax::exact),
            Node::Cell { x, cell } => recurrent(cell, &values[*x], &mut Inside::default()),
            Node::Blend { plain, active, share } => {
                let parts = zip(&values[*active], &values[*share], |active, share| active * share);
                let rest =
                    zip(&values[*plain], &values[*share], |plain, share| plain * (1.0 - share));
                zip(&parts, &rest, |part, rest| part + rest)
            }
            Node::Plane { x, plane } => plane.floats(&values[*x]),
            Node::Several { x, several } => several.floats(&values[*x]),
        };
        values.push(stream);
    }
    values
}

fn convolved(conv: &Conv, taps: &[Vec<f64>]) -> Vec<f64> {
    let outputs = conv.bias.len();
    let of_group = outputs / conv.groups;
    (0..outputs)
        .map(|output| {
            let mut sum = conv.bias[output];
            for (tap, kernel) in taps.iter().zip(&conv.kernel) {
                for (input, weights) in kernel.iter().enumerate() {
                    sum += tap[output / of_group * kernel.len() + input] * weights[output];
                }
            }
            sum
        })
        .collect()
}

pub(super) fn function(name: &str, slope: f64, x: f64) -> f64 {
    match name {
        "relu" => x.max(0.0),
        "relu6" => x.clamp(0.0, 6.0),
        "hard_tanh" => x.clamp(-1.0, 1.0),
        "leaky_relu" if x < 0.0 => x * slope,
        "leaky_relu" => x,
        "tanh" => x.tanh(),
        "sigmoid" => 1.0 / (1.0 + (-x).exp()),
        "silu" => x / (1.0 + (-x).exp()),
        _ => unreachable!("no function {name}"),
    }
}

/// What `of` makes of each window of so many taps, so far apart, at one frame in `stride`.
pub(super) fn windows<T: Clone + Default>(
    stream: &Stream<T>,
    (taps, dilation, stride): (usize, usize, usize),
    is_padded: bool,
    of: impl Fn(&[Vec<T>]) -> Vec<T>,
) -> Stream<T> {
    let mut seen: Vec<Vec<T>> = Vec::new();
    let past = (taps - 1) * dilation;
    stream
        .iter()
        .map(|frame| {
            let frame = frame.as_ref()?;
            seen.push(frame.clone());
            let newest = seen.len() - 1;
            let first = if is_padded { 0 } else { past };
            if newest < first || !(newest - first).is_multiple_of(stride) {
                return None;
            }
            let nothing = vec![T::default(); frame.len()];
            let at = |tap: usize| {
                let place = (newest + tap * dilation).checked_sub(past);
                place.map_or(nothing.clone(), |place| seen[place].clone())
            };
            Some(of(&(0..taps).map(at).collect::<Vec<_>>()))
        })
        .collect()
}

pub(super) fn map<T: Copy>(stream: &Stream<T>, of: impl Fn(T) -> T) -> Stream<T> {
    let each = |frame: &Vec<T>| frame.iter().map(|x| of(*x)).collect();
    stream.iter().map(|frame| frame.as_ref().map(each)).collect()
}

/// What `of` makes of each frame.
pub(super) fn frames<T>(stream: &Stream<T>, of: impl Fn(&[T]) -> Vec<T>) -> Stream<T> {
    stream.iter().map(|frame| frame.as_ref().map(|frame| of(frame))).collect()
}

pub(super) fn zip<T: Copy>(a: &Stream<T>, b: &Stream<T>, of: impl Fn(T, T) -> T) -> Stream<T> {
    let both = |(a, b): (&Option<Vec<T>>, &Option<Vec<T>>)| {
        let pairs = a.as_ref()?.iter().zip(b.as_ref()?);
        Some(pairs.map(|(a, b)| of(*a, *b)).collect())
    };
    a.iter().zip(b).map(both).collect()
}

pub(super) fn half<T: Clone>(stream: &Stream<T>, is_second: bool) -> Stream<T> {
    let half = |frame: &Vec<T>| {
        let (first, second) = frame.split_at(frame.len() / 2);
        if is_second { second.to_vec() } else { first.to_vec() }
    };
    stream.iter().map(|frame| frame.as_ref().map(half)).collect()
}

/// The largest numbers in a cell: of the sums of gates, of those of the candidate and its parts, and of an LSTM's state.
#[derive(Clone, Copy, Default)]
pub(super) struct Inside {
    pub(super) gates: f64,
    pub(super) candidate: f64,
    pub(super) state: f64,
}

/// The outputs of a cell.
pub(super) fn recurrent(cell: &Cell, x: &Stream<f64>, inside: &mut Inside) -> Stream<f64> {
    let units = cell.units();
    let initial = |place: usize| cell.initial.get(place).cloned().unwrap_or(vec![0.0; units]);
    let (mut last, mut state) = (initial(0), initial(1));
    inside.state = state.iter().fold(0.0, |most: f64, state| most.max(state.abs()));
    let sigmoid = |x: f64| function("sigmoid", 0.0, x);
    let frames = x.iter().map(|frame| {
        let frame = frame.as_ref()?;
        let sum = |numbers: &[f64], rows: &[Vec<f64>], column: usize| -> f64 {
            numbers.iter().zip(rows).map(|(x, row)| x * row[column]).sum()
        };
        let of_input = |column: usize| cell.bias[0][column] + sum(frame, &cell.kernel, column);
        let of_last = |last: &[f64], column: usize| {
            cell.bias.get(1).map_or(0.0, |bias| bias[column]) + sum(last, &cell.own, column)
        };
        let candidate = cell.candidate();
        for column in 0..cell.own[0].len() {
            let parts = [of_input(column), of_last(&last, column)];
            let whole = (parts[0] + parts[1]).abs();
            if column / units == candidate {
                let largest = parts[0].abs().max(parts[1].abs()).max(whole);
                inside.candidate = inside.candidate.max(largest);
            } else {
                inside.gates = inside.gates.max(whole);
            }
        }
        let gate = |gate: usize, unit: usize| {
            of_input(gate * units + unit) + of_last(&last, gate * units + unit)
        };
        let next: Vec<f64> = match cell.kind {
            Kind::Lstm => (0..units)
                .map(|unit| {
                    let kept = sigmoid(gate(1, unit)) * state[unit];
                    state[unit] = kept + sigmoid(gate(0, unit)) * gate(2, unit).tanh();
                    sigmoid(gate(3, unit)) * state[unit].tanh()
                })
                .collect(),
            Kind::Rnn => (0..units).map(|unit| gate(0, unit).tanh()).collect(),
            Kind::Gru | Kind::GruBefore => {
                let reset: Vec<f64> = (0..units).map(|unit| sigmoid(gate(1, unit))).collect();
                let before: Vec<f64> =
                    last.iter().zip(&reset).map(|(last, reset)| last * reset).collect();
                (0..units)
                    .map(|unit| {
                        let column = 2 * units + unit;
                        let own = if cell.kind == Kind::Gru {
                            reset[unit] * of_last(&last, column)
                        } else {
                            of_last(&before, column)
                        };
                        let update = sigmoid(gate(0, unit));
                        update * last[unit] + (1.0 - update) * (of_input(column) + own).tanh()
                    })
                    .collect()
            }
        };
        inside.state = state.iter().fold(inside.state, |most, state| most.max(state.abs()));
        last.clone_from(&next);
        Some(next)
    });
    frames.collect()
}
