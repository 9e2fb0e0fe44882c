//! Whole sequences through a network, in f64 and as the definition says: no history, no streaming, none of the
//! runtime's code.

use serde::Deserialize;

use crate::Case;

/// The part of a drawn weights file that says what the network is.
#[derive(Deserialize)]
pub struct Reference {
    topology: Vec<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(flatten)]
    conv: Option<Conv>,
    activation: String,
    parameter: Option<f64>,
}

#[derive(Deserialize)]
struct Conv {
    kernel: Vec<Vec<Vec<f64>>>,
    bias: Option<Vec<f64>>,
    dilation: usize,
    stride: usize,
    groups: usize,
    causal: bool,
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

    /// What `push` has to answer to each frame: the last output for the sequence that ends there, where that sequence
    /// has one output more than the sequence before.
    #[must_use]
    pub fn answers(&self, input: &[Vec<f32>]) -> Vec<Option<Vec<f64>>> {
        let input: Vec<Vec<f64>> =
            input.iter().map(|frame| frame.iter().copied().map(f64::from).collect()).collect();
        let output = self.topology.iter().fold(input.clone(), |frames, layer| layer.run(&frames));
        (0..input.len())
            .map(|t| {
                let (before, now) = (self.outputs(t), self.outputs(t + 1));
                (now > before).then(|| output[before].clone())
            })
            .collect()
    }

    /// How many outputs a sequence of so many frames has.
    fn outputs(&self, frames: usize) -> usize {
        self.topology.iter().fold(frames, |frames, layer| layer.starts(frames).count())
    }

    /// Input frames under one output.
    #[must_use]
    pub fn receptive_field(&self) -> usize {
        // From the last layer to the first: `n` frames in a row of its output need so many of its input.
        self.topology.iter().rev().fold(1, |frames, layer| match &layer.conv {
            Some(conv) => (frames - 1) * conv.stride + conv.span(),
            None => frames,
        })
    }

    /// Multiply-accumulates when every layer answers.
    #[must_use]
    pub fn macs(&self) -> usize {
        let convs = self.topology.iter().filter_map(|layer| layer.conv.as_ref());
        convs.map(|conv| conv.kernel.iter().flatten().flatten().count()).sum()
    }

    /// Weights, biases included.
    #[must_use]
    pub fn weights(&self) -> usize {
        let convs = self.topology.iter().filter_map(|layer| layer.conv.as_ref());
        self.macs() + convs.filter_map(|conv| conv.bias.as_ref()).map(Vec::len).sum::<usize>()
    }

    /// Floats that have to be kept from push to push, and the layers that keep any or skip pushes.
    #[must_use]
    pub fn history(&self) -> (usize, usize) {
        let convs = self.topology.iter().filter_map(|layer| layer.conv.as_ref());
        let floats = |conv: &Conv| (conv.span() - 1) * conv.kernel[0].len() * conv.groups;
        let stateful = |conv: &&Conv| conv.span() > 1 || conv.stride > 1;
        (convs.clone().map(floats).sum(), convs.filter(stateful).count())
    }
}

impl Layer {
    /// Where in its padded input each output of the layer starts to look.
    fn starts(&self, frames: usize) -> impl Iterator<Item = usize> + use<> {
        let (padding, span, stride) = match &self.conv {
            Some(conv) => (if conv.causal { conv.span() - 1 } else { 0 }, conv.span(), conv.stride),
            None => (0, 1, 1),
        };
        (0..)
            .step_by(stride)
            .take_while(move |start| start + span <= frames + padding && frames > 0)
    }

    fn run(&self, frames: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let outputs = self.starts(frames.len()).map(|start| match &self.conv {
            Some(conv) => conv.output(frames, start),
            None => frames[start].clone(),
        });
        outputs.map(|output| self.activate(output)).collect()
    }

    fn activate(&self, frame: Vec<f64>) -> Vec<f64> {
        let parameter = self.parameter.unwrap_or(f64::NAN);
        let each = |f: fn(f64, f64) -> f64| frame.iter().map(|&x| f(x, parameter)).collect();
        match self.activation.as_str() {
            "linear" => frame,
            "relu" => each(|x, _| x.max(0.0)),
            "relu6" => each(|x, _| x.clamp(0.0, 6.0)),
            "leaky_relu" => each(|x, slope| x.max(0.0) + slope * x.min(0.0)),
            "elu" => each(|x, alpha| if x > 0.0 { x } else { alpha * x.exp_m1() }),
            "tanh" => each(|x, _| x.tanh()),
            "sigmoid" => each(|x, _| 1.0 / (1.0 + (-x).exp())),
            "softmax" => {
                let sum: f64 = frame.iter().map(|x| x.exp()).sum();
                frame.iter().map(|x| x.exp() / sum).collect()
            }
            other => unreachable!("no activation {other} is drawn"),
        }
    }
}

impl Conv {
    /// Frames from its oldest tap to its newest.
    fn span(&self) -> usize {
        (self.kernel.len() - 1) * self.dilation + 1
    }

    /// The output that looks at the padded input from `start` on.
    fn output(&self, frames: &[Vec<f64>], start: usize) -> Vec<f64> {
        let padding = if self.causal { self.span() - 1 } else { 0 };
        let (group_inputs, outputs) = (self.kernel[0].len(), self.kernel[0][0].len());
        (0..outputs)
            .map(|output| {
                let group = output / (outputs / self.groups);
                let mut sum = self.bias.as_ref().map_or(0.0, |bias| bias[output]);
                for (tap, weights) in self.kernel.iter().enumerate() {
                    let Some(time) = (start + tap * self.dilation).checked_sub(padding) else {
                        continue;
                    };
                    for (input, weights) in weights.iter().enumerate() {
                        sum += frames[time][group * group_inputs + input] * weights[output];
                    }
                }
                sum
            })
            .collect()
    }
}

/// Where an answer is off by more than `1e-5 * max(1, |reference|)`, or is one where none is due.
#[must_use]
pub fn difference(answers: &[Option<Vec<f32>>], expected: &[Option<Vec<f64>>]) -> Option<String> {
    if answers.len() != expected.len() {
        return Some(format!("{} answers, expected {}", answers.len(), expected.len()));
    }
    for (frame, (answer, expected)) in answers.iter().zip(expected).enumerate() {
        let (Some(answer), Some(expected)) = (answer, expected) else {
            if answer.is_some() == expected.is_some() {
                continue;
            }
            return Some(format!("frame {frame}: {answer:?}, expected {expected:?}"));
        };
        if answer.len() != expected.len() {
            return Some(format!("frame {frame}: {answer:?}, expected {expected:?}"));
        }
        for (channel, (y, reference)) in answer.iter().zip(expected).enumerate() {
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
