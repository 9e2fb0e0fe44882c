//! What a push computes.

use crate::graph::{Graph, Op};

/// What the costliest push computes, of what makes its time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    /// Multiply-accumulates.
    pub macs: usize,
    /// Values of `tanh`, `sigmoid` and other functions that are not made of comparisons and sums.
    pub functions: usize,
    /// The same of approximations (`#[math = "fast"]`).
    pub fast_functions: usize,
    /// Operations.
    pub operations: usize,
}

/// Functions that are comparisons, sums and products: they cost little.
const CHEAP: [&str; 11] = [
    "abs",
    "clip",
    "hard_sigmoid",
    "hard_swish",
    "hard_tanh",
    "leaky_hard_tanh",
    "leaky_relu",
    "relu",
    "relu6",
    "square",
    "thresholded_relu",
];

pub(super) fn work(graph: &Graph) -> Work {
    let mut work = Work { macs: graph.sum(|value| graph.macs(value)), ..Work::default() };
    for value in graph.lines() {
        let node = &graph[value];
        let values = node.channels.saturating_mul(node.clock.frames);
        work.operations += usize::from(!node.is_inline);
        let mapped = match &node.op {
            Op::Map(activation) => Some(*activation),
            _ => node.epilogue,
        };
        if let Some(activation) = mapped {
            let name = activation.function.name;
            if name.starts_with("fast_") {
                work.fast_functions = work.fast_functions.saturating_add(values);
            } else if !CHEAP.contains(&name) {
                work.functions = work.functions.saturating_add(values);
            }
        }
        match &node.op {
            Op::Recurrent(cell) => {
                // A function for each gate, and one for the output of an LSTM.
                let gates = cell.gates().len() + usize::from(cell.cell == crate::graph::Cell::Lstm);
                let count = cell.units.saturating_mul(gates).saturating_mul(node.clock.frames);
                if cell.is_fast { work.fast_functions += count } else { work.functions += count }
            }
            Op::Softmax { .. } => work.functions = work.functions.saturating_add(values),
            _ => {}
        }
    }
    work
}
