//! Loops over frames whose step is that of a recurrent cell, as TensorFlow's exporter prints Keras' cells.
//!
//! The step is evaluated with symbols, and what its states become is compared with the formulas of the cells.

mod body;
mod cells;
mod condition;
mod expression;

use std::collections::HashMap;
use std::rc::Rc;

use self::body::Body;
use self::expression::{Expression, Source};
use super::super::array::{Array, count};
use super::super::call::Call;
use super::super::constant::Constant;
use super::super::dim::Dim;
use super::super::proto::Graph;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, condition, invalid, refuse_with};
use super::super::state::{Kept, Part};
use super::super::stream::{Stream, Time, shown};
use super::recurrent;
use super::time::frame;
use crate::graph::Cell;
use crate::numbers::plural;

pub(super) use self::condition::of_lengths;

/// What to do about a loop that is no cell.
const CELLS: &str =
    "use the framework's LSTM, GRU or SimpleRNN with its default activations, and without masking";

/// What a tensor of the loop's body is.
#[derive(Clone, Debug)]
enum Symbol {
    Known(Rc<Known>),
    /// The number of the step, counted from 0, plus a number.
    Step(i64),
    /// Whether another step follows: the step's number plus the first is below the second, for all of them.
    GoesOn(Vec<(i64, Dim)>),
    Value(Value),
}

/// A row of numbers of the step, in the file's shape: no more than one axis is longer than 1.
#[derive(Clone, Debug)]
struct Value {
    shape: Vec<usize>,
    expression: Rc<Expression>,
}

impl Value {
    fn of(shape: Vec<usize>, expression: Rc<Expression>) -> Option<Self> {
        let columns = expression.columns();
        let is_row = shape.iter().all(|length| *length == 1 || *length == columns);
        (is_row && count(&shape) == Some(columns)).then_some(Self { shape, expression })
    }
}

/// What the loop hands from step to step.
enum Carried {
    /// The same at every step.
    Same(Known),
    /// The number of the step.
    Counter,
    /// The state of that number.
    State(usize),
}

/// The variables of a loop.
#[derive(Default)]
struct Variables<'b> {
    carried: Vec<Carried>,
    /// The first value of each state, and its shape.
    states: Vec<(Known, Vec<usize>)>,
    /// What each variable is in the body.
    symbols: HashMap<&'b str, Symbol>,
}

pub(super) fn recurrent_loop<'b>(
    reader: &mut Reader<'b>,
    node: &Call<'_, 'b>,
) -> Result<Vec<Known>> {
    let Some(graph) = node.node.graph("body") else { return invalid("it has no `body`") };
    let Variables { carried, states, symbols } = variables(reader, node, graph)?;
    let mut body = Body { symbols, sequence: None };
    body.evaluate(reader, graph)?;
    let Some((_, stream)) = body.sequence.take() else {
        return refuse_with("it is a loop that takes no frames of a sequence", CELLS);
    };
    let outputs: Vec<_> =
        graph.outputs.iter().map(|output| body.symbols.get(output.name)).collect();
    check_steps(node, &outputs, &stream)?;
    let next = next_states(&carried, outputs.get(1..).unwrap_or_default())?;
    let inputs = stream.places.items.len();
    for next in &next {
        // The kernels of as many gates as an LSTM has.
        reader.charge(&[4, next.columns(), next.columns().saturating_add(inputs)])?;
    }
    let Some(cell) = cells::recognise(&next, inputs) else {
        let states = plural(next.len(), "state");
        return refuse_with(
            format!("it is a loop whose step, of {states}, is not that of an LSTM, GRU or RNN"),
            CELLS,
        );
    };
    let units = cell.weights.units;
    let own = [Some(cell.output), cell.inner].into_iter().flatten();
    let initial =
        own.map(|state| recurrent::initial(states.get(state).map(|(initial, _)| initial), units));
    let initial = initial.collect::<Result<_>>()?;
    rename(reader, cell.weights.cell, node.node.name);
    let value = recurrent::emit(reader, &stream, cell.weights, initial)?;
    let time = stream.time.map(|time| Time { axis: 0, ..time });
    let whole = Stream::plain(value, vec![1, units], time).with_marks_of(&stream);
    let length = time.map_or(Dim::number(1), |time| time.length);
    let last = frame(reader, &whole, length.plus(-1))?;
    let count = carried.len();
    let mut known = Vec::new();
    for kind in carried {
        known.push(match kind {
            Carried::Same(known) => known,
            Carried::Counter => Known::Constant(Constant::Ints(Array::one(length))),
            Carried::State(state) => {
                let shape = states.get(state).map(|(_, shape)| shape.clone()).unwrap_or_default();
                let kept = |unit: usize| Kept::Cell { cell: value, part: Part::Inner, unit };
                if state == cell.output {
                    Known::Stream(last.reshaped(shape, None))
                } else {
                    Known::State(Array { shape, items: (0..units).map(kept).collect() })
                }
            }
        });
    }
    for symbol in outputs.iter().skip(1 + count) {
        match symbol {
            Some(Symbol::Value(scanned)) if next.get(cell.output) == Some(&scanned.expression) => {
                let shape = [&[1], scanned.shape.as_slice()].concat();
                known.push(Known::Stream(whole.reshaped(shape, time)));
            }
            _ => {
                return refuse_with(
                    "it is a loop that keeps something else of each frame than the output of its cell",
                    CELLS,
                );
            }
        }
    }
    Ok(known)
}

/// What the body is given: the number of the step, whether there is one, and what the loop hands on.
fn variables<'b>(
    reader: &mut Reader<'_>,
    call: &Call<'_, 'b>,
    graph: &Graph<'b>,
) -> Result<Variables<'b>> {
    let count = call.inputs.len().saturating_sub(2);
    let (Some([number, goes_on, own @ ..]), true) =
        (graph.inputs.get(..count + 2), graph.outputs.len() > count)
    else {
        return invalid("its body has other variables than the loop");
    };
    let mut variables = Variables::default();
    variables.symbols.insert(number.name, Symbol::Step(0));
    variables.symbols.insert(goes_on.name, Symbol::GoesOn(Vec::new()));
    for (place, variable) in own.iter().enumerate() {
        let Some(initial) = call.input(place + 2) else {
            return invalid("one of its variables has no first value");
        };
        let next = graph.outputs.get(place + 1).map(|output| source(graph, output.name));
        let (symbol, kind) = match initial {
            initial if next == Some(variable.name) => {
                (Symbol::Known(Rc::new(initial.clone())), Carried::Same(initial.clone()))
            }
            Known::Constant(counter @ Constant::Ints(_)) => {
                if counter.number() != Some(0.0) {
                    return refuse_with(
                        "it is a loop that counts its steps from another number than 0",
                        CELLS,
                    );
                }
                (Symbol::Step(0), Carried::Counter)
            }
            initial => {
                let state = variables.states.len();
                let value = state_before(reader, initial, state)?;
                variables.states.push((initial.clone(), value.shape.clone()));
                (Symbol::Value(value), Carried::State(state))
            }
        };
        variables.symbols.insert(variable.name, symbol);
        variables.carried.push(kind);
    }
    Ok(variables)
}

/// A state before a step, in the shape of its first value.
fn state_before(reader: &mut Reader<'_>, initial: &Known, state: usize) -> Result<Value> {
    let shape = match initial {
        Known::Constant(constant) => constant.shape(),
        Known::State(state) => &state.shape,
        Known::Stream(stream) => &stream.places.shape,
        Known::Condition(_) => return condition(),
    };
    let columns = count(shape).unwrap_or_default();
    reader.charge(&[columns, columns])?;
    match Value::of(shape.to_vec(), Expression::of(Source::State(state), columns)) {
        Some(value) => Ok(value),
        None => refuse_with(
            format!(
                "it is a loop whose state of shape {} is not that of a cell",
                crate::tensor::shape(shape)
            ),
            CELLS,
        ),
    }
}

/// What the states are behind a step.
fn next_states(carried: &[Carried], outputs: &[Option<&Symbol>]) -> Result<Vec<Rc<Expression>>> {
    let mut next = Vec::new();
    for (kind, symbol) in carried.iter().zip(outputs) {
        match (kind, symbol) {
            (Carried::Same(_), _) | (Carried::Counter, Some(Symbol::Step(1))) => {}
            (Carried::State(_), Some(Symbol::Value(value))) => {
                next.push(Rc::clone(&value.expression));
            }
            _ => {
                return refuse_with(
                    "it is a loop that hands on something else than the state of a cell",
                    CELLS,
                );
            }
        }
    }
    Ok(next)
}

/// Checks that the loop takes a step for every frame.
fn check_steps(call: &Call<'_, '_>, outputs: &[Option<&Symbol>], stream: &Stream) -> Result<()> {
    let steps = stream.time.map_or(Dim::number(1), |time| time.length);
    let goes_on = outputs.first().copied().flatten().and_then(Symbol::goes_on);
    let covers = |goes_on: Vec<_>| condition::covers(steps, call.input(0), call.input(1), &goes_on);
    if goes_on.is_some_and(covers) {
        return Ok(());
    }
    refuse_with(
        format!("it is a loop that may not end at the last frame of {}", shown(&stream.shape())),
        CELLS,
    )
}

/// What a name of the body stands for, where nodes only hand it on.
fn source<'b>(graph: &Graph<'b>, name: &'b str) -> &'b str {
    let mut name = name;
    // A node is passed once at most, whatever the file says.
    for node in graph.nodes.iter().rev() {
        if node.op == "Identity" && node.outputs.first() == Some(&name) {
            name = node.inputs.first().copied().unwrap_or(name);
        }
    }
    name
}

/// Names the layer by its cell, and by the path of the layer in Keras.
fn rename(reader: &mut Reader<'_>, cell: Cell, path: &str) {
    let op = match cell {
        Cell::Lstm => "LSTM",
        Cell::GruResetAfter | Cell::GruResetBefore => "GRU",
        Cell::Tanh | Cell::Relu => "RNN",
    };
    let path = path.strip_suffix("while_loop").unwrap_or(path);
    reader.rename(op, format!("{path}/{op}"));
}
