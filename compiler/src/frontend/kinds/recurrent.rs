//! Layers whose output goes into the next one.

use super::bias::BIAS;
use super::{Arguments, Flag, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::build::activation::{RELU, TANH};
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::{Cell, Value};

const UNITS: Key = Key {
    name: keys::UNITS,
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
                name: keys::RESET_AFTER,
                doc: "the reset gate is applied after the recurrent kernel, as in PyTorch and Keras",
            },
            Flag {
                name: keys::RESET_BEFORE,
                doc: "the reset gate is applied before the recurrent kernel: Keras' `reset_after=False`",
            },
        ],
        BIAS,
    ],
    outputs: Outputs::Key(keys::UNITS),
    weights: Weights::Always,
    ..Kind::plain(kind::GRU, "`gru(units=8)`: a gated recurrent unit.", gru)
};
pub(super) const LSTM: Kind = Kind {
    keras: Some("lstm"),
    keys: &[UNITS],
    flags: &[
        &[Flag {
            name: keys::INITIAL,
            doc: "the initial state is in the weights file, as `initial_h` and `initial_c`",
        }],
        BIAS,
    ],
    outputs: Outputs::Key(keys::UNITS),
    weights: Weights::Always,
    ..Kind::plain(kind::LSTM, "`lstm(units=8)`: a long short-term memory.", lstm)
};

pub(super) const RNN: Kind = Kind {
    keras: Some("simple_rnn"),
    keys: &[UNITS],
    flags: &[
        &[
            Flag { name: TANH.word, doc: "the units are a tanh, as in Keras and PyTorch" },
            Flag { name: RELU.word, doc: "the units are a relu" },
        ],
        BIAS,
    ],
    outputs: Outputs::Key(keys::UNITS),
    weights: Weights::Always,
    ..Kind::plain(kind::RNN, "`rnn(units=8)`: a recurrent layer without gates.", rnn)
};

fn gru(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let is_before = arguments.flag(keys::RESET_BEFORE);
    build(arguments, if is_before { Cell::GruResetBefore } else { Cell::GruResetAfter }, lower)
}

fn lstm(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Cell::Lstm, lower)
}

fn rnn(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, if arguments.flag(RELU.word) { Cell::Relu } else { Cell::Tanh }, lower)
}

fn build(arguments: &Arguments<'_>, cell: Cell, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Recurrent {
        cell,
        units: arguments.count(keys::UNITS)?,
        has_bias: !arguments.flag(keys::NO_BIAS),
        has_initial: arguments.flag(keys::INITIAL),
    };
    lower.add(arguments, &spec)
}
