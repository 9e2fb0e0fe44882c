//! The scale of each value.

use super::range::Ranges;
use super::{MARGIN, ends, is_mixed, keeps_scale, pool};
use crate::graph::{Activation, Graph, Op, Value};
use crate::integers::{Arithmetic, Scales};
use crate::numbers::rounded;

/// Values of one scale.
#[derive(Clone, Copy)]
struct Group {
    /// The largest number that they are to hold.
    range: f64,
    /// Whether its scale is a power of two, so that networks have few tables.
    is_rounded: bool,
}

pub(super) fn of(graph: &Graph, ranges: &Ranges, input: Option<f64>) -> Scales {
    let mut first = graph.table(Value::INPUT);
    for value in graph.values() {
        first[value] = value;
    }
    let lines: Vec<_> =
        graph.lines().into_iter().filter(|value| !is_mixed(graph, *value)).collect();
    for value in &lines {
        let node = &graph[*value];
        let inputs = match &node.op {
            _ if keeps_scale(node) => node.inputs.as_slice(),
            // The share is a part of 1.
            Op::Blend => node.inputs.get(..2).unwrap_or_default(),
            _ => &[],
        };
        let seed = node.seed.filter(|seed| !is_mixed(graph, *seed));
        for other in inputs.iter().copied().chain(seed) {
            let [one, two] = [first[*value], first[other]];
            let (one, two) = (one.min(two), one.max(two));
            for member in graph.values() {
                if first[member] == two {
                    first[member] = one;
                }
            }
        }
    }
    let mut groups = graph.table(Group { range: 0.0, is_rounded: false });
    let functions: Vec<_> =
        lines.iter().copied().filter_map(|value| function(graph, value)).collect();
    for value in std::iter::once(Value::INPUT).chain(lines.iter().copied()) {
        let group = &mut groups[first[value]];
        // What a table gives is known of all that it reads.
        if function(graph, value).is_none() {
            group.range = group.range.max(ranges.largest[value] * MARGIN);
        }
    }
    for (_, input, output) in &functions {
        groups[first[*input]].is_rounded = true;
        groups[first[*output]].is_rounded = true;
    }
    // What a cell or a softmax gives is a part of 1, and is apart from all others.
    for value in graph.lines() {
        if matches!(graph[value].op, Op::Recurrent(_) | Op::Softmax { .. }) {
            groups[first[value]] = Group { range: 1.0, is_rounded: true };
        }
    }
    for group in graph.values().filter(|value| first[*value] == *value) {
        if let Some(end) = ends::of_group(graph, &lines, &first, group, groups[group].range) {
            groups[group].range = end;
        }
    }
    let full = |group: Value, Group { range, is_rounded }: Group| match input {
        Some(full) if group == Value::INPUT => full,
        _ if range <= 0.0 => 1.0,
        _ if is_rounded => range.log2().ceil().exp2(),
        _ => range,
    };
    // A table has no kink: what it gives does not saturate. One group may be before and behind several.
    let sums = pool::sums(graph, &lines);
    for _ in 0..functions.len() + sums.len() {
        for (input, output) in &sums {
            let largest = pool::least_range(full(first[*input], groups[first[*input]]));
            let group = &mut groups[first[*output]];
            group.range = group.range.max(largest);
        }
        for (activation, input, output) in &functions {
            let largest = largest(*activation, full(first[*input], groups[first[*input]]));
            let group = &mut groups[first[*output]];
            group.range = group.range.max(largest);
        }
    }
    let mut scales = graph.table(1.0);
    for value in graph.values() {
        let full = full(first[value], groups[first[value]]);
        scales[value] = f64::from(rounded(full / 32768.0));
    }
    scales
}

/// The function that a node has a table for, its input and its output.
pub(super) fn function(graph: &Graph, value: Value) -> Option<(Activation, Value, Value)> {
    match &graph[value].op {
        Op::Map(activation) if !is_limit(*activation) => {
            Some((*activation, graph[value].input()?, value))
        }
        _ => None,
    }
}

/// The largest number that a function gives for numbers up to `full`.
pub(super) fn largest(activation: Activation, full: f64) -> f64 {
    let outputs = (-128..=128).map(|part| activation.apply(f64::from(part) / 128.0 * full).abs());
    outputs.filter(|y| y.is_finite()).fold(0.0, f64::max)
}

/// Whether a function leaves its input as it is, but for what is too large or too small, or is shortened.
pub(super) fn is_limit(activation: Activation) -> bool {
    limits(activation, 1.0).is_some()
}

/// The arithmetic of such a function.
pub(super) fn limits(activation: Activation, scale: f64) -> Option<Arithmetic> {
    let clip = |low: f64, high: f64| Arithmetic::Clip {
        low: nearest(low / scale),
        high: nearest(high / scale),
    };
    Some(match (activation.function.name, activation.parameters()) {
        ("relu", _) => Arithmetic::Clip { low: 0, high: 32767 },
        ("relu6", _) => clip(0.0, 6.0),
        ("hard_tanh", _) => clip(-1.0, 1.0),
        ("clip", [low, high]) => clip((*low).into(), (*high).into()),
        ("leaky_relu", [slope]) => Arithmetic::Leaky(self::slope((*slope).into())?),
        _ => return None,
    })
}

/// A slope from 0 to 1 in parts of 2^15.
pub(super) fn slope(slope: f64) -> Option<i32> {
    (0.0..1.0).contains(&slope).then(|| nearest(slope * 32768.0))
}

/// The nearest integer of 16 bits.
pub(super) fn nearest(number: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
    {
        number.round().clamp(-32768.0, 32767.0) as i32
    }
}
