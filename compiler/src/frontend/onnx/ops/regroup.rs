//! Frames that become several, or several that become one, and channels that become features.

use super::super::array::Rearrangement;
use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse};
use super::super::stream::{Stream, Time, shown};
use crate::graph::Op;

/// Each frame as several, which lie one behind the other in the axes behind time.
pub(super) fn several_of_one(
    reader: &mut Reader<'_>,
    stream: &Stream,
    times: usize,
    shape: &[usize],
    time: Time,
) -> Result<Known> {
    let axis = stream.time.map_or(0, |time| time.axis);
    let rows = stream.places.shape.get(..axis).unwrap_or_default().iter().product::<usize>();
    let behind: usize = stream.places.shape.get(axis + 1..).unwrap_or_default().iter().product();
    let split = Rearrangement::Reshape(vec![rows, times, behind / times]).of(&stream.places);
    let ordered = Rearrangement::Transpose(vec![1, 0, 2]).of(&split);
    let value = reader.pick(stream.value, &ordered.items)?;
    let value = reader.push(Op::Split { times }, vec![value], rows * behind / times)?;
    Ok(Known::Stream(Stream::plain(value, shape.to_vec(), Some(time))))
}

/// Frames that lie side by side, so many to one of the new sequence.
pub(super) fn one_of_several(
    reader: &mut Reader<'_>,
    stream: &Stream,
    frames: usize,
    shape: &[usize],
    time: Time,
) -> Result<Known> {
    let value = reader.in_rows(stream)?;
    let channels = reader.graph[value].channels;
    let value = reader.push(Op::Newest { frames }, vec![value], channels * frames)?;
    let value =
        reader.push(Op::Crop { skipped: 0, stride: frames }, vec![value], channels * frames)?;
    Ok(Known::Stream(Stream::plain(value, shape.to_vec(), Some(time))))
}

/// Channels that become features beside each other, as a frame has them.
pub(super) fn depth_to_space(call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?;
    let block = usize::try_from(call.node.int("blocksize").unwrap_or(1)).unwrap_or(1).max(1);
    let [batch, channels, height, width] = stream.places.shape.as_slice() else {
        return invalid(format!("its input {} has no 4 axes", shown(&stream.shape())));
    };
    if stream.time.is_some_and(|time| time.axis > 1) {
        return refuse("it moves channels to frames and to features at once");
    }
    if !channels.is_multiple_of(block * block) {
        return invalid(format!("blocks of {block} by {block} do not divide {channels} channels"));
    }
    let depth = channels / (block * block);
    let (split, order) = if call.node.text("mode") == Some("CRD") {
        (vec![*batch, depth, block, block, *height, *width], vec![0, 1, 4, 2, 5, 3])
    } else {
        (vec![*batch, block, block, depth, *height, *width], vec![0, 3, 4, 1, 5, 2])
    };
    let places =
        Rearrangement::Transpose(order).of(&Rearrangement::Reshape(split).of(&stream.places));
    let shape = vec![*batch, depth, height * block, width * block];
    Ok(Known::Stream(Stream { places, ..stream.clone() }.reshaped(shape, stream.time)))
}
