//! A step of a loop, evaluated with symbols for the number of the step, its frame, and the states before it.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::super::array::{Array, Rearrangement, broadcast, count};
use super::super::super::call::{Call, axis};
use super::super::super::constant::Constant;
use super::super::super::dim::Dim;
use super::super::super::proto::Graph;
use super::super::super::reader::{Known, Reader};
use super::super::super::refusal::{Refused, Result, invalid, refuse_with};
use super::super::super::stream::Stream;
use super::super::recurrent::FUTURE;
use super::condition::length;
use super::expression::{Expression, Function, Source};
use super::{CELLS, Symbol, Value};

/// The symbols of a step.
pub(super) struct Body<'b> {
    pub(super) symbols: HashMap<&'b str, Symbol>,
    /// What the loop takes its frames from, by name.
    pub(super) sequence: Option<(&'b str, Stream)>,
}

impl<'b> Body<'b> {
    pub(super) fn evaluate(&mut self, reader: &mut Reader<'b>, graph: &Graph<'b>) -> Result<()> {
        for tensor in &graph.constants {
            match tensor.constant() {
                Ok(constant) => {
                    let known = Symbol::Known(Rc::new(Known::Constant(constant)));
                    self.symbols.insert(tensor.name, known);
                }
                Err(Refused { why, help }) => {
                    return Err(Refused {
                        why: format!("the tensor `{}` {why}", tensor.name),
                        help,
                    });
                }
            }
        }
        for node in &graph.nodes {
            let mut inputs = Vec::new();
            for name in &node.inputs {
                let own = self.symbols.get(name).cloned();
                let outer = || reader.known.get(name).map(|known| Symbol::Known(Rc::clone(known)));
                match own.or_else(outer) {
                    Some(symbol) => inputs.push(Some(symbol)),
                    None if name.is_empty() => inputs.push(None),
                    None => {
                        return invalid(format!("its body reads `{name}`, which no node gives"));
                    }
                }
            }
            let known = |input: &Option<Symbol>| match input {
                Some(Symbol::Known(known)) => Some(Rc::clone(known)),
                _ => None,
            };
            let known = inputs.iter().map(known).collect();
            let step = Step { call: Call { node, inputs: known }, inputs };
            let outputs = self.outputs(reader, &step)?;
            self.symbols.extend(node.outputs.iter().copied().zip(outputs));
        }
        Ok(())
    }

    fn outputs(&mut self, reader: &mut Reader<'b>, step: &Step<'_, 'b>) -> Result<Vec<Symbol>> {
        let call = &step.call;
        let op = call.node.op;
        let is_constant = |input: &Option<Symbol>| match input {
            Some(Symbol::Known(known)) => {
                matches!(known.as_ref(), Known::Constant(_) | Known::Condition(_))
            }
            Some(_) => false,
            None => true,
        };
        if step.inputs.iter().all(is_constant) {
            let outputs = super::super::outputs(reader, call)?;
            return Ok(outputs.into_iter().map(|known| Symbol::Known(Rc::new(known))).collect());
        }
        let one = |symbol: Symbol| Ok(vec![symbol]);
        match (op, step.symbol(0), step.symbol(1)) {
            ("Identity" | "Cast", Some(symbol), _) => one(symbol.clone()),
            ("Squeeze" | "Unsqueeze" | "Reshape", Some(symbol @ Symbol::Step(_)), _) => {
                one(symbol.clone())
            }
            ("Add", Some(Symbol::Step(plus)), Some(other))
            | ("Add", Some(other), Some(Symbol::Step(plus))) => {
                match other.length().and_then(Dim::as_number) {
                    Some(number) => one(Symbol::Step(plus.saturating_add(number))),
                    None => refuse_step(op),
                }
            }
            ("Sub", Some(Symbol::Known(_)), Some(Symbol::Step(_))) => {
                refuse_with("it reads the sequence from its end, and so sees future frames", FUTURE)
            }
            ("Less", Some(Symbol::Step(plus)), Some(other))
            | ("Greater", Some(other), Some(Symbol::Step(plus))) => match other.length() {
                Some(length) => one(Symbol::GoesOn(vec![(*plus, length)])),
                None => refuse_step(op),
            },
            ("And", Some(a), Some(b)) => match (a.goes_on(), b.goes_on()) {
                (Some(a), Some(b)) if a.len() + b.len() <= 16 => {
                    one(Symbol::GoesOn([a, b].concat()))
                }
                _ => refuse_step(op),
            },
            ("Gather", Some(Symbol::Known(known)), Some(Symbol::Step(plus))) => {
                let Known::Stream(stream) = known.as_ref() else { return refuse_step(op) };
                self.frame(call, stream, *plus).map(|frame| vec![frame])
            }
            _ => {
                let values = values(reader, step)?;
                Ok(values.into_iter().map(Symbol::Value).collect())
            }
        }
    }

    /// The frame of the step.
    fn frame(&mut self, call: &Call<'_, 'b>, stream: &Stream, plus: i64) -> Result<Symbol> {
        let at = axis(call.node.int("axis").unwrap_or(0), stream.rank())?;
        let name = call.node.inputs.first().copied().unwrap_or_default();
        if self.sequence.as_ref().is_some_and(|(own, _)| *own != name) {
            return refuse_with(
                "it is a loop over several sequences, as a cell with a mask is",
                "train without `Masking` and `mask_zero`",
            );
        }
        if stream.time.is_none() {
            return refuse_with(
                format!(
                    "its sequence `{name}` is put together from frames that were taken one by one, as Keras' `TimeDistributed` does"
                ),
                "train without `TimeDistributed`: `Dense` computes each frame by itself, and so does `Conv2D` with a kernel of 1 frame",
            );
        }
        if !stream.is_time(at) {
            return refuse_with(
                format!("it goes along axis {at} of `{name}`, which is not time"),
                "state which axis of the model's input is time: `#[time = 1]`",
            );
        }
        if plus != 0 || stream.padding != [0, 0] {
            return refuse_with(
                "it is a loop that does not take the frames of its sequence in their order",
                CELLS,
            );
        }
        self.sequence = Some((name, stream.clone()));
        let mut shape = stream.places.shape.clone();
        shape.remove(at);
        let columns = stream.places.items.len();
        let expression = Expression::of(Source::Frame, columns);
        Value::of(shape, expression).map_or_else(
            || {
                refuse_with(
                    "its sequence has a batch of more than 1",
                    "export the model with a batch of 1",
                )
            },
            |value| Ok(Symbol::Value(value)),
        )
    }
}

/// A node with the symbols of its inputs.
struct Step<'c, 'b> {
    call: Call<'c, 'b>,
    inputs: Vec<Option<Symbol>>,
}

impl Step<'_, '_> {
    fn symbol(&self, place: usize) -> Option<&Symbol> {
        self.inputs.get(place)?.as_ref()
    }

    /// An input as a row of numbers.
    fn value(&self, place: usize) -> Result<Value> {
        let value = match self.symbol(place) {
            Some(Symbol::Value(value)) => Some(value.clone()),
            Some(Symbol::Known(known)) => match known.as_ref() {
                Known::Constant(constant) => constant
                    .floats()
                    .and_then(|array| Value::of(array.shape, Expression::constant(array.items))),
                _ => None,
            },
            _ => None,
        };
        value.map_or_else(|| refuse_step(self.call.node.op), Ok)
    }
}

/// Refuses an operation of the body.
fn refuse_step<T>(op: &str) -> Result<T> {
    refuse_with(
        format!("it is a loop with the operation `{op}`, which is no part of an LSTM, GRU or RNN"),
        CELLS,
    )
}

/// What a node gives that computes with frames and states.
fn values<'b>(reader: &mut Reader<'b>, step: &Step<'_, 'b>) -> Result<Vec<Value>> {
    let node = step.call.node;
    let op = node.op;
    let first = step.value(0)?;
    let found = match op {
        "Sigmoid" | "Tanh" | "Relu" => {
            let function = match op {
                "Sigmoid" => Function::Sigmoid,
                "Tanh" => Function::Tanh,
                _ => Function::Relu,
            };
            Expression::function(function, &first.expression)
                .map(|expression| Value { expression, ..first })
        }
        "Add" => pair(&first, &step.value(1)?, Expression::sum),
        "Mul" => pair(&first, &step.value(1)?, Expression::product),
        "Sub" if step.call.constant(0).and_then(Constant::number) == Some(1.0) => {
            let of = step.value(1)?;
            Expression::complement(&of.expression).map(|expression| Value { expression, ..of })
        }
        "MatMul" => Some(product(reader, &first, &step.call.weights(1, "matrix")?)?),
        "Gemm" => gemm(reader, step, &first)?,
        "Split" | "Slice" | "Squeeze" | "Unsqueeze" | "Reshape" | "Flatten" | "Transpose" => {
            return moved(reader, step, &first);
        }
        _ => None,
    };
    found.map_or_else(|| refuse_step(op), |value| Ok(vec![value]))
}

/// An operation of two rows, one of which may be a single constant.
fn pair(
    a: &Value,
    b: &Value,
    of: impl Fn(&Rc<Expression>, &Rc<Expression>) -> Option<Rc<Expression>>,
) -> Option<Value> {
    let shape = broadcast(&a.shape, &b.shape)?;
    let columns = count(&shape)?;
    let wide = |value: &Value| match value.expression.linear() {
        Some(linear) if linear.parts.is_empty() && linear.columns == 1 => {
            let number = linear.bias.as_ref()?.first().copied()?;
            Some(Expression::constant(vec![number; columns]))
        }
        _ => (value.expression.columns() == columns).then(|| Rc::clone(&value.expression)),
    };
    Value::of(shape, of(&wide(a)?, &wide(b)?)?)
}

fn product(reader: &mut Reader<'_>, row: &Value, matrix: &Array<f64>) -> Result<Value> {
    reader.charge(&matrix.shape)?;
    let shape = match (row.shape.as_slice(), matrix.shape.last()) {
        ([others @ .., _], Some(columns)) => [others, &[*columns]].concat(),
        _ => return refuse_step("MatMul"),
    };
    let product = row.expression.times(matrix).and_then(|expression| Value::of(shape, expression));
    product.map_or_else(|| refuse_step("MatMul"), Ok)
}

fn gemm(reader: &mut Reader<'_>, step: &Step<'_, '_>, first: &Value) -> Result<Option<Value>> {
    let node = step.call.node;
    let is_one =
        |name: &str| node.float(name).is_none_or(|number| number.to_bits() == 1.0_f32.to_bits());
    if node.is_set("transA") || !is_one("alpha") || !is_one("beta") {
        return Ok(None);
    }
    let mut matrix = step.call.weights(1, "matrix")?;
    if node.is_set("transB") && matrix.shape.len() == 2 {
        matrix = Rearrangement::Transpose(vec![1, 0]).of(&matrix);
    }
    let product = product(reader, first, &matrix)?;
    if step.symbol(2).is_none() {
        return Ok(Some(product));
    }
    Ok(pair(&product, &step.value(2)?, Expression::sum))
}

/// Parts of a row, or the row in another shape: what the operation makes of the numbers of its places.
fn moved<'b>(reader: &mut Reader<'b>, step: &Step<'_, 'b>, row: &Value) -> Result<Vec<Value>> {
    let columns = row.expression.columns();
    reader.charge(&[columns, columns])?;
    let places = (0..columns).map(Dim::size).collect();
    let places = Constant::Ints(Array { shape: row.shape.clone(), items: places });
    let mut inputs = step.call.inputs.clone();
    if let Some(first) = inputs.first_mut() {
        *first = Some(Rc::new(Known::Constant(places)));
    }
    let call = Call { node: step.call.node, inputs };
    let part = |known: Known| {
        let Known::Constant(places) = known else { return None };
        let numbers = places.numbers()?.into_iter().map(|place| usize::try_from(place).ok());
        let expression = row.expression.taken(&numbers.collect::<Option<Vec<_>>>()?);
        Value::of(places.shape().to_vec(), expression)
    };
    let taken = super::super::outputs(reader, &call)?.into_iter().map(part).collect::<Option<_>>();
    taken.map_or_else(|| refuse_step(call.node.op), Ok)
}

impl Symbol {
    /// The length that it is, or a number.
    fn length(&self) -> Option<Dim> {
        match self {
            Self::Known(known) => match known.as_ref() {
                Known::Constant(constant) => length(constant),
                _ => None,
            },
            _ => None,
        }
    }

    /// What has to be true for another step.
    pub(super) fn goes_on(&self) -> Option<Vec<(i64, Dim)>> {
        match self {
            Self::GoesOn(all) => Some(all.clone()),
            Self::Known(known) => match known.as_ref() {
                Known::Constant(constant)
                    if constant.number().is_some_and(|truth| truth != 0.0) =>
                {
                    Some(Vec::new())
                }
                _ => None,
            },
            _ => None,
        }
    }
}
