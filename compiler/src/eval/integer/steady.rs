//! The steady state of integers.

use super::{Machine, nearest};
use crate::eval::steady::{Steady, steady_or_none};
use crate::eval::{Frames, op};
use crate::graph::{Cell, Graph, Op, Value};
use crate::integers::{self, Arithmetic, Integers};
use crate::tensor::Tensor;

/// Pushes that a recurrent cell is given from its steady state in floating point on. Rounding may keep it from standing still.
const PUSHES: usize = 1 << 12;

/// What a network of integers comes to that is given the frame `silence` forever. The numbers of the states are integers, and
/// so are those of the output. `None` where there is no such state in floating point, or several frames at a push.
pub(crate) fn steady(graph: &Graph, integers: &Integers, silence: &[f64]) -> Option<Steady> {
    let floats = steady_or_none(graph, silence)?;
    let mut machine = Machine::new(graph, integers);
    let mut values = graph.table(None);
    values[Value::INPUT] = Some(vec![nearest(silence, integers.scale(Value::INPUT))]);
    let mut states = graph.table(None);
    for value in machine.lines.clone() {
        let node = &graph[value];
        let given: Vec<i32> = alone(node.input().and_then(|input| values[input].as_ref())?)?;
        if let (Op::Recurrent(recurrent), Arithmetic::Cell(cell), Some(state)) =
            (&node.op, &integers.arithmetic[value], &floats.states[value])
        {
            machine.states[value].past = cell.kept(recurrent, &state.numbers).into();
            for _ in 0..PUSHES {
                let before = machine.states[value].past.clone();
                values[value] = machine.node(value, &values);
                if machine.states[value].past == before {
                    break;
                }
            }
            let kept = machine.states[value].past.make_contiguous();
            let count = if recurrent.cell == Cell::Lstm { 2 } else { 1 };
            let numbers: Vec<_> = kept.iter().take(count).flatten().copied().collect();
            states[value] = Some(tensor(&numbers));
            continue;
        }
        let state = &mut machine.states[value];
        state.waits = 0;
        state.past.iter_mut().for_each(|frame| frame.clone_from(&given));
        values[value] = machine.node(value, &values);
        let keeps_frames = match &node.op {
            Op::Conv(_) | Op::Conv2d(_) | Op::ConvTranspose(_) => op::window(&node.op).past() > 0,
            Op::Pool(_) | Op::Mean { .. } | Op::Newest { .. } | Op::Delay(_) => true,
            _ => false,
        };
        states[value] = keeps_frames.then(|| tensor(&given));
    }
    let output = alone(values[graph.output].as_ref()?)?;
    Some(Steady { states, output: tensor(&output).numbers })
}

/// The frame of a push that has one.
fn alone(frames: &Frames<i32>) -> Option<Vec<i32>> {
    let [frame] = frames.as_slice() else { return None };
    Some(frame.clone())
}

fn tensor(numbers: &[i32]) -> Tensor {
    Tensor { shape: vec![numbers.len()], numbers: numbers.iter().copied().map(f64::from).collect() }
}

impl integers::Cell {
    /// What a cell keeps: its last output, and the state of an LSTM, of these in floating point, one behind the other.
    pub(crate) fn kept(
        &self,
        recurrent: &crate::graph::Recurrent,
        numbers: &[f64],
    ) -> Vec<Vec<i32>> {
        let is_lstm = recurrent.cell == Cell::Lstm;
        let (last, state) = numbers.split_at(recurrent.units.min(numbers.len()));
        let of = |numbers: &[f64], bits: u32, most: f64| -> Vec<i32> {
            let number = |x: &f64| {
                #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
                {
                    (x * f64::from(bits).exp2()).round().clamp(-most - 1.0, most) as i32
                }
            };
            numbers.iter().map(number).collect()
        };
        let (bits, most) = if is_lstm { (15, 32767.0) } else { (30, f64::from(1 << 30)) };
        let state = of(state, 31_u32.saturating_sub(self.range), f64::from(i32::MAX));
        let state = if is_lstm { state } else { vec![0; recurrent.units] };
        vec![of(last, bits, most), state]
    }
}
