//! Transposed convolutions over time or over features.

use super::super::array::Rearrangement;
use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse, refuse_with};
use super::super::stream::{Stream, Time};
use super::along::{Along, Axes, alongs, axes};
use super::conv::{channels_last, features_first};
use crate::graph::{Conv2d, ConvTranspose, Op, Window};
use crate::tensor::Tensor;

pub(super) fn conv_transpose(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let weights = call.weights(1, "kernel")?;
    let bias = call.input(2).map(|_| call.weights(2, "bias")).transpose()?;
    let ([channels, outputs], kernel) = match weights.shape.split_at_checked(2) {
        Some(([channels, outputs], kernel)) => ([*channels, *outputs], kernel.to_vec()),
        _ => return invalid("its kernel has fewer than two axes"),
    };
    if call.node.int("group").unwrap_or(1) != 1 {
        return refuse("a transposed convolution with groups is not served");
    }
    if channels != stream.length(1) {
        return invalid(format!(
            "a kernel of {channels} input channels does not fit an input of {} channels",
            stream.length(1)
        ));
    }
    let mut alongs = alongs(call, &stream, &kernel)?;
    let more = call.node.ints("output_padding").map(<[i64]>::to_vec).unwrap_or_default();
    let wanted = call.node.ints("output_shape").map(<[i64]>::to_vec).unwrap_or_default();
    let auto = call.node.text("auto_pad").unwrap_or("NOTSET");
    for (place, along) in alongs.iter_mut().enumerate() {
        // What is cut off: of `same`, the places beyond `length * stride`.
        if auto.starts_with("SAME") {
            let all = (along.past() + 1).saturating_sub(along.stride);
            let less = all / 2;
            along.pads = if auto == "SAME_UPPER" { [less, all - less] } else { [all - less, less] };
        }
        let more = more.get(place).copied().unwrap_or_default();
        along.pads[1] = along.pads[1].saturating_sub(usize::try_from(more).unwrap_or_default());
    }
    if !wanted.is_empty() {
        return refuse_with(
            "it states the shape of its output, `output_shape`, instead of its padding",
            "export the model with `pads`",
        );
    }
    let Axes { time, features } = axes(&stream, &alongs)?;
    let has_bias = bias.is_some();
    let bias = bias.map(|bias| Tensor { shape: vec![outputs], numbers: bias.items });
    reader.charge(&weights.shape)?;
    if let (Some(along), None) = (time, features) {
        return over_time(reader, call, along, bias);
    }
    if time.is_some_and(|along| along.taps != 1 || along.stride != 1 || along.pads != [0, 0]) {
        return refuse("a transposed convolution over time and features at once is not served");
    }
    let along =
        features.unwrap_or(Along { axis: 2, taps: 1, stride: 1, dilation: 1, pads: [0, 0] });
    let length = stream.length(along.axis);
    let whole = length.saturating_sub(1) * along.stride + along.past() + 1;
    let Some(positions) =
        whole.checked_sub(along.pads[0] + along.pads[1]).filter(|length| *length > 0)
    else {
        return invalid("its `pads` leave no output");
    };
    let conv = Conv2d {
        window: Window::NEWEST,
        features: length,
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

/// Several frames for one.
fn over_time(
    reader: &mut Reader<'_>,
    call: &Call<'_, '_>,
    along: Along,
    bias: Option<Tensor>,
) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let weights = call.weights(1, "kernel")?;
    if along.dilation != 1 {
        return refuse("a transposed convolution with a dilation over time is not served");
    }
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
        let length = time.length.plus(-1).multiply(super::super::dim::Dim::size(along.stride));
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
