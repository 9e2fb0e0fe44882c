//! A transposed convolution over time as one that is not: each frame gives as many frames as the stride, each of which is a
//! convolution of its own. It may have groups, a dilation, and features beside time.

use super::super::array::{Array, Rearrangement};
use super::super::dim::Dim;
use super::super::reader::Reader;
use super::super::refusal::{Result, invalid};
use super::super::stream::{Stream, Time};
use super::along::Along;
use super::conv::{channels_last, features_first};
use crate::graph::{Conv, Conv2d, Op, Value, Window};
use crate::tensor::Tensor;

/// A transposed convolution, as the file says it.
pub(super) struct Phases {
    pub(super) time: Option<Along>,
    /// What the kernel does along the features, and how many features are behind it.
    pub(super) features: Option<(Along, usize)>,
    /// The places of time and features among the axes of the kernel.
    pub(super) places: [Option<usize>; 2],
    pub(super) groups: usize,
    /// Frames behind what the kernel reaches.
    pub(super) extra: usize,
}

/// How the frames of a push come out of it.
struct Steps {
    /// Frames for each one.
    stride: usize,
    dilation: usize,
    /// Taps of the kernel, and of the convolution that stands for it.
    kernel: usize,
    taps: usize,
    /// Frames from tap to tap of the convolution.
    between: usize,
    /// Pushes before the first output.
    late: usize,
    /// Frames that are cut off before the first, less than a push has.
    early: usize,
}

impl Steps {
    fn of(time: Option<Along>) -> Self {
        let along =
            time.unwrap_or(Along { axis: 0, taps: 1, stride: 1, dilation: 1, pads: [0, 0] });
        let Along { stride, dilation, pads: [cut, _], .. } = along;
        if stride == 1 {
            let taps = along.taps;
            return Self {
                stride,
                dilation,
                kernel: taps,
                taps,
                between: dilation,
                late: cut,
                early: 0,
            };
        }
        let late = cut.div_ceil(stride);
        let early = late * stride - cut;
        let taps = (along.past() + 1 + early).div_ceil(stride);
        Self { stride, dilation, kernel: along.taps, taps, between: 1, late, early }
    }

    /// The tap of the kernel that frame `phase` of a push has `past` frames before the newest.
    fn tap(&self, past: usize, phase: usize) -> Option<usize> {
        let place = (past * self.between * self.stride + phase).checked_sub(self.early)?;
        let tap = place.is_multiple_of(self.dilation).then(|| place / self.dilation)?;
        (tap < self.kernel).then_some(tap)
    }
}

impl Phases {
    pub(super) fn read(
        self,
        reader: &mut Reader<'_>,
        stream: &Stream,
        weights: &Array<f64>,
        bias: Option<Tensor>,
    ) -> Result<Stream> {
        let Self { time, features, groups, .. } = self;
        let steps = Steps::of(time);
        let Some(zeros) = ((steps.taps - 1) * steps.between).checked_sub(steps.late) else {
            return invalid("its `pads` leave no output");
        };
        let window = Window {
            taps: steps.taps,
            dilation: steps.between,
            zeros: (zeros > 0).then_some(zeros),
            ..Window::NEWEST
        };
        if time.is_some_and(|along| along.pads[0] > 0 || along.past() + 1 > along.stride) {
            reader.carries("nothing before the sequence");
        }
        let (channels, width) = (stream.length(1), features.map_or(1, |(along, _)| along.taps));
        let group_outputs = weights.shape.get(1).copied().unwrap_or_default();
        let outputs = group_outputs * groups;
        let all = steps.stride * outputs;
        reader.charge(&[steps.taps, width, channels / groups, all])?;
        reader.charge(&[features.map_or(1, |(_, positions)| positions), all])?;
        let kernel = self.kernel(weights, &steps, [width, channels, group_outputs]);
        let has_bias = bias.is_some();
        let bias = bias.map(|bias| {
            let rows = bias.numbers.chunks(group_outputs.max(1));
            let numbers = rows.flat_map(|row| row.repeat(steps.stride)).collect();
            Tensor { shape: vec![all], numbers }
        });
        let tensors = [kernel].into_iter().chain(bias).collect();
        let places = features_first(stream, features.map(|(along, _)| along.axis));
        let input = reader.pick(stream.value, &places)?;
        let positions = features.map_or(1, |(_, positions)| positions);
        let op = match features {
            Some((along, positions)) => Op::Conv2d(Conv2d {
                window,
                features: stream.length(along.axis),
                feature_taps: width,
                feature_stride: along.stride,
                feature_dilation: along.dilation,
                positions,
                feature_zeros: along.pads[0],
                channels,
                outputs: all,
                groups,
                is_transposed: true,
            }),
            None => Op::Conv(Conv { window, inputs: channels, outputs: all, groups }),
        };
        let value = reader.push_weighted(op, input, positions * all, tensors, has_bias)?;
        reader.describe(
            Some(window.taps),
            Some(window.dilation),
            vec![format!("stride={}", steps.stride)],
        );
        reader.behind.insert(value, self.behind(&steps));
        let value = apart(reader, value, [positions, groups, steps.stride, group_outputs])?;
        let mut shape = stream.places.shape.clone();
        let positions = features.map(|(along, positions)| (along.axis, positions));
        for (axis, new) in [(1, outputs)].into_iter().chain(positions) {
            if let Some(length) = shape.get_mut(axis) {
                *length = new;
            }
        }
        let time = stream.time.map(|time| Time { length: self.length(time.length), ..time });
        let features = features.map(|(along, _)| along);
        Ok(channels_last(value, shape, time, features).with_marks_of(stream))
    }

    /// (taps, features, channels of a group, outputs), where the outputs of a group are those of each frame of a push.
    fn kernel(
        &self,
        weights: &Array<f64>,
        steps: &Steps,
        [width, channels, outputs]: [usize; 3],
    ) -> Tensor {
        let own: Vec<_> = self.places.iter().flatten().map(|place| place + 2).collect();
        let others = (2..weights.shape.len()).filter(|axis| !own.contains(axis));
        let order = own.iter().copied().chain(others).chain([0, 1]).collect();
        // (taps, features, channels, outputs of a group)
        let ordered = Rearrangement::Transpose(order).of(weights).items;
        let of_group = channels / self.groups;
        let row = |tap: Option<usize>, feature: usize, channel: usize| -> Vec<f64> {
            let start = tap.map(|tap| ((tap * width + feature) * channels + channel) * outputs);
            let row = start.and_then(|start| ordered.get(start..start + outputs));
            row.map_or_else(|| vec![0.0; outputs], <[f64]>::to_vec)
        };
        let mut numbers = Vec::new();
        for past in (0..steps.taps).rev() {
            for (feature, channel) in
                (0..width).flat_map(|feature| (0..of_group).map(move |channel| (feature, channel)))
            {
                for group in 0..self.groups {
                    for phase in 0..steps.stride {
                        let tap = steps.tap(past, phase);
                        numbers.extend(row(tap, feature, group * of_group + channel));
                    }
                }
            }
        }
        let all = steps.stride * self.groups * outputs;
        let shape = if self.features.is_some() {
            vec![steps.taps, width, of_group, all]
        } else {
            vec![steps.taps, of_group, all]
        };
        Tensor { shape, numbers }
    }

    /// The frames behind it, of an input of `length`.
    fn length(&self, length: Dim) -> Dim {
        let Some(along) = self.time else { return length };
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let [before, behind] = along.pads.map(number);
        let more = number(along.past()) + 1 + number(self.extra) - before - behind;
        let whole = length.plus(-1).multiply(Dim::size(along.stride));
        whole.unwrap_or(length).plus(more)
    }

    /// Frames of zeros behind the end that its last outputs see.
    fn behind(&self, steps: &Steps) -> usize {
        let Some(along) = self.time else { return 0 };
        let frames = along.past() + 1 + self.extra + steps.stride * steps.late;
        frames.saturating_sub(along.stride + along.pads[0] + along.pads[1]).div_ceil(along.stride)
    }
}

/// The frames of a push, one after the other, of numbers (positions, groups, frames, outputs).
fn apart(
    reader: &mut Reader<'_>,
    value: Value,
    [positions, groups, times, outputs]: [usize; 4],
) -> Result<Value> {
    if times == 1 {
        return Ok(value);
    }
    let all = positions * groups * times * outputs;
    let lying = Array { shape: vec![positions, groups, times, outputs], items: (0..all).collect() };
    let ordered = Rearrangement::Transpose(vec![2, 0, 1, 3]).of(&lying);
    let value = reader.pick(value, &ordered.items)?;
    reader.push(Op::Split { times }, vec![value], all / times)
}
