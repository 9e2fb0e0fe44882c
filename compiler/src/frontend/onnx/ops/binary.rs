//! Operations of two tensors, number by number, with broadcasting.

use super::super::array::{Array, Rearrangement, broadcast};
use super::super::call::{Call, PADDED, STATE};
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, condition, invalid, of_length, refuse, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::time::joined;
use crate::graph::{Binary, Op};
use crate::tensor::shape as lengths;

pub(super) fn several(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let op = if matches!(call.node.op, "Sum" | "Mean") { "Add" } else { call.node.op };
    let mut inputs = call.inputs.iter().flatten();
    let Some(first) = inputs.next() else { return invalid("it has no inputs") };
    let mut result = first.as_ref().clone();
    let count = call.inputs.iter().flatten().count();
    if count == 1 {
        return Ok(result);
    }
    for other in inputs {
        result = two(reader, op, &result, other)?;
    }
    if let (Known::Stream(stream), "Mean") = (&result, call.node.op) {
        let divisor = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        return reader.affine(stream, &[1.0 / divisor], &[0.0]).map(Known::Stream);
    }
    Ok(result)
}

fn two(reader: &mut Reader<'_>, op: &str, a: &Known, b: &Known) -> Result<Known> {
    match (a, b) {
        (Known::State(_), Known::Constant(constant))
            if is_neutral(op, constant.number(), false) =>
        {
            Ok(a.clone())
        }
        (Known::Constant(constant), Known::State(_)) if is_neutral(op, constant.number(), true) => {
            Ok(b.clone())
        }
        (Known::Condition(_), _) | (_, Known::Condition(_)) => condition(),
        (Known::State(_), _) | (_, Known::State(_)) => {
            refuse_with("it reads a state, which only a recurrent cell may read", STATE)
        }
        (Known::Stream(a), Known::Stream(b)) => reader.binary(op, a, b).map(Known::Stream),
        (Known::Stream(stream), Known::Constant(constant)) => {
            let Some(constant) = constant.floats() else { return of_length("it depends") };
            with_constant(reader, op, stream, &constant, false).map(Known::Stream)
        }
        (Known::Constant(constant), Known::Stream(stream)) => {
            let Some(constant) = constant.floats() else { return of_length("it depends") };
            with_constant(reader, op, stream, &constant, true).map(Known::Stream)
        }
        (Known::Constant(a), Known::Constant(b)) => {
            match super::super::constant::Constant::binary(op, a, b) {
                Some(constant) => Ok(Known::Constant(constant)),
                None => of_length("it depends"),
            }
        }
    }
}

/// Whether a number changes nothing. `is_first` says that it stands before the operation.
fn is_neutral(op: &str, number: Option<f64>, is_first: bool) -> bool {
    match (op, number) {
        ("Add", Some(number)) => number == 0.0,
        ("Mul", Some(number)) => number == 1.0,
        ("Sub", Some(number)) => number == 0.0 && !is_first,
        ("Div" | "Pow", Some(number)) => number == 1.0 && !is_first,
        _ => false,
    }
}

const POSITIONS: &str =
    "it computes with a constant that differs from frame to frame, such as positions or a mask";
const NO_POSITIONS: &str =
    "a stream has no first frame to count from: train without positions and masks over time";

/// An operation of a stream and a constant, which comes first where `is_first` says so.
pub(super) fn with_constant(
    reader: &mut Reader<'_>,
    op: &str,
    stream: &Stream,
    constant: &Array<f64>,
    is_first: bool,
) -> Result<Stream> {
    let Some(shape) = broadcast(&stream.places.shape, &constant.shape) else {
        let at_time = stream.time.and_then(|time| {
            let axis = (time.axis + constant.shape.len()).checked_sub(stream.rank())?;
            constant.shape.get(axis).copied().filter(|length| *length > 1)
        });
        return match at_time {
            Some(_) => refuse_with(POSITIONS, NO_POSITIONS),
            None => invalid(format!(
                "the shapes {} and {} do not fit",
                shown(&stream.shape()),
                lengths(&constant.shape)
            )),
        };
    };
    reader.charge(&shape)?;
    let added = shape.len() - stream.rank();
    let time = stream.time.map(|time| Time { axis: time.axis + added, ..time });
    if time.is_some_and(|time| shape.get(time.axis) != Some(&1)) {
        return refuse_with(POSITIONS, NO_POSITIONS);
    }
    let to = Rearrangement::Broadcast(shape);
    let stream = Stream { places: to.of(&stream.places), time, ..stream.clone() };
    let number = constant
        .items
        .first()
        .copied()
        .filter(|first| constant.items.iter().all(|other| other == first));
    if is_neutral(op, number, is_first) {
        return Ok(stream);
    }
    let numbers = to.of(constant).items;
    let each = |of: fn(f64) -> f64| numbers.iter().map(|number| of(*number)).collect::<Vec<_>>();
    match (op, is_first, number) {
        ("Add", _, _) => reader.affine(&stream, &[1.0], &numbers),
        ("Sub", false, _) => reader.affine(&stream, &[1.0], &each(|number| -number)),
        ("Sub", true, _) => reader.affine(&stream, &[-1.0], &numbers),
        ("Mul", _, _) => reader.affine(&stream, &numbers, &[0.0]),
        ("Div", false, _) => reader.affine(&stream, &each(|number| 1.0 / number), &[0.0]),
        ("Div", true, _) => {
            let inverse = reader.map(&stream, "reciprocal", &[])?;
            if number == Some(1.0) {
                Ok(inverse)
            } else {
                reader.affine(&inverse, &numbers, &[0.0])
            }
        }
        ("Min", _, Some(number)) => reader.clipped(&stream, f64::NEG_INFINITY, number),
        ("Max", _, Some(number)) => reader.clipped(&stream, number, f64::INFINITY),
        ("Pow", false, Some(number)) => power(reader, &stream, number),
        ("Pow", true, Some(number)) if number > 0.0 => {
            let scaled = reader.affine(&stream, &[number.ln()], &[0.0])?;
            reader.map(&scaled, "exp", &[])
        }
        _ => refuse(format!(
            "`{op}` is served with one number for all of a frame, not with a constant of shape {}",
            lengths(&constant.shape)
        )),
    }
}

fn power(reader: &mut Reader<'_>, stream: &Stream, exponent: f64) -> Result<Stream> {
    if exponent == 2.0 {
        reader.map(stream, "square", &[])
    } else if exponent == 0.5 {
        reader.map(stream, "sqrt", &[])
    } else if exponent == -1.0 {
        reader.map(stream, "reciprocal", &[])
    } else if exponent == -0.5 {
        let root = reader.map(stream, "sqrt", &[])?;
        reader.map(&root, "reciprocal", &[])
    } else {
        reader.map(stream, "power", &[crate::numbers::rounded(exponent)])
    }
}

impl Reader<'_> {
    /// An operation of two streams.
    pub(super) fn binary(&mut self, op: &str, a: &Stream, b: &Stream) -> Result<Stream> {
        if a.padding != [0, 0] || b.padding != [0, 0] {
            return refuse_with(PADDED, "pad right before a convolution, with zeros");
        }
        let both = joined(self, &[a, b])?;
        let [a, b] = both.as_slice() else { return invalid("it has no two inputs") };
        let Some(shape) = broadcast(&a.places.shape, &b.places.shape) else {
            return invalid(format!(
                "the shapes {} and {} do not fit",
                shown(&a.shape()),
                shown(&b.shape())
            ));
        };
        self.charge(&shape)?;
        let time = [a, b].into_iter().find_map(|stream| {
            let added = shape.len() - stream.rank();
            stream.time.map(|time| Time { axis: time.axis + added, ..time })
        });
        let count: usize = shape.iter().product();
        let to = Rearrangement::Broadcast(shape.clone());
        let [of_a, of_b] = [a, b].map(|stream| to.of(&stream.places));
        // The order in which the numbers of the result lie: as those of one that has all of them.
        let has_all = |stream: &Stream, reader: &Self| {
            stream.places.items.len() == count && reader.graph[stream.value].channels == count
        };
        let order = [(a, &of_a), (b, &of_b)].into_iter().find(|(stream, _)| has_all(stream, self));
        let order = order.and_then(|(_, places)| inverse(&places.items));
        let order = order.unwrap_or_else(|| (0..count).collect());
        let taken = |places: &Array<usize>| -> Vec<usize> {
            order.iter().filter_map(|row| places.items.get(*row).copied()).collect()
        };
        let a = self.pick(a.value, &taken(&of_a))?;
        let b = self.pick(b.value, &taken(&of_b))?;
        let op = match op {
            "Add" => Op::Add { centre: 0 },
            "Mul" => Op::Multiply,
            "Sub" => Op::Binary(Binary::Subtract),
            "Div" => Op::Binary(Binary::Divide),
            "Min" => Op::Binary(Binary::Minimum),
            "Max" => Op::Binary(Binary::Maximum),
            op => return refuse(format!("`{op}` of two values of the stream is not served")),
        };
        let is_newest = both.iter().any(|stream| stream.is_newest);
        let value = self.push(op, vec![a, b], count)?;
        let items = inverse(&order).unwrap_or_default();
        Ok(Stream { value, places: Array { shape, items }, time, padding: [0, 0], is_newest })
    }
}

/// For each place, which of the places it is; `None` where one is there twice, or not at all.
fn inverse(places: &[usize]) -> Option<Vec<usize>> {
    let mut inverse = vec![None; places.len()];
    for (row, place) in places.iter().enumerate() {
        let row_of = inverse.get_mut(*place)?;
        if row_of.replace(row).is_some() {
            return None;
        }
    }
    inverse.into_iter().collect()
}

pub(super) fn prelu(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let stream = call.stream(0)?.clone();
    let slopes = call.weights(1, "slope")?;
    if let Some(first) = slopes.items.first()
        && slopes.items.iter().all(|slope| slope == first)
    {
        return reader
            .map(&stream, "leaky_relu", &[crate::numbers::rounded(*first)])
            .map(Known::Stream);
    }
    let shape = broadcast(&stream.places.shape, &slopes.shape)
        .filter(|shape| *shape == stream.places.shape);
    let Some(shape) = shape else {
        return invalid(format!(
            "slopes of shape {} do not fit an input {}",
            lengths(&slopes.shape),
            shown(&stream.shape())
        ));
    };
    let slopes = Rearrangement::Broadcast(shape).of(&slopes);
    let stream = reader.compact(&stream)?;
    let channels = reader.graph[stream.value].channels;
    let tensors = vec![stream.placed(&slopes.items)];
    let value = reader.push_weighted(Op::Prelu, stream.value, channels, tensors, false)?;
    Ok(Known::Stream(Stream { value, ..stream }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_turned_round() {
        assert_eq!(inverse(&[2, 0, 1]), Some(vec![1, 2, 0]));
        assert_eq!(inverse(&[0, 0]), None);
        assert_eq!(inverse(&[1]), None);
    }
}
