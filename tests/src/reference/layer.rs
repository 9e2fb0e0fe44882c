//! The layers that drawn files have, and those without layers or kernels of their own.

use serde::Deserialize;

use super::activation::Activation;
use super::conv::{Conv, Conv2d, ConvTranspose};
use super::cost::Cost;
use super::operation::Operation;
use super::recurrent::Recurrent;
use super::sequence::{Sequence, Window};

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Layer {
    Conv(Conv),
    Conv2d(Conv2d),
    ConvTranspose(ConvTranspose),
    Upsample {
        times: usize,
    },
    Recurrent(Recurrent),
    Pool(Pool),
    Flatten {
        frames: usize,
    },
    Delay {
        frames: usize,
    },
    Affine(Affine),
    Normalised {
        gamma: Option<Vec<f64>>,
        beta: Option<Vec<f64>>,
        epsilon: f64,
    },
    Prelu {
        alpha: Vec<f64>,
    },
    Activation(Activation),
    Residual {
        block: Vec<Layer>,
        projection: Option<Conv>,
        center: bool,
    },
    Join {
        how: How,
        branches: Vec<Vec<Layer>>,
    },
    /// The two halves of a frame.
    Halves {
        activations: [Activation; 2],
        /// Whether the second says how much there is of the first, and how much of what that is of.
        #[serde(default)]
        blended: bool,
    },
    Skips {
        chain: Vec<Layer>,
    },
    Skip {
        projection: Option<Conv>,
    },
    /// The sum of the taps so far goes through it.
    Head(Conv),
    Conditioned {
        made: Option<Vec<Layer>>,
        chain: Vec<Layer>,
    },
    /// Of the condition.
    Mixin(Conv),
    #[serde(untagged)]
    Operation(Operation),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum How {
    Sum,
    Product,
    Difference,
    Quotient,
    Minimum,
    Maximum,
    Concat,
    Gated([Activation; 2]),
}

impl How {
    pub(super) fn join(&self, frames: &[&[f64]]) -> Vec<f64> {
        let channels = 0..frames[0].len();
        let of = |channel: usize| frames.iter().map(move |frame| frame[channel]);
        match self {
            Self::Sum => channels.map(|channel| of(channel).sum()).collect(),
            Self::Product => channels.map(|channel| of(channel).product()).collect(),
            Self::Difference => channels.map(|c| frames[0][c] - frames[1][c]).collect(),
            Self::Quotient => channels.map(|c| frames[0][c] / frames[1][c]).collect(),
            Self::Minimum => channels.map(|c| -larger(-frames[0][c], -frames[1][c])).collect(),
            Self::Maximum => channels.map(|c| larger(frames[0][c], frames[1][c])).collect(),
            Self::Concat => frames.concat(),
            Self::Gated([value, gate]) => {
                let (value, gate) = (value.of(frames[0]), gate.of(frames[1]));
                value.iter().zip(gate).map(|(value, gate)| value * gate).collect()
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Pool {
    how: Reduction,
    size: usize,
    stride: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reduction {
    Max,
    Mean,
    /// That of `global_avg`.
    SlidingMean,
}

impl Pool {
    pub(super) fn run(&self, input: &Sequence) -> Sequence {
        input.windows(&Window::valid(self.size, self.stride), |taps| {
            let frames: Vec<_> = taps.iter().flatten().collect();
            let channel = |channel: usize| {
                let all = frames.iter().map(|frame| frame[channel]);
                match self.how {
                    Reduction::Max => all.reduce(larger).unwrap_or_default(),
                    _ => all.sum::<f64>() / number(self.size),
                }
            };
            (0..frames[0].len()).map(channel).collect()
        })
    }

    pub(super) fn cost(&self, channels: usize) -> Cost {
        let apart = match self.how {
            // A mean of many frames is that of two numbers for each channel.
            Reduction::Mean if self.size > 128 => 2,
            _ => 1,
        };
        let kept = match self.how {
            // All frames, and the sums of blocks of them.
            Reduction::SlidingMean => self.size + self.size.div_ceil(self.size.isqrt()),
            _ if self.stride < self.size => self.size - 1,
            _ => apart,
        };
        Cost::keeps(kept * channels, true)
    }
}

/// The larger one, and NaN where either is.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// A product and a sum of each channel.
#[derive(Deserialize)]
pub(super) struct Affine {
    gamma: Option<Vec<f64>>,
    beta: Option<Vec<f64>>,
    statistics: Option<Statistics>,
}

#[derive(Deserialize)]
struct Statistics {
    mean: Vec<f64>,
    variance: Vec<f64>,
    epsilon: f64,
}

impl Affine {
    pub(super) fn of(&self, frame: &[f64]) -> Vec<f64> {
        let channel = |(channel, x): (usize, &f64)| {
            let mut y = *x;
            if let Some(Statistics { mean, variance, epsilon }) = &self.statistics {
                y = (y - mean[channel]) / (variance[channel] + epsilon).sqrt();
            }
            y *= self.gamma.as_ref().map_or(1.0, |gamma| gamma[channel]);
            y + self.beta.as_ref().map_or(0.0, |beta| beta[channel])
        };
        frame.iter().enumerate().map(channel).collect()
    }

    /// Numbers of a channel, where it stands by itself.
    pub(super) fn numbers(&self) -> usize {
        if self.statistics.is_some() { 3 } else { 2 }
    }

    /// Whether it adds something.
    pub(super) fn shifts(&self) -> bool {
        self.beta.is_some() || self.statistics.is_some()
    }
}

pub(super) fn normalised(
    frame: &[f64],
    gamma: Option<&Vec<f64>>,
    beta: Option<&Vec<f64>>,
    epsilon: f64,
) -> Vec<f64> {
    let mean = frame.iter().sum::<f64>() / number(frame.len());
    let variance = frame.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / number(frame.len());
    let channel = |(channel, x): (usize, &f64)| {
        let y = (x - mean) / (variance + epsilon).sqrt();
        y * gamma.map_or(1.0, |gamma| gamma[channel]) + beta.map_or(0.0, |beta| beta[channel])
    };
    frame.iter().enumerate().map(channel).collect()
}

pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("counts are small"))
}
