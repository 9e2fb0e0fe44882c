//! Normalisations.

use super::super::array::{Array, Rearrangement, broadcast};
use super::super::call::{Call, axis};
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, shown};
use crate::graph::{GroupNorm, Op};
use crate::tensor::{Tensor, shape as lengths};

/// By what the training has seen: a scale and a shift of each channel.
pub(super) fn batch_norm(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    if call.node.is_set("training_mode") {
        return refuse_with(
            "it is in training mode",
            "export the model for inference: `model.eval()` in PyTorch",
        );
    }
    let epsilon = f64::from(call.node.float("epsilon").unwrap_or(1e-5));
    let mut all = Vec::new();
    for (place, what) in [(1, "scale"), (2, "bias"), (3, "mean"), (4, "variance")] {
        all.push(per_channel(&stream, &call.weights(place, what)?)?);
    }
    let [scale, bias, mean, variance] = all.as_slice() else { return invalid("it has no mean") };
    let scale: Vec<_> = scale
        .iter()
        .zip(variance)
        .map(|(scale, variance)| scale / (variance + epsilon).sqrt())
        .collect();
    let stream = reader.compact(&stream)?;
    let channels = reader.graph[stream.value].channels;
    let tensors = vec![stream.placed(mean), stream.placed(&scale), stream.placed(bias)];
    let op = Op::Affine { is_centred: true };
    let value = reader.push_weighted(op, stream.value, channels, tensors, true)?;
    Ok(Known::Stream(Stream { value, ..stream }))
}

/// One number for each channel, in the file's shape: channels are axis 1.
fn per_channel(stream: &Stream, numbers: &Array<f64>) -> Result<Vec<f64>> {
    let mut shape = vec![1; stream.rank()];
    if let Some(length) = shape.get_mut(1) {
        *length = numbers.items.len();
    }
    match broadcast(&stream.places.shape, &shape).filter(|shape| *shape == stream.places.shape) {
        Some(whole) => {
            let numbers = Array { shape, items: numbers.items.clone() };
            Ok(Rearrangement::Broadcast(whole).of(&numbers).items)
        }
        None => invalid(format!(
            "a scale of {} channels does not fit an input {}",
            numbers.items.len(),
            shown(&stream.shape())
        )),
    }
}

pub(super) fn layer_norm(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let rank = stream.rank();
    let first = axis(call.node.int("axis").unwrap_or(-1), rank)?;
    if stream.time.is_some_and(|time| time.axis >= first) {
        return refuse_with(OVER_TIME, PER_FRAME);
    }
    let epsilon = call.node.float("epsilon").unwrap_or(1e-5);
    let own: Vec<_> = (first..rank).map(|axis| stream.length(axis)).collect();
    let count: usize = own.iter().product();
    let whole = |place: usize, otherwise: f64| -> Result<Vec<f64>> {
        if call.input(place).is_none() {
            return Ok(vec![otherwise; count]);
        }
        let numbers = call.weights(place, "scale and bias")?;
        match broadcast(&own, &numbers.shape).filter(|shape| *shape == own) {
            Some(shape) => Ok(Rearrangement::Broadcast(shape).of(&numbers).items),
            None => invalid(format!(
                "a scale of shape {} does not fit features {}",
                lengths(&numbers.shape),
                lengths(&own)
            )),
        }
    };
    let (gamma, beta) = (whole(1, 1.0)?, whole(2, 0.0)?);
    let blocks = stream.places.items.len() / count.max(1);
    let value = reader.in_rows(&stream)?;
    let op = if blocks == 1 {
        Op::LayerNorm { epsilon }
    } else {
        Op::GroupNorm(GroupNorm { blocks, features: 1, channels: count, groups: 1, epsilon })
    };
    let tensor = |numbers: Vec<f64>| Tensor { shape: vec![count], numbers };
    let channels = blocks * count;
    let tensors = vec![tensor(gamma), tensor(beta)];
    let value = reader.push_weighted(op, value, channels, tensors, false)?;
    Ok(Known::Stream(
        Stream::plain(value, stream.places.shape.clone(), stream.time).with_marks_of(&stream),
    ))
}

const OVER_TIME: &str =
    "it normalises over all frames of the sequence, of which a stream does not have the later ones";
const PER_FRAME: &str = "normalise each frame by itself (layer norm over channels), or by numbers of the training (batch norm)";

/// Over groups of the channels of a frame. With an axis of time behind the channels, it is over all frames.
pub(super) fn group_norm(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    if stream.time.is_some_and(|time| time.axis > 1) {
        return refuse_with(OVER_TIME, PER_FRAME);
    }
    let channels = stream.length(1);
    let groups = match call.node.op {
        "InstanceNormalization" => channels,
        _ => usize::try_from(call.node.int("num_groups").unwrap_or(1)).unwrap_or(1),
    };
    if groups == 0 || !channels.is_multiple_of(groups) {
        return invalid(format!("{groups} groups do not divide {channels} channels"));
    }
    let epsilon = call.node.float("epsilon").unwrap_or(1e-5);
    let mut tensors = Vec::new();
    for (place, what) in [(1, "scale"), (2, "bias")] {
        let numbers = call.weights(place, what)?.items;
        // In old versions one for each group.
        let times = channels / numbers.len().max(1);
        let numbers: Vec<_> = numbers.iter().flat_map(|number| vec![*number; times]).collect();
        tensors.push(Tensor { shape: vec![numbers.len()], numbers });
    }
    if tensors.iter().any(|tensor| tensor.numbers.len() != channels) {
        return invalid(format!("its scale and bias are not of {channels} channels"));
    }
    // Features first, and of each its channels.
    let mut order: Vec<_> = (0..stream.rank()).filter(|axis| *axis != 1).collect();
    order.push(1);
    let places = Rearrangement::Transpose(order.clone()).of(&stream.places);
    let value = reader.pick(stream.value, &places.items)?;
    let features = places.items.len() / channels.max(1);
    let op = Op::GroupNorm(GroupNorm { blocks: 1, features, channels, groups, epsilon });
    let value = reader.push_weighted(op, value, features * channels, tensors, false)?;
    let turned = Stream::plain(value, places.shape, None);
    let back =
        (0..stream.rank()).filter_map(|axis| order.iter().position(|at| *at == axis)).collect();
    let places = Rearrangement::Transpose(back).of(&turned.places);
    Ok(Known::Stream(Stream { places, time: stream.time, ..turned }.with_marks_of(&stream)))
}
