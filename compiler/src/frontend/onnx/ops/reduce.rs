//! Means, sums and maxima over axes, and softmax.

use super::super::array::Rearrangement;
use super::super::call::{Call, axes, axis};
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, refuse_with};
use super::super::stream::Stream;
use super::time::known_length;
use crate::graph::{FeaturePool, FeatureReduction, Op, Pool, Reduction};

pub(super) fn reduce(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let rank = stream.rank();
    let along = match call.ints("axes", 1)? {
        Some(numbers) if !numbers.is_empty() => axes(&numbers, rank)?,
        _ if call.node.is_set("noop_with_empty_axes") => return Ok(Known::Stream(stream)),
        _ => (0..rank).collect(),
    };
    let reduction = match call.node.op {
        "ReduceMean" => FeatureReduction::Mean,
        "ReduceMax" => FeatureReduction::Max,
        "ReduceMin" => FeatureReduction::Min,
        _ => FeatureReduction::Sum,
    };
    let mut input = stream;
    let before = match call.node.op {
        "ReduceL2" | "ReduceSumSquare" => Some("square"),
        "ReduceL1" => Some("abs"),
        _ => None,
    };
    let mut largest = None;
    if call.node.op == "ReduceLogSumExp" {
        // Powers of what is below the largest have no overflow.
        let highest = reduced(reader, &input, &along, FeatureReduction::Max)?;
        let less = reader.binary("Sub", &input, &highest)?;
        input = reader.map(&less, "exp", &[])?;
        largest = Some(highest);
    } else if let Some(before) = before {
        input = reader.map(&input, before, &[])?;
    }
    let mut reduced = reduced(reader, &input, &along, reduction)?;
    let behind = match call.node.op {
        "ReduceL2" => Some("sqrt"),
        "ReduceLogSum" | "ReduceLogSumExp" => Some("log"),
        _ => None,
    };
    if let Some(behind) = behind {
        reduced = reader.map(&reduced, behind, &[])?;
    }
    if let Some(largest) = &largest {
        reduced = reader.binary("Add", &reduced, largest)?;
    }
    if call.node.int("keepdims").unwrap_or(1) == 0 {
        reduced = without_axes(&reduced, &along);
    }
    Ok(Known::Stream(reduced))
}

/// The same shape without these axes, whose length is 1.
fn without_axes(stream: &Stream, dropped: &[usize]) -> Stream {
    let kept: Vec<_> = (0..stream.rank()).filter(|axis| !dropped.contains(axis)).collect();
    let shape = kept.iter().map(|axis| stream.length(*axis)).collect();
    let time = stream.time.and_then(|time| {
        let axis = kept.iter().position(|axis| *axis == time.axis)?;
        Some(super::super::stream::Time { axis, ..time })
    });
    stream.reshaped(shape, time)
}

/// One number for all along these axes, which then have the length 1.
pub(super) fn reduced(
    reader: &mut Reader<'_>,
    stream: &Stream,
    along: &[usize],
    reduction: FeatureReduction,
) -> Result<Stream> {
    let is_time = |axis: &usize| stream.is_time(*axis);
    let over_time = along.iter().any(is_time);
    let features: Vec<_> = along.iter().copied().filter(|axis| !is_time(axis)).collect();
    let result = within_frames(reader, stream, &features, reduction)?;
    if over_time { of_window(reader, &result, reduction) } else { Ok(result) }
}

fn within_frames(
    reader: &mut Reader<'_>,
    stream: &Stream,
    along: &[usize],
    reduction: FeatureReduction,
) -> Result<Stream> {
    let count: usize = along.iter().map(|axis| stream.length(*axis)).product();
    if count == 1 {
        return Ok(stream.clone());
    }
    let kept: Vec<_> = (0..stream.rank()).filter(|axis| !along.contains(axis)).collect();
    let rest: usize = kept.iter().map(|axis| stream.length(*axis)).product();
    // As the numbers lie, where what is reduced stands first or last; or else last.
    let order = |first: &[usize], last: &[usize]| {
        let order = first.iter().chain(last).copied().collect();
        Rearrangement::Transpose(order).of(&stream.places).items
    };
    let first = order(along, &kept);
    let is_in_place = reader.graph[stream.value].channels == first.len()
        && first.iter().enumerate().all(|(place, at)| place == *at);
    let (pool, places) = if is_in_place {
        (FeaturePool::reduce(reduction, 1, count, rest), first)
    } else {
        (FeaturePool::reduce(reduction, rest, count, 1), order(&kept, along))
    };
    let value = reader.pick(stream.value, &places)?;
    let value = reader.push(Op::PoolFeatures(pool), vec![value], rest)?;
    let length = |axis| if along.contains(&axis) { 1 } else { stream.length(axis) };
    let shape = (0..stream.rank()).map(length).collect();
    Ok(Stream::plain(value, shape, stream.time).with_marks_of(stream))
}

/// One frame for all of a window.
fn of_window(
    reader: &mut Reader<'_>,
    stream: &Stream,
    reduction: FeatureReduction,
) -> Result<Stream> {
    let Some(time) = stream.time else { return Ok(stream.clone()) };
    let frames = known_length(time)?;
    let stream = reader.compact(stream)?;
    let channels = reader.graph[stream.value].channels;
    let stream = Stream { time: None, ..stream };
    if frames == 1 {
        return Ok(stream);
    }
    let push = |reader: &mut Reader<'_>, op: Op| -> Result<Stream> {
        let value = reader.push(op, vec![stream.value], channels)?;
        Ok(Stream { value, ..stream.clone() })
    };
    match reduction {
        FeatureReduction::Mean => push(reader, Op::Mean { frames }),
        FeatureReduction::Sum => {
            let mean = push(reader, Op::Mean { frames })?;
            let times = f64::from(u32::try_from(frames).unwrap_or(u32::MAX));
            reader.affine(&mean, &[times], &[0.0])
        }
        FeatureReduction::Max => push(reader, Op::Pool(Pool::valid(Reduction::Max, frames, 1))),
        FeatureReduction::Min => {
            let negative = reader.affine(&stream, &[-1.0], &[0.0])?;
            let op = Op::Pool(Pool::valid(Reduction::Max, frames, 1));
            let value = reader.push(op, vec![negative.value], channels)?;
            reader.affine(&Stream { value, ..negative }, &[-1.0], &[0.0])
        }
    }
}

pub(super) fn global(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let along: Vec<_> = (2..stream.rank()).collect();
    let reduction = if call.node.op == "GlobalMaxPool" {
        FeatureReduction::Max
    } else {
        FeatureReduction::Mean
    };
    reduced(reader, &stream, &along, reduction).map(Known::Stream)
}

/// `exp(x)` of each number along an axis, divided by their sum; or the logarithm of that.
pub(super) fn softmax(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?.clone();
    let rank = stream.rank();
    let otherwise = if reader.opset < 13 { 1 } else { -1 };
    let first = axis(call.node.int("axis").unwrap_or(otherwise), rank)?;
    // In old versions it is over all axes from that one on.
    let along: Vec<_> = if reader.opset < 13 { (first..rank).collect() } else { vec![first] };
    if along.iter().any(|axis| stream.is_time(*axis)) {
        return refuse_with(
            "it is a softmax over all frames of the sequence, as in attention",
            "leave out attention over time, or take the softmax over the channels of each frame",
        );
    }
    let is_log = call.node.op == "LogSoftmax";
    if stream.wide_axes().iter().all(|axis| along.contains(axis)) {
        let stream = reader.compact(&stream)?;
        let channels = reader.graph[stream.value].channels;
        let value = reader.push(Op::Softmax { is_log }, vec![stream.value], channels)?;
        return Ok(Known::Stream(Stream { value, ..stream }));
    }
    let largest = reduced(reader, &stream, &along, FeatureReduction::Max)?;
    let less = reader.binary("Sub", &stream, &largest)?;
    let powers = reader.map(&less, "exp", &[])?;
    let sum = reduced(reader, &powers, &along, FeatureReduction::Sum)?;
    if is_log {
        let log = reader.map(&sum, "log", &[])?;
        return reader.binary("Sub", &less, &log).map(Known::Stream);
    }
    reader.binary("Div", &powers, &sum).map(Known::Stream)
}
