//! Recurrent cells.

use super::super::array::{Array, Rearrangement};
use super::super::reader::{Call, Known, Reader, Result, refuse, refuse_with};
use super::super::state::{Kept, Part};
use super::super::stream::{Stream, Time, shown};
use super::time::frame;
use crate::graph::{Cell, Op, Recurrent};
use crate::tensor::Tensor;

pub(super) fn recurrent(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Vec<Known>> {
    let node = call.node;
    check(call)?;
    let is_batch_first = node.is_set("layout");
    let stream = call.unpadded(0)?.clone();
    let [sequence, batch] = if is_batch_first { [1, 0] } else { [0, 1] };
    if stream.rank() != 3 || stream.length(batch) != 1 || stream.is_time(batch) || stream.is_time(2)
    {
        return refuse(format!("its input {} is no sequence of frames", shown(&stream.shape())));
    }
    let kernel = call.weights(1, "kernel")?;
    let recurrent = call.weights(2, "recurrent kernel")?;
    let (Some([1, rows, inputs]), Some([1, _, units])) =
        (kernel.shape.as_array::<3>(), recurrent.shape.as_array::<3>())
    else {
        return refuse("its kernels are not of one direction");
    };
    let (rows, inputs, units) = (*rows, *inputs, *units);
    let (cell, order): (Cell, &[usize]) = match node.op {
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
        return refuse(format!(
            "a kernel of {rows} rows of {inputs} does not fit {}",
            shown(&stream.shape())
        ));
    }
    let bias = call.input(3).map(|_| call.weights(3, "bias")).transpose()?;
    let initial = initial(call, cell, units)?;
    let keeps = initial.iter().any(|state| matches!(state, Initial::Kept(_)));
    if stream.time.is_none() && !keeps {
        return refuse_with(
            "it goes along an axis that is not time",
            "say which axis is time: `#[time = 1]`; of a model of one step, say its states: `#[state(h = \"hn\")]`",
        );
    }
    if stream.time.is_none() && stream.length(sequence) != 1 {
        return refuse("it takes several steps of one push");
    }
    if stream.time.is_some() {
        reader.carries("a state that begins anew");
    }
    let input = reader.compact(&stream)?;
    let mut tensors = vec![
        turned(&kernel, units, order, Some(&input.places.items)),
        turned(&recurrent, units, order, None),
    ];
    tensors.extend(bias.as_ref().map(|bias| biases(bias, cell, units, order)));
    let starts: Vec<_> = initial.iter().map(|state| state.numbers(units)).collect();
    let has_initial = starts.iter().flatten().any(|number| *number != 0.0);
    if has_initial {
        tensors.extend(starts.into_iter().map(|numbers| Tensor { shape: vec![units], numbers }));
    }
    let has_bias = bias.is_some();
    let op = Recurrent { cell, inputs, units, has_bias, has_initial, is_fast: false };
    let value = reader.push_weighted(Op::Recurrent(op), input.value, units, tensors, has_bias)?;
    let mut flags = Vec::new();
    flags.extend((cell == Cell::GruResetBefore).then(|| "reset_before".to_owned()));
    reader.describe(None, None, flags);
    let mut before = initial.into_iter().map(|state| state.kept(units));
    reader
        .cells
        .insert(value, [before.next().unwrap_or_default(), before.next().unwrap_or_default()]);
    outputs(reader, &stream, value, units, is_batch_first)
}

/// The whole sequence, the newest output, and the newest state.
fn outputs(
    reader: &mut Reader<'_>,
    stream: &Stream,
    value: crate::graph::Value,
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
        "reverse" => return refuse_with("it reads the sequence from its end", FUTURE),
        _ => return refuse_with("it reads the sequence in both directions", FUTURE),
    }
    if node.float("clip").is_some_and(|clip| clip > 0.0) {
        return refuse("it clips its sums, which is not served");
    }
    if node.is_set("input_forget") {
        return refuse("it couples its input and forget gates, which is not served");
    }
    if call.input(7).is_some() {
        return refuse("it has peepholes, which are not served");
    }
    let usual: &[&[&str]] = match node.op {
        "LSTM" => &[&["sigmoid", "tanh", "tanh"]],
        "GRU" => &[&["sigmoid", "tanh"]],
        _ => &[&["tanh"], &["relu"]],
    };
    let own = activations(call);
    if !own.is_empty() && !usual.iter().any(|usual| own == *usual) {
        return refuse(format!("its activations {own:?} are not served"));
    }
    Ok(())
}

const FUTURE: &str = "a stream does not have what comes later: train a network of one direction";

fn activations(call: &Call<'_, '_>) -> Vec<String> {
    let texts = call.node.texts("activations").unwrap_or_default();
    texts.into_iter().map(str::to_lowercase).collect()
}

/// What a cell starts from.
enum Initial {
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

fn initial(call: &Call<'_, '_>, cell: Cell, units: usize) -> Result<Vec<Initial>> {
    let states = if cell == Cell::Lstm { 2 } else { 1 };
    let mut all = Vec::new();
    for place in 5..5 + states {
        all.push(match call.input(place) {
            None => Initial::Zeros,
            Some(Known::Constant(constant)) => match constant.floats() {
                Some(array) if array.items.len() == units => {
                    let is_zero = array.items.iter().all(|number| *number == 0.0);
                    if is_zero { Initial::Zeros } else { Initial::Numbers(array.items) }
                }
                _ => return refuse(format!("its initial state is not of {units} numbers")),
            },
            Some(Known::State(state)) if state.items.len() == units => {
                Initial::Kept(state.items.clone())
            }
            Some(Known::State(_)) => {
                return refuse(format!("its initial state is not of {units} numbers"));
            }
            Some(Known::Stream(_)) => {
                return refuse_with(
                    "its initial state is computed from frames",
                    "start it from zeros, or from numbers of the file",
                );
            }
        });
    }
    Ok(all)
}

/// A kernel (1, gates * units, inputs) as (inputs, gates * units), with the gates in another order, and the inputs where they
/// lie in a frame.
fn turned(kernel: &Array<f64>, units: usize, order: &[usize], places: Option<&[usize]>) -> Tensor {
    let columns = kernel.shape.get(2).copied().unwrap_or_default();
    let gates = Array { shape: vec![order.len(), units, columns], items: kernel.items.clone() };
    let ordered = Rearrangement::Take { axis: 0, places: order.to_vec() }.of(&gates);
    let mut turned = Rearrangement::Transpose(vec![2, 0, 1]).of(&ordered);
    if let Some(places) = places {
        turned.items = super::product::rows_in_place(&turned, places);
    }
    Tensor { shape: vec![columns, order.len() * units], numbers: turned.items }
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
