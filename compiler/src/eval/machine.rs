//! A graph, push by push, as the expansion computes it.

use std::collections::VecDeque;

use super::number::Number;
use super::op::{self, Tensors};
use super::{Frames, cell};
use crate::graph::{Graph, Node, Op, Table, Value};

pub(crate) struct Machine<'g, T> {
    graph: &'g Graph,
    /// The nodes that the output depends on.
    lines: Vec<Value>,
    states: Table<State<T>>,
    tensors: Table<Tensors<T>>,
}

#[derive(Clone)]
struct State<T> {
    /// Frames under the taps, the oldest first, or what a recurrent cell keeps.
    past: VecDeque<Vec<T>>,
    /// Frames to come before the next output.
    waits: usize,
}

impl<'g, T: Number> Machine<'g, T> {
    /// A machine that has seen no frame.
    pub(crate) fn new(graph: &'g Graph) -> Self {
        let mut machine = Self {
            graph,
            lines: graph.lines(),
            states: graph.table(State { past: VecDeque::new(), waits: 0 }),
            tensors: graph.table(Vec::new()),
        };
        for value in machine.lines.clone() {
            let node = &graph[value];
            let of =
                |tensor: &crate::tensor::Tensor| tensor.numbers.iter().map(|x| T::of(*x)).collect();
            machine.tensors[value] = node.tensors.iter().map(of).collect();
            let channels = node.input().map_or(0, |input| graph[input].channels);
            let past = match &node.op {
                Op::Recurrent(recurrent) => vec![cell::initial(recurrent, &machine.tensors[value])],
                // A frame that is not there.
                Op::Pool(pool) if !pool.counts_padding => vec![Vec::new(); pool.window.past()],
                op => vec![vec![T::ZERO; channels]; op::window(op).past()],
            };
            machine.states[value] = State { past: past.into(), waits: node.op.clock().first };
        }
        machine
    }

    /// Takes the next frame, and gives the output where there is one. `seen` is told of every value on the way.
    pub(crate) fn push(
        &mut self,
        frame: &[T],
        mut seen: impl FnMut(Value, &Frames<T>),
    ) -> Option<Frames<T>> {
        let mut values: Table<Option<Frames<T>>> = self.graph.table(None);
        values[Value::INPUT] = Some(vec![frame.to_vec()]);
        for value in self.lines.clone() {
            let frames = self.node(value, &values);
            if let Some(frames) = &frames {
                seen(value, frames);
            }
            values[value] = frames;
        }
        values[self.graph.output].take()
    }

    /// What a node gives, where its inputs are there.
    fn node(&mut self, value: Value, values: &Table<Option<Frames<T>>>) -> Option<Frames<T>> {
        let node = &self.graph[value];
        let inputs: Option<Vec<_>> =
            node.inputs.iter().map(|input| values[*input].as_ref()).collect();
        let (inputs, tensors) = (inputs?, &self.tensors[value]);
        let seed = node.seed.and_then(|seed| values[seed].as_ref());
        if node.seed.is_some() && seed.is_none() {
            return None;
        }
        let count = inputs.first().map_or(0, |frames| frames.len());
        let mut outputs = Vec::new();
        for place in 0..count {
            let frames: Vec<&[T]> =
                inputs.iter().filter_map(|frames| frames.get(place).map(Vec::as_slice)).collect();
            let seed = seed.and_then(|seed| seed.get(place)).map(Vec::as_slice);
            if frames.len() > 1 {
                outputs.extend(op::output(node, tensors, &frames, seed));
            } else if let Some(frame) = frames.first() {
                outputs.extend(
                    self.states[value].push(node, tensors, frame, seed).into_iter().flatten(),
                );
            }
        }
        (!outputs.is_empty()).then_some(outputs)
    }
}

impl<T: Number> State<T> {
    /// Takes a frame, and gives what the node makes of it where that is due.
    fn push(
        &mut self,
        node: &Node,
        tensors: &Tensors<T>,
        frame: &[T],
        seed: Option<&[T]>,
    ) -> Option<Frames<T>> {
        if let Op::Recurrent(recurrent) = &node.op {
            let input = cell::input(recurrent, tensors, frame);
            let kept = self.past.front_mut()?;
            cell::step(recurrent, tensors, kept, &input);
            return Some(vec![kept.iter().take(recurrent.units).copied().collect()]);
        }
        let window = op::window(&node.op);
        self.past.push_back(frame.to_vec());
        let is_due = self.waits == 0;
        self.waits = if is_due { window.stride - 1 } else { self.waits - 1 };
        let taps: Vec<&[T]> =
            self.past.iter().step_by(window.dilation).map(Vec::as_slice).collect();
        let frames = is_due.then(|| op::output(node, tensors, &taps, seed));
        self.past.pop_front();
        frames
    }
}
