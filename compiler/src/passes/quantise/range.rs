//! What values there are in the frames that are given.

use super::Largest;
use crate::eval::Machine;
use crate::eval::cell::{self, Largest as OfCell};
use crate::graph::{Graph, Op, Table, Value};
use crate::tensor::Tensor;

/// Multiply-accumulates that may be taken: a few seconds of a compiler without optimisation.
const MOST_MACS: usize = 1 << 23;

/// The largest number of each value, and the outputs.
pub(crate) struct Ranges {
    pub(crate) largest: Largest,
    /// The numbers inside a recurrent cell.
    pub(crate) cells: Table<OfCell>,
    /// What the graph gives for each frame that was taken, in f64.
    pub(crate) outputs: Vec<Option<Vec<f64>>>,
}

impl Ranges {
    /// As many frames as are cheap, one output at least.
    pub(crate) fn most_frames(graph: &Graph) -> usize {
        let macs = graph.sum(|value| graph.macs(value)).max(64);
        (MOST_MACS / macs).max(graph.clock().first.saturating_add(1))
    }

    /// The largest numbers of graphs that have the same nodes.
    pub(super) fn joint(all: &[Self]) -> Option<Self> {
        let (first, others) = all.split_first()?;
        let mut joint = Self {
            largest: first.largest.clone(),
            cells: first.cells.clone(),
            outputs: Vec::new(),
        };
        for other in others {
            joint.largest.update(&other.largest, |own, other| own.max(*other));
            joint.cells.update(&other.cells, |own, other| own.max(*other));
        }
        Some(joint)
    }

    /// Counts a value twice, behind which a node has been put that gives the same.
    pub(super) fn repeat(&mut self, value: Value) {
        self.largest.repeat(value);
        self.cells.repeat(value);
    }

    /// Takes as many of the frames as is cheap.
    pub(crate) fn of(graph: &Graph, input: &Tensor) -> Self {
        let channels = graph.inputs().max(1);
        let mut machine = Machine::<f64>::new(graph);
        let mut ranges = Self {
            largest: graph.table(0.0),
            cells: graph.table(OfCell::default()),
            outputs: Vec::new(),
        };
        let (largest, cells) = (&mut ranges.largest, &mut ranges.cells);
        let mut newest: Table<Vec<f64>> = graph.table(Vec::new());
        let mut kept: Table<Vec<f64>> = graph.table(Vec::new());
        for value in graph.lines() {
            if let Op::Recurrent(recurrent) = &graph[value].op {
                kept[value] = cell::cold(recurrent, &graph[value].tensors);
                let state = kept[value].iter().skip(recurrent.units);
                cells[value].state = state.fold(0.0, |most, state| most.max(state.abs()));
            }
        }
        let mut see = |value: Value, numbers: &[f64]| {
            let of_all = numbers.iter().fold(largest[value], |largest, x| largest.max(x.abs()));
            largest[value] = of_all;
        };
        for frame in input.numbers.chunks(channels).take(Self::most_frames(graph)) {
            see(Value::INPUT, frame);
            newest[Value::INPUT] = frame.to_vec();
            let output = machine.push(frame, |value, frames| {
                for frame in frames {
                    see(value, frame);
                }
                newest[value] = frames.concat();
                let node = &graph[value];
                if let (Op::Recurrent(recurrent), Some(input)) = (&node.op, node.input()) {
                    for frame in newest[input].chunks(recurrent.inputs.max(1)) {
                        let of_frame =
                            cell::watched(recurrent, &node.tensors, &mut kept[value], frame);
                        cells[value] = cells[value].max(of_frame);
                    }
                }
            });
            ranges.outputs.push(output.map(|frames| frames.concat()));
        }
        ranges
    }
}
