//! PyTorch's tensors without a word on the model: the network, where their shapes leave no choice.

use crate::errors::Message;
use crate::frontend::build::conv::Dense;
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::weights::{Entry, FileGraph, Layers};
use crate::graph::Cell;

/// A layer, by the shapes of its tensors.
enum Module {
    /// An LSTM or a GRU: its cell, inputs and units, and whether it has biases.
    Recurrent(Cell, [usize; 2], bool),
    /// One without gates, whose function is not known.
    Rnn([usize; 2], bool),
    /// Inputs and outputs, and whether it has a bias.
    Dense([usize; 2], bool),
    /// Outputs, inputs of a group, and taps.
    Conv([usize; 3], bool),
    Other,
}

/// Recurrent layers and at most one dense layer behind them. Of other networks, why they are not known.
pub(super) fn network(entries: &[Entry]) -> Result<FileGraph, Message> {
    let modules: Vec<_> = entries.iter().map(Module::of).collect();
    let recurrent = modules.iter().take_while(|module| matches!(module, Module::Recurrent(..)));
    let recurrent = recurrent.count();
    let ends = matches!(modules.get(recurrent..), Some([] | [Module::Dense(..)]));
    let sizes: Option<Vec<_>> = modules.iter().map(Module::sizes).collect();
    let fits = sizes.as_ref().is_some_and(|sizes| {
        sizes.windows(2).all(|pair| matches!(pair, [[_, given], [taken, _]] if given == taken))
    });
    let written = written(&modules);
    let help = |message: Message| match &written {
        Some(layers) => {
            message.help(format!("write the layers, for example `struct Net < {layers} >`"))
        }
        None => message,
    };
    // GuitarML's names: whether its models add the input is not in the tensors.
    let is_guitarml = |entry: &Entry| {
        let name = entry.name.as_deref().unwrap_or_default();
        name == "rec" || name.starts_with("rec_l")
    };
    if entries.iter().any(is_guitarml) {
        let text = "the file has tensors of GuitarML, but no `model_data`, which says whether the input is added to the output";
        let layers = written.as_deref().unwrap_or("lstm(in=1, units=20); dense(out=1)");
        let help = format!(
            "write the layers: `struct Net < residual < {layers} > >`, or without `residual` where `skip` was 0"
        );
        return Err(Message::new(text).help(help));
    }
    if recurrent == 0 || !ends || !fits {
        let text = "the file has tensors, but not what is between them: activations, strides and dilations";
        return Err(help(Message::new(text)));
    }
    let [inputs, _] = sizes.into_iter().flatten().next().unwrap_or_default();
    let mut layers = Layers::new(inputs);
    for module in modules {
        match module {
            Module::Recurrent(cell, [_, units], has_bias) => {
                layers.add(&Recurrent { cell, units, has_bias, has_initial: false });
            }
            Module::Dense([_, outputs], has_bias) => {
                layers.add(&Dense { outputs, has_bias, activation: None });
            }
            Module::Rnn(..) | Module::Conv(..) | Module::Other => {}
        }
    }
    layers.finish()
}

/// The layers as a user would write them, where all of them are known but for their options.
fn written(modules: &[Module]) -> Option<String> {
    let mut layers = Vec::new();
    for (place, module) in modules.iter().enumerate() {
        let first =
            |inputs: usize| if place == 0 { format!("in={inputs}, ") } else { String::new() };
        let bias = |has_bias: bool| if has_bias { "" } else { ", no_bias" };
        layers.push(match module {
            Module::Recurrent(cell, [inputs, units], has_bias) => {
                let kind = if *cell == Cell::Lstm { "lstm" } else { "gru" };
                format!("{kind}({}units={units}{})", first(*inputs), bias(*has_bias))
            }
            Module::Rnn([inputs, units], has_bias) => {
                format!("rnn({}units={units}{})", first(*inputs), bias(*has_bias))
            }
            Module::Dense([inputs, outputs], has_bias) => {
                format!("dense({}out={outputs}{})", first(*inputs), bias(*has_bias))
            }
            Module::Conv([outputs, inputs, taps], has_bias) => {
                format!("conv(k={taps}, {}out={outputs}{})", first(*inputs), bias(*has_bias))
            }
            Module::Other => return None,
        });
    }
    (layers.len() <= MOST_WRITTEN).then(|| layers.join("; "))
}

/// Layers that a message shows.
const MOST_WRITTEN: usize = 8;

impl Module {
    fn of(entry: &Entry) -> Self {
        let shape = |name: &str| {
            let mut tensors = entry.tensors.iter();
            tensors.find(|(own, _)| own == name).map(|(_, tensor)| tensor.shape.as_slice())
        };
        let names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];
        if let Some([_, inputs]) = shape("weight_ih") {
            let [_, hidden, first, second] = names.map(shape);
            let (Some([rows, units]), Some(_) | None) = (hidden, first) else { return Self::Other };
            let has_bias = first.is_some() && second.is_some();
            let count = if has_bias { 4 } else { 2 };
            if entry.tensors.len() != count || *units == 0 {
                return Self::Other;
            }
            return match (rows / units, rows % units) {
                (4, 0) => Self::Recurrent(Cell::Lstm, [*inputs, *units], has_bias),
                (3, 0) => Self::Recurrent(Cell::GruResetAfter, [*inputs, *units], has_bias),
                (1, 0) => Self::Rnn([*inputs, *units], has_bias),
                _ => Self::Other,
            };
        }
        let others =
            entry.tensors.iter().any(|(name, _)| !["weight", "bias"].contains(&name.as_str()));
        match (shape("weight"), others) {
            (Some([outputs, inputs]), false) => {
                Self::Dense([*inputs, *outputs], shape("bias").is_some())
            }
            (Some([outputs, inputs, taps]), false) => {
                Self::Conv([*outputs, *inputs, *taps], shape("bias").is_some())
            }
            _ => Self::Other,
        }
    }

    /// The channels that it takes and gives.
    fn sizes(&self) -> Option<[usize; 2]> {
        match self {
            Self::Recurrent(_, sizes, _) | Self::Rnn(sizes, _) | Self::Dense(sizes, _) => {
                Some(*sizes)
            }
            Self::Conv(..) | Self::Other => None,
        }
    }
}
