//! What the compiler knows of a network, for programs that show it.

mod replay;
mod work;

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;

use crate::Observer;
use crate::clock::Clock;
use crate::emit::{self, state, weights};
use crate::errors::Errors;
use crate::eval;
use crate::graph::{Fate, Graph, LayerId, Value};
pub use crate::integers::Quality;
use crate::written::{self, Written};

use self::replay::Replayed;
pub use self::replay::{IntegerReplay, Replay, Run};
pub use self::work::Work;

/// What the compiler makes of a text.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The networks whose shape is known, in the order of the text.
    pub networks: Vec<Network>,
    /// Everything that is wrong. Without any, `rust` compiles.
    pub mistakes: Vec<Mistake>,
    /// What [`expand`](crate::expand) gives.
    pub rust: TokenStream,
}

impl Observer for Compiled {
    fn mistakes(&mut self, errors: &Errors) {
        let mistakes = errors.mistakes().map(|(message, span)| Mistake { message, span });
        self.mistakes.extend(mistakes);
    }

    fn network(
        &mut self,
        network: &emit::Network<'_>,
        is_complete: bool,
        unchanged: Option<&Graph>,
    ) {
        self.networks.push(Network::of(network, is_complete, unchanged.cloned()));
    }
}

/// Something wrong in a text or in a file.
#[derive(Debug)]
pub struct Mistake {
    /// What is wrong, then each `note:` and `help:` on a line of its own.
    pub message: String,
    /// The part of the text to change.
    pub span: Span,
}

/// A network, once its operations have been folded and fused.
#[derive(Debug)]
pub struct Network {
    /// The name of its struct.
    pub name: String,
    /// Channels of an input frame.
    pub inputs: usize,
    /// Channels of an output frame.
    pub outputs: usize,
    /// When there is an output.
    pub timing: Timing,
    /// Multiply-accumulates of the costliest push.
    pub macs: usize,
    /// Bytes of RAM between two pushes.
    pub state_bytes: usize,
    /// Bytes of weights.
    pub weight_bytes: usize,
    /// What a push computes.
    pub work: Work,
    /// What the outputs of a network of 16-bit integers lose; `None` for a network of f32.
    pub quality: Option<Quality>,
    /// Frames a second that the weights file is made for.
    pub sample_rate: Option<f64>,
    /// As the text or the file says them.
    pub layers: Vec<Layer>,
    /// The operations of a push, in order; the first is the input, the last gives the output.
    pub operations: Vec<Operation>,
    replayed: Option<Replayed>,
    /// Before the rewrites, with its tensors.
    unchanged: Option<Graph>,
}

/// When a value is there. All counts are of input frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// Pushes without a value at the start.
    pub first: usize,
    /// From there, one push in so many has a value.
    pub stride: usize,
    /// The value belongs to the input frame so many pushes before.
    pub lag: usize,
    /// Frames of one value.
    pub frames: usize,
    /// The newest input frames that a value depends on; `None` where these are all.
    pub receptive_field: Option<usize>,
}

/// A layer as the text or the file says it.
#[derive(Debug)]
pub struct Layer {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// The word for it, such as `conv`.
    pub kind: String,
    /// Its other keys and flags.
    pub flags: Vec<String>,
    /// Layers around it.
    pub depth: usize,
    /// Channels that it takes.
    pub inputs: usize,
    /// Channels that it gives.
    pub outputs: usize,
    /// The taps of its kernel or window.
    pub taps: Option<usize>,
    /// Frames from one tap to the next.
    pub dilation: Option<usize>,
    /// Past frames that it keeps.
    pub history: usize,
    /// Its weights.
    pub weights: usize,
    /// Its multiply-accumulates.
    pub macs: usize,
    /// What has become of its operations.
    pub fate: LayerFate,
}

/// What has become of a layer.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerFate {
    /// It has operations of its own, or never had any.
    Own,
    /// Its operations are part of those of this layer, whose name or kind this is.
    PartOf(String),
    /// No output depends on it.
    Unneeded,
}

/// An operation of a push.
#[derive(Debug)]
pub struct Operation {
    /// What it computes, in the words of the macro: `conv(k=3, out=4, causal)`.
    pub text: String,
    /// The name of its layer, or the kind where it has no name.
    pub layer: Option<String>,
    /// The places of its operands in [`Network::operations`].
    pub operands: Vec<usize>,
    /// Channels of its output.
    pub channels: usize,
    /// When it has an output.
    pub timing: Timing,
    /// The taps of its kernel or window, and the frames from one to the next; 1 and 1 where it has none.
    pub taps: (usize, usize),
}

impl Network {
    /// A network whose tensors are all there if `is_complete`.
    /// `unchanged` is its graph before the rewrites.
    pub(crate) fn of(
        network: &emit::Network<'_>,
        is_complete: bool,
        unchanged: Option<Graph>,
    ) -> Self {
        let graph = network.graph;
        let run = network.run.filter(|_| is_complete);
        Self {
            name: network.ast.name.unraw().to_string(),
            inputs: graph.inputs(),
            outputs: graph.outputs(),
            timing: graph.clock().into(),
            macs: graph.sum(|value| graph.macs(value)),
            state_bytes: graph.sum(|value| state::bytes_of(graph, value)),
            weight_bytes: weights::bytes(graph, network.integers),
            work: work::work(graph),
            quality: network.integers.map(|integers| integers.quality),
            sample_rate: network.metadata.and_then(|metadata| metadata.sample_rate),
            layers: layers(graph),
            operations: operations(graph),
            replayed: run.map(|run| Replayed {
                graph: graph.clone(),
                run: run.clone(),
                integers: network.integers.cloned(),
            }),
            unchanged,
        }
    }

    /// The network as text of the macro, with its weights.
    ///
    /// # Errors
    ///
    /// Which operation no layer of the language computes.
    pub fn written(&self) -> Result<Written, String> {
        let graph = self.unchanged.as_ref().ok_or("a mistake hides the weights")?;
        written::write(graph)
    }
}

impl From<Clock> for Timing {
    fn from(clock: Clock) -> Self {
        let receptive_field =
            Some(clock.reach().saturating_add(1)).filter(|frames| *frames < usize::MAX);
        let Clock { first, stride, lag, frames, .. } = clock;
        Self { first, stride, lag, frames, receptive_field }
    }
}

fn layers(graph: &Graph) -> Vec<Layer> {
    let layer = |(id, layer): (LayerId, &crate::graph::Layer)| {
        let fate = match graph.fate(id) {
            Fate::Whole => LayerFate::Own,
            Fate::Unneeded => LayerFate::Unneeded,
            Fate::PartOf(other) => LayerFate::PartOf(
                graph.layers.get(other.0).map(crate::graph::Layer::shown).unwrap_or_default(),
            ),
        };
        let of = |cost: &dyn Fn(Value) -> usize| match fate {
            LayerFate::Own => graph.sum_of(id, cost),
            _ => 0,
        };
        Layer {
            name: layer.name.as_ref().map(|name| name.unraw().to_string()),
            kind: layer.kind.clone(),
            flags: layer.flags.clone(),
            depth: layer.depth,
            inputs: layer.inputs,
            outputs: layer.outputs,
            taps: layer.taps,
            dilation: layer.dilation,
            history: of(&|value| graph[value].history()),
            weights: of(&|value| graph[value].weight_count()),
            macs: of(&|value| graph.macs(value)),
            fate,
        }
    };
    graph.numbered_layers().map(layer).collect()
}

fn operations(graph: &Graph) -> Vec<Operation> {
    let values: Vec<Value> = std::iter::once(Value::INPUT).chain(graph.lines()).collect();
    let place = |value: Value| values.iter().position(|other| *other == value);
    let operation = |value: &Value| {
        let node = &graph[*value];
        Operation {
            text: written::label(graph, *value),
            layer: graph.layer(*value).map(|layer| {
                let name = layer.name.as_ref().map(|name| name.unraw().to_string());
                name.unwrap_or_else(|| layer.kind.clone())
            }),
            operands: node.operands().filter_map(place).collect(),
            channels: node.channels,
            timing: node.clock.into(),
            taps: {
                let window = eval::window(&node.op);
                (window.taps, window.dilation)
            },
        }
    };
    values.iter().map(operation).collect()
}
