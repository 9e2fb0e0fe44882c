//! ONNX: a file of plain operations, of any framework. Its nodes become operations of the graph; it has no layers of ours.
//!
//! Every value knows its axis of time, if it has one, and how its length grows with the input's. Frames meet by their place in
//! the sequence, as in the file: the first of one value with the first of another.

mod array;
mod constant;
mod dim;
mod finish;
mod inputs;
mod names;
mod ops;
mod proto;
mod reader;
mod state;
mod stream;
mod tensor;
mod wire;

#[cfg(test)]
mod tests;

use std::ops::Range;

use proc_macro2::TokenStream;

use self::reader::{Reader, Refused};
use crate::graph::Graph;

/// What the user says beside the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// `#[time = 2]`: the axis of time of the inputs.
    pub(crate) time: Option<usize>,
    /// `#[window = 64]`: the frames that the model takes at once.
    pub(crate) window: Option<usize>,
    /// `#[hop = 16]`: pushes from output to output of a window.
    pub(crate) hop: Option<usize>,
    /// `#[carry]`: a window sees the frames before it, where the model sees zeros.
    pub(crate) carries: bool,
    /// `#[input(sr = 16000)]`: inputs that are constants.
    pub(crate) inputs: Vec<(String, f64)>,
    /// `#[shape(input = [1, 576])]`: the shapes of inputs.
    pub(crate) shapes: Vec<(String, Vec<usize>)>,
    /// `#[state(h = "hn")]`: inputs that are the state before a step, and the outputs that are it behind.
    pub(crate) states: Vec<(String, String)>,
    /// Whether sigmoid and tanh are approximations.
    pub(crate) is_fast: bool,
}

/// A network that a file says.
pub(crate) struct Network {
    pub(crate) graph: Graph,
    /// The channels of the output that each of the model's outputs has, where it has several.
    pub(crate) outputs: Vec<(String, Range<usize>)>,
    /// The same of its inputs.
    pub(crate) inputs: Vec<(String, Range<usize>)>,
}

/// Reads a model. `origin` is where the user names the file.
pub(crate) fn read(bytes: &[u8], words: &Words, origin: &TokenStream) -> Result<Network, String> {
    let said = |refused: Refused| match refused.help {
        Some(help) => format!("{}\nhelp: {help}", refused.why),
        None => refused.why,
    };
    let Ok(model) = proto::model(bytes) else {
        return Err("it is no ONNX model, or a part of one".to_owned());
    };
    if model.has_functions {
        return Err(
            "it defines operations of its own, which are not read\nhelp: export without functions"
                .to_owned(),
        );
    }
    if model.graph.nodes.is_empty() && model.graph.outputs.is_empty() {
        return Err("it is no ONNX model: it has no nodes".to_owned());
    }
    let attempt = |delay: usize| -> reader::Result<Result<Network, usize>> {
        let mut reader = Reader::new(words, model.opset, origin.clone());
        let inputs = inputs::declare(&mut reader, &model, delay)?;
        reader.graph(&model.graph)?;
        finish::finish(reader, &model.graph, &inputs)
    };
    // Outputs of a window that come before its end, by no whole number of their own pushes, make every input wait.
    match attempt(0).map_err(said)? {
        Ok(network) => Ok(network),
        Err(delay) => match attempt(delay).map_err(said)? {
            Ok(network) => Ok(network),
            Err(_) => Err("its outputs do not come at the end of its window".to_owned()),
        },
    }
}
