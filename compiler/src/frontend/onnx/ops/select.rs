//! Parts of a tensor: slices, single places, and splits.

use super::super::array::Rearrangement;
use super::super::call::{Call, axes, axis};
use super::super::constant::Constant;
use super::super::dim::Dim;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, WINDOW, invalid, of_length, refuse_with};
use super::super::stream::{Stream, Time};
use super::rearranged;
use super::reshape::{is_time, reshaped, shape_of};
use super::time::{crop, frame, last_frames};
use crate::tensor::shape as lengths;

pub(super) fn known(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let Some(input) = call.input(0) else { return invalid("it has no input") };
    if call.node.op == "Gather" { gather(reader, call, input) } else { slice(reader, call, input) }
}

/// Where a slice begins and ends along an axis, and its step.
struct Cut {
    axis: usize,
    start: Dim,
    end: Dim,
    step: i64,
}

fn cuts(call: &Call<'_, '_>, rank: usize) -> Result<Vec<Cut>> {
    let dims = |attribute: &str, place: usize| -> Result<Option<Vec<Dim>>> {
        if let Some(numbers) = call.node.ints(attribute) {
            return Ok(Some(numbers.iter().map(|number| Dim::number(*number)).collect()));
        }
        match call.input(place) {
            None => Ok(None),
            Some(_) => match call.wanted(place, attribute)? {
                Constant::Ints(array) => Ok(Some(array.items.clone())),
                Constant::Floats(_) => invalid(format!("its `{attribute}` are no whole numbers")),
            },
        }
    };
    let (Some(starts), Some(ends)) = (dims("starts", 1)?, dims("ends", 2)?) else {
        return invalid("it has no `starts` and `ends`");
    };
    let along = match call.ints("axes", 3)? {
        Some(numbers) => axes(&numbers, rank)?,
        None => (0..starts.len()).collect(),
    };
    let steps = call.ints("steps", 4)?.unwrap_or_default();
    let cut = |(place, (axis, (start, end))): (usize, (usize, (Dim, Dim)))| Cut {
        axis,
        start,
        end,
        step: steps.get(place).copied().unwrap_or(1),
    };
    Ok(along.into_iter().zip(starts.into_iter().zip(ends)).enumerate().map(cut).collect())
}

fn slice(reader: &mut Reader<'_>, call: &Call<'_, '_>, input: &Known) -> Result<Known> {
    let mut known = input.clone();
    for cut in cuts(call, shape_of(input).len())? {
        let length = shape_of(&known).get(cut.axis).copied().unwrap_or(Dim::number(1));
        if cut.step == 0 {
            return invalid("its step is 0");
        }
        known = match &known {
            Known::Stream(stream) if stream.is_time(cut.axis) => {
                Known::Stream(of_time(reader, stream, &cut, length)?)
            }
            other => {
                let (Some(length), Some(start), Some(end)) =
                    (length.as_number(), cut.start.as_number(), cut.end.as_number())
                else {
                    return of_length("where it begins or ends depends");
                };
                let places = places(length, start, end, cut.step);
                rearranged(reader, other, &Rearrangement::Take { axis: cut.axis, places })?
            }
        };
    }
    Ok(known)
}

/// The places of a slice, as Python counts them.
fn places(length: i64, start: i64, end: i64, step: i64) -> Vec<usize> {
    let from_front = |place: i64| if place < 0 { place.saturating_add(length) } else { place };
    let mut places = Vec::new();
    let (low, high) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let (mut place, end) =
        (from_front(start).clamp(low.max(0), high.max(0)), from_front(end).clamp(low, high));
    while place < length && (if step > 0 { place < end } else { place > end }) {
        places.extend(usize::try_from(place));
        place = place.saturating_add(step);
        if place < 0 {
            break;
        }
    }
    places
}

/// Part of a sequence: frames at its front are dropped, and those at its end do not matter to a stream.
fn of_time(reader: &mut Reader<'_>, stream: &Stream, cut: &Cut, length: Dim) -> Result<Stream> {
    if cut.step < 0 {
        return refuse_with(
            "it reverses the sequence, and so sees future frames",
            super::recurrent::FUTURE,
        );
    }
    // A place that falls as the sequence grows counts from the end, as a number below 0 does.
    let from_front = |place: Dim| match place.as_number() {
        Some(number) if number < 0 => length.plus(number),
        None if place.falls() => length.add(place).unwrap_or(place),
        _ => place,
    };
    let (start, mut end) = (from_front(cut.start), from_front(cut.end));
    // Behind the end, or a number beyond any sequence: the end.
    let beyond = |end: Dim| match end.subtract(length).and_then(Dim::as_number) {
        Some(apart) => apart > 0,
        None => end.as_number().is_some_and(|number| number >= i64::from(i32::MAX)),
    };
    if beyond(end) {
        end = length;
    }
    let Some(count) = end.subtract(start) else {
        return refuse_with(format!("it takes frames {start} to {end} of {length}"), WINDOW);
    };
    let count = count.plus(cut.step - 1).over(cut.step);
    let stride = usize::try_from(cut.step).unwrap_or(1);
    let is_at_end = end == length;
    match (start.as_size(), count.as_size()) {
        // The last frames of a sequence of any length.
        (None, Some(count)) if is_at_end && stride == 1 => {
            let whole = last_frames(reader, stream, count)?;
            Ok(whole)
        }
        (Some(_), Some(_)) if length.grows() => refuse_with(
            format!("it takes frames {start} to {end} of a sequence of any length"),
            "take the last frames instead, or state the frames of a window: `#[window = 64]`",
        ),
        (Some(skipped), _) => crop(reader, stream, skipped, stride, count),
        (None, _) => refuse_with(format!("it takes frames {start} to {end} of {length}"), WINDOW),
    }
}

fn gather(reader: &mut Reader<'_>, call: &Call<'_, '_>, input: &Known) -> Result<Known> {
    let shape = shape_of(input);
    let at = axis(call.node.int("axis").unwrap_or(0), shape.len())?;
    let Constant::Ints(indices) = call.wanted(1, "places")? else {
        return invalid("its indices are no whole numbers");
    };
    let length = shape.get(at).copied().unwrap_or(Dim::number(1));
    let from_front = |index: Dim| match index.as_number() {
        Some(number) if number < 0 => length.plus(number),
        _ => index,
    };
    if let Known::Stream(stream) = input
        && stream.is_time(at)
    {
        let [index] = indices.items.as_slice() else {
            return refuse_with(
                "it takes several frames by their numbers",
                "take channels or features by their numbers, or frames by a slice",
            );
        };
        let one = frame(reader, stream, from_front(*index))?;
        return with_indices(reader, &Known::Stream(one), at, &indices.shape);
    }
    let mut places = Vec::new();
    for index in &indices.items {
        match (from_front(*index).as_size(), length.as_size()) {
            (Some(index), Some(length)) if index < length => places.push(index),
            _ => return invalid(format!("it takes place {index} of {length}, counted from 0")),
        }
    }
    let taken = rearranged(reader, input, &Rearrangement::Take { axis: at, places })?;
    with_indices(reader, &taken, at, &indices.shape)
}

/// What was taken along an axis, with the axes of the indices in its place.
fn with_indices(
    reader: &mut Reader<'_>,
    known: &Known,
    at: usize,
    indices: &[usize],
) -> Result<Known> {
    let mut shape = shape_of(known);
    if at < shape.len() {
        shape.splice(at..=at, indices.iter().map(|length| Dim::size(*length)));
    }
    match known {
        // The axis of time may have moved, and keeps its length.
        Known::Stream(stream) if stream.time.is_some() => {
            let added = indices.len();
            let time = stream.time.map(|time| {
                let axis = if time.axis > at { time.axis + added - 1 } else { time.axis };
                Time { axis, ..time }
            });
            let sizes = shape.iter().enumerate().map(|(axis, length)| {
                if time.is_some_and(|time| time.axis == axis) { Some(1) } else { length.as_size() }
            });
            match sizes.collect() {
                Some(sizes) => Ok(Known::Stream(stream.reshaped(sizes, time))),
                None => of_length("its shape depends"),
            }
        }
        other => reshaped(reader, other, &shape),
    }
}

pub(super) fn split(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Vec<Known>> {
    let Some(input) = call.input(0) else { return invalid("it has no input") };
    let shape = shape_of(input);
    let at = axis(call.node.int("axis").unwrap_or(0), shape.len())?;
    if is_time(input, at) {
        return refuse_with(
            "it splits the sequence into parts",
            "a stream has one frame at a time: split channels or features; export a recurrent layer of Keras with `unroll=False`",
        );
    }
    let Some(length) = shape.get(at).and_then(|length| length.as_size()) else {
        return of_length("the length of the axis that it splits depends");
    };
    let parts = call.node.outputs.len().max(1);
    let sizes = match call.ints("split", 1)? {
        Some(sizes) => {
            sizes.into_iter().map(|size| usize::try_from(size).unwrap_or_default()).collect()
        }
        None => {
            let size = length.div_ceil(parts);
            (0..parts).map(|part| size.min(length.saturating_sub(part * size))).collect::<Vec<_>>()
        }
    };
    if sizes.iter().sum::<usize>() != length {
        return invalid(format!("its parts {} do not add up to {length}", lengths(&sizes)));
    }
    let mut start = 0;
    let mut outputs = Vec::new();
    for size in sizes {
        let places = (start..start + size).collect();
        outputs.push(rearranged(reader, input, &Rearrangement::Take { axis: at, places })?);
        start += size;
    }
    Ok(outputs)
}
