//! Convolutions over time, over features, or over both.

use super::super::array::{Array, Rearrangement};
use super::super::call::{Call, PADDED};
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::along::{Along, Axes, alongs, axes};
use super::product::rows_in_place;
use crate::graph::{Conv, Conv2d, Op, Window};
use crate::tensor::Tensor;

pub(super) fn conv(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.stream(0)?.clone();
    let weights = call.weights(1, "kernel")?;
    let bias = call.input(2).map(|_| call.weights(2, "bias")).transpose()?;
    let ([outputs, group_channels], kernel) = match weights.shape.split_at_checked(2) {
        Some(([outputs, channels], kernel)) => ([*outputs, *channels], kernel.to_vec()),
        _ => return invalid("its kernel has fewer than two axes"),
    };
    let alongs = alongs(call, &stream, &kernel)?;
    let Axes { time, features } = axes(&stream, &alongs)?;
    let groups = usize::try_from(call.node.int("group").unwrap_or(1)).unwrap_or(1).max(1);
    let channels = stream.length(1);
    if Some(channels) != group_channels.checked_mul(groups) || !outputs.is_multiple_of(groups) {
        return invalid(format!(
            "a kernel {} with {groups} groups does not fit an input of {channels} channels",
            crate::tensor::shape(&weights.shape)
        ));
    }
    let behind = time.map_or(0, |along| along.pads[1]);
    let window = match time {
        Some(along) => along.window(reader, "zeros beside the sequence")?,
        None if stream.padding != [0, 0] => {
            return refuse_with(PADDED, "pad right before a convolution along time");
        }
        None => Window::NEWEST,
    };
    let (sizes, time) = shape_behind(&stream, &alongs, outputs)?;
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

/// The file's shape behind a convolution, in which time has length 1, and its axis of time.
fn shape_behind(
    stream: &Stream,
    alongs: &[Along],
    outputs: usize,
) -> Result<(Vec<usize>, Option<Time>)> {
    // Zeros that wait before and behind the sequence are among those of the kernel.
    let waiting = stream.padding.iter().map(|zeros| i64::try_from(*zeros).unwrap_or(i64::MAX));
    let waiting: i64 = waiting.sum();
    let mut shape = stream.shape();
    if let Some(length) = stream.time.and_then(|time| shape.get_mut(time.axis)) {
        *length = length.plus(-waiting);
    }
    for along in alongs {
        if let Some(length) = shape.get_mut(along.axis) {
            *length = along.length(*length);
        }
    }
    let length_of_time = stream.time.and_then(|time| shape.get(time.axis).copied());
    let time = stream.time.zip(length_of_time).map(|(time, length)| Time { length, ..time });
    if shape.iter().any(|length| length.as_number().is_some_and(|length| length < 1)) {
        return invalid(format!("its input {} is shorter than its kernel", shown(&stream.shape())));
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
    Ok((sizes, time))
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
