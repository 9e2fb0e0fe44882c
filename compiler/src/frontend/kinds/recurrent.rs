//! Layers whose output goes into the next one.

mod tensors;

use self::tensors::{gru_of_pytorch, lstm_of_pytorch};
use super::bias::BIAS;
use super::{Arguments, Convention, Dimension, Flag, Key, Kind, Outputs, Shape, Takes, Weights};
use crate::frontend::ast::Math;
use crate::frontend::lower::Lower;
use crate::graph::{Cell, Op, Recurrent, Value};

const UNITS: Key = Key {
    name: "units",
    doc: "the channels of its output and of its state",
    takes: Takes::Count,
    aliases: &["out", "hidden", "hidden_size"],
};

pub(super) const GRU: Kind = Kind {
    keras: Some("gru"),
    keys: &[UNITS],
    flags: &[
        &[
            Flag {
                name: "reset_after",
                doc: "the reset gate is applied after the recurrent kernel, as in PyTorch and Keras",
            },
            Flag {
                name: "reset_before",
                doc: "the reset gate is applied before the recurrent kernel: Keras' `reset_after=False`",
            },
        ],
        BIAS,
    ],
    outputs: Outputs::Key("units"),
    weights: Weights::Always,
    ..Kind::plain("gru", "`gru(units=8)`: a gated recurrent unit.", gru)
};
pub(super) const LSTM: Kind = Kind {
    keras: Some("lstm"),
    keys: &[UNITS],
    flags: &[
        &[Flag {
            name: INITIAL,
            doc: "the initial state is in the weights file, as `initial_h` and `initial_c`",
        }],
        BIAS,
    ],
    outputs: Outputs::Key("units"),
    weights: Weights::Always,
    ..Kind::plain("lstm", "`lstm(units=8)`: a long short-term memory.", lstm)
};

pub(super) const RNN: Kind = Kind {
    keras: Some("simple_rnn"),
    keys: &[UNITS],
    flags: &[
        &[
            Flag { name: "tanh", doc: "the units are a tanh, as in Keras and PyTorch" },
            Flag { name: "relu", doc: "the units are a relu" },
        ],
        BIAS,
    ],
    outputs: Outputs::Key("units"),
    weights: Weights::Always,
    ..Kind::plain("rnn", "`rnn(units=8)`: a recurrent layer without gates.", rnn)
};

/// The flag of a layer that does not start from zeros.
const INITIAL: &str = "initial";

fn gru(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let is_before = arguments.flag("reset_before");
    build(arguments, if is_before { Cell::GruResetBefore } else { Cell::GruResetAfter }, lower)
}

fn lstm(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Cell::Lstm, lower)
}

fn rnn(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, if arguments.flag("relu") { Cell::Relu } else { Cell::Tanh }, lower)
}

fn build(arguments: &Arguments<'_>, cell: Cell, lower: &mut Lower<'_>) -> Option<Value> {
    let [has_initial, no_bias] = [INITIAL, "no_bias"].map(|flag| arguments.flag(flag));
    let recurrent = Recurrent {
        cell,
        inputs: arguments.inputs?,
        units: arguments.count("units")?,
        has_bias: !no_bias,
        has_initial,
        is_fast: arguments.math == Math::Fast,
    };
    let mut flags = Vec::new();
    flags.extend((cell == Cell::GruResetBefore).then(|| "reset_before".to_owned()));
    flags.extend((cell == Cell::Relu).then(|| "relu".to_owned()));
    flags.extend(has_initial.then(|| INITIAL.to_owned()));
    flags.extend(no_bias.then(|| "no_bias".to_owned()));
    lower.describe(None, None, flags);
    let mut conventions = vec![keras(&recurrent)];
    conventions.extend((cell != Cell::GruResetBefore).then(|| pytorch(&recurrent)));
    let node = lower.node(Op::Recurrent(recurrent), vec![arguments.frame?], recurrent.units);
    Some(lower.weighted(node, conventions))
}

/// Which of the two a bias of the other shape is of: a suggestion would change what the network computes.
const AFTER: &str = "if it was trained with `reset_after=False`, add `reset_before`; if not, give a row for the input and one for the units";
const BEFORE: &str = "if it was trained with `reset_after=True`, remove `reset_before`; if not, give one row for both";

fn keras(cell: &Recurrent) -> Convention {
    let all = cell.gates().len() * cell.units;
    let rows = || Dimension::new("gates * units", all, "units");
    let kernel = vec![Dimension::new("in", cell.inputs, "in"), rows()];
    let recurrent = vec![Dimension::new("units", cell.units, "units"), rows()];
    let mut tensors = vec![Shape::new("kernel", kernel), Shape::new("recurrent_kernel", recurrent)];
    if cell.has_bias {
        let both = Dimension::new("2", 2, "units");
        let both = (cell.cell == Cell::GruResetAfter).then_some(both);
        let otherwise = match cell.cell {
            Cell::GruResetAfter => Some((vec![all], AFTER)),
            Cell::GruResetBefore => Some((vec![2, all], BEFORE)),
            Cell::Lstm | Cell::Tanh | Cell::Relu => None,
        };
        let dimensions = both.into_iter().chain([rows()]).collect();
        tensors.push(Shape { otherwise, ..Shape::new("bias", dimensions) });
    }
    tensors.extend(initial(cell));
    Convention::of(tensors)
}

fn pytorch(cell: &Recurrent) -> Convention {
    let rows = || Dimension::new("gates * units", cell.gates().len() * cell.units, "units");
    let mut tensors = vec![
        Shape::new("weight_ih", vec![rows(), Dimension::new("in", cell.inputs, "in")]),
        Shape::new("weight_hh", vec![rows(), Dimension::new("units", cell.units, "units")]),
    ];
    if cell.has_bias {
        tensors.extend(["bias_ih", "bias_hh"].map(|name| Shape::new(name, vec![rows()])));
    }
    tensors.extend(initial(cell));
    // Those without gates have one bias as an LSTM, the sum of the two.
    let is_gru = matches!(cell.cell, Cell::GruResetAfter | Cell::GruResetBefore);
    let canonical = if is_gru { gru_of_pytorch } else { lstm_of_pytorch };
    Convention { canonical: Box::new(canonical), ..Convention::of(tensors) }
}

/// The last output and the cell, by ONNX's names: the frameworks have them beside their weights.
fn initial(cell: &Recurrent) -> Vec<Shape> {
    let shape = |name| Shape::new(name, vec![Dimension::new("units", cell.units, "units")]);
    if cell.has_initial { ["initial_h", "initial_c"].map(shape).to_vec() } else { Vec::new() }
}
