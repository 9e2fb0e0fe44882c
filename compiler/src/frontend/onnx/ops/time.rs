//! Which frames of a sequence go on: part of them, the newest, or all of a window as one.

use super::super::array::Rearrangement;
use super::super::dim::Dim;
use super::super::reader::Reader;
use super::super::refusal::{Result, WINDOW, refuse_with};
use super::super::stream::{Stream, Time};
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
                "take the last frame instead, or state the frames of a window: `#[window = 64]`; a loop over frames has to be an LSTM, GRU or RNN layer",
            ),
        };
    };
    match index.as_number().filter(|index| (0..length).contains(index)) {
        Some(index) => {
            let skipped = usize::try_from(index).unwrap_or_default();
            let frame = crop(reader, stream, skipped, 1, time.length)?;
            Ok(Stream { time: None, ..frame })
        }
        None => refuse_with(
            format!("it takes frame {index} of {length}, counted from 0"),
            "state a longer window, such as `#[window = 64]`",
        ),
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
        return refuse_with(
            format!(
                "it takes the last of {length} frames, where T is the length of the input: a stream does not know which that is"
            ),
            WINDOW,
        );
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
        Some(_) => refuse_with(
            "the window is shorter than what the layers before take",
            "state a longer window",
        ),
        None => refuse_with("it takes all frames at once, of a sequence of any length", WINDOW),
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
        return refuse_with(
            format!("it keeps {frames} frames, more than {MOST_FRAMES}"),
            "use a shorter window",
        );
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
        let Some(numbers) = channels.checked_mul(frames) else {
            return refuse_with("its frames are too large", "use a shorter window");
        };
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
            return refuse_with(
                format!(
                    "one of its inputs has {} frames and another {}, where the model's input has T",
                    first.length, other.length
                ),
                "pad or cut the sequences to the same length",
            );
        }
        for (place, stream) in streams.iter().enumerate() {
            match stream.time.map(|time| from_behind(stream, time.axis)) {
                None => {
                    return refuse_with(
                        format!(
                            "it combines each frame with {}, which is computed of all frames: the later ones are not known when a frame comes",
                            reader.input_name(place, streams.len())
                        ),
                        "leave out squeeze-and-excitation and attention over time, or compute them of each frame",
                    );
                }
                Some(axis) if axis != first.axis => {
                    return refuse_with(
                        format!(
                            "the axis of time is axis {} of one of its inputs and axis {axis} of another",
                            first.axis
                        ),
                        "transpose one of them before",
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
