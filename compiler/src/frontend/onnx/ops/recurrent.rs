//! Recurrent cells.

use super::super::array::{Array, Rearrangement};
use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::state::{Kept, Part};
use super::super::stream::{Stream, Time, shown};
use super::time::frame;
use crate::graph::{Cell, Op, Recurrent, Value};
use crate::tensor::Tensor;

pub(super) fn recurrent(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Vec<Known>> {
    let node = call.node;
    check(call)?;
    let is_batch_first = node.is_set("layout");
    let stream = call.unpadded(0)?.clone();
    let [sequence, batch] = if is_batch_first { [1, 0] } else { [0, 1] };
    if stream.rank() != 3 || stream.length(batch) != 1 || stream.is_time(batch) || stream.is_time(2)
    {
        let layout = if is_batch_first { "(1, frames, features)" } else { "(frames, 1, features)" };
        return refuse_with(
            format!("its input {} is no sequence {layout}", shown(&stream.shape())),
            "state which axis of the model's input is time, such as `#[time = 1]`, and export the model with a batch of 1",
        );
    }
    let kernel = call.weights(1, "kernel")?;
    let recurrent = call.weights(2, "recurrent kernel")?;
    let (&[1, rows, inputs], &[1, _, units]) =
        (kernel.shape.as_slice(), recurrent.shape.as_slice())
    else {
        return invalid("its kernels are not (1, gates, features) and (1, gates, units)");
    };
    let (kind, order): (Cell, &[usize]) = match node.op {
        // ONNX: input, output, forget, candidate.
        "LSTM" => (Cell::Lstm, &[0, 2, 3, 1]),
        "GRU" if node.is_set("linear_before_reset") => (Cell::GruResetAfter, &[0, 1, 2]),
        "GRU" => (Cell::GruResetBefore, &[0, 1, 2]),
        _ if activations(call).first().is_some_and(|first| first == "relu") => (Cell::Relu, &[0]),
        _ => (Cell::Tanh, &[0]),
    };
    let gates = order.len();
    if rows != gates * units || stream.length(2) != inputs || recurrent.items.len() != rows * units
    {
        return invalid(format!(
            "a kernel of {rows} rows of {inputs} numbers does not fit {units} units and an input {}",
            shown(&stream.shape())
        ));
    }
    let bias = call.input(3).map(|_| call.weights(3, "bias")).transpose()?;
    let states = if kind == Cell::Lstm { 2 } else { 1 };
    let initial =
        (5..5 + states).map(|place| initial(call.input(place), units)).collect::<Result<_>>()?;
    let weights = Weights {
        cell: kind,
        units,
        kernel: turned(&kernel, units, order),
        recurrent: turned(&recurrent, units, order),
        bias: bias.as_ref().map(|bias| biases(bias, kind, units, order)),
    };
    if stream.time.is_none() && stream.length(sequence) != 1 {
        return refuse_with(
            format!("its {} steps are not along the axis of time", stream.length(sequence)),
            "state which axis of the model's input is time: `#[time = 1]`",
        );
    }
    let value = emit(reader, &stream, weights, initial)?;
    outputs(reader, &stream, value, units, is_batch_first)
}

/// A cell with its gates in the order of the graph's operation.
pub(super) struct Weights {
    pub(super) cell: Cell,
    pub(super) units: usize,
    /// (inputs, gates * units)
    pub(super) kernel: Array<f64>,
    /// (units, gates * units)
    pub(super) recurrent: Array<f64>,
    pub(super) bias: Option<Tensor>,
}

/// Appends a cell that reads a sequence, and starts from its output and, of an LSTM, its own state.
pub(super) fn emit(
    reader: &mut Reader<'_>,
    stream: &Stream,
    weights: Weights,
    initial: Vec<Initial>,
) -> Result<Value> {
    let Weights { cell, units, kernel, recurrent, bias } = weights;
    let keeps = initial.iter().any(|state| matches!(state, Initial::Kept(_)));
    if stream.time.is_none() && !keeps {
        return refuse_with(
            "its steps are not along the axis of time",
            "state which axis of the model's input is time, `#[time = 1]`; in a model of one step, state the outputs that are its next states: `#[state(h = \"hn\")]`",
        );
    }
    if stream.time.is_some() {
        reader.carries("a state that begins anew");
    }
    let input = reader.compact(stream)?;
    let inputs = input.places.items.len();
    let numbers = super::product::rows_in_place(&kernel, &input.places.items);
    let mut tensors = vec![
        Tensor { shape: kernel.shape, numbers },
        Tensor { shape: recurrent.shape, numbers: recurrent.items },
    ];
    let has_bias = bias.is_some();
    tensors.extend(bias);
    let starts: Vec<_> = initial.iter().map(|state| state.numbers(units)).collect();
    let has_initial = starts.iter().flatten().any(|number| *number != 0.0);
    if has_initial {
        tensors.extend(starts.into_iter().map(|numbers| Tensor { shape: vec![units], numbers }));
    }
    let op = Recurrent { cell, inputs, units, has_bias, has_initial, is_fast: false };
    let value = reader.push_weighted(Op::Recurrent(op), input.value, units, tensors, has_bias)?;
    let mut flags = Vec::new();
    flags.extend((cell == Cell::GruResetBefore).then(|| "reset_before".to_owned()));
    reader.describe(None, None, flags);
    let mut before = initial.into_iter().map(|state| state.kept(units));
    reader
        .cells
        .insert(value, [before.next().unwrap_or_default(), before.next().unwrap_or_default()]);
    Ok(value)
}

/// The whole sequence, the newest output, and the newest state.
fn outputs(
    reader: &mut Reader<'_>,
    stream: &Stream,
    value: Value,
    units: usize,
    is_batch_first: bool,
) -> Result<Vec<Known>> {
    let axis = usize::from(is_batch_first);
    let time = stream.time.map(|time| Time { axis, ..time });
    let whole = Stream::plain(value, vec![1, 1, 1, units], time).with_marks_of(stream);
    let last = match time {
        Some(time) => frame(reader, &whole, time.length.plus(-1))?,
        None => whole.clone(),
    };
    let newest = Stream::plain(last.value, vec![1, 1, units], None).with_marks_of(&last);
    let kept = (0..units).map(|unit| Kept::Cell { cell: value, part: Part::Inner, unit }).collect();
    let inner = Known::State(Array { shape: vec![1, 1, units], items: kept });
    Ok(vec![Known::Stream(whole), Known::Stream(newest), inner])
}

/// Refuses what no cell here has.
fn check(call: &Call<'_, '_>) -> Result<()> {
    let node = call.node;
    match node.text("direction").unwrap_or("forward") {
        "forward" => {}
        "reverse" => {
            return refuse_with(
                "it reads the sequence from its end, and so sees future frames",
                FUTURE,
            );
        }
        _ => {
            return refuse_with(
                "it reads the sequence in both directions, and so sees future frames",
                FUTURE,
            );
        }
    }
    if node.float("clip").is_some_and(|clip| clip > 0.0) {
        return refuse_with("it clips its sums (`clip`)", "train without `clip`");
    }
    if node.is_set("input_forget") {
        return refuse_with(
            "it couples its input and forget gates (`input_forget`)",
            "train an LSTM without coupled gates",
        );
    }
    if call.input(7).is_some() {
        return refuse_with("it has peepholes", "train an LSTM without peepholes");
    }
    let usual: &[&[&str]] = match node.op {
        "LSTM" => &[&["sigmoid", "tanh", "tanh"]],
        "GRU" => &[&["sigmoid", "tanh"]],
        _ => &[&["tanh"], &["relu"]],
    };
    let own = activations(call);
    if !own.is_empty() && !usual.iter().any(|usual| own == *usual) {
        return refuse_with(
            format!(
                "its activations are {}, not {}",
                own.join(", "),
                usual.iter().map(|usual| usual.join(", ")).collect::<Vec<_>>().join(" or ")
            ),
            "train the cell with its default activations",
        );
    }
    Ok(())
}

pub(super) const FUTURE: &str =
    "train it in one direction, forward: a stream does not have later frames";

fn activations(call: &Call<'_, '_>) -> Vec<String> {
    let texts = call.node.texts("activations").unwrap_or_default();
    texts.into_iter().map(str::to_lowercase).collect()
}

/// What a cell starts from.
pub(super) enum Initial {
    Zeros,
    Numbers(Vec<f64>),
    /// States of the model's inputs.
    Kept(Vec<Kept>),
}

impl Initial {
    fn numbers(&self, units: usize) -> Vec<f64> {
        match self {
            Self::Numbers(numbers) => numbers.clone(),
            Self::Zeros | Self::Kept(_) => vec![0.0; units],
        }
    }

    fn kept(self, units: usize) -> Vec<Kept> {
        match self {
            Self::Kept(kept) => kept,
            Self::Zeros | Self::Numbers(_) => vec![Kept::Constant; units],
        }
    }
}

/// What a cell of so many units starts from.
pub(super) fn initial(known: Option<&Known>, units: usize) -> Result<Initial> {
    let wrong = || {
        refuse_with(
            format!("its initial state has no {units} numbers, one for each unit"),
            "export the model with a batch of 1, and one state for each layer",
        )
    };
    match known {
        None => Ok(Initial::Zeros),
        Some(Known::Constant(constant)) => match constant.floats() {
            Some(array) if array.items.len() == units => {
                let is_zero = array.items.iter().all(|number| *number == 0.0);
                Ok(if is_zero { Initial::Zeros } else { Initial::Numbers(array.items) })
            }
            _ => wrong(),
        },
        Some(Known::State(state)) if state.items.len() == units => {
            Ok(Initial::Kept(state.items.clone()))
        }
        Some(Known::State(_) | Known::Condition(_)) => wrong(),
        Some(Known::Stream(_)) => refuse_with(
            "its initial state is computed from frames",
            "leave the initial state out, which is zeros, or make it a constant",
        ),
    }
}

/// A kernel (1, gates * units, inputs) as (inputs, gates * units), with the gates in another order.
fn turned(kernel: &Array<f64>, units: usize, order: &[usize]) -> Array<f64> {
    let columns = kernel.shape.get(2).copied().unwrap_or_default();
    let gates = Array { shape: vec![order.len(), units, columns], items: kernel.items.clone() };
    let ordered = Rearrangement::Take { axis: 0, places: order.to_vec() }.of(&gates);
    let turned = Rearrangement::Transpose(vec![2, 0, 1]).of(&ordered);
    Array { shape: vec![columns, order.len() * units], items: turned.items }
}

/// A bias (1, 2 * gates * units): the second half belongs to the recurrent kernel.
fn biases(bias: &Array<f64>, cell: Cell, units: usize, order: &[usize]) -> Tensor {
    let gates = Array { shape: vec![2, order.len(), units], items: bias.items.clone() };
    let ordered = Rearrangement::Take { axis: 1, places: order.to_vec() }.of(&gates).items;
    let all = order.len() * units;
    if cell == Cell::GruResetAfter {
        return Tensor { shape: vec![2, all], numbers: ordered };
    }
    let (input, recurrent) = ordered.split_at(all.min(ordered.len()));
    let numbers = input.iter().zip(recurrent).map(|(input, recurrent)| input + recurrent).collect();
    Tensor { shape: vec![all], numbers }
}
