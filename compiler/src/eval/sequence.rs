//! A graph on a whole sequence at once, with the zeros behind its end that a framework pads with. A stream, where frames go
//! on, gives something else there: this says what.

use std::collections::BTreeMap;

use super::{Frames, cell, op};
use crate::graph::{Graph, Node, Op, Value};

/// What each frame of the output is, for a sequence that begins and ends. `behind` has the frames of padding behind the end of
/// what an operation reads, by the operation.
pub(crate) fn sequence(
    graph: &Graph,
    behind: &BTreeMap<Value, usize>,
    frames: Frames<f64>,
) -> Frames<f64> {
    let mut values = graph.table(Frames::new());
    values[Value::INPUT] = frames;
    for value in graph.lines() {
        let node = &graph[value];
        let inputs: Vec<&Frames<f64>> = node.inputs.iter().map(|input| &values[*input]).collect();
        let zeros = behind.get(&value).copied().unwrap_or_default();
        values[value] = output(node, &inputs, zeros);
    }
    values[graph.output].clone()
}

fn output(node: &Node, inputs: &[&Frames<f64>], behind: usize) -> Frames<f64> {
    let tensors: Vec<_> = node.tensors.iter().map(|tensor| tensor.numbers.clone()).collect();
    if let [_, _, ..] = inputs {
        let count = inputs.iter().map(|frames| frames.len()).min().unwrap_or_default();
        let at = |place: usize| -> Vec<&[f64]> {
            inputs.iter().filter_map(|frames| Some(frames.get(place)?.as_slice())).collect()
        };
        return (0..count).flat_map(|place| op::output(node, &tensors, &at(place), None)).collect();
    }
    let Some(frames) = inputs.first() else { return Frames::new() };
    if let Op::Recurrent(recurrent) = &node.op {
        let mut kept = cell::initial(recurrent, &tensors);
        let step = |frame: &Vec<f64>| {
            let input = cell::input(recurrent, &tensors, frame);
            cell::step(recurrent, &tensors, &mut kept, &input);
            kept.iter().take(recurrent.units).copied().collect()
        };
        return frames.iter().map(step).collect();
    }
    let (skipped, window) = match &node.op {
        // It says when a frame comes, not which one.
        Op::Delay(_) => return (*frames).clone(),
        Op::Crop { skipped, .. } => (*skipped, op::window(&node.op)),
        op => (0, op::window(op)),
    };
    let frames = frames.get(skipped..).unwrap_or_default();
    let before = window.zeros.unwrap_or_default();
    let zero = vec![0.0; frames.first().map_or(0, Vec::len)];
    // Beside the sequence, a maximum has no frame, nor has a mean that does not count there.
    let beside: &[f64] = match &node.op {
        Op::Pool(pool) if !pool.counts_padding => &[],
        _ => &zero,
    };
    let all = frames.len() + before + behind;
    let starts = (0..all.saturating_sub(window.past())).step_by(window.stride.max(1));
    let taps = |start: usize| -> Vec<&[f64]> {
        let place = |tap: usize| (start + tap * window.dilation).checked_sub(before);
        let frame = |tap: usize| place(tap).and_then(|place| frames.get(place));
        (0..window.taps).map(|tap| frame(tap).map_or(beside, Vec::as_slice)).collect()
    };
    let starts = starts.skip(if skipped == 0 { window.skipped } else { 0 });
    starts.flat_map(|start| op::output(node, &tensors, &taps(start), None)).collect()
}
