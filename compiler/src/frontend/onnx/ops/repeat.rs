//! Axes that are repeated.

use super::super::array::{Rearrangement, broadcast};
use super::super::dim::Dim;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, of_length, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::rearranged;
use super::reshape::{is_time, shape_of};
use crate::tensor::shape as lengths;

pub(super) fn expanded(reader: &mut Reader<'_>, known: &Known, wanted: &[Dim]) -> Result<Known> {
    let Known::Stream(stream) = known else {
        let wanted: Option<Vec<_>> = wanted.iter().map(|length| length.as_size()).collect();
        let Some(wanted) = wanted else {
            return of_length("its `shape` depends");
        };
        let own: Vec<_> = shape_of(known).iter().filter_map(|length| length.as_size()).collect();
        return match broadcast(&own, &wanted) {
            Some(shape) => rearranged(reader, known, &Rearrangement::Broadcast(shape)),
            None => {
                invalid(format!("the shapes {} and {} do not fit", lengths(&own), lengths(&wanted)))
            }
        };
    };
    let behind = wanted.len().saturating_sub(stream.rank());
    let mut sizes = Vec::new();
    for (at, length) in wanted.iter().enumerate() {
        let is_time = at.checked_sub(behind).is_some_and(|axis| stream.is_time(axis));
        match length.as_size().filter(|_| !is_time) {
            Some(size) => sizes.push(size),
            None if is_time => sizes.push(1),
            None => {
                return refuse_with(
                    "it repeats for every frame what is computed of all of them, which is not known when a frame comes",
                    "leave out squeeze-and-excitation and attention over time, or compute them of each frame",
                );
            }
        }
    }
    match broadcast(&stream.places.shape, &sizes) {
        Some(shape) => {
            let added = shape.len() - stream.rank();
            let time = stream.time.map(|time| Time { axis: time.axis + added, ..time });
            reader.charge(&shape)?;
            let places = Rearrangement::Broadcast(shape).of(&stream.places);
            Ok(Known::Stream(Stream { places, time, ..stream.clone() }))
        }
        None => invalid(format!(
            "the shapes {} and {} do not fit",
            shown(&stream.shape()),
            shown(wanted)
        )),
    }
}

pub(super) fn tiled(reader: &mut Reader<'_>, known: &Known, times: &[Dim]) -> Result<Known> {
    let shape = shape_of(known);
    let mut known = known.clone();
    for (at, times) in times.iter().enumerate() {
        let (Some(times), Some(length)) = (times.as_size(), shape.get(at)) else {
            return of_length("how often it repeats depends");
        };
        if times == 1 {
            continue;
        }
        let Some(length) = length.as_size().filter(|_| !is_time(&known, at)) else {
            return refuse_with(
                "it repeats the sequence from its start",
                "repeat channels or features, not frames",
            );
        };
        reader.charge(&[times, length])?;
        let places = (0..times).flat_map(|_| 0..length).collect();
        known = rearranged(reader, &known, &Rearrangement::Take { axis: at, places })?;
    }
    Ok(known)
}
