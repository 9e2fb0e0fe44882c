//! The nearest frame or feature, for a scale.

use super::super::array::{Array, Rearrangement};
use super::super::call::{Call, axes};
use super::super::constant::Constant;
use super::super::dim::Dim;
use super::super::proto::Node;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, Time, shown};
use crate::graph::Op;

/// How many times as long an axis becomes, and how long, where that is a number.
#[derive(Clone, Copy)]
struct Scale {
    axis: usize,
    times: f64,
    length: Option<usize>,
}

/// Each frame several times, and the nearest features.
pub(super) fn resize(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.unpadded(0)?;
    let mode = call.node.text("mode").unwrap_or("nearest");
    if mode != "nearest" {
        return refuse_with(
            format!("it interpolates ({mode}), which needs the next frame"),
            "use the nearest frame: `mode=\"nearest\"`",
        );
    }
    if call.node.text("keep_aspect_ratio_policy").is_some_and(|policy| policy != "stretch") {
        return refuse_with(
            "it keeps the ratio of its axes (`keep_aspect_ratio_policy`)",
            "state the scale of each axis",
        );
    }
    let nearest = Nearest::of(call.node, reader.opset)?;
    let mut stream = stream.clone();
    for scale in scales(call, &stream)? {
        if scale.times == 1.0 {
            continue;
        }
        stream = match stream.time.filter(|time| time.axis == scale.axis) {
            Some(time) => upsampled(reader, &stream, time, scale, nearest)?,
            None => features(reader, &stream, scale, nearest)?,
        };
    }
    Ok(Known::Stream(stream))
}

fn upsampled(
    reader: &mut Reader<'_>,
    stream: &Stream,
    time: Time,
    scale: Scale,
    nearest: Nearest,
) -> Result<Stream> {
    let Some(times) =
        (2..=1024_u16).find(|times| f64::from(*times) == scale.times).map(usize::from)
    else {
        return refuse_with(
            format!(
                "it makes the sequence {} times as long, which is no whole number",
                scale.times
            ),
            "scale by a whole number",
        );
    };
    // Each frame as often as any other, for as long as a sequence may be.
    if (0..8 * times)
        .any(|place| nearest.place(place, scale.times, [8, 8 * times]) != Some(place / times))
    {
        return refuse_with(
            "it repeats some frames more often than others",
            "scale with `coordinate_transformation_mode=asymmetric` and `nearest_mode=floor`",
        );
    }
    let channels = reader.graph[stream.value].channels;
    let value = reader.push(Op::Upsample { times }, vec![stream.value], channels)?;
    let length = time.length.multiply(Dim::size(times)).unwrap_or(time.length);
    Ok(Stream { value, time: Some(Time { length, ..time }), ..stream.clone() })
}

fn features(
    reader: &mut Reader<'_>,
    stream: &Stream,
    scale: Scale,
    nearest: Nearest,
) -> Result<Stream> {
    let old = stream.length(scale.axis);
    let new = match scale.length {
        Some(length) => length,
        None => (1..=1 << 20)
            .take_while(|new| real(*new) <= real(old) * scale.times)
            .last()
            .unwrap_or_default(),
    };
    reader.charge(&[new])?;
    let places: Option<Vec<_>> =
        (0..new).map(|place| nearest.place(place, scale.times, [old, new])).collect();
    let change = match places {
        Some(places) if !places.is_empty() => Rearrangement::Take { axis: scale.axis, places },
        _ => {
            return invalid(format!("it makes {old} features {} times as many: none", scale.times));
        }
    };
    reader.charge(&change.shape(&stream.places.shape))?;
    Ok(Stream { places: change.of(&stream.places), ..stream.clone() })
}

/// Which old place is nearest to a new one.
#[derive(Clone, Copy)]
struct Nearest {
    place: fn(f64, f64, [f64; 2]) -> f64,
    rounds: fn(f64) -> f64,
}

impl Nearest {
    fn of(node: &Node<'_>, opset: i64) -> Result<Self> {
        let is_old = node.op == "Upsample" || opset < 11;
        let coordinates = node.text("coordinate_transformation_mode");
        let coordinates = coordinates.unwrap_or(if is_old { "asymmetric" } else { "half_pixel" });
        let rounding = node.text("nearest_mode");
        let rounding = rounding.unwrap_or(if is_old { "floor" } else { "round_prefer_floor" });
        let place: fn(f64, f64, [f64; 2]) -> f64 = match coordinates {
            "asymmetric" => |new, times, _| new / times,
            "half_pixel" => |new, times, _| (new + 0.5) / times - 0.5,
            "half_pixel_symmetric" => |new, times, [old, length]| {
                let centre = old / 2.0 * (1.0 - length / (times * old));
                centre + (new + 0.5) / times - 0.5
            },
            "pytorch_half_pixel" => |new, times, [_, length]| {
                if length > 1.0 { (new + 0.5) / times - 0.5 } else { 0.0 }
            },
            "align_corners" => |new, _, [old, length]| {
                if length > 1.0 { new * (old - 1.0) / (length - 1.0) } else { 0.0 }
            },
            other => {
                return refuse_with(
                    format!("its `coordinate_transformation_mode` is `{other}`"),
                    "use `asymmetric`, `half_pixel` or `align_corners`",
                );
            }
        };
        let rounds: fn(f64) -> f64 = match rounding {
            "floor" => f64::floor,
            "ceil" => f64::ceil,
            "round_prefer_floor" => |place| (place - 0.5).ceil(),
            _ => |place| (place + 0.5).floor(),
        };
        Ok(Self { place, rounds })
    }

    fn place(self, new: usize, times: f64, [old, length]: [usize; 2]) -> Option<usize> {
        let place = (self.rounds)((self.place)(real(new), times, [real(old), real(length)]));
        let last = old.checked_sub(1)?;
        (0..=last).find(|at| *at == last || real(*at) >= place)
    }
}

fn real(size: usize) -> f64 {
    u32::try_from(size).map_or(f64::INFINITY, f64::from)
}

/// The scale of each axis that may change.
fn scales(call: &Call<'_, '_>, stream: &Stream) -> Result<Vec<Scale>> {
    let along = match call.node.ints("axes") {
        Some(numbers) => axes(numbers, stream.rank())?,
        None => (0..stream.rank()).collect(),
    };
    let written = [1, 2].into_iter().find_map(|place| {
        let scales = call.constant(place)?.floats()?.items;
        (scales.len() == along.len() && !scales.is_empty()).then_some(scales)
    });
    let written = written.or_else(|| call.node.floats("scales").map(<[f64]>::to_vec));
    match (written, call.constant(3)) {
        (Some(scales), _) if scales.len() == along.len() => {
            let each = along.into_iter().zip(scales);
            Ok(each.map(|(axis, times)| Scale { axis, times, length: None }).collect())
        }
        (None, Some(Constant::Ints(sizes))) if sizes.items.len() == along.len() => {
            ratios(stream, &along, sizes)
        }
        _ => refuse_with(
            "its scale is no constant of one number for each axis",
            "state the scale as a constant of the file",
        ),
    }
}

/// How many times as long each axis is to be.
fn ratios(stream: &Stream, along: &[usize], sizes: &Array<Dim>) -> Result<Vec<Scale>> {
    let shape = stream.shape();
    let ratio = |(axis, new): (&usize, &Dim)| {
        let old = *shape.get(*axis)?;
        if let (Some(old), Some(length)) = (old.as_size(), new.as_size()) {
            return Some(Scale {
                axis: *axis,
                times: real(length) / real(old),
                length: Some(length),
            });
        }
        let times = (1..=1024_u16)
            .find(|times| old.multiply(Dim::number(i64::from(*times))) == Some(*new))?;
        Some(Scale { axis: *axis, times: f64::from(times), length: None })
    };
    match along.iter().zip(&sizes.items).map(ratio).collect() {
        Some(scales) => Ok(scales),
        None => refuse_with(
            format!(
                "it resizes {} to {}, not by a whole number",
                shown(&shape),
                shown(&sizes.items)
            ),
            "scale by a whole number",
        ),
    }
}
