//! What the compiler knows of a network, for programs that show it.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;

use crate::clock::Clock;
use crate::emit::{self, state, weights};
use crate::errors::Errors;
use crate::eval::{self, Machine};
use crate::frontend::weights::Reference;
use crate::graph::{Fate, Graph, LayerId, Node, Op, Value};
use crate::written::{self, Written};

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

impl Compiled {
    /// Takes over the mistakes, where somebody wants to know them.
    pub(crate) fn note(report: &mut Option<&mut Self>, errors: &Errors) {
        if let Some(report) = report {
            let mistakes = errors.mistakes().map(|(message, span)| Mistake { message, span });
            report.mistakes.extend(mistakes);
        }
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

/// What the costliest push computes, of what makes its time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    /// Multiply-accumulates.
    pub macs: usize,
    /// Values of `tanh`, `sigmoid` and other functions that are not made of comparisons and sums.
    pub functions: usize,
    /// The same of approximations (`#[math = "fast"]`).
    pub fast_functions: usize,
    /// Operations.
    pub operations: usize,
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
    /// What it computes, as the text form of the graph has it: `conv k=3 in=2 out=4`.
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

/// A recorded run, replayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replay {
    /// Frames that were pushed.
    pub frames: usize,
    /// Outputs that were compared.
    pub outputs: usize,
    /// Outputs that are there in the run and not in the network, or the other way.
    pub misplaced: usize,
    /// The largest difference between a recorded number and that in f64, as part of the recorded one, or of 1 where that is
    /// more.
    pub difference: f64,
    /// The same of f32, with the order of additions of the kernels.
    pub difference_f32: f64,
    /// The largest difference that the network's test allows.
    pub tolerance: f64,
}

/// A recorded run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<'a> {
    /// The frames that were pushed.
    pub inputs: Vec<&'a [f64]>,
    /// The output of each push; the frames of an output that has several follow each other.
    pub outputs: Vec<Option<&'a [f64]>>,
    /// The largest difference that the network's test allows.
    pub tolerance: f64,
}

/// What a replay needs.
#[derive(Debug)]
struct Replayed {
    graph: Graph,
    run: Reference,
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
            work: work(graph),
            sample_rate: network.metadata.and_then(|metadata| metadata.sample_rate),
            layers: layers(graph),
            operations: operations(graph),
            replayed: run.map(|run| Replayed { graph: graph.clone(), run: run.clone() }),
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

    /// The recorded run of the weights file, where it has one.
    #[must_use]
    pub fn run(&self) -> Option<Run<'_>> {
        let Reference { input, output, tolerance } = &self.replayed.as_ref()?.run;
        let outputs = output.iter().map(|output| Some(output.as_ref()?.numbers.as_slice()));
        let (inputs, tolerance) = (input.numbers.chunks(self.inputs.max(1)).collect(), *tolerance);
        Some(Run { inputs, outputs: outputs.collect(), tolerance })
    }

    /// The largest difference between the outputs of this network and of another for the same frames, in f64, as part of this
    /// network's outputs, or of 1 where that is more. Infinite where one of the two has an output at a push and the other has
    /// none.
    #[must_use]
    pub fn distance(&self, other: &Self, frames: &[Vec<f64>]) -> f64 {
        let (Some(own), Some(theirs)) = (&self.unchanged, &other.unchanged) else {
            return f64::INFINITY;
        };
        if (self.inputs, self.outputs) != (other.inputs, other.outputs) {
            return f64::INFINITY;
        }
        let (mut own, mut theirs) = (Machine::<f64>::new(own), Machine::<f64>::new(theirs));
        let mut distance = 0.0_f64;
        for frame in frames {
            let [own, theirs] = [&mut own, &mut theirs]
                .map(|machine| machine.push(frame, |_, _| ()).map(|frames| frames.concat()));
            let off = match (own, theirs) {
                (None, None) => 0.0,
                (Some(own), Some(theirs)) if own.len() == theirs.len() => {
                    let pairs = own.iter().zip(&theirs);
                    let off = pairs.map(|(own, other)| (own - other).abs() / own.abs().max(1.0));
                    off.fold(0.0, |most, off| if off > most || off.is_nan() { off } else { most })
                }
                _ => f64::INFINITY,
            };
            distance = if off.is_nan() { f64::INFINITY } else { distance.max(off) };
        }
        distance
    }

    /// Replays the whole recorded run of the weights file, in f64 and in f32. `None` where there is no run, or where a mistake
    /// hides the weights.
    #[must_use]
    pub fn replay(&self) -> Option<Replay> {
        let Replayed { graph, run } = self.replayed.as_ref()?;
        let mut replay = Replay {
            frames: run.output.len(),
            outputs: 0,
            misplaced: 0,
            difference: 0.0,
            difference_f32: 0.0,
            tolerance: run.tolerance,
        };
        eval::replay_all(graph, &run.input, |push, exact, single| {
            let recorded = run.output.get(push).and_then(Option::as_ref);
            match (recorded, exact) {
                (None, None) => {}
                (Some(recorded), Some(exact)) if recorded.numbers.len() == exact.len() => {
                    replay.outputs += 1;
                    let single = single.unwrap_or_default();
                    for (recorded, exact, single) in
                        recorded.numbers.iter().zip(exact).zip(single).map(|((r, e), s)| (*r, e, s))
                    {
                        let off = |given: f64| {
                            let off = (given - recorded).abs() / recorded.abs().max(1.0);
                            if off.is_nan() { f64::INFINITY } else { off }
                        };
                        replay.difference = replay.difference.max(off(exact));
                        replay.difference_f32 = replay.difference_f32.max(off(f64::from(single)));
                    }
                }
                _ => replay.misplaced += 1,
            }
        });
        Some(replay)
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
            text: text(node),
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

/// The operation with what it does beside: `conv k=3 in=2 out=4 relu`.
fn text(node: &Node) -> String {
    let mut text = node.op.to_string();
    if let Some(epilogue) = node.epilogue {
        text += &format!(" {epilogue}");
    }
    text
}

/// Functions that are comparisons, sums and products: they cost little.
const CHEAP: [&str; 11] = [
    "abs",
    "clip",
    "hard_sigmoid",
    "hard_swish",
    "hard_tanh",
    "leaky_hard_tanh",
    "leaky_relu",
    "relu",
    "relu6",
    "square",
    "thresholded_relu",
];

fn work(graph: &Graph) -> Work {
    let mut work = Work { macs: graph.sum(|value| graph.macs(value)), ..Work::default() };
    for value in graph.lines() {
        let node = &graph[value];
        let values = node.channels.saturating_mul(node.clock.frames);
        work.operations += usize::from(!node.is_inline);
        let mapped = match &node.op {
            Op::Map(activation) => Some(*activation),
            _ => node.epilogue,
        };
        if let Some(activation) = mapped {
            let name = activation.function.name;
            if name.starts_with("fast_") {
                work.fast_functions = work.fast_functions.saturating_add(values);
            } else if !CHEAP.contains(&name) {
                work.functions = work.functions.saturating_add(values);
            }
        }
        match &node.op {
            Op::Recurrent(cell) => {
                // A function for each gate, and one for the output of an LSTM.
                let gates = cell.gates().len() + usize::from(cell.cell == crate::graph::Cell::Lstm);
                let count = cell.units.saturating_mul(gates).saturating_mul(node.clock.frames);
                if cell.is_fast { work.fast_functions += count } else { work.functions += count }
            }
            Op::Softmax { .. } => work.functions = work.functions.saturating_add(values),
            _ => {}
        }
    }
    work
}
