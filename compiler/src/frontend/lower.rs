//! The syntax tree to the graph: every kind, key and shape is proven here. Words that stand for several operations, and scopes,
//! end here.

mod branches;
mod chains;
mod scopes;
mod unknown;

use std::collections::BTreeMap;
use std::fmt::Display;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;

use self::chains::{Chains, Channels, From};
use self::scopes::Scopes;
pub(crate) use self::scopes::Sum;
use super::ast::{self, Math};
use super::kinds::{self, Applied, Convention, MOST_LAYERS, Taps};
use super::names;
use crate::errors::Errors;
use crate::graph::{Graph, LayerId, Node, Op, Value};
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
    /// A graph with its tensors, as some files have it.
    pub(crate) fn whole(graph: Graph) -> Self {
        let (inputs, outputs) = (Some(graph.inputs()), Some(graph.outputs()));
        Self { graph, is_right: true, needs: Vec::new(), inputs, outputs }
    }

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
