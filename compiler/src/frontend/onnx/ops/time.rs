//! Which frames of a sequence go on: part of them, the newest, or all of a window as one.

use super::super::array::{Array, Rearrangement};
use super::super::constant::Constant;
use super::super::dim::Dim;
use super::super::reader::{Call, Known, Reader, Result, refuse, refuse_with};
use super::super::stream::{Stream, Time, shown};
use crate::graph::{Delay, Op};

/// Frames of a window that become one: more are an input too wide for a microcontroller.
const MOST_FRAMES: usize = 1 << 16;

/// The same sequence without its first frames, and of the rest one in `stride`.
pub(crate) fn crop(
    reader: &mut Reader<'_>,
    stream: &Stream,
    skipped: usize,
    stride: usize,
    length: Dim,
) -> Result<Stream> {
    let time = stream.time.map(|time| Time { length, ..time });
    if skipped == 0 && stride == 1 {
        return Ok(Stream { time, ..stream.clone() });
    }
    let channels = reader.graph[stream.value].channels;
    let value = reader.push(Op::Crop { skipped, stride }, vec![stream.value], channels)?;
    Ok(Stream { value, time, ..stream.clone() })
}

/// One frame of a sequence, counted from the front, in the same shape without time.
pub(super) fn frame(reader: &mut Reader<'_>, stream: &Stream, index: Dim) -> Result<Stream> {
    let Some(time) = stream.time else { return Ok(stream.clone()) };
    let Some(length) = time.length.as_number() else {
        // How many frames before the newest one.
        let before = time.length.plus(-1).subtract(index).and_then(Dim::as_size);
        return match before {
            Some(before) => newest(reader, stream, before),
            None => refuse_with(
                format!("it takes frame {index} of a sequence of any length"),
                "a stream has the newest frame: take the last one, or say the frames of a window: `#[window = 64]`",
            ),
        };
    };
    match index.as_number().filter(|index| (0..length).contains(index)) {
        Some(index) => {
            let skipped = usize::try_from(index).unwrap_or_default();
            let frame = crop(reader, stream, skipped, 1, time.length)?;
            Ok(Stream { time: None, ..frame })
        }
        None => refuse(format!("it takes frame {index} of {length}")),
    }
}

/// The frame that is so many before the newest one of a sequence of any length.
fn newest(reader: &mut Reader<'_>, stream: &Stream, before: usize) -> Result<Stream> {
    let clock = reader.graph[stream.value].clock;
    let length = stream.time.map_or(Dim::INPUT, |time| time.length);
    // Pushes from the last frame's value to the input's last frame.
    let behind = if clock.stride == 1 {
        let first = i64::try_from(clock.first).unwrap_or(i64::MAX);
        Dim::INPUT.plus(-1 - first).subtract(length.plus(-1)).and_then(Dim::as_number)
    } else {
        Some(0)
    };
    let Some(behind) = behind else {
        return refuse(format!("a sequence of {length} frames has no end that a stream knows"));
    };
    if behind < 0 {
        reader.carries("zeros behind the last frame");
    }
    let frames = before + usize::try_from(behind).unwrap_or_default();
    let channels = reader.graph[stream.value].channels;
    let value = match frames {
        0 => stream.value,
        frames => {
            reader.push(Op::Delay(Delay { frames, aligns: false }), vec![stream.value], channels)?
        }
    };
    Ok(Stream { value, time: None, is_newest: true, ..stream.clone() })
}

/// The frames of a window as one: its axis of time becomes one of features.
pub(crate) fn all_frames(reader: &mut Reader<'_>, stream: &Stream) -> Result<Stream> {
    let Some(time) = stream.time else { return Ok(stream.clone()) };
    let frames = known_length(time)?;
    last_frames(reader, stream, frames)
}

/// The length of a window.
pub(super) fn known_length(time: Time) -> Result<usize> {
    match time.length.as_size() {
        Some(frames) if frames > 0 => Ok(frames),
        Some(_) => refuse("the window is shorter than what its layers take"),
        None => refuse_with(
            "it takes all frames of a sequence of any length at once",
            "say the frames of a window: `#[window = 64]`",
        ),
    }
}

/// The newest frames of a sequence as one frame, the oldest first.
pub(super) fn last_frames(
    reader: &mut Reader<'_>,
    stream: &Stream,
    frames: usize,
) -> Result<Stream> {
    let Some(time) = stream.time else { return Ok(stream.clone()) };
    let stream = reader.compact(stream)?;
    let channels = reader.graph[stream.value].channels;
    if frames > MOST_FRAMES {
        return refuse(format!("it keeps {frames} frames, more than {MOST_FRAMES}"));
    }
    let mut shape = stream.places.shape.clone();
    if let Some(length) = shape.get_mut(time.axis) {
        *length = frames;
    }
    reader.charge(&shape)?;
    let mut places = Rearrangement::Broadcast(shape.clone()).of(&stream.places);
    let behind: usize = shape.get(time.axis + 1..).unwrap_or_default().iter().product();
    for (at, place) in places.items.iter_mut().enumerate() {
        *place += at / behind.max(1) % frames * channels;
    }
    let value = if frames == 1 {
        stream.value
    } else {
        let Some(numbers) = channels.checked_mul(frames) else { return refuse("it is too large") };
        reader.push(Op::Newest { frames }, vec![stream.value], numbers)?
    };
    let is_newest = time.length.grows();
    Ok(Stream { value, places, time: None, is_newest, ..stream })
}

/// Brings what several operations give to one place: their sequences have to be equally long, and what is the newest of a
/// sequence of any length begins where all of them are there.
pub(crate) fn joined(reader: &mut Reader<'_>, streams: &[&Stream]) -> Result<Vec<Stream>> {
    let rank = streams.iter().map(|stream| stream.rank()).max().unwrap_or_default();
    let from_behind = |stream: &Stream, axis: usize| axis + rank - stream.rank();
    let mut times = streams.iter().filter_map(|stream| {
        stream.time.map(|time| Time { axis: from_behind(stream, time.axis), ..time })
    });
    if let Some(first) = times.next() {
        if let Some(other) = times.find(|other| other.length != first.length) {
            return refuse(format!(
                "it brings together a sequence of {} frames and one of {}, where the input has T",
                first.length, other.length
            ));
        }
        for stream in streams {
            match stream.time.map(|time| from_behind(stream, time.axis)) {
                None => {
                    return refuse_with(
                        "it brings together every frame and what is computed of all of them, which is not known when a frame comes",
                        "leave out squeeze-and-excitation and attention over time, or compute them of each frame",
                    );
                }
                Some(axis) if axis != first.axis => {
                    return refuse(
                        "it brings together sequences whose axes of time differ: one has to be transposed",
                    );
                }
                Some(_) => {}
            }
        }
    }
    let first = |stream: &Stream| reader.graph[stream.value].clock.first;
    let newest = streams.iter().filter(|stream| stream.is_newest).map(|stream| first(stream)).max();
    let mut all = Vec::new();
    for stream in streams {
        let clock = reader.graph[stream.value].clock;
        let late = newest.filter(|_| stream.is_newest).unwrap_or(clock.first) - clock.first;
        let skipped = late.div_ceil(clock.stride);
        let channels = reader.graph[stream.value].channels;
        let value = match skipped {
            0 => stream.value,
            skipped => {
                reader.push(Op::Crop { skipped, stride: 1 }, vec![stream.value], channels)?
            }
        };
        all.push(Stream { value, ..(*stream).clone() });
    }
    Ok(all)
}

/// Each frame several times: the nearest frame's numbers, for a scale that is whole.
pub(super) fn resize(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?;
    let mode = call.node.text("mode").unwrap_or("nearest");
    if mode != "nearest" {
        return refuse_with(
            format!("it interpolates ({mode}): the frame that comes next is not known yet"),
            "use the nearest frame",
        );
    }
    let scales = [1, 2].into_iter().find_map(|place| {
        let scales = call.constant(place)?.floats()?.items;
        (scales.len() == stream.rank()).then_some(scales)
    });
    let scales = match (
        scales.or_else(|| call.node.floats("scales").map(<[f64]>::to_vec)),
        call.constant(3),
    ) {
        (Some(scales), _) => scales,
        (None, Some(Constant::Ints(sizes))) => ratios(stream, sizes)?,
        _ => return refuse("its scale depends on the input"),
    };
    let mut stream = stream.clone();
    for (axis, scale) in scales.iter().enumerate() {
        let Some(times) = (1..=1024).find(|times| f64::from(*times) == *scale) else {
            return refuse(format!("it scales by {scale}, which is not whole"));
        };
        let Ok(times) = usize::try_from(times) else { continue };
        if let Some(time) = stream.time.filter(|time| time.axis == axis && times > 1) {
            let channels = reader.graph[stream.value].channels;
            let value = reader.push(Op::Upsample { times }, vec![stream.value], channels)?;
            let length = time.length.multiply(Dim::size(times)).unwrap_or(time.length);
            stream = Stream { value, time: Some(Time { length, ..time }), ..stream };
        } else if times > 1 {
            let places = (0..stream.length(axis)).flat_map(|place| vec![place; times]).collect();
            stream.places = Rearrangement::Take { axis, places }.of(&stream.places);
        }
    }
    Ok(Known::Stream(stream))
}

/// How many times as long each axis is to be.
fn ratios(stream: &Stream, sizes: &Array<Dim>) -> Result<Vec<f64>> {
    let shape = stream.shape();
    let ratio = |(old, new): (&Dim, &Dim)| {
        (1..=1024_u16)
            .find(|times| old.multiply(Dim::number(i64::from(*times))) == Some(*new))
            .map(f64::from)
    };
    match shape.iter().zip(&sizes.items).map(ratio).collect() {
        Some(ratios) => Ok(ratios),
        None => refuse(format!("it resizes {} to {}", shown(&shape), shown(&sizes.items))),
    }
}
