//! Convolutions: over time, over time and features, and transposed.

use serde::Deserialize;

use super::cost::Cost;
use super::sequence::{Sequence, Window};

/// (k, in/groups, out)
pub(super) type Kernel = Vec<Vec<Vec<f64>>>;

#[derive(Deserialize)]
pub(super) struct Conv {
    pub(super) kernel: Kernel,
    pub(super) bias: Option<Vec<f64>>,
    pub(super) groups: usize,
    pub(super) window: Window,
}

/// Over features too, which are the outer axis of a frame.
#[derive(Deserialize)]
pub(super) struct Conv2d {
    /// (k, `feature_k`, in, out); of a depthwise one, `out` is 1.
    kernel: Vec<Kernel>,
    bias: Option<Vec<f64>>,
    depthwise: bool,
    window: Window,
    features: usize,
    feature_stride: usize,
    same: bool,
}

#[derive(Deserialize)]
pub(super) struct ConvTranspose {
    /// (k, in, out)
    kernel: Kernel,
    bias: Option<Vec<f64>>,
    stride: usize,
    /// Output frames that are cut off before the first.
    #[serde(default)]
    cut: usize,
}

fn biased(bias: Option<&Vec<f64>>, output: usize) -> f64 {
    bias.map_or(0.0, |bias| bias[output])
}

impl Conv {
    pub(super) fn run(&self, input: &Sequence) -> Sequence {
        let (inputs, outputs) = (self.kernel[0].len(), self.kernel[0][0].len());
        input.windows(&self.window, |taps| {
            let output = |output: usize| {
                let group = output / (outputs / self.groups);
                let mut sum = biased(self.bias.as_ref(), output);
                for (frame, weights) in taps.iter().zip(&self.kernel) {
                    let Some(frame) = frame else { continue };
                    let frame = &frame[group * inputs..][..inputs];
                    sum += frame.iter().zip(weights).map(|(x, row)| x * row[output]).sum::<f64>();
                }
                sum
            };
            (0..outputs).map(output).collect()
        })
    }

    /// Whether a sum that is added to its input would be added to zeros of the padding as well.
    pub(super) fn pads(&self) -> bool {
        self.window.zeros() > 0
    }

    /// Whether it is a product, and nothing else.
    pub(super) fn is_product(&self) -> bool {
        let is_at_once = self.window.span() == 1 && !self.window.is_scheduled();
        is_at_once && self.groups == 1 && self.bias.is_none()
    }

    /// What it costs to take a condition of so many channels, of which a product makes its input, with what is mixed in
    /// behind it. `None` where it takes the input.
    pub(super) fn cost_of_condition(&self, mixed: &Self, channels: usize) -> Option<Cost> {
        let takes_it = channels < self.kernel[0].len() && self.window.span() > 1;
        let is_whole = self.groups == 1 && mixed.groups == 1 && !self.window.is_scheduled();
        let Cost { macs, weights, floats, .. } = self.cost(false);
        let of_one = |number: usize| number / self.kernel[0].len();
        (takes_it && is_whole).then(|| Cost {
            macs: of_one(macs) * channels,
            weights: weights - macs + of_one(macs) * channels,
            ..Cost::keeps(of_one(floats) * channels, false)
        })
    }

    /// `shifted` says whether what is folded into it gives it a bias.
    pub(super) fn cost(&self, shifted: bool) -> Cost {
        let outputs = self.kernel[0][0].len();
        let bias = if shifted || self.bias.is_some() { outputs } else { 0 };
        let macs = self.kernel.len() * self.kernel[0].len() * outputs;
        let kept = (self.window.span() - 1) * self.kernel[0].len() * self.groups;
        Cost { macs, weights: macs + bias, ..Cost::keeps(kept, self.window.is_scheduled()) }
    }
}

impl Conv2d {
    fn widths(&self) -> (usize, usize, usize) {
        let width = self.kernel[0].len();
        let positions = if self.same {
            self.features.div_ceil(self.feature_stride)
        } else {
            (self.features - width) / self.feature_stride + 1
        };
        // Keras' `same`: the zeros that the last position needs, the smaller half of them before.
        let zeros = ((positions - 1) * self.feature_stride + width).saturating_sub(self.features);
        (width, positions, zeros / 2)
    }

    pub(super) fn run(&self, input: &Sequence) -> Sequence {
        let (width, positions, zeros) = self.widths();
        let inputs = self.kernel[0][0].len();
        let outputs = self.outputs();
        let output = |taps: &[Option<&[f64]>], position: usize, output: usize| {
            let mut sum = biased(self.bias.as_ref(), output);
            for (frame, rows) in taps.iter().zip(&self.kernel) {
                let Some(frame) = frame else { continue };
                for (place, weights) in rows.iter().enumerate().take(width) {
                    let feature = (position * self.feature_stride + place).checked_sub(zeros);
                    let Some(feature) = feature.filter(|feature| *feature < self.features) else {
                        continue;
                    };
                    let channels = &frame[feature * inputs..][..inputs];
                    sum += if self.depthwise {
                        channels[output] * weights[output][0]
                    } else {
                        channels.iter().zip(weights).map(|(x, row)| x * row[output]).sum::<f64>()
                    };
                }
            }
            sum
        };
        input.windows(&self.window, |taps| {
            let places = (0..positions).flat_map(|place| (0..outputs).map(move |o| (place, o)));
            places.map(|(position, channel)| output(taps, position, channel)).collect()
        })
    }

    /// The channels of a position.
    fn outputs(&self) -> usize {
        if self.depthwise { self.kernel[0][0].len() } else { self.kernel[0][0][0].len() }
    }

    /// Whether its window over the features has one place.
    pub(super) fn has_one_position(&self) -> bool {
        self.widths().1 == 1
    }

    /// `shifted` says whether what is folded into it gives it a bias.
    pub(super) fn cost(&self, shifted: bool) -> Cost {
        let (_, positions, _) = self.widths();
        let bias = if shifted || self.bias.is_some() { self.outputs() } else { 0 };
        let weights = self.kernel.iter().flatten().flatten().flatten().count();
        let kept = (self.window.span() - 1) * self.features * self.kernel[0][0].len();
        Cost {
            macs: weights * positions,
            weights: weights + bias,
            ..Cost::keeps(kept, self.window.is_scheduled())
        }
    }
}

impl ConvTranspose {
    /// `y[n * stride + q]` is the sum of all `x[n] * kernel[q]`; of the sequence, what no later input changes.
    pub(super) fn run(&self, input: &Sequence) -> Sequence {
        let outputs = self.kernel[0][0].len();
        let (length, stride) = (input.outputs.len(), self.stride);
        let bias: Vec<f64> = (0..outputs).map(|o| biased(self.bias.as_ref(), o)).collect();
        let mut sums = vec![bias; length * stride + self.kernel.len() + self.cut];
        let mut oldest = vec![None; sums.len()];
        for (time, x) in input.outputs.iter().enumerate() {
            for (tap, weights) in self.kernel.iter().enumerate() {
                let place = time * stride + tap;
                oldest[place].get_or_insert(time);
                for (x, row) in x.frame.iter().zip(weights) {
                    sums[place].iter_mut().zip(row).for_each(|(sum, weight)| *sum += x * weight);
                }
            }
        }
        // A push gives `stride` frames, once all of them are known.
        let mut whole = input.clone();
        whole.outputs.drain(..self.late().min(length));
        let late = input.outputs.len() - whole.outputs.len();
        let mut output = whole.upsampled(stride, |time, place| {
            let place = self.cut + time * stride + place;
            (sums[place].clone(), Some(time))
        });
        for (place, output) in output.outputs.iter_mut().enumerate() {
            let oldest = oldest[self.cut + place].unwrap_or(late + place / stride);
            output.since = input.outputs[oldest].since;
        }
        output
    }

    /// The pushes without an output before the first.
    fn late(&self) -> usize {
        self.cut.div_ceil(self.stride)
    }

    pub(super) fn has_gaps(&self) -> bool {
        self.kernel.len() < self.stride
    }

    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    /// `shifted` says whether what is folded into it gives it a bias.
    pub(super) fn cost(&self, shifted: bool) -> Cost {
        // The outputs of a push begin before the first that its frame is part of.
        let taps = self.kernel.len() + self.late() * self.stride - self.cut;
        let macs = self.kernel.iter().flatten().flatten().count();
        let kept = (taps.div_ceil(self.stride) - 1) * self.kernel[0].len();
        let outputs = self.kernel[0][0].len();
        let bias = if shifted || self.bias.is_some() { outputs } else { 0 };
        Cost { macs, weights: macs + bias, ..Cost::keeps(kept, self.cut > 0) }
    }
}
