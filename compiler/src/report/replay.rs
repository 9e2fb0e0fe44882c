//! The recorded run of a network, and what the network gives for it.

use super::Network;
use crate::eval::{self, Machine};
use crate::frontend::weights::Reference;
use crate::graph::Graph;
use crate::integers::{Integers, Quality};
use crate::passes::quantise;

/// A recorded run, replayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replay {
    /// Frames that were pushed.
    pub frames: usize,
    /// Outputs that were compared.
    pub outputs: usize,
    /// Outputs that are there in the run and not in the network, or the other way.
    pub misplaced: usize,
    /// The largest difference between a recorded number and that in f64, as part of the recorded one, or of 1 where that is
    /// more.
    pub difference: f64,
    /// The same of f32, with the order of additions of the kernels.
    pub difference_f32: f64,
    /// The largest difference that the network's test allows.
    pub tolerance: f64,
    /// The same run in 16-bit integers, for a network of integers.
    pub integers: Option<IntegerReplay>,
}

/// The first frames of a recorded run, which the test of a network of integers replays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntegerReplay {
    /// How far the integers are from the recorded outputs.
    pub quality: Quality,
    /// The largest difference in the output's unit that the network's test allows: half a step more than its bound, as the test
    /// has the nearest integers of the recorded outputs.
    pub tolerance: f64,
}

/// A recorded run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<'a> {
    /// The frames that were pushed.
    pub inputs: Vec<&'a [f64]>,
    /// The output of each push; the frames of an output that has several follow each other.
    pub outputs: Vec<Option<&'a [f64]>>,
    /// The largest difference that the network's test allows.
    pub tolerance: f64,
}

/// What a replay needs.
#[derive(Debug)]
pub(super) struct Replayed {
    pub(super) graph: Graph,
    pub(super) run: Reference,
    pub(super) integers: Option<Integers>,
}

impl Replayed {
    fn in_integers(&self) -> Option<IntegerReplay> {
        let Self { graph, run, integers } = self;
        let integers = integers.as_ref()?;
        let quality = quantise::replay(graph, integers, &run.input, &run.output);
        let tolerance = (f64::from(integers.replayed.bound()) + 0.5) * integers.scale(graph.output);
        Some(IntegerReplay { quality, tolerance })
    }
}

impl Network {
    /// The recorded run of the weights file, where it has one.
    #[must_use]
    pub fn run(&self) -> Option<Run<'_>> {
        let Reference { input, output, tolerance } = &self.replayed.as_ref()?.run;
        let outputs = output.iter().map(|output| Some(output.as_ref()?.numbers.as_slice()));
        let (inputs, tolerance) = (input.numbers.chunks(self.inputs.max(1)).collect(), *tolerance);
        Some(Run { inputs, outputs: outputs.collect(), tolerance })
    }

    /// The largest difference between the outputs of this network and of another for the same frames, in f64, as part of this
    /// network's outputs, or of 1 where that is more. Infinite where one of the two has an output at a push and the other has
    /// none.
    #[must_use]
    pub fn distance(&self, other: &Self, frames: &[Vec<f64>]) -> f64 {
        let (Some(own), Some(theirs)) = (&self.unchanged, &other.unchanged) else {
            return f64::INFINITY;
        };
        if (self.inputs, self.outputs) != (other.inputs, other.outputs) {
            return f64::INFINITY;
        }
        let (mut own, mut theirs) = (Machine::<f64>::new(own), Machine::<f64>::new(theirs));
        let mut distance = 0.0_f64;
        for frame in frames {
            let [own, theirs] = [&mut own, &mut theirs]
                .map(|machine| machine.push(frame, |_, _| ()).map(|frames| frames.concat()));
            let off = match (own, theirs) {
                (None, None) => 0.0,
                (Some(own), Some(theirs)) if own.len() == theirs.len() => {
                    let pairs = own.iter().zip(&theirs);
                    let off = pairs.map(|(own, other)| (own - other).abs() / own.abs().max(1.0));
                    off.fold(0.0, |most, off| if off > most || off.is_nan() { off } else { most })
                }
                _ => f64::INFINITY,
            };
            distance = if off.is_nan() { f64::INFINITY } else { distance.max(off) };
        }
        distance
    }

    /// Replays the whole recorded run of the weights file, in f64 and in f32, and in integers the frames of the network's test. `None` where there is no run, or where a mistake
    /// hides the weights.
    #[must_use]
    pub fn replay(&self) -> Option<Replay> {
        let replayed = self.replayed.as_ref()?;
        let Replayed { graph, run, .. } = replayed;
        let mut replay = Replay {
            frames: run.output.len(),
            outputs: 0,
            misplaced: 0,
            difference: 0.0,
            difference_f32: 0.0,
            tolerance: run.tolerance,
            integers: replayed.in_integers(),
        };
        eval::replay_all(graph, &run.input, |push, exact, single| {
            let recorded = run.output.get(push).and_then(Option::as_ref);
            match (recorded, exact) {
                (None, None) => {}
                (Some(recorded), Some(exact)) if recorded.numbers.len() == exact.len() => {
                    replay.outputs += 1;
                    let single = single.unwrap_or_default();
                    for (recorded, exact, single) in
                        recorded.numbers.iter().zip(exact).zip(single).map(|((r, e), s)| (*r, e, s))
                    {
                        let off = |given: f64| {
                            let off = (given - recorded).abs() / recorded.abs().max(1.0);
                            if off.is_nan() { f64::INFINITY } else { off }
                        };
                        replay.difference = replay.difference.max(off(exact));
                        replay.difference_f32 = replay.difference_f32.max(off(f64::from(single)));
                    }
                }
                _ => replay.misplaced += 1,
            }
        });
        Some(replay)
    }
}
