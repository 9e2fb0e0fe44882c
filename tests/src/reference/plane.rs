//! Layers of frames whose outer axis are features: pools, reductions, norms and convolutions, as the frameworks define them.

use serde::Deserialize;

use super::cost::Cost;
use super::layer::{larger, number};
use super::sequence::{Sequence, Window};

/// A pool over frames and features.
#[derive(Deserialize)]
pub(super) struct Pool2d {
    how: Reduction,
    window: Window,
    features: usize,
    size: usize,
    stride: usize,
    zeros: usize,
    positions: usize,
    /// Whether padding counts in a mean.
    counts: bool,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Reduction {
    Max,
    Min,
    Mean,
    Sum,
}

impl Reduction {
    /// Of some numbers, and of so many in a mean.
    fn of(self, numbers: &[f64], count: usize) -> f64 {
        let reduce =
            |of: fn(f64, f64) -> f64| numbers.iter().copied().reduce(of).unwrap_or_default();
        match self {
            Self::Max => reduce(larger),
            Self::Min => reduce(|a, b| -larger(-a, -b)),
            Self::Mean => numbers.iter().sum::<f64>() / number(count),
            Self::Sum => numbers.iter().sum(),
        }
    }
}

impl Pool2d {
    pub(super) fn run(&self, input: &Sequence) -> Sequence {
        input.windows(&self.window, |taps| {
            let channels =
                taps.iter().flatten().next().map_or(0, |frame| frame.len()) / self.features;
            let output = |position: usize, channel: usize| {
                let mut numbers = Vec::new();
                for frame in taps.iter().flatten() {
                    for place in 0..self.size {
                        let feature = (position * self.stride + place).checked_sub(self.zeros);
                        let feature = feature.filter(|feature| *feature < self.features);
                        numbers.extend(feature.map(|feature| frame[feature * channels + channel]));
                    }
                }
                let all = self.window.taps * self.size;
                self.how.of(&numbers, if self.counts { all } else { numbers.len() })
            };
            let places = (0..self.positions).flat_map(|p| (0..channels).map(move |c| (p, c)));
            places.map(|(position, channel)| output(position, channel)).collect()
        })
    }

    pub(super) fn cost(&self, channels: usize) -> Cost {
        let kept = channels / self.features * self.positions;
        let Window { taps, stride, .. } = self.window;
        let is_padded = self.window.zeros() > 0;
        if taps == 1 && stride == 1 {
            return Cost::default();
        }
        let frames = if stride < taps || is_padded { taps - 1 } else { 1 };
        // A place, a schedule, and how many frames there have been.
        let counts = 1 + usize::from(is_padded && !self.counts);
        Cost { stateful: counts, ..Cost::keeps(frames * kept, true) }
    }
}

/// One number for each channel, for each feature, or for the frame.
#[derive(Deserialize)]
pub(super) struct Reduce {
    how: Reduction,
    over: Over,
    features: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Over {
    Features,
    Channels,
    All,
}

impl Reduce {
    pub(super) fn of(&self, frame: &[f64]) -> Vec<f64> {
        let channels = frame.len() / self.features;
        let of = |numbers: &[f64]| self.how.of(numbers, numbers.len());
        match self.over {
            Over::All => vec![of(frame)],
            Over::Channels => frame.chunks(channels).map(of).collect(),
            Over::Features => {
                let channel = |channel: usize| -> Vec<f64> {
                    frame.iter().skip(channel).step_by(channels).copied().collect()
                };
                (0..channels).map(|c| of(&channel(c))).collect()
            }
        }
    }
}

/// Normalisation of groups of channels of all features of a block.
#[derive(Deserialize)]
pub(super) struct GroupNorm {
    /// Blocks, features of a block, channels of a feature, groups of them.
    shape: [usize; 4],
    gamma: Vec<f64>,
    beta: Vec<f64>,
    epsilon: f64,
}

impl GroupNorm {
    pub(super) fn of(&self, frame: &[f64]) -> Vec<f64> {
        let [blocks, features, channels, groups] = self.shape;
        let group = |place: usize| {
            let block = place / (features * channels);
            (block, place % channels / (channels / groups))
        };
        assert_eq!(frame.len(), blocks * features * channels, "the numbers of all blocks");
        let output = |(place, x): (usize, &f64)| {
            let own = frame.iter().enumerate().filter(|(other, _)| group(*other) == group(place));
            let own: Vec<f64> = own.map(|(_, x)| *x).collect();
            let mean = own.iter().sum::<f64>() / number(own.len());
            let variance = own.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / number(own.len());
            let channel = place % channels;
            self.gamma[channel] * (x - mean) / (variance + self.epsilon).sqrt() + self.beta[channel]
        };
        frame.iter().enumerate().map(output).collect()
    }

    pub(super) fn cost(&self, numbers: usize) -> Cost {
        Cost { macs: 3 * numbers, weights: 2 * self.gamma.len() + 1, ..Cost::default() }
    }
}

/// A convolution over frames and features, or one that is transposed over features.
#[derive(Deserialize)]
pub(super) struct Plane {
    /// (k, `feature_k`, in / groups, out)
    kernel: Vec<Vec<Vec<Vec<f64>>>>,
    bias: Option<Vec<f64>>,
    window: Window,
    features: usize,
    stride: usize,
    dilation: usize,
    /// Zeros before the first feature, or features that are cut off.
    zeros: usize,
    positions: usize,
    groups: usize,
    transposed: bool,
}

impl Plane {
    pub(super) fn run(&self, input: &Sequence) -> Sequence {
        let outputs = self.kernel[0][0][0].len();
        input.windows(&self.window, |taps| {
            let bias = (0..outputs).map(|o| self.bias.as_ref().map_or(0.0, |bias| bias[o]));
            let bias: Vec<f64> = bias.collect();
            let mut all = vec![bias; self.positions];
            for (frame, rows) in taps.iter().zip(&self.kernel) {
                let Some(frame) = frame else { continue };
                let features: Vec<_> = frame.chunks(frame.len() / self.features).collect();
                for (position, sums) in all.iter_mut().enumerate() {
                    for (feature, x) in features.iter().enumerate() {
                        for (place, weights) in rows.iter().enumerate() {
                            if self.meets(position, feature, place) {
                                self.add(sums, x, weights);
                            }
                        }
                    }
                }
            }
            all.concat()
        })
    }

    /// Whether the place of the kernel at the position is on the feature.
    fn meets(&self, position: usize, feature: usize, place: usize) -> bool {
        let place = place * self.dilation;
        if self.transposed {
            feature * self.stride + place == position + self.zeros
        } else {
            position * self.stride + place == feature + self.zeros
        }
    }

    fn add(&self, sums: &mut [f64], x: &[f64], weights: &[Vec<f64>]) {
        let of_group = sums.len() / self.groups;
        for (output, sum) in sums.iter_mut().enumerate() {
            let group = output / of_group;
            let x = &x[group * weights.len()..][..weights.len()];
            *sum += x.iter().zip(weights).map(|(x, row)| x * row[output]).sum::<f64>();
        }
    }

    pub(super) fn cost(&self) -> Cost {
        let weights = self.kernel.iter().flatten().flatten().flatten().count();
        let kept = (self.window.span() - 1) * self.features * self.kernel[0][0].len() * self.groups;
        let places = if self.transposed { self.features } else { self.positions };
        Cost {
            macs: weights * places,
            weights: weights + self.bias.as_ref().map_or(0, Vec::len),
            ..Cost::keeps(kept, self.window.is_scheduled())
        }
    }
}
