//! `#[math = "fast"]`: the approximations of the functions that have one.

use crate::graph::{Graph, Op};

/// Puts the approximation of each function in its place.
pub(crate) fn approximate(graph: &mut Graph) {
    for value in graph.values() {
        match &mut graph[value].op {
            Op::Map(activation) => {
                activation.function = activation.function.fast.unwrap_or(activation.function);
            }
            Op::Recurrent(recurrent) => recurrent.is_fast = true,
            _ => {}
        }
    }
}
