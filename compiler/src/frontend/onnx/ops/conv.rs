//! Convolutions over time, over features, or over both.

use super::super::array::{Array, Rearrangement};
use super::super::dim::Dim;
use super::super::reader::{Call, Known, Reader, Result, refuse, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::product::rows_in_place;
use crate::graph::{Conv, Conv2d, Op, Window};
use crate::tensor::Tensor;

/// Places along an axis that a stride, a dilation or a padding may span.
const MOST: usize = 1 << 24;

/// What a kernel does along one axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Along {
    pub(super) axis: usize,
    pub(super) taps: usize,
    pub(super) stride: usize,
    pub(super) dilation: usize,
    /// Zeros before the first place and behind the last one.
    pub(super) pads: [usize; 2],
}

impl Along {
    /// Places before the newest under the kernel.
    pub(super) fn past(self) -> usize {
        self.taps.saturating_sub(1).saturating_mul(self.dilation)
    }

    fn is_nothing(self) -> bool {
        self.taps == 1 && self.stride == 1 && self.pads == [0, 0]
    }

    /// The length behind it.
    pub(super) fn length(self, length: Dim) -> Dim {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let zeros = number(self.pads[0]).saturating_add(number(self.pads[1]));
        let stride = i64::try_from(self.stride).unwrap_or(i64::MAX);
        length
            .plus(zeros.saturating_sub(number(self.past())).saturating_sub(1))
            .over(stride)
            .plus(1)
    }

    /// Along time. Where it pads, a window would see other frames in the stream.
    pub(super) fn window(self, reader: &mut Reader<'_>, what: &'static str) -> Result<Window> {
        let (before, past) = (self.pads[0], self.past());
        if before > past {
            return refuse(format!(
                "it pads {before} frames before the first one, more than the {past} that its kernel reaches back"
            ));
        }
        if self.pads != [0, 0] {
            reader.carries(what);
        }
        let zeros = (before > 0).then_some(before);
        Ok(Window {
            taps: self.taps,
            dilation: self.dilation,
            stride: self.stride,
            zeros,
            skipped: 0,
        })
    }
}

/// What a kernel does along each axis behind the channels.
pub(super) fn alongs(call: &Call<'_, '_>, stream: &Stream, kernel: &[usize]) -> Result<Vec<Along>> {
    let node = call.node;
    let rank = kernel.len();
    if stream.rank() != rank + 2 {
        return refuse(format!("a kernel of {rank} axes does not fit {}", shown(&stream.shape())));
    }
    let numbers = |name: &str, otherwise: usize, count: usize| -> Result<Vec<usize>> {
        let Some(numbers) = node.ints(name) else { return Ok(vec![otherwise; count]) };
        let numbers: Option<Vec<_>> = numbers
            .iter()
            .map(|number| usize::try_from(*number).ok().filter(|n| *n <= MOST))
            .collect();
        match numbers.filter(|numbers| numbers.len() == count) {
            Some(numbers) => Ok(numbers),
            None => refuse(format!("its `{name}` are not {count} numbers from 0 to {MOST}")),
        }
    };
    let strides = numbers("strides", 1, rank)?;
    let dilations = numbers("dilations", 1, rank)?;
    let pads = numbers("pads", 0, 2 * rank)?;
    let auto = node.text("auto_pad").unwrap_or("NOTSET");
    let mut alongs = Vec::new();
    for (place, taps) in kernel.iter().enumerate() {
        let at = |numbers: &[usize]| numbers.get(place).copied().unwrap_or_default();
        let mut along = Along {
            axis: place + 2,
            taps: *taps,
            stride: at(&strides),
            dilation: at(&dilations),
            pads: [at(&pads), pads.get(rank + place).copied().unwrap_or_default()],
        };
        if along.stride == 0 || along.dilation == 0 || along.taps == 0 {
            return refuse("its kernel, stride or dilation is 0");
        }
        if along.past() > MOST {
            return refuse(format!("its kernel reaches over more than {MOST} places"));
        }
        match auto {
            "SAME_UPPER" | "SAME_LOWER" => {
                let length = stream.shape().get(place + 2).copied().unwrap_or(Dim::number(1));
                let all = same(along, length)?;
                let less = all / 2;
                along.pads =
                    if auto == "SAME_UPPER" { [less, all - less] } else { [all - less, less] };
            }
            "VALID" => along.pads = [0, 0],
            _ => {}
        }
        // Zeros that wait before and behind the sequence are the kernel's.
        if stream.is_time(along.axis) {
            along.pads = [along.pads[0] + stream.padding[0], along.pads[1] + stream.padding[1]];
        }
        alongs.push(along);
    }
    Ok(alongs)
}

/// All zeros of the padding that keeps `length / stride` places.
fn same(along: Along, length: Dim) -> Result<usize> {
    if along.stride == 1 {
        return Ok(along.past());
    }
    let Some(length) = length.as_size() else {
        return refuse_with(
            "its padding depends on the length of the sequence, for it has a stride",
            "say the frames of a window, `#[window = 64]`, or pad by a number",
        );
    };
    let outputs = length.div_ceil(along.stride);
    let covered = outputs.saturating_sub(1) * along.stride + along.past() + 1;
    Ok(covered.saturating_sub(length))
}

/// The axes of a kernel by what they are in a stream.
pub(super) struct Axes {
    pub(super) time: Option<Along>,
    pub(super) features: Option<Along>,
}

pub(super) fn axes(stream: &Stream, alongs: &[Along]) -> Result<Axes> {
    if stream.is_time(1) {
        return refuse_with(
            "its channels are the axis of time",
            "say which axis is time: `#[time = 2]`",
        );
    }
    if stream.length(0) != 1 {
        return refuse(format!("a batch of {} is not served", stream.length(0)));
    }
    let time = alongs.iter().copied().find(|along| stream.is_time(along.axis));
    let mut features = alongs.iter().copied().filter(|along| {
        !stream.is_time(along.axis) && (stream.length(along.axis) != 1 || !along.is_nothing())
    });
    let first = features.next();
    if features.next().is_some() {
        return refuse("it goes over two axes of features, beside time");
    }
    Ok(Axes { time, features: first })
}

pub(super) fn conv(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.stream(0)?.clone();
    let weights = call.weights(1, "kernel")?;
    let bias = call.input(2).map(|_| call.weights(2, "bias")).transpose()?;
    let ([outputs, group_channels], kernel) = match weights.shape.split_at_checked(2) {
        Some(([outputs, channels], kernel)) => ([*outputs, *channels], kernel.to_vec()),
        _ => return refuse("its kernel has fewer than two axes"),
    };
    let alongs = alongs(call, &stream, &kernel)?;
    let Axes { time, features } = axes(&stream, &alongs)?;
    let groups = usize::try_from(call.node.int("group").unwrap_or(1)).unwrap_or(1).max(1);
    let channels = stream.length(1);
    if Some(channels) != group_channels.checked_mul(groups) || !outputs.is_multiple_of(groups) {
        return refuse(format!(
            "a kernel of {group_channels} channels in {groups} groups does not fit {channels} channels"
        ));
    }
    let behind = time.map_or(0, |along| along.pads[1]);
    let window = match time {
        Some(along) => along.window(reader, "zeros beside the sequence")?,
        None if stream.padding != [0, 0] => {
            return refuse("it does not go along time, which is padded");
        }
        None => Window::NEWEST,
    };
    // The file's shape behind it.
    let waiting = stream.padding.iter().map(|zeros| i64::try_from(*zeros).unwrap_or(i64::MAX));
    let waiting: i64 = waiting.sum();
    let mut shape = stream.shape();
    if let Some(length) = stream.time.and_then(|time| shape.get_mut(time.axis)) {
        *length = length.plus(-waiting);
    }
    for along in &alongs {
        if let Some(length) = shape.get_mut(along.axis) {
            *length = along.length(*length);
        }
    }
    let length_of_time = stream.time.and_then(|time| shape.get(time.axis).copied());
    let time = stream.time.zip(length_of_time).map(|(time, length)| Time { length, ..time });
    if shape.iter().any(|length| length.as_number().is_some_and(|length| length < 1)) {
        return refuse(format!("{} is shorter than its kernel", shown(&stream.shape())));
    }
    let is_time = |axis: usize| time.is_some_and(|time| time.axis == axis);
    let mut sizes: Vec<usize> = shape
        .iter()
        .enumerate()
        .map(|(axis, length)| if is_time(axis) { 1 } else { length.as_size().unwrap_or(1) })
        .collect();
    if let Some(length) = sizes.get_mut(1) {
        *length = outputs;
    }
    reader.charge(&weights.shape)?;
    let bias = bias.map(|bias| Tensor { shape: vec![outputs], numbers: bias.items });
    let input = Stream { padding: [0, 0], ..stream.clone() };
    // From (outputs, channels, kernel …) to (taps, features, channels, outputs).
    let taps = [
        time.and(alongs.iter().position(|along| stream.is_time(along.axis))),
        features.and_then(|features| alongs.iter().position(|along| along.axis == features.axis)),
    ];
    let kernel = in_order(&weights, taps);
    let width = features.map_or(1, |features| features.taps);
    let positions = features.map_or(1, |along| sizes.get(along.axis).copied().unwrap_or(1));
    let is_flat = positions == 1
        && groups == 1
        && features.is_none_or(|along| {
            along.pads == [0, 0] && along.dilation == 1 && stream.length(along.axis) == width
        });
    let has_bias = bias.is_some();
    let flags = flags(window, groups, has_bias);
    let value = if is_flat || (features.is_none() && positions == 1) {
        let (value, kernel) = if groups == 1 {
            let compact = reader.compact(&input)?;
            // The rows of a tap are of features, then of channels; the file's are the other way round.
            let features_first = features_first(&compact, features.map(|along| along.axis));
            let numbers = kernel
                .items
                .chunks(width * channels * outputs)
                .flat_map(|tap| {
                    let tap = Array { shape: Vec::new(), items: tap.to_vec() };
                    rows_in_place(&tap, &features_first)
                })
                .collect();
            (compact.value, numbers)
        } else {
            (reader.in_rows(&input)?, kernel.items)
        };
        let inputs = channels * width;
        let tensor = Tensor { shape: vec![window.taps, inputs / groups, outputs], numbers: kernel };
        let conv = Conv { window, inputs, outputs, groups };
        let tensors = [tensor].into_iter().chain(bias).collect();
        reader.push_weighted(Op::Conv(conv), value, outputs, tensors, has_bias)?
    } else {
        let along =
            features.unwrap_or(Along { axis: 2, taps: 1, stride: 1, dilation: 1, pads: [0, 0] });
        let places = features_first(&input, Some(along.axis));
        let value = reader.pick(input.value, &places)?;
        let conv = Conv2d {
            window,
            features: stream.length(along.axis),
            feature_taps: width,
            feature_stride: along.stride,
            feature_dilation: along.dilation,
            positions,
            feature_zeros: along.pads[0],
            channels,
            outputs,
            groups,
            is_transposed: false,
        };
        let kernel = Tensor { shape: conv.kernel().to_vec(), numbers: kernel.items };
        let tensors = [kernel].into_iter().chain(bias).collect();
        reader.push_weighted(Op::Conv2d(conv), value, positions * outputs, tensors, has_bias)?
    };
    reader.behind.insert(value, behind);
    reader.describe(Some(window.taps), Some(window.dilation), flags);
    Ok(Known::Stream(channels_last(value, sizes, time, features).with_marks_of(&input)))
}

/// A kernel (outputs, channels, …) as (taps, features, channels, outputs). `places` are those of time and features among its
/// own axes.
pub(super) fn in_order(weights: &Array<f64>, places: [Option<usize>; 2]) -> Array<f64> {
    let own: Vec<_> = places.iter().flatten().map(|place| place + 2).collect();
    let others = (2..weights.shape.len()).filter(|axis| !own.contains(axis));
    let order = own.iter().copied().chain(others).chain([1, 0]).collect();
    Rearrangement::Transpose(order).of(weights)
}

/// The places of a frame's numbers, features first, and of each its channels.
pub(super) fn features_first(stream: &Stream, features: Option<usize>) -> Vec<usize> {
    let mut order: Vec<_> = (0..stream.rank()).collect();
    if let Some(axis) = features {
        order.retain(|at| *at != 1 && *at != axis);
        order.extend([axis, 1]);
    }
    Rearrangement::Transpose(order).of(&stream.places).items
}

/// A frame that has features, and of each its channels, in the file's shape (1, channels, …).
pub(super) fn channels_last(
    value: crate::graph::Value,
    shape: Vec<usize>,
    time: Option<Time>,
    features: Option<Along>,
) -> Stream {
    let Some(axis) = features.map(|along| along.axis) else {
        return Stream::plain(value, shape, time);
    };
    let mut stored = shape.clone();
    let length = stored.get(axis).copied().unwrap_or(1);
    let channels = stored.get(1).copied().unwrap_or(1);
    stored.clear();
    stored.extend([length, channels]);
    let plain = Stream::plain(value, stored, None);
    let turned = Rearrangement::Transpose(vec![1, 0]).of(&plain.places);
    Stream { places: Array { shape, items: turned.items }, time, ..plain }
}

fn flags(window: Window, groups: usize, has_bias: bool) -> Vec<String> {
    let mut flags = Vec::new();
    flags.extend((window.stride > 1).then(|| format!("stride={}", window.stride)));
    flags.extend(window.zeros.map(|zeros| {
        if zeros == window.past() { "causal".to_owned() } else { format!("pad={zeros}") }
    }));
    flags.extend((groups > 1).then(|| format!("groups={groups}")));
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags
}
