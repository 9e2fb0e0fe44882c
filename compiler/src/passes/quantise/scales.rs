//! The scale of each value.

use super::range::Ranges;
use super::{MARGIN, is_mixed, keeps_scale};
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
    for value in std::iter::once(Value::INPUT).chain(lines) {
        let mut range = ranges.largest[value] * MARGIN;
        if let Op::Map(activation) = &graph[value].op
            && !is_limit(*activation)
        {
            range = bound(*activation).map_or(range, |bound| range.min(bound));
            groups[first[value]].is_rounded = true;
            for input in &graph[value].inputs {
                groups[first[*input]].is_rounded = true;
            }
        }
        let group = &mut groups[first[value]];
        group.range = group.range.max(range);
    }
    let mut scales = graph.table(1.0);
    for value in graph.values() {
        let group = groups[first[value]];
        let full = match input.filter(|_| first[value] == Value::INPUT) {
            Some(full) => full,
            None if group.range <= 0.0 => 1.0,
            None if group.is_rounded => group.range.log2().ceil().exp2(),
            None => group.range,
        };
        scales[value] = f64::from(rounded(full / 32768.0));
    }
    scales
}

/// What a function is never above or below.
fn bound(activation: Activation) -> Option<f64> {
    let of_one =
        ["tanh", "sigmoid", "fast_tanh", "fast_sigmoid", "rational_tanh", "softsign", "erf"];
    of_one.contains(&activation.function.name).then_some(1.0)
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
