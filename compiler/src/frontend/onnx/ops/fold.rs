//! Operations on constants, which are computed here and now.

use super::super::array::{Array, Rearrangement, count};
use super::super::call::Call;
use super::super::constant::Constant;
use super::super::dim::Dim;
use super::super::proto::Tensor;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, of_length, refuse};
use super::super::tensor::is_float;
use crate::tensor::shape as lengths;

/// What a node of constants gives, where it has no input but those; `None` where it reads frames, or changes nothing but
/// places.
pub(super) fn constants(
    reader: &mut Reader<'_>,
    call: &Call<'_, '_>,
) -> Result<Option<Vec<Known>>> {
    let node = call.node;
    if node.op == "Constant" {
        return constant(call).map(|constant| Some(vec![Known::Constant(constant)]));
    }
    // Whatever is of its type, a constant that is cast is one.
    if let ("CastLike", Some(first)) = (node.op, call.constant(0)) {
        let to = if matches!(call.constant(1), Some(Constant::Ints(_))) { 7 } else { 1 };
        return Ok(Some(vec![Known::Constant(cast(first, to))]));
    }
    let is_constant = |input: &Option<_>| {
        input.as_deref().is_none_or(|known| matches!(known, Known::Constant(_)))
    };
    if !call.inputs.iter().all(is_constant) {
        return Ok(None);
    }
    let (Some(first), second) = (call.constant(0), call.constant(1)) else { return Ok(None) };
    let folded = match (node.op, second) {
        ("ConstantOfShape", _) => Some(filled(reader, call, first)?),
        ("Range", Some(limit)) => Some(range(first, limit, call.constant(2))?),
        ("Where", Some(then)) => Some(chosen(reader, first, then, call.wanted(2, "other value")?)?),
        ("Cast", _) => Some(cast(first, node.int("to").unwrap_or(1))),
        (
            "Mod" | "And" | "Or" | "Equal" | "Greater" | "GreaterOrEqual" | "Less" | "LessOrEqual"
            | "Add" | "Sub" | "Mul" | "Div" | "Pow" | "Min" | "Max" | "Sum",
            Some(second),
        ) => {
            let mut folded = two(reader, node.op, first, second)?;
            for place in 2..call.inputs.len() {
                folded = two(reader, node.op, &folded, call.wanted(place, "input")?)?;
            }
            Some(folded)
        }
        ("MatMul", Some(second)) => Some(product(reader, first, second)?),
        ("ReduceSum" | "ReduceProd" | "ReduceMean" | "ReduceL2" | "ReduceMax" | "ReduceMin", _) => {
            Some(reduced(call, first)?)
        }
        ("DequantizeLinear", Some(scale)) => Some(dequantized(reader, call, first, scale)?),
        (op, _) => first.unary(op),
    };
    Ok(folded.map(|constant| vec![Known::Constant(constant)]))
}

fn constant(call: &Call<'_, '_>) -> Result<Constant> {
    let node = call.node;
    let ints = |numbers: &[i64]| numbers.iter().map(|number| Dim::number(*number)).collect();
    if let Some(tensor) = node.tensor("value") {
        return tensor.constant();
    }
    if let Some(number) = node.float("value_float") {
        return Ok(Constant::Floats(Array::one(f64::from(number))));
    }
    if let Some(number) = node.int("value_int") {
        return Ok(Constant::Ints(Array::one(Dim::number(number))));
    }
    if let Some(numbers) = node.floats("value_floats") {
        return Ok(Constant::Floats(Array::list(numbers.to_vec())));
    }
    match node.ints("value_ints") {
        Some(numbers) => Ok(Constant::Ints(Array::list(ints(numbers)))),
        None => invalid("its value is no tensor of numbers"),
    }
}

/// The node's first input as it is, whatever that is.
pub(super) fn same(call: &Call<'_, '_>) -> Result<Vec<Known>> {
    match call.input(0) {
        Some(known) => Ok(vec![known.clone()]),
        None => invalid("it has no input"),
    }
}

/// The lengths of the axes, one of which may grow with the input.
pub(super) fn shape(call: &Call<'_, '_>) -> Result<Known> {
    let shape = match call.input(0) {
        Some(Known::Constant(constant)) => constant.shape().iter().map(|n| Dim::size(*n)).collect(),
        Some(Known::State(state)) => state.shape.iter().map(|n| Dim::size(*n)).collect(),
        _ => call.unpadded(0)?.shape(),
    };
    if call.node.op == "Size" {
        let size = shape.iter().try_fold(Dim::number(1), |size, length| size.multiply(*length));
        return match size {
            Some(size) => Ok(Known::Constant(Constant::Ints(Array::one(size)))),
            None => of_length("the number of its items depends"),
        };
    }
    let rank = i64::try_from(shape.len()).unwrap_or(i64::MAX);
    let place = |number: i64| {
        let number = if number < 0 { number + rank } else { number };
        usize::try_from(number.clamp(0, rank)).unwrap_or_default()
    };
    let start = place(call.node.int("start").unwrap_or(0));
    let end = place(call.node.int("end").unwrap_or(rank));
    let shape = shape.get(start..end.max(start)).unwrap_or_default().to_vec();
    Ok(Known::Constant(Constant::Ints(Array::list(shape))))
}

fn filled(reader: &mut Reader<'_>, call: &Call<'_, '_>, shape: &Constant) -> Result<Constant> {
    let Some(shape) = shape.numbers().and_then(|shape| {
        shape.into_iter().map(|length| usize::try_from(length).ok()).collect::<Option<Vec<_>>>()
    }) else {
        return of_length("its shape depends");
    };
    reader.charge(&shape)?;
    let size = count(&shape).unwrap_or_default();
    let value = call.node.tensor("value").map(Tensor::constant);
    Ok(match value.transpose()? {
        Some(Constant::Ints(value)) => {
            let item = value.items.first().copied().unwrap_or(Dim::number(0));
            Constant::Ints(Array { shape, items: vec![item; size] })
        }
        Some(Constant::Floats(value)) => {
            let item = value.items.first().copied().unwrap_or_default();
            Constant::Floats(Array { shape, items: vec![item; size] })
        }
        None => Constant::Floats(Array { shape, items: vec![0.0; size] }),
    })
}

fn range(start: &Constant, limit: &Constant, step: Option<&Constant>) -> Result<Constant> {
    let number = |constant: &Constant| constant.numbers()?.first().copied();
    let numbers = (number(start), number(limit), step.map_or(Some(1), number));
    let (Some(start), Some(limit), Some(step)) = numbers else {
        return of_length("how far it counts depends");
    };
    if !(1..=1 << 20).contains(&step) || limit.saturating_sub(start) > 1 << 20 {
        return refuse(format!(
            "it counts from {start} to {limit} by {step}: only ranges of up to 1048576 numbers that rise are served"
        ));
    }
    let step = usize::try_from(step).unwrap_or(1);
    Ok(Constant::Ints(Array::list((start..limit).step_by(step).map(Dim::number).collect())))
}

fn chosen(
    reader: &mut Reader<'_>,
    condition: &Constant,
    then: &Constant,
    other: &Constant,
) -> Result<Constant> {
    let both = super::super::array::broadcast(then.shape(), other.shape());
    let shape = both.and_then(|both| super::super::array::broadcast(&both, condition.shape()));
    let (Some(shape), Some(condition)) = (shape, condition.floats()) else {
        return of_length("its condition depends");
    };
    reader.charge(&shape)?;
    let to = Rearrangement::Broadcast(shape.clone());
    let condition = to.of(&condition);
    if let (Constant::Ints(then), Constant::Ints(other)) = (then, other) {
        let (then, other) = (to.of(then), to.of(other));
        let both = then.items.iter().zip(&other.items);
        let items = condition.items.iter().zip(both);
        let items = items.map(|(is, (then, other))| if *is == 0.0 { *other } else { *then });
        return Ok(Constant::Ints(Array { shape, items: items.collect() }));
    }
    let (Some(then), Some(other)) = (then.floats(), other.floats()) else {
        return of_length("it depends");
    };
    let (then, other) = (to.of(&then), to.of(&other));
    let items = condition.items.iter().zip(then.items.iter().zip(&other.items));
    let items = items.map(|(is, (then, other))| if *is == 0.0 { *other } else { *then });
    Ok(Constant::Floats(Array { shape, items: items.collect() }))
}

fn cast(constant: &Constant, to: i64) -> Constant {
    match (constant, is_float(to)) {
        (Constant::Ints(_), Some(true)) => {
            constant.floats().map_or_else(|| constant.clone(), Constant::Floats)
        }
        (Constant::Floats(array), Some(false)) => {
            let whole = Constant::Floats(array.map(|number| number.trunc()));
            let items =
                whole.numbers().map(|numbers| numbers.into_iter().map(Dim::number).collect());
            items.map_or_else(
                || constant.clone(),
                |items| Constant::Ints(Array { shape: array.shape.clone(), items }),
            )
        }
        _ => constant.clone(),
    }
}

fn two(reader: &mut Reader<'_>, op: &str, a: &Constant, b: &Constant) -> Result<Constant> {
    let Some(shape) = super::super::array::broadcast(a.shape(), b.shape()) else {
        return invalid(format!(
            "the shapes {} and {} do not fit",
            lengths(a.shape()),
            lengths(b.shape())
        ));
    };
    reader.charge(&shape)?;
    match Constant::binary(op, a, b) {
        Some(constant) => Ok(constant),
        None => of_length("it depends"),
    }
}

fn product(reader: &mut Reader<'_>, a: &Constant, b: &Constant) -> Result<Constant> {
    let (Some(a), Some(b)) = (a.floats(), b.floats()) else {
        return of_length("it depends");
    };
    let ([rows, inner], [other, columns]) = (a.shape.as_slice(), b.shape.as_slice()) else {
        return refuse("of constants, it is served for two matrices");
    };
    if inner != other {
        return invalid(format!(
            "the shapes {} and {} do not fit",
            lengths(&a.shape),
            lengths(&b.shape)
        ));
    }
    reader.charge(&[*rows, *columns, *inner])?;
    let columns = *columns;
    let mut items = Vec::new();
    for row in a.items.chunks((*inner).max(1)) {
        let column = |column: usize| b.items.iter().skip(column).step_by(columns.max(1));
        items.extend(
            (0..columns).map(|at| row.iter().zip(column(at)).map(|(a, b)| a * b).sum::<f64>()),
        );
    }
    Ok(Constant::Floats(Array { shape: vec![*rows, columns], items }))
}

/// A reduction of constants over some of their axes, as weight norm has it, and the arithmetic of shapes.
fn reduced(call: &Call<'_, '_>, constant: &Constant) -> Result<Constant> {
    let rank = constant.shape().len();
    let axes = match call.ints("axes", 1)? {
        Some(axes) if !axes.is_empty() => super::super::call::axes(&axes, rank)?,
        _ => (0..rank).collect(),
    };
    let Some(floats) = constant.floats() else {
        return of_length("it depends");
    };
    let kept: Vec<_> = (0..rank).filter(|axis| !axes.contains(axis)).collect();
    let order = kept.iter().chain(&axes).copied().collect();
    let ordered = Rearrangement::Transpose(order).of(&floats);
    let sizes = |axes: &[usize]| -> Vec<usize> {
        axes.iter().filter_map(|axis| floats.shape.get(*axis).copied()).collect()
    };
    let size = count(&sizes(&axes)).unwrap_or(1).max(1);
    let of: fn(&[f64]) -> f64 = match call.node.op {
        "ReduceSum" => |row| row.iter().sum(),
        "ReduceProd" => |row| row.iter().product(),
        "ReduceMean" => |row| row.iter().sum::<f64>() / row.iter().map(|_| 1.0).sum::<f64>(),
        "ReduceL2" => |row| row.iter().map(|x| x * x).sum::<f64>().sqrt(),
        "ReduceMax" => |row| row.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        _ => |row| row.iter().copied().fold(f64::INFINITY, f64::min),
    };
    let items: Vec<_> = ordered.items.chunks(size).map(of).collect();
    let shape = if call.node.int("keepdims").unwrap_or(1) == 0 {
        sizes(&kept)
    } else {
        (0..rank)
            .map(|axis| {
                if axes.contains(&axis) { 1 } else { floats.shape.get(axis).copied().unwrap_or(1) }
            })
            .collect()
    };
    let reduced = Constant::Floats(Array { shape, items });
    Ok(if matches!(constant, Constant::Ints(_)) { cast(&reduced, 7) } else { reduced })
}

/// The numbers that whole ones stand for: `(x - zero point) * scale`.
fn dequantized(
    reader: &mut Reader<'_>,
    call: &Call<'_, '_>,
    constant: &Constant,
    scale: &Constant,
) -> Result<Constant> {
    let rank = constant.shape().len();
    // One scale for each place of an axis.
    let along = |constant: &Constant| -> Result<Constant> {
        if constant.shape().len() != 1 || rank < 2 {
            return Ok(constant.clone());
        }
        let at = super::super::call::axis(call.node.int("axis").unwrap_or(1), rank)?;
        let mut shape = vec![1; rank];
        if let (Some(length), Some(own)) = (shape.get_mut(at), constant.shape().first()) {
            *length = *own;
        }
        Ok(constant.rearranged(&Rearrangement::Reshape(shape)))
    };
    let centred = match call.constant(2) {
        Some(zero) => two(reader, "Sub", constant, &along(zero)?)?,
        None => constant.clone(),
    };
    two(reader, "Mul", &cast(&centred, 1), &along(scale)?)
}
