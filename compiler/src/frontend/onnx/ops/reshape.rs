//! Operations that change the shape alone.

use super::super::array::Rearrangement;
use super::super::call::{Call, axes};
use super::super::constant::Constant;
use super::super::dim::Dim;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Time, shown};
use super::rearranged;
use super::regroup::{one_of_several, several_of_one};
use super::repeat::{expanded, tiled};
use super::time::{all_frames, frame};
use crate::tensor::shape as lengths;

pub(super) fn known(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let Some(input) = call.input(0) else { return invalid("it has no input") };
    let shape = shape_of(input);
    let rank = shape.len();
    match call.node.op {
        "Transpose" => {
            let order = match call.node.ints("perm") {
                Some(order) => axes(order, rank)?,
                None => (0..rank).rev().collect(),
            };
            let mut sorted = order.clone();
            sorted.sort_unstable();
            if !sorted.into_iter().eq(0..rank) {
                return invalid(format!(
                    "its `perm` {} is no order of {rank} axes",
                    lengths(&order)
                ));
            }
            rearranged(reader, input, &Rearrangement::Transpose(order))
        }
        "Squeeze" => {
            let dropped = match call.ints("axes", 1)? {
                Some(numbers) => axes(&numbers, rank)?,
                None => (0..rank).filter(|at| shape.get(*at) == Some(&Dim::number(1))).collect(),
            };
            let input = without_time(reader, input, &dropped)?;
            let kept: Vec<_> = (0..rank).filter(|at| !dropped.contains(at)).collect();
            if dropped.iter().any(|at| shape.get(*at) != Some(&Dim::number(1))) {
                return invalid(format!(
                    "it drops an axis of {} whose length is not 1",
                    shown(&shape)
                ));
            }
            placed(reader, &input, &kept.into_iter().map(Some).collect::<Vec<_>>())
        }
        "Unsqueeze" => {
            let numbers = call.ints("axes", 1)?.unwrap_or_default();
            let added = axes(&numbers, rank + numbers.len())?;
            let mut old = 0..rank;
            let places: Vec<_> = (0..rank + numbers.len())
                .map(|at| if added.contains(&at) { None } else { old.next() })
                .collect();
            placed(reader, input, &places)
        }
        "Expand" => {
            let wanted = sizes(call.wanted(1, "shape")?)?;
            expanded(reader, input, &wanted)
        }
        "Tile" => {
            let times = sizes(call.wanted(1, "repeats")?)?;
            tiled(reader, input, &times)
        }
        "Flatten" => {
            let at = call.node.int("axis").unwrap_or(1);
            let rank = i64::try_from(rank).unwrap_or(i64::MAX);
            let at = usize::try_from(if at < 0 { at + rank } else { at }).unwrap_or_default();
            let product = |lengths: Option<&[Dim]>| {
                let lengths = lengths.unwrap_or_default();
                lengths.iter().try_fold(Dim::number(1), |size, length| size.multiply(*length))
            };
            let both = product(shape.get(..at)).zip(product(shape.get(at..)));
            let Some((rows, columns)) = both else { return mixes(&shape, None) };
            reshaped(reader, input, &[rows, columns])
        }
        _ => {
            let Constant::Ints(wanted) = call.wanted(1, "shape")? else {
                return invalid("its `shape` is no list of whole numbers");
            };
            let keeps_zeros = call.node.is_set("allowzero");
            let mut wanted = wanted.items.clone();
            for (length, old) in wanted.iter_mut().zip(&shape) {
                if *length == Dim::number(0) && !keeps_zeros {
                    *length = *old;
                }
            }
            let wanted = whole(&shape, wanted)?;
            reshaped(reader, input, &wanted)
        }
    }
}

/// Refuses a change of shape that puts numbers of several frames into one.
fn mixes<T>(from: &[Dim], to: Option<&[Dim]>) -> Result<T> {
    let to = to.map(|to| format!(" to {}", shown(to))).unwrap_or_default();
    refuse_with(
        format!("it reshapes {}{to}, which mixes the axis of time with others", shown(from)),
        "state the frames of a window, `#[window = 64]`, or keep the axis of time as it is",
    )
}

pub(super) fn shape_of(known: &Known) -> Vec<Dim> {
    match known {
        Known::Constant(constant) => {
            constant.shape().iter().map(|length| Dim::size(*length)).collect()
        }
        Known::State(state) => state.shape.iter().map(|length| Dim::size(*length)).collect(),
        Known::Condition(_) => Vec::new(),
        Known::Stream(stream) => stream.shape(),
    }
}

fn sizes(constant: &Constant) -> Result<Vec<Dim>> {
    match constant {
        Constant::Ints(array) => Ok(array.items.clone()),
        Constant::Floats(_) => invalid("its `shape` is no list of whole numbers"),
    }
}

/// Gives the length that is left out as -1.
fn whole(shape: &[Dim], mut wanted: Vec<Dim>) -> Result<Vec<Dim>> {
    let Some(place) = wanted.iter().position(|length| *length == Dim::number(-1)) else {
        return Ok(wanted);
    };
    let growing = |lengths: &[Dim]| lengths.iter().copied().find(|length| length.grows());
    let numbers = |lengths: &[Dim]| {
        let numbers = lengths.iter().filter_map(|length| length.as_number());
        numbers.fold(1_i64, i64::saturating_mul)
    };
    let (own, others) = (growing(shape), growing(&wanted));
    let rest = numbers(&wanted).saturating_neg();
    let own_numbers = numbers(shape);
    if rest == 0 {
        return invalid("its `shape` has a length of 0");
    }
    let left = match (own, others) {
        // Time is in both; or in neither.
        (Some(own), Some(other)) if own == other => Dim::number(own_numbers).over(rest),
        (None, None) if own_numbers % rest == 0 => Dim::number(own_numbers / rest),
        (Some(own), None) if own_numbers % rest == 0 => {
            own.multiply(Dim::number(own_numbers / rest)).unwrap_or(own)
        }
        (Some(own), None) if rest % own_numbers == 0 => own.over(rest / own_numbers),
        (Some(_), _) => return mixes(shape, Some(&wanted)),
        _ => return invalid(format!("an input {} does not fill {}", shown(shape), shown(&wanted))),
    };
    if let Some(length) = wanted.get_mut(place) {
        *length = left;
    }
    Ok(wanted)
}

/// Old axes at new places, and axes of length 1 among them.
fn placed(reader: &mut Reader<'_>, known: &Known, places: &[Option<usize>]) -> Result<Known> {
    let length = |shape: &[usize]| -> Vec<usize> {
        let at = |old: usize| shape.get(old).copied().unwrap_or(1);
        places.iter().map(|old| old.map_or(1, at)).collect()
    };
    let Known::Stream(stream) = known else {
        let shape: Vec<_> = shape_of(known).iter().filter_map(|length| length.as_size()).collect();
        return rearranged(reader, known, &Rearrangement::Reshape(length(&shape)));
    };
    let time = stream.time.and_then(|time| {
        let axis = places.iter().position(|old| *old == Some(time.axis))?;
        Some(Time { axis, ..time })
    });
    Ok(Known::Stream(stream.reshaped(length(&stream.places.shape), time)))
}

/// The same where the axis of time, whose length is 1, is among those that are dropped: then it is that frame.
fn without_time(reader: &mut Reader<'_>, known: &Known, dropped: &[usize]) -> Result<Known> {
    match known {
        Known::Stream(stream) if dropped.iter().any(|axis| stream.is_time(*axis)) => {
            frame(reader, stream, Dim::number(0)).map(Known::Stream)
        }
        _ => Ok(known.clone()),
    }
}

pub(super) fn is_time(known: &Known, axis: usize) -> bool {
    matches!(known, Known::Stream(stream) if stream.is_time(axis))
}

/// The same numbers in another shape, row by row.
pub(super) fn reshaped(reader: &mut Reader<'_>, known: &Known, wanted: &[Dim]) -> Result<Known> {
    let sizes =
        |wanted: &[Dim]| wanted.iter().map(|length| length.as_size()).collect::<Option<Vec<_>>>();
    let fits = |own: &[usize], wanted: &[usize]| {
        let size = super::super::array::count;
        size(own).is_some() && size(own) == size(wanted)
    };
    let no_fit =
        || invalid(format!("an input {} does not fill {}", shown(&shape_of(known)), shown(wanted)));
    let Known::Stream(stream) = known else {
        let own = sizes(&shape_of(known)).unwrap_or_default();
        return match sizes(wanted).filter(|wanted| fits(&own, wanted)) {
            Some(shape) => rearranged(reader, known, &Rearrangement::Reshape(shape)),
            None => no_fit(),
        };
    };
    let Some(time) = stream.time else {
        return match sizes(wanted).filter(|wanted| fits(&stream.places.shape, wanted)) {
            Some(shape) => Ok(Known::Stream(stream.reshaped(shape, None))),
            None => no_fit(),
        };
    };
    let product = |lengths: Option<&[usize]>| lengths.unwrap_or_default().iter().product::<usize>();
    let [before, behind] =
        [stream.places.shape.get(..time.axis), stream.places.shape.get(time.axis + 1..)]
            .map(product);
    // Where the new axis of time may stand: with as many numbers before it.
    let size_before = |axis: usize| {
        let lengths = sizes(wanted.get(..axis).unwrap_or_default());
        lengths.and_then(|lengths| super::super::array::count(&lengths)).unwrap_or(0)
    };
    let size_behind = |axis: usize| {
        let lengths = sizes(wanted.get(axis + 1..).unwrap_or_default());
        lengths.and_then(|lengths| super::super::array::count(&lengths)).unwrap_or(0)
    };
    let shape_with = |axis: usize| -> Vec<usize> {
        let length =
            |(at, length): (usize, &Dim)| if at == axis { Some(1) } else { length.as_size() };
        wanted.iter().enumerate().filter_map(length).collect()
    };
    let mut candidates = (0..wanted.len()).filter(|axis| size_before(*axis) == before);
    let same = candidates
        .clone()
        .find(|axis| wanted.get(*axis) == Some(&time.length) && size_behind(*axis) == behind);
    if let Some(axis) = same {
        let time = Some(Time { axis, ..time });
        return Ok(Known::Stream(stream.reshaped(shape_with(axis), time)));
    }
    if time.length.grows() {
        let growing =
            candidates.find(|axis| wanted.get(*axis).is_some_and(|length| length.grows()));
        let Some(axis) = growing else {
            return mixes(&shape_of(known), Some(wanted));
        };
        let (new, length) = (size_behind(axis), wanted.get(axis).copied().unwrap_or(time.length));
        let time = Time { axis, length };
        if new > 0 && behind.is_multiple_of(new) && behind > new {
            return several_of_one(reader, stream, behind / new, &shape_with(axis), time);
        }
        if behind > 0 && new > 0 && new.is_multiple_of(behind) && before == 1 {
            return one_of_several(reader, stream, new / behind, &shape_with(axis), time);
        }
        return mixes(&shape_of(known), Some(wanted));
    }
    let whole = all_frames(reader, stream)?;
    reshaped(reader, &Known::Stream(whole), wanted)
}
