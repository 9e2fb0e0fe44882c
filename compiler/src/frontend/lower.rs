//! The syntax tree to layers as numbers, which the builder adds to the graph: every kind and key is checked here, and what the
//! builder finds wrong is reported at the tokens that put it right.

mod branches;
mod chains;
mod unknown;

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;

use self::chains::{Chains, Channels, From};
use super::ast;
use super::build::limits::MOST_LAYERS;
use super::build::{Builder, Place, Spec, Wrong};
use super::kinds::{self, Arguments};
use super::names;
use super::needs::Needs;
use super::weights::FileGraph;
use crate::errors::{Errors, Message};
use crate::graph::{Graph, LayerId, Node, Op, Value};

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

impl<'a> Lowered<'a> {
    /// The network that a file says; `None` where it says none.
    pub(crate) fn of_file(file: Option<FileGraph>) -> Self {
        let Some(FileGraph { graph, needs, .. }) = file else {
            let graph = Graph::new(0);
            return Self { graph, is_right: false, needs: Vec::new(), inputs: None, outputs: None };
        };
        let [inputs, outputs] = [graph.inputs(), graph.outputs()].map(Some);
        let needs = needs.into_iter().map(Some).collect();
        Self { graph, is_right: true, needs, inputs, outputs }
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
        builder: Builder::new(0),
        errors,
        inputs: None,
        unknown: BTreeMap::new(),
        labels: BTreeMap::new(),
        is_whole: net.layers_are_whole,
    };
    let mut chains = Chains { lower: &mut lower, names: names.into_iter(), needs: Vec::new() };
    let chain =
        chains.chain(&net.layers, From { value: Value::INPUT, channels: Channels::Input }, false);
    let needs = chains.needs;
    let (mut graph, inputs) = (lower.builder.graph, lower.inputs);
    graph.output = chain.value;
    let is_right = errors.len() == before
        && net.layers_are_whole
        && needs.iter().all(Option::is_some)
        && inputs.is_some();
    Lowered { graph, is_right, needs, inputs, outputs: chain.outputs }
}

/// The graph so far, and what the kinds need to add to it.
pub(crate) struct Lower<'e> {
    pub(crate) builder: Builder,
    errors: &'e mut Errors,
    /// The channels of the network's input, once a layer has said them.
    inputs: Option<usize>,
    /// The values that a mistake hides, with what is known of their channels.
    unknown: BTreeMap<Value, Option<usize>>,
    labels: BTreeMap<String, Value>,
    /// Whether all layers could be made out.
    is_whole: bool,
}

impl Lower<'_> {
    pub(crate) fn report(&mut self, tokens: &impl ToTokens, message: impl Into<Message>) {
        self.errors.report(tokens, message);
    }

    /// Adds the layer at hand. Where it cannot be, that is reported.
    pub(crate) fn add(&mut self, arguments: &Arguments<'_>, spec: &dyn Spec) -> Option<Value> {
        match spec.add(&mut self.builder) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.wrong(arguments, wrong);
                None
            }
        }
    }

    /// Reports a layer that cannot be, at what the user wrote.
    pub(crate) fn wrong(&mut self, arguments: &Arguments<'_>, wrong: Wrong) {
        match wrong.place {
            Place::Key(key) => self.report(&arguments.written(key), wrong.message),
            Place::Layer | Place::Branch(_) => self.report(&arguments.layer.kind, wrong.message),
        }
    }

    /// The channels of a value; `None` where a mistake hides them.
    pub(crate) fn channels(&self, value: Value) -> Option<usize> {
        match self.unknown.get(&value) {
            Some(channels) => *channels,
            None if value == Value::INPUT => self.inputs,
            None => Some(self.builder.graph[value].channels),
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
        let value = self.builder.push(node);
        self.unknown.insert(value, channels);
        value
    }

    /// The network's input has so many channels.
    fn input_is(&mut self, channels: Option<usize>) {
        if self.inputs.is_none() {
            self.inputs = channels;
            self.builder.graph[Value::INPUT].channels = channels.unwrap_or_default();
        }
    }
}
