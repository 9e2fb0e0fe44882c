//! Whole sequences through a network, in f64 and as the frameworks define its layers: every layer takes the whole output
//! of the one before it. No history, no streaming, none of the runtime's or the macro's code.

mod activation;
mod chain;
mod conv;
mod cost;
mod layer;
mod operation;
mod plane;
mod recurrent;
mod sequence;

use serde::Deserialize;

use self::chain::Run;
use self::cost::Cost;
use self::layer::Layer;
use self::sequence::Sequence;
use crate::Case;

/// The part of a drawn weights file that says what the network is.
#[derive(Deserialize)]
pub struct Reference {
    topology: Vec<Layer>,
}

/// What is known of a network beside its outputs.
#[derive(Debug)]
pub struct Facts {
    /// Input frames that one output depends on; `usize::MAX` where it is all of them.
    pub receptive_field: usize,
    /// Multiply-accumulates when every layer outputs.
    pub macs: usize,
    /// Numbers of the weights, biases included.
    pub weights: usize,
    /// Floats that have to be kept from push to push.
    pub floats: usize,
    /// The places where any are kept, or pushes are counted.
    pub stateful: usize,
}

impl Reference {
    /// The reference for `case`.
    ///
    /// # Panics
    ///
    /// When its file does not say its topology.
    #[must_use]
    #[track_caller]
    pub fn of(case: &Case) -> Self {
        serde_json::from_str(case.file).expect("a drawn file says its topology")
    }

    /// What `push` has to give for each frame: the outputs that need this frame and no later one, one after the other.
    #[must_use]
    pub fn outputs(&self, input: &[Vec<f32>]) -> Vec<Option<Vec<f64>>> {
        let mut outputs = vec![None; input.len()];
        for output in self.run(input).0.outputs {
            outputs[output.at].get_or_insert_with(Vec::new).extend(output.frame);
        }
        outputs
    }

    /// What a run of so many `frames` shows, which has to be longer than the receptive field.
    #[must_use]
    pub fn facts(&self, case: &Case, frames: usize) -> Facts {
        let (output, costs) = self.run(&vec![vec![0.5; case.inputs]; frames]);
        let spans = output.outputs.iter().map(|output| output.at - output.since + 1);
        let sum = |of: fn(&Cost) -> usize| costs.iter().map(of).sum();
        Facts {
            receptive_field: if output.forgets { spans.max().unwrap_or(0) } else { usize::MAX },
            macs: sum(|cost| cost.macs),
            weights: sum(|cost| cost.weights),
            floats: sum(|cost| cost.floats),
            stateful: sum(|cost| cost.stateful),
        }
    }

    /// Whether a push may give frames that no input is part of: a transposed convolution of fewer taps than its stride.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.topology
            .iter()
            .any(|layer| matches!(layer, Layer::ConvTranspose(conv) if conv.has_gaps()))
    }

    fn run(&self, input: &[Vec<f32>]) -> (Sequence, Vec<Cost>) {
        let mut run = Run::default();
        let output = run.chain(&self.topology, Sequence::of(input), 1);
        (output, run.costs)
    }
}

/// Where an output is off by more than `1e-5 * max(1, |reference|)`, or is one where none is due.
#[must_use]
pub fn difference(outputs: &[Option<Vec<f32>>], expected: &[Option<Vec<f64>>]) -> Option<String> {
    if outputs.len() != expected.len() {
        return Some(format!("{} outputs, expected {}", outputs.len(), expected.len()));
    }
    for (frame, (output, expected)) in outputs.iter().zip(expected).enumerate() {
        let (Some(output), Some(expected)) = (output, expected) else {
            if output.is_some() == expected.is_some() {
                continue;
            }
            return Some(format!("frame {frame}: {output:?}, expected {expected:?}"));
        };
        if output.len() != expected.len() {
            return Some(format!("frame {frame}: {output:?}, expected {expected:?}"));
        }
        for (channel, (y, reference)) in output.iter().zip(expected).enumerate() {
            let off = (f64::from(*y) - reference).abs();
            if off.is_nan() || off > 1e-5 * reference.abs().max(1.0) {
                return Some(format!(
                    "frame {frame}, channel {channel}: {y}, expected {reference}"
                ));
            }
        }
    }
    None
}
