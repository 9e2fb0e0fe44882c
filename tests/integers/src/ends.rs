//! Where functions come to their ends.

use super::floats;
use super::graph::{Graph, Node, is_limit};

/// The least power of two below `range` from which on a function changes by less than half a step.
pub(super) fn of_function(name: &str, range: f64) -> Option<f64> {
    let f = |x: f64| floats::function(name, 0.0, x);
    let most = (-128..=128).map(|part| f(f64::from(part) / 128.0 * range).abs());
    let most = most.fold(0.0, f64::max);
    let is_flat = |end: f64| {
        (1..=64).all(|part| {
            let x = end + (range - end) * f64::from(part) / 64.0;
            (f(x) - f(end)).abs() <= most / 131_072.0 && (f(-x) - f(-end)).abs() <= most / 131_072.0
        })
    };
    let mut ends = (-4..40).map(|power| f64::from(power).exp2());
    ends.find(|end| *end >= range || is_flat(*end)).filter(|end| *end < range)
}

/// The last of the ends of the functions that read the values of a group, if nothing else does.
pub(super) fn of_group(graph: &Graph, group: &[usize], own: usize, range: f64) -> Option<f64> {
    let mut last: Option<f64> = None;
    for (place, node) in graph.nodes.iter().enumerate() {
        let is_own = |input: &usize| group[*input] == own;
        if group[place] == own || !node.inputs().into_iter().any(is_own) {
            continue;
        }
        let end = match node {
            Node::Function { name, .. } if !is_limit(name) => of_function(name, range)?,
            _ => return None,
        };
        last = Some(last.map_or(end, |last| last.max(end)));
    }
    last
}

/// Which nodes are functions of a value of that range that end at a quarter of it, or before.
pub(super) fn far_before(graph: &Graph, value: usize, range: f64) -> Vec<bool> {
    let is_one = |node: &Node| match node {
        Node::Function { x, name, .. } if *x == value && !is_limit(name) => {
            of_function(name, range).is_some_and(|end| 4.0 * end <= range)
        }
        _ => false,
    };
    graph.nodes.iter().map(is_one).collect()
}
