//! A recorded run, computed while compiling: what the network gives for it, and how far off f32 is.

use super::Machine;
use crate::graph::{Graph, Value};
use crate::tensor::Tensor;

/// Multiply-accumulates that a replay may take: a second or two of a compiler without optimisation.
const MOST_MACS: usize = 1 << 22;

/// What the network gives for the first frames of a run.
pub(crate) struct Replay {
    /// The output of each, in f64.
    pub(crate) outputs: Vec<Option<Vec<f64>>>,
    /// How far off f32 is, in the order of additions of the kernels: of a number, or of 1 where that is more.
    pub(crate) rounding: f64,
    /// The first value that f32 has no number for, and the frame.
    pub(crate) overflow: Option<(Value, usize)>,
}

impl Replay {
    /// How far off the outputs are from those of another: of a number, or of 1 where that is more.
    pub(crate) fn distance(&self, exact: &Self) -> f64 {
        let pairs = self.outputs.iter().flatten().zip(exact.outputs.iter().flatten());
        pairs.fold(0.0, |most, (own, exact)| distance(exact, own.iter().copied()).max(most))
    }
}

/// How many frames of a run of so many are replayed.
pub(crate) fn frames(graph: &Graph, frames: usize) -> usize {
    let macs = graph.sum(|value| graph.macs(value)).max(64);
    // The first output, whatever it costs.
    frames.min((MOST_MACS / macs).max(graph.clock().first.saturating_add(1)))
}

/// Replays a run: `input` has a row for each frame.
pub(crate) fn replay(graph: &Graph, input: &Tensor) -> Replay {
    let channels = graph.inputs().max(1);
    let frames = frames(graph, input.numbers.len() / channels);
    let (mut exact, mut single) = (Machine::<f64>::new(graph), Machine::<f32>::new(graph));
    let mut replay = Replay { outputs: Vec::new(), rounding: 0.0, overflow: None };
    for (number, frame) in input.numbers.chunks(channels).take(frames).enumerate() {
        let output = exact.push(frame, |_, _| ());
        let frame: Vec<f32> = frame.iter().map(|x| crate::numbers::rounded(*x)).collect();
        let rounded = single.push(&frame, |value, frames| {
            let is_finite = frames.iter().flatten().all(|x| x.is_finite());
            if !is_finite && replay.overflow.is_none() {
                replay.overflow = Some((value, number));
            }
        });
        let output: Option<Vec<f64>> = output.map(|frames| frames.concat());
        if let Some((output, rounded)) = output.as_ref().zip(rounded) {
            replay.rounding = replay
                .rounding
                .max(distance(output, rounded.iter().flatten().map(|x| f64::from(*x))));
        }
        replay.outputs.push(output);
    }
    replay
}

/// Replays the whole run. `seen` is told the output of each push, in f64 and in f32.
#[cfg(feature = "report")]
pub(crate) fn replay_all(
    graph: &Graph,
    input: &Tensor,
    mut seen: impl FnMut(usize, Option<Vec<f64>>, Option<Vec<f32>>),
) {
    let (mut exact, mut single) = (Machine::<f64>::new(graph), Machine::<f32>::new(graph));
    for (push, frame) in input.numbers.chunks(graph.inputs().max(1)).enumerate() {
        let output = exact.push(frame, |_, _| ()).map(|frames| frames.concat());
        let frame: Vec<f32> = frame.iter().map(|x| crate::numbers::rounded(*x)).collect();
        seen(push, output, single.push(&frame, |_, _| ()).map(|frames| frames.concat()));
    }
}

fn distance(exact: &[f64], others: impl Iterator<Item = f64>) -> f64 {
    let off = exact.iter().zip(others).map(|(exact, other)| {
        let off = (exact - other).abs() / exact.abs().max(1.0);
        if off.is_nan() { f64::INFINITY } else { off }
    });
    off.fold(0.0, f64::max)
}
