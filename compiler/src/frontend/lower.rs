//! The syntax tree to the graph: every kind, key and shape is proven here. Words that stand for several operations, and scopes,
//! end here.

mod branches;
mod scopes;
mod unknown;

use std::collections::BTreeMap;
use std::fmt::Display;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;

use self::scopes::Scopes;
pub(crate) use self::scopes::Sum;
use super::ast::{self, Math};
use super::kinds::{
    self, Applied, Arguments, Branch, Branches, Convention, Kind, MOST_LAYERS, Outputs, Takes, Taps,
};
use super::names;
use crate::clock::Clock;
use crate::errors::Errors;
use crate::graph::{Graph, Layer, LayerId, Node, Op, Value};
use crate::numbers::plural;
use crate::passes::align;
use crate::tensor::Tensor;

/// What is known of a network, right or wrong.
pub(crate) struct Lowered<'a> {
    pub(crate) graph: Graph,
    /// Whether it is all right.
    pub(crate) is_right: bool,
    /// What each layer of [`ast::Net::walk`] needs from the weights file; `None` where the layer is wrong.
    pub(crate) needs: Vec<Option<Needs<'a>>>,
    pub(crate) inputs: Option<usize>,
    pub(crate) outputs: Option<usize>,
}

/// What a layer needs from the weights file.
pub(crate) struct Needs<'a> {
    pub(crate) ast: &'a ast::Layer,
    pub(crate) name: Option<Ident>,
    /// Its tensors, by the names and in the orders of each framework.
    pub(crate) conventions: Vec<Convention>,
    pub(crate) layer: LayerId,
}

impl Needs<'_> {
    /// The tensors of a layer that has none in the file.
    pub(crate) fn without_file(&self) -> Option<Vec<Tensor>> {
        let convention = self.conventions.first().filter(|one| one.tensors.is_empty())?;
        Some((convention.canonical)(Vec::new()))
    }
}

impl<'a> Lowered<'a> {
    /// What the weights file is compared with: every layer that is right, each in its place. `None` where the places are not
    /// known, or nothing is wrong but the network as a whole.
    pub(crate) fn needs(&self, net: &ast::Net, is_right: bool) -> Option<Vec<Option<&Needs<'a>>>> {
        let walked = net.walk();
        let mut layers = walked.iter().zip(&self.needs);
        let places_are_known = net.layers_are_whole
            && layers.all(|(layer, needs)| needs.is_some() || kinds::has_known_place(layer));
        let some_are_wrong = self.needs.iter().any(Option::is_none);
        (is_right || places_are_known && some_are_wrong)
            .then(|| self.needs.iter().map(Option::as_ref).collect())
    }
}

pub(crate) fn lower<'a>(net: &'a ast::Net, errors: &mut Errors) -> Lowered<'a> {
    let before = errors.len();
    let walked = net.walk();
    if let Some(layer) = walked.get(MOST_LAYERS) {
        let (name, count) = (&net.name, walked.len());
        let message = format!("`{name}` has {count} layers, but the limit is {MOST_LAYERS}");
        errors.report(&layer.kind, message);
    }
    let names = names::check(&walked, errors);
    let mut lower = Lower {
        graph: Graph::new(0),
        errors,
        scopes: Scopes::default(),
        math: net.math(),
        inputs: None,
        unknown: BTreeMap::new(),
        labels: BTreeMap::new(),
        layer: LayerId(0),
        conventions: Vec::new(),
        is_whole: net.layers_are_whole,
    };
    let mut chains =
        Chains { lower: &mut lower, names: names.into_iter(), needs: Vec::new(), depth: 0 };
    let chain =
        chains.chain(&net.layers, From { value: Value::INPUT, channels: Channels::Input }, false);
    let needs = chains.needs;
    let (mut graph, inputs) = (lower.graph, lower.inputs);
    graph.output = chain.value;
    let is_right = errors.len() == before
        && net.layers_are_whole
        && needs.iter().all(Option::is_some)
        && inputs.is_some();
    Lowered { graph, is_right, needs, inputs, outputs: chain.outputs }
}

/// The graph so far, and what the kinds need to add to it.
pub(crate) struct Lower<'e> {
    pub(crate) graph: Graph,
    errors: &'e mut Errors,
    pub(crate) scopes: Scopes,
    math: Math,
    /// The channels of the network's input, once a layer has said them.
    inputs: Option<usize>,
    /// The values that a mistake hides, with what is known of their channels.
    unknown: BTreeMap<Value, Option<usize>>,
    labels: BTreeMap<String, Value>,
    /// The layer at hand, which is the last one.
    layer: LayerId,
    /// What the layer at hand needs from the weights file.
    conventions: Vec<Convention>,
    /// Whether all layers could be made out.
    is_whole: bool,
}

impl Lower<'_> {
    pub(crate) fn report(&mut self, tokens: &impl ToTokens, message: impl Display) {
        self.errors.report(tokens, message);
    }

    /// A node of the layer at hand, which is yet to be added.
    pub(crate) fn node(&self, op: Op, inputs: Vec<Value>, channels: usize) -> Node {
        Node::new(op, inputs, channels, self.layer)
    }

    /// Adds an operation of the layer at hand.
    pub(crate) fn op(&mut self, op: Op, inputs: Vec<Value>, channels: usize) -> Value {
        self.push(self.node(op, inputs, channels))
    }

    /// Adds the node whose weights are the layer's.
    pub(crate) fn weighted(&mut self, node: Node, conventions: Vec<Convention>) -> Value {
        self.conventions = conventions;
        let value = self.push(node);
        if let Some(layer) = self.graph.layers.last_mut() {
            layer.weighted = Some(value);
        }
        value
    }

    fn push(&mut self, mut node: Node) -> Value {
        node.clock = align::clock(&self.graph, &node);
        self.graph.push(node)
    }

    /// Adds an activation of `value`, where there is one.
    pub(crate) fn activate(&mut self, value: Value, activation: Option<Applied>) -> Value {
        match activation.and_then(Applied::op) {
            Some(op) => self.op(op, vec![value], self.graph[value].channels),
            None => value,
        }
    }

    /// Says of the layer at hand what the table of layers shows: its taps, and what a user would write.
    pub(crate) fn describe(
        &mut self,
        taps: Option<&Taps>,
        count: Option<usize>,
        flags: Vec<String>,
    ) {
        if let Some(layer) = self.graph.layers.last_mut() {
            layer.taps = taps.map(|taps| taps.window.taps).or(count);
            layer.dilation = taps.map(|taps| taps.window.dilation);
            layer.flags = flags;
        }
    }

    /// The channels of a value; `None` where a mistake hides them.
    pub(crate) fn channels(&self, value: Value) -> Option<usize> {
        match self.unknown.get(&value) {
            Some(channels) => *channels,
            None if value == Value::INPUT => self.inputs,
            None => Some(self.graph[value].channels),
        }
    }

    /// The output of the layer with that label.
    pub(crate) fn labelled(&self, label: &Ident) -> Option<Value> {
        self.labels.get(&label.unraw().to_string()).copied()
    }

    /// The labels so far.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &String> {
        self.labels.keys()
    }

    /// The output of a layer that is wrong.
    fn unknown(&mut self, input: Value, channels: Option<usize>) -> Value {
        let node =
            Node::new(Op::Unknown, vec![input], channels.unwrap_or_default(), LayerId(usize::MAX));
        let value = self.push(node);
        self.unknown.insert(value, channels);
        value
    }

    /// The network's input has so many channels.
    fn input_is(&mut self, channels: Option<usize>) {
        if self.inputs.is_none() {
            self.inputs = channels;
            self.graph[Value::INPUT].channels = channels.unwrap_or_default();
        }
    }
}

/// The channels that reach a layer.
#[derive(Clone)]
enum Channels {
    /// The network's own input: the first layer says how many.
    Input,
    Known {
        count: usize,
        /// The layer that gives them.
        giver: String,
    },
    /// A mistake that has been reported hides them.
    Unknown,
}

impl Channels {
    fn count(&self) -> Option<usize> {
        match self {
            Self::Known { count, .. } => Some(*count),
            Self::Input | Self::Unknown => None,
        }
    }
}

/// The frame that reaches a layer.
#[derive(Clone)]
struct From {
    value: Value,
    channels: Channels,
}

/// What is known of a chain.
struct Chain {
    value: Value,
    inputs: Option<usize>,
    outputs: Option<usize>,
}

/// What is known of a layer.
struct Lowering {
    name: Option<Ident>,
    kind: Option<&'static Kind>,
    value: Value,
    inputs: Option<usize>,
    outputs: Option<usize>,
}

/// Layers one after the other: each takes the channels that the one before it gives.
struct Chains<'a, 'l, 'e> {
    lower: &'l mut Lower<'e>,
    /// A name for each layer of [`ast::Net::walk`].
    names: std::vec::IntoIter<Option<Ident>>,
    needs: Vec<Option<Needs<'a>>>,
    /// How many layers the one at hand is a branch in.
    depth: usize,
}

impl<'a> Chains<'a, '_, '_> {
    fn chain(&mut self, layers: &'a [ast::Layer], mut from: From, is_branch: bool) -> Chain {
        let count = from.channels.count();
        let mut chain = Chain { value: from.value, inputs: count, outputs: count };
        for (place, layer) in layers.iter().enumerate() {
            let lowering = self.layer(layer, &from, is_branch && place == 0);
            if matches!(from.channels, Channels::Input) {
                chain.inputs = lowering.inputs;
                self.lower.input_is(lowering.inputs);
            }
            // Where the last layer hides its own, those before it are the best guess.
            chain.outputs = lowering.outputs.or(chain.outputs);
            chain.value = lowering.value;
            if let Some(label) = &layer.label {
                self.lower.labels.insert(label.unraw().to_string(), lowering.value);
            }
            from = From { value: lowering.value, channels: after(from.channels, layer, &lowering) };
        }
        chain
    }

    fn layer(&mut self, ast: &'a ast::Layer, from: &From, is_first_of_branch: bool) -> Lowering {
        let kind = kinds::kind(&ast.kind);
        let said = said(ast, kind);
        let mut channels = from.channels.clone();
        // Of a stack, it says what its layers take.
        let is_input = matches!(channels, Channels::Input) && !ast.branches.is_empty();
        if let Some(count) = said.filter(|_| is_input || ast.stands_for.is_some()) {
            channels = Channels::Known { count, giver: ast.kind.to_string() };
        }
        if from.value == Value::INPUT {
            self.lower.input_is(channels.count());
        }
        let takes = kind.map(|kind| kind.branches);
        let (chains, sum, reads_condition) = self.branches(ast, takes, from.value, &mut channels);
        let name = self.names.next().flatten();
        let Some(kind) = kind.filter(|_| ast.arguments.is_some()) else {
            if ast.arguments.is_some() {
                unknown::report(&ast.kind, self.lower.errors);
            }
            let count = |key| ast.number(key).and_then(ast::Number::count);
            let inputs = said.or(channels.count());
            let is_activation = kind.is_some_and(|kind| kind.activation.is_some());
            let outputs = if is_activation { inputs } else { count("out") };
            return self.wrong(from.value, name, kind, [inputs, outputs]);
        };
        let needs_in = matches!(channels, Channels::Input)
            && ast.branches.iter().all(Vec::is_empty)
            && kind.input_key.is_none()
            && !kind.takes_label;
        let math = self.lower.math;
        let (mut arguments, is_complete) =
            Arguments::check(ast, kind, math, needs_in, self.lower.errors);
        let given = if ast.stands_for.is_some() { &from.channels } else { &channels };
        let is_complete =
            inputs(&mut arguments, name.as_ref(), given, self.lower.errors) && is_complete;
        let is_complete =
            branches::count(ast, kind, self.lower.is_whole, self.lower.errors) && is_complete;
        let known = chains.iter().map(|chain| {
            let outputs = chain.outputs.or(arguments.inputs)?;
            Some(Branch { outputs, value: chain.value })
        });
        let known: Option<Vec<_>> = known.collect();
        let are_right = ast.branches.is_empty() || self.are_right(&ast.branches);
        let mut value = None;
        if let Some(branches) = known.filter(|_| is_complete && are_right) {
            (arguments.branches, arguments.sum) = (branches, sum);
            arguments.reads_condition = reads_condition;
            arguments.is_first_of_branch = is_first_of_branch;
            arguments.frame = Some(from.value);
            if matches!(from.channels, Channels::Input) {
                self.lower.input_is(arguments.inputs);
            }
            value = self.operations(&arguments, name.as_ref());
        }
        let outputs = match (value, kind.outputs) {
            (Some(value), _) => self.lower.channels(value),
            (None, Outputs::Inputs) => match (kind.branches, chains.as_slice()) {
                (Branches::Conditioned, [.., chain]) | (_, [chain, ..]) => chain.outputs,
                (_, []) => written_outputs(ast).or(arguments.inputs),
            },
            (None, Outputs::Key(name)) => {
                let key = kind.keys.iter().find(|key| key.name == name);
                let optional = key.is_some_and(|key| key.takes == Takes::OptionalCount);
                let otherwise = arguments.input_key().or(arguments.inputs);
                arguments.count(name).or(otherwise.filter(|_| optional))
            }
            (None, Outputs::Hidden) => sum.and_then(|sum| self.lower.channels(sum)),
        };
        match value {
            Some(value) => {
                Lowering { name, kind: Some(kind), value, inputs: arguments.inputs, outputs }
            }
            None => self.wrong(from.value, name, Some(kind), [arguments.inputs, outputs]),
        }
    }

    /// The chains of a layer's branches; what they add up as skips; whether they read the condition that the layer gives.
    fn branches(
        &mut self,
        ast: &'a ast::Layer,
        takes: Option<Branches>,
        value: Value,
        channels: &mut Channels,
    ) -> (Vec<Chain>, Option<Value>, bool) {
        let is_conditioned = takes == Some(Branches::Conditioned) && !ast.branches.is_empty();
        let mut chains: Vec<Chain> = Vec::new();
        self.depth += 1;
        self.lower.scopes.push(takes);
        for (place, branch) in ast.branches.iter().enumerate() {
            if is_conditioned && place + 1 == ast.branches.len() {
                let condition = chains.last().map_or(value, |chain| chain.value);
                self.lower.scopes.push_condition(condition);
            }
            let chain = self.chain(branch, From { value, channels: channels.clone() }, true);
            if let (Channels::Input, Some(count)) = (&*channels, chain.inputs) {
                *channels = Channels::Known { count, giver: ast.kind.to_string() };
            }
            chains.push(chain);
        }
        self.depth -= 1;
        let sum = self.lower.scopes.pop(takes);
        let output = chains.last().map(|chain| sum.unwrap_or(chain.value));
        let reads_condition =
            is_conditioned && self.lower.scopes.pop_condition(&self.lower.graph, output);
        (chains, sum, reads_condition)
    }

    /// Adds the operations of a layer, whose arguments are right, to the graph.
    fn operations(&mut self, arguments: &Arguments<'a>, name: Option<&Ident>) -> Option<Value> {
        let ast = arguments.layer;
        let layers = &mut self.lower.graph.layers;
        let id = LayerId(layers.len());
        layers.push(Layer {
            kind: ast.kind.to_string(),
            name: name.cloned(),
            origin: ast.kind.to_token_stream(),
            history_origin: ["dilation", "k", "frames", "size"]
                .into_iter()
                .find_map(|key| Some(ast.number(key)?.tokens.clone())),
            depth: self.depth,
            has_branches: !ast.branches.is_empty(),
            inputs: arguments.inputs?,
            outputs: 0,
            taps: None,
            dilation: None,
            flags: Vec::new(),
            weighted: None,
        });
        self.lower.layer = id;
        self.lower.conventions.clear();
        let value = (arguments.kind.lower)(arguments, self.lower)?;
        let outputs = self.lower.channels(value).unwrap_or_default();
        if let Some(layer) = self.lower.graph.layers.get_mut(id.0) {
            layer.outputs = outputs;
        }
        if !self.fits_in_time(arguments, value) {
            return None;
        }
        let conventions = std::mem::take(&mut self.lower.conventions);
        self.needs.push(Some(Needs { ast, name: name.cloned(), conventions, layer: id }));
        Some(value)
    }

    /// Whether a layer can stand where a push has several frames.
    fn fits_in_time(&mut self, arguments: &Arguments<'_>, value: Value) -> bool {
        let graph = &self.lower.graph;
        let ast = arguments.layer;
        let given = arguments.frame.map_or(Clock::EVERY_PUSH, |frame| graph[frame].clock);
        let clock = graph[value].clock;
        let (name, frames) = (ast.written(), given.frames);
        let own = clock.frames / frames.max(1);
        let (message, help) = if own > 1 && self.depth > 0 {
            let message =
                format!("`{name}` gives {own} frames at a push, but a branch can give only one");
            (message, "put it after the layer that the branch belongs to")
        } else if frames > 1 && (clock.first, clock.stride) != (given.first, given.stride) {
            let causal = || arguments.kind.flags().find(|flag| flag.name == "causal");
            let help = if causal().is_some() || ast.stands_for.is_some() {
                "write `causal`, without `stride`"
            } else if ast.branches.is_empty() {
                "put it before the layer that upsamples"
            } else {
                "write `causal` in its branches, without `stride`"
            };
            (
                format!(
                    "`{name}` does not give an output for each of the {frames} frames of a push"
                ),
                help,
            )
        } else {
            return true;
        };
        self.lower.report(&ast.kind, format!("{message}\nhelp: {help}"));
        false
    }

    fn wrong(
        &mut self,
        input: Value,
        name: Option<Ident>,
        kind: Option<&'static Kind>,
        [inputs, outputs]: [Option<usize>; 2],
    ) -> Lowering {
        self.needs.push(None);
        let value = self.lower.unknown(input, outputs);
        Lowering { name, kind, value, inputs, outputs }
    }

    /// Whether the layers of branches that have just been lowered are right.
    fn are_right(&self, branches: &[Vec<ast::Layer>]) -> bool {
        let mut walked = Vec::new();
        branches.iter().flatten().for_each(|layer| layer.walk(&mut walked));
        self.needs.iter().rev().take(walked.len()).all(Option::is_some)
    }
}

/// The channels behind a layer.
fn after(before: Channels, ast: &ast::Layer, lowering: &Lowering) -> Channels {
    let name = lowering.name.as_ref().unwrap_or(&ast.kind);
    match (lowering.outputs, before) {
        (Some(count), Channels::Known { giver, .. })
            if lowering.kind.is_some_and(|kind| kind.activation.is_some()) =>
        {
            Channels::Known { count, giver }
        }
        (Some(count), _) => Channels::Known { count, giver: name.to_string() },
        (None, _) => Channels::Unknown,
    }
}

/// The channels that a layer says it takes.
fn said(ast: &ast::Layer, kind: Option<&Kind>) -> Option<usize> {
    let other = || ast.number(kind?.input_key?);
    ast.number(kinds::IN.name).or_else(other).and_then(ast::Number::count)
}

/// The channels of its output that a layer states, where its kind has no key for them: `linear(out=3)`.
fn written_outputs(ast: &ast::Layer) -> Option<usize> {
    let keys = ["out", "units", "out_features", "out_channels"];
    keys.into_iter().find_map(|key| ast.number(key)).and_then(ast::Number::count)
}

/// Settles the channels that a layer takes: what reaches it, with which what it says has to agree.
fn inputs(
    arguments: &mut Arguments<'_>,
    name: Option<&Ident>,
    channels: &Channels,
    errors: &mut Errors,
) -> bool {
    let stack = arguments.layer.stands_for;
    let said = arguments.count(kinds::IN.name);
    arguments.inputs = channels.count().or(said).or(arguments.input_key());
    if let (Channels::Known { count, giver }, Some(said)) = (channels, said)
        && *count != said
    {
        let name = name.map_or_else(|| arguments.layer.written(), ToString::to_string);
        let taken = plural(said, "channel");
        let message = format!("`{name}` takes {taken}, but `{giver}` gives {count}");
        let help = match stack {
            Some(_) => format!("help: put `dense(out={said})` before it"),
            None => format!("help: write `in={count}`"),
        };
        errors.report(&arguments.written(kinds::IN.name), format!("{message}\n{help}"));
        return false;
    }
    arguments.inputs.is_some()
}
