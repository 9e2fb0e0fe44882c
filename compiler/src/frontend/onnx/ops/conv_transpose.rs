//! Transposed convolutions over time, over features, or over both.

use super::super::array::Rearrangement;
use super::super::call::Call;
use super::super::dim::Dim;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, Time};
use super::along::{Along, Axes, MOST, alongs, axes};
use super::conv::{channels_last, features_first};
use super::phases;
use crate::graph::{Conv2d, ConvTranspose, Op, Window};
use crate::tensor::Tensor;

pub(super) fn conv_transpose(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let weights = call.weights(1, "kernel")?;
    let bias = call.input(2).map(|_| call.weights(2, "bias")).transpose()?;
    let ([channels, group_outputs], kernel) = match weights.shape.split_at_checked(2) {
        Some(([channels, outputs], kernel)) => ([*channels, *outputs], kernel.to_vec()),
        _ => return invalid("its kernel has fewer than two axes"),
    };
    if channels != stream.length(1) {
        return invalid(format!(
            "a kernel of {channels} input channels does not fit an input of {} channels",
            stream.length(1)
        ));
    }
    let groups = usize::try_from(call.node.int("group").unwrap_or(1)).unwrap_or(1).max(1);
    if !channels.is_multiple_of(groups) {
        return invalid(format!("{groups} groups do not divide {channels} channels"));
    }
    let mut alongs = alongs(call, &stream, &kernel)?;
    let extra = cut(call, &stream, &mut alongs)?;
    let extra_along = |along: Along| {
        let place = alongs.iter().position(|other| other.axis == along.axis);
        place.and_then(|place| extra.get(place).copied()).unwrap_or_default()
    };
    let Axes { time, features } = axes(&stream, &alongs)?;
    let outputs = group_outputs.saturating_mul(groups);
    reader.charge(&[outputs])?;
    let bias = bias.map(|bias| Tensor { shape: vec![outputs], numbers: bias.items });
    reader.charge(&weights.shape)?;
    let moves = time.filter(|along| along.taps != 1 || along.stride != 1 || along.pads != [0, 0]);
    if let (Some(along), None, 1) = (time, features, groups)
        && along.dilation == 1
        && extra_along(along) == 0
    {
        return over_time(reader, call, along, bias);
    }
    // The features behind it.
    let of_features = |along: Along| {
        let whole = stream.length(along.axis).saturating_sub(1).saturating_mul(along.stride);
        let whole = whole.saturating_add(along.past()).saturating_add(1);
        let left =
            whole.saturating_add(extra_along(along)).checked_sub(along.pads[0] + along.pads[1]);
        left.filter(|left| *left > 0).map_or_else(|| invalid("its `pads` leave no output"), Ok)
    };
    if moves.is_some() || groups > 1 || features.is_none() {
        let along = |along: Option<Along>| {
            along.and_then(|along| alongs.iter().position(|other| other.axis == along.axis))
        };
        let phases = phases::Phases {
            time,
            features: features.map(|along| Ok((along, of_features(along)?))).transpose()?,
            places: [along(time), along(features)],
            groups,
            extra: time.map_or(0, extra_along),
        };
        return phases.read(reader, &stream, &weights, bias).map(Known::Stream);
    }
    let along =
        features.unwrap_or(Along { axis: 2, taps: 1, stride: 1, dilation: 1, pads: [0, 0] });
    let positions = of_features(along)?;
    reader.charge(&[positions, outputs])?;
    let conv = Conv2d {
        window: Window::NEWEST,
        features: stream.length(along.axis),
        feature_taps: along.taps,
        feature_stride: along.stride,
        feature_dilation: along.dilation,
        positions,
        feature_zeros: along.pads[0],
        channels,
        outputs,
        groups: 1,
        is_transposed: true,
    };
    // From (channels, outputs, …) to (features, channels, outputs); time has one tap.
    let place = along.axis;
    let order = [place].into_iter().chain((2..weights.shape.len()).filter(|axis| *axis != place));
    let kernel = Rearrangement::Transpose(order.chain([0, 1]).collect()).of(&weights);
    let kernel = Tensor { shape: conv.kernel().to_vec(), numbers: kernel.items };
    let value = reader.pick(stream.value, &features_first(&stream, Some(along.axis)))?;
    let has_bias = bias.is_some();
    let tensors = [kernel].into_iter().chain(bias).collect();
    let value =
        reader.push_weighted(Op::Conv2d(conv), value, positions * outputs, tensors, has_bias)?;
    let mut shape = stream.places.shape.clone();
    for (axis, new) in [(1, outputs), (along.axis, positions)] {
        if let Some(length) = shape.get_mut(axis) {
            *length = new;
        }
    }
    Ok(Known::Stream(channels_last(value, shape, stream.time, Some(along)).with_marks_of(&stream)))
}

/// Sets what is cut off along each axis, and returns how many places each axis has behind what the kernel reaches.
fn cut(call: &Call<'_, '_>, stream: &Stream, alongs: &mut [Along]) -> Result<Vec<usize>> {
    let numbers = |name: &str| call.node.ints(name).map(<[i64]>::to_vec).unwrap_or_default();
    let (more, wanted) = (numbers("output_padding"), numbers("output_shape"));
    let auto = call.node.text("auto_pad").unwrap_or("NOTSET");
    let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut extra = Vec::new();
    for (place, along) in alongs.iter_mut().enumerate() {
        let more = more.get(place).copied().unwrap_or_default();
        let size = |number: i64| usize::try_from(number).unwrap_or_default();
        let covered = signed(along.past()).saturating_add(1);
        // All that is cut off; below zero, what is added.
        let all = match wanted.get(place) {
            Some(wanted) => {
                let length = stream.shape().get(along.axis).copied().and_then(Dim::as_number);
                let Some(length) = length else {
                    return refuse_with(
                        "it states the shape of its output, `output_shape`, instead of its padding",
                        "export the model with `pads`",
                    );
                };
                let whole = signed(along.stride).saturating_mul(length.saturating_sub(1));
                Some(whole.saturating_add(more).saturating_add(covered).saturating_sub(*wanted))
            }
            // Of `same`, the places beyond `length * stride`.
            None if auto.starts_with("SAME") => {
                Some(covered.saturating_sub(signed(along.stride)).saturating_add(more))
            }
            None => None,
        };
        let [before, behind] = match all {
            Some(all) => {
                let less = all.max(0) / 2;
                if auto == "SAME_UPPER" {
                    [less, all - less]
                } else {
                    [all.max(0) - less, all.min(less)]
                }
            }
            None => along.pads.map(signed),
        };
        let behind = behind.saturating_sub(more);
        along.pads[0] = size(before);
        along.pads[1] = size(behind);
        let added = size(behind.saturating_neg());
        if along.pads.into_iter().chain([added]).any(|places| places > MOST) {
            return invalid(format!("it cuts off or adds more than {MOST} places"));
        }
        extra.push(added);
    }
    Ok(extra)
}

/// Several frames for one.
fn over_time(
    reader: &mut Reader<'_>,
    call: &Call<'_, '_>,
    along: Along,
    bias: Option<Tensor>,
) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let weights = call.weights(1, "kernel")?;
    let [inputs, outputs] = [0, 1].map(|axis| weights.shape.get(axis).copied().unwrap_or_default());
    let whole = ConvTranspose {
        taps: along.taps,
        inputs,
        outputs,
        stride: along.stride,
        skipped: 0,
        late: 0,
    };
    let conv = whole.cut(along.pads[0]);
    if along.pads[0] > 0 || along.taps > along.stride {
        reader.carries("nothing before the sequence");
    }
    let mut order: Vec<_> = (2..weights.shape.len()).collect();
    order.extend([0, 1]);
    let kernel = Rearrangement::Transpose(order).of(&weights);
    let kernel = Tensor { shape: vec![conv.taps, inputs, outputs], numbers: kernel.items };
    let has_bias = bias.is_some();
    let tensors = [kernel].into_iter().chain(bias).collect();
    let input = reader.in_rows(&stream)?;
    let value = reader.push_weighted(Op::ConvTranspose(conv), input, outputs, tensors, has_bias)?;
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let time = stream.time.map(|time| {
        let length = time.length.plus(-1).multiply(Dim::size(along.stride));
        let more = number(along.taps) - number(along.pads[0]) - number(along.pads[1]);
        Time { length: length.unwrap_or(time.length).plus(more), ..time }
    });
    let mut shape = stream.places.shape.clone();
    if let Some(length) = shape.get_mut(1) {
        *length = outputs;
    }
    reader.describe(Some(along.taps), None, vec![format!("stride={}", along.stride)]);
    Ok(Known::Stream(Stream::plain(value, shape, time).with_marks_of(&stream)))
}
