//! Pools over time, over features, or over both.

use super::super::call::Call;
use super::super::dim::Dim;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::along::{Along, Axes, alongs, axes};
use super::conv::{channels_last, features_first};
use crate::graph::{FeaturePool, FeatureReduction, Op, Pool, Reduction};

pub(super) fn pool(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Vec<Known>> {
    let node = call.node;
    if node.outputs.len() > 1 {
        return refuse_with(
            "it has a second output, the places of its maxima",
            "export the pool without `return_indices`",
        );
    }
    let stream = call.unpadded(0)?.clone();
    let kernel: Option<Vec<usize>> = node
        .ints("kernel_shape")
        .unwrap_or_default()
        .iter()
        .map(|taps| usize::try_from(*taps).ok().filter(|taps| *taps <= 1 << 24))
        .collect();
    let Some(kernel) = kernel else {
        return invalid("its `kernel_shape` has a number that is not from 0 to 16777216");
    };
    let alongs = alongs(call, &stream, &kernel)?;
    let Axes { time, features } = axes(&stream, &alongs)?;
    let is_max = node.op == "MaxPool";
    let counts_padding = node.is_set("count_include_pad");
    let mut result = stream;
    if let Some(along) = features {
        result = over_features(
            reader,
            &result,
            along,
            is_max,
            counts_padding,
            node.is_set("ceil_mode"),
        )?;
    }
    if let Some(along) = time {
        result =
            over_time(reader, &result, along, is_max, counts_padding, node.is_set("ceil_mode"))?;
    }
    Ok(vec![Known::Stream(result)])
}

fn over_time(
    reader: &mut Reader<'_>,
    stream: &Stream,
    along: Along,
    is_max: bool,
    counts_padding: bool,
    rounds_up: bool,
) -> Result<Stream> {
    let Some(time) = stream.time else { return Ok(stream.clone()) };
    if along.taps == 1 && along.stride == 1 && along.pads == [0, 0] {
        return Ok(stream.clone());
    }
    let window = along.window(reader, "nothing beside the sequence")?;
    let mut behind = along.pads[1];
    let mut length = along.length(time.length);
    // A last window that is cut off at the end comes later in a stream, where frames go on.
    if rounds_up && let Some(frames) = time.length.as_size() {
        let covered = frames + along.pads[0] + along.pads[1];
        let left = covered.saturating_sub(along.past() + 1) % along.stride;
        if left != 0 {
            behind += along.stride - left;
            reader.carries("nothing beside the sequence");
            length = length.plus(1);
        }
    }
    if length.as_number().is_some_and(|length| length < 1) {
        return invalid(format!("its input {} is shorter than its window", shown(&stream.shape())));
    }
    let reduction = if is_max { Reduction::Max } else { Reduction::Mean };
    let stream = reader.compact(stream)?;
    let channels = reader.graph[stream.value].channels;
    let value = reader.push(
        Op::Pool(Pool { reduction, window, counts_padding }),
        vec![stream.value],
        channels,
    )?;
    reader.behind.insert(value, behind);
    let mut flags = vec![format!("stride={}", window.stride)];
    flags.extend(window.zeros.map(|zeros| format!("pad={zeros}")));
    reader.describe(Some(window.taps), None, flags);
    Ok(Stream { value, time: Some(Time { length, ..time }), ..stream })
}

fn over_features(
    reader: &mut Reader<'_>,
    stream: &Stream,
    along: Along,
    is_max: bool,
    counts_padding: bool,
    rounds_up: bool,
) -> Result<Stream> {
    if along.dilation != 1 {
        return refuse("it has a dilation over features");
    }
    let (features, channels) = (stream.length(along.axis), stream.length(1));
    let mut positions = along.length(Dim::size(features)).as_size().unwrap_or_default();
    let covered = features + along.pads[0] + along.pads[1];
    // A last window has to begin before the end, or before the padding behind it.
    if rounds_up
        && !covered.saturating_sub(along.taps).is_multiple_of(along.stride)
        && positions * along.stride < features + along.pads[0]
    {
        positions += 1;
    }
    if positions == 0 {
        return invalid(format!("its input {} is shorter than its window", shown(&stream.shape())));
    }
    let pool = FeaturePool {
        reduction: if is_max { FeatureReduction::Max } else { FeatureReduction::Mean },
        features,
        channels,
        taps: along.taps,
        stride: along.stride,
        zeros: along.pads[0],
        positions,
        counts_padding,
    };
    if (0..positions).any(|position| pool.window(position).1 == 0) {
        return refuse_with("one of its windows lies in the padding alone", "pad less");
    }
    let value = reader.pick(stream.value, &features_first(stream, Some(along.axis)))?;
    let value = reader.push(Op::PoolFeatures(pool), vec![value], positions * channels)?;
    let mut shape = stream.places.shape.clone();
    if let Some(length) = shape.get_mut(along.axis) {
        *length = positions;
    }
    Ok(channels_last(value, shape, stream.time, Some(along)).with_marks_of(stream))
}
