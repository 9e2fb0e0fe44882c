//! Tensors one behind the other, and zeros around them.

use super::super::array::{Array, Rearrangement};
use super::super::call::{Call, STATE, axis};
use super::super::constant::Constant;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::state::{self, Kept};
use super::super::stream::{Stream, Time, shown};
use super::reshape::shape_of;
use super::time::joined;
use crate::graph::{Op, Value};

pub(super) fn concat(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let inputs: Vec<&Known> = call.inputs.iter().filter_map(|input| input.as_deref()).collect();
    let Some(first) = inputs.first() else { return invalid("it has no inputs") };
    let at = axis(call.node.int("axis").unwrap_or(0), shape_of(first).len())?;
    if inputs.iter().any(|input| matches!(input, Known::State(_))) {
        return states(reader, &inputs, at);
    }
    let constants: Option<Vec<_>> = inputs
        .iter()
        .map(|input| match input {
            Known::Constant(constant) => Some(constant),
            _ => None,
        })
        .collect();
    if let Some(constants) = constants {
        return joined_constants(&constants, at);
    }
    if inputs.iter().any(|input| matches!(input, Known::Stream(stream) if stream.is_time(at))) {
        return along_time(&inputs);
    }
    let mut streams = Vec::new();
    for place in 0..inputs.len() {
        streams.push(call.unpadded(place)?);
    }
    let streams = joined(reader, &streams)?;
    let (mut values, mut places, mut channels) = (Vec::new(), Vec::new(), 0);
    for stream in &streams {
        let stream = reader.compact(stream)?;
        places.push(stream.places.map(|place| place + channels));
        channels += reader.graph[stream.value].channels;
        values.push(stream.value);
    }
    let (Some(first), Some(places)) = (streams.first(), Array::joined(&places, at)) else {
        let shapes: Vec<_> = streams.iter().take(4).map(|stream| shown(&stream.shape())).collect();
        return invalid(format!("the shapes {} differ in more than axis {at}", shapes.join(", ")));
    };
    let value = side_by_side(reader, values)?;
    Ok(Known::Stream(Stream { value, places, ..first.clone() }))
}

/// Frames one behind the other. Two at a time, so that many do not copy the first ones again and again.
fn side_by_side(reader: &mut Reader<'_>, mut values: Vec<Value>) -> Result<Value> {
    while values.len() > 1 {
        let mut joined = Vec::new();
        for pair in values.chunks(2) {
            let channels = pair.iter().map(|value| reader.graph[*value].channels).sum();
            joined.push(match pair {
                [left, right] => reader.push(Op::Concat, vec![*left, *right], channels)?,
                others => others.first().copied().unwrap_or(Value::INPUT),
            });
        }
        values = joined;
    }
    Ok(values.first().copied().unwrap_or(Value::INPUT))
}

fn states(reader: &Reader<'_>, inputs: &[&Known], at: usize) -> Result<Known> {
    let parts: Option<Vec<Array<Kept>>> =
        inputs.iter().map(|input| state::of(reader, input)).collect();
    match parts.and_then(|parts| Array::joined(&parts, at)) {
        Some(joined) => Ok(Known::State(joined)),
        None => refuse_with("it joins a state with what is no state", STATE),
    }
}

fn joined_constants(constants: &[&Constant], at: usize) -> Result<Known> {
    let ints: Option<Vec<_>> = constants
        .iter()
        .map(|constant| match constant {
            Constant::Ints(array) => Some(array.clone()),
            Constant::Floats(_) => None,
        })
        .collect();
    let joined = match ints {
        Some(ints) => Array::joined(&ints, at).map(Constant::Ints),
        None => {
            let floats: Option<Vec<_>> =
                constants.iter().map(|constant| constant.floats()).collect();
            floats.and_then(|floats| Array::joined(&floats, at)).map(Constant::Floats)
        }
    };
    joined.map_or_else(
        || invalid(format!("the shapes of its inputs differ in more than axis {at}")),
        |joined| Ok(Known::Constant(joined)),
    )
}

/// Zeros before the sequence: the padding of the convolution that reads it.
fn along_time(inputs: &[&Known]) -> Result<Known> {
    const WHY: &str = "it appends frames to the sequence, along the axis of time";
    const HELP: &str = "a stream has one frame at a time: join channels or features; zeros before the first frame are the padding of a convolution right behind";
    let mut zeros = [0, 0];
    let mut sequence: Option<&Stream> = None;
    for input in inputs {
        match (input, sequence) {
            (Known::Stream(stream), None) if stream.time.is_some() => sequence = Some(stream),
            (Known::Constant(constant), _) if constant.number() == Some(0.0) => {
                let Some(time) = inputs.iter().find_map(|input| match input {
                    Known::Stream(stream) => stream.time,
                    _ => None,
                }) else {
                    return refuse_with(WHY, HELP);
                };
                let frames = constant.shape().get(time.axis).copied().unwrap_or_default();
                let side = if sequence.is_some() { &mut zeros[1] } else { &mut zeros[0] };
                *side += frames;
            }
            _ => return refuse_with(WHY, HELP),
        }
    }
    match sequence {
        Some(sequence) => Ok(Known::Stream(padded(sequence, zeros))),
        None => refuse_with(WHY, HELP),
    }
}

/// The same sequence with zero frames before and behind it.
fn padded(stream: &Stream, zeros: [usize; 2]) -> Stream {
    let [before, behind] = stream.padding;
    let time = stream.time.map(|time| Time {
        length: zeros.iter().fold(time.length, |length, zeros| {
            length.plus(i64::try_from(*zeros).unwrap_or(i64::MAX))
        }),
        ..time
    });
    Stream { padding: [before + zeros[0], behind + zeros[1]], time, ..stream.clone() }
}

pub(super) fn pad(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.stream(0)?;
    let mode = call.node.text("mode").unwrap_or("constant");
    let Some(pads) = call.ints("pads", 1)? else { return invalid("it has no `pads`") };
    let value = match call.constant(2) {
        Some(constant) => constant.number().unwrap_or(f64::NAN),
        None => f64::from(call.node.float("value").unwrap_or(0.0)),
    };
    let along = match call.ints("axes", 3)? {
        Some(axes) => super::super::call::axes(&axes, stream.rank())?,
        None => (0..stream.rank()).collect(),
    };
    let (before, behind) = pads.split_at_checked(along.len()).unwrap_or_default();
    let mut stream = stream.clone();
    for (at, (before, behind)) in along.into_iter().zip(before.iter().zip(behind)) {
        if (*before, *behind) == (0, 0) {
            continue;
        }
        if let Some(time) = stream.time.filter(|time| time.axis == at) {
            if mode != "constant" || value != 0.0 {
                return refuse_with(
                    if mode == "constant" {
                        format!("it pads the sequence with {value}, not with zeros")
                    } else {
                        format!(
                            "it pads the sequence with frames of its own ({mode}), not with zeros"
                        )
                    },
                    "pad the sequence with zeros, or not at all",
                );
            }
            // Padding below zero takes frames away.
            let skipped = usize::try_from(-before.min(&0)).unwrap_or_default();
            let length = time.length.plus(*before.min(&0)).plus(*behind.min(&0));
            stream = super::crop(reader, &stream, skipped, 1, length)?;
            let zeros =
                [before, behind].map(|zeros| usize::try_from(*zeros.max(&0)).unwrap_or_default());
            stream = padded(&stream, zeros);
        } else {
            stream = features(reader, &stream, at, [*before, *behind], mode, value)?;
        }
    }
    Ok(Known::Stream(stream))
}

/// Features before the first one and behind the last one.
fn features(
    reader: &mut Reader<'_>,
    stream: &Stream,
    at: usize,
    pads: [i64; 2],
    mode: &str,
    value: f64,
) -> Result<Stream> {
    let length = i64::try_from(stream.length(at)).unwrap_or(i64::MAX);
    let place = |place: i64| match mode {
        _ if (0..length).contains(&place) => Some(place),
        "reflect" => Some(if place < 0 { -place } else { 2 * (length - 1) - place })
            .filter(|place| (0..length).contains(place)),
        "edge" => Some(place.clamp(0, length - 1)),
        _ => None,
    };
    let Some(end) =
        length.checked_add(pads[1]).filter(|end| end.saturating_add(pads[0]) <= 1 << 24)
    else {
        return invalid("its `pads` are too large");
    };
    let wanted: Vec<_> = (-pads[0]..end).map(place).collect();
    let whole: Option<Vec<usize>> =
        wanted.iter().map(|place| place.and_then(|place| usize::try_from(place).ok())).collect();
    if let Some(places) = whole {
        let change = Rearrangement::Take { axis: at, places };
        reader.charge(&change.shape(&stream.places.shape))?;
        return Ok(Stream { places: change.of(&stream.places), ..stream.clone() });
    }
    if mode != "constant" || value != 0.0 {
        return refuse_with(
            format!("it pads features with {value} ({mode})"),
            "pad features with 0, or by `reflect` or `edge`",
        );
    }
    // A frame behind which a zero stands, and that at every new place.
    let stream = reader.compact(stream)?;
    let channels = reader.graph[stream.value].channels;
    let zero = reader.zero(stream.value)?;
    let value = reader.push(Op::Concat, vec![stream.value, zero], channels + 1)?;
    let mut rows = Vec::new();
    for place in &wanted {
        let part = match place {
            Some(place) => {
                let places = vec![usize::try_from(*place).unwrap_or_default()];
                Rearrangement::Take { axis: at, places }.of(&stream.places)
            }
            None => Rearrangement::Take { axis: at, places: vec![0] }
                .of(&stream.places)
                .map(|_| channels),
        };
        rows.push(part);
    }
    match Array::joined(&rows, at) {
        Some(places) => Ok(Stream { value, places, ..stream }),
        None => invalid("its `pads` leave no features"),
    }
}

impl Reader<'_> {
    /// A zero at every push that has `value`.
    fn zero(&mut self, value: crate::graph::Value) -> Result<crate::graph::Value> {
        let one = self.pick(value, &[0])?;
        let tensor = |number: f64| crate::tensor::Tensor { shape: vec![1], numbers: vec![number] };
        let tensors = [0.0, 0.0, 0.0].map(tensor).into();
        self.push_weighted(Op::Affine { is_centred: false }, one, 1, tensors, false)
    }
}
