//! Where functions come to an end: larger numbers need not be told apart.

use super::range::Ranges;
use super::scales::{self, function, largest};
use super::{COARSE, insert_product};
use crate::graph::{Activation, Graph, Node, Op, Table, Value};

/// A value of a range that is far beyond the ends of functions that read it.
#[derive(Clone, Copy)]
pub(super) struct Steep {
    value: Value,
    range: f64,
}

/// Values that have a larger range than a function of theirs wants, because something else reads them too.
pub(super) fn steep(graph: &Graph, ranges: &Ranges, input: Option<f64>) -> Vec<Steep> {
    let scales = scales::of(graph, ranges, input);
    let lines = graph.lines();
    let mut steep: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            let (activation, value, _) = function(graph, *line)?;
            let range = scales[value] * 32768.0;
            ends_far_before(activation, range).then_some(Steep { value, range })
        })
        .collect();
    steep.sort_by_key(|steep| steep.value);
    steep.dedup_by_key(|steep| steep.value);
    steep
}

impl Steep {
    /// Gives the functions that end far before the range a scale of their own.
    pub(super) fn separate(self, graph: &mut Graph) {
        insert_product(graph, self.value, |node, _| !self.is_for(node));
    }

    fn is_for(self, node: &Node) -> bool {
        let Op::Map(activation) = node.op else { return false };
        !scales::is_limit(activation) && ends_far_before(activation, self.range)
    }
}

fn ends_far_before(activation: Activation, range: f64) -> bool {
    of_function(activation, range).is_some_and(|end| end * COARSE <= range)
}

/// Where all functions have come to their ends that read a group of values. `None` if something else reads it, or they come to no
/// end within the range.
pub(super) fn of_group(
    graph: &Graph,
    lines: &[Value],
    first: &Table<Value>,
    group: Value,
    range: f64,
) -> Option<f64> {
    let readers = lines.iter().filter(|line| {
        graph[**line].operands().any(|operand| first[operand] == group) && first[**line] != group
    });
    let ends = readers.map(|line| {
        let (activation, ..) = function(graph, *line)?;
        of_function(activation, range)
    });
    if group == Value::INPUT || first[graph.output] == group {
        return None;
    }
    ends.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::max)
}

/// The least power of two within a range from which on a function does not change by half a step of 16 bits.
fn of_function(activation: Activation, range: f64) -> Option<f64> {
    let mut ends = (-4..).map(|bits| f64::from(bits).exp2()).take_while(|end| *end < range);
    ends.find(|end| is_flat(activation, *end, range))
}

/// Whether a function changes by less than half a step of 16 bits from `from` to `to`, and below zero too.
fn is_flat(activation: Activation, from: f64, to: f64) -> bool {
    let least = largest(activation, to) / 131_072.0;
    [-1.0, 1.0].into_iter().all(|sign| {
        let end = activation.apply(sign * from);
        let others = (1..=64).map(|part| from + (to - from) * f64::from(part) / 64.0);
        others.map(|x| activation.apply(sign * x)).all(|y| (y - end).abs() <= least)
    })
}
