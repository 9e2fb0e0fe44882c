//! ONNX: a file of plain operations, of any framework. Its nodes become operations of the graph; it has no layers of ours.
//!
//! Every value knows its axis of time, if it has one, and how its length grows with the input's. Frames meet by their place in
//! the sequence, as in the file: the first of one value with the first of another.

mod array;
mod call;
mod checks;
mod constant;
mod dim;
mod finish;
mod inputs;
mod names;
mod ops;
mod proto;
mod reader;
mod recorded;
mod refusal;
mod state;
mod stream;
mod tensor;
mod wire;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::TokenStream;

use self::reader::Reader;
use self::recorded::{Axis, Recorded};
use self::refusal::Refused;
use crate::errors::{Hint, Message};
use crate::frontend::ast::Words;
use crate::frontend::weights::{Model, Reference, RunFiles};
use crate::graph::{Graph, Value};

/// What a model says beside its graph.
pub(crate) struct Network {
    /// The channels of the output that each of the model's outputs has, where it has several.
    outputs: Vec<(String, Range<usize>)>,
    /// The same of its inputs.
    inputs: Vec<(String, Range<usize>)>,
    /// What it is on a sequence that ends.
    whole: Whole,
    /// The run that the file or a folder has, or what is wrong with it.
    recorded: Option<Result<Recorded, String>>,
}

impl Model for Network {
    fn outputs(&self) -> &[(String, Range<usize>)] {
        &self.outputs
    }

    fn inputs(&self) -> &[(String, Range<usize>)] {
        &self.inputs
    }

    /// See [`Whole::reference`].
    fn reference(&self, graph: &Graph) -> Result<Option<(Reference, Option<f64>)>, String> {
        match &self.recorded {
            Some(Ok(recorded)) => self.whole.reference(graph, recorded).map(Some),
            Some(Err(why)) => Err(why.clone()),
            None => Ok(None),
        }
    }
}

/// A model as its file means it, on a whole sequence.
pub(crate) struct Whole {
    graph: Graph,
    /// Frames of padding behind the end, by the operation that reads them.
    behind: BTreeMap<Value, usize>,
    /// The frames of a window, where it has one output for each.
    window: Option<usize>,
    /// Whether it has one output for the whole sequence.
    is_newest: bool,
    /// Along what recorded inputs and outputs go on.
    inputs: Vec<Axis>,
    outputs: Vec<Axis>,
    /// Whether a window sees other frames in a stream than alone.
    carries: bool,
}

/// Reads a model. `run` is its recorded run, where that is no part of it; `origin` is where the user names the file.
pub(crate) fn read(
    bytes: &[u8],
    words: &Words,
    run: Option<&RunFiles>,
    origin: &TokenStream,
) -> Result<(Graph, Network), Message> {
    let said = |Refused { why, help }| Message::new(why).hint(help.map(Hint::help));
    let Ok(model) = proto::model(bytes) else {
        return Err("it is no ONNX model, or a part of one".into());
    };
    if model.has_functions {
        let message = Message::new("it defines operations of its own, which are not read");
        return Err(message.help("export without functions"));
    }
    if model.graph.nodes.is_empty() && model.graph.outputs.is_empty() {
        return Err("it is no ONNX model: it has no nodes".into());
    }
    let attempt = |delay: usize| -> refusal::Result<Result<(Graph, Network), usize>> {
        let mut reader = Reader::new(words, model.opset, origin.clone());
        let inputs = inputs::declare(&mut reader, &model, delay)?;
        reader.graph(&model.graph)?;
        finish::finish(reader, &model.graph, &inputs, run)
    };
    // Outputs of a window that come before its end, by no whole number of their own pushes, make every input wait.
    match attempt(0).map_err(said)? {
        Ok(network) => Ok(network),
        Err(delay) => match attempt(delay).map_err(said)? {
            Ok(network) => Ok(network),
            Err(_) => Err("its outputs do not come at the end of its window".into()),
        },
    }
}
