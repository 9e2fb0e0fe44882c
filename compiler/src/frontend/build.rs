//! Layers as plain numbers to the graph: the clock of each operation, what the table of layers shows, the tensors that a
//! layer needs, and the rules that its shape has to meet. Nothing here knows the text of a macro or the words of a file:
//! both call it.

pub(crate) mod activation;
pub(crate) mod affine;
mod bias;
pub(crate) mod branches;
pub(crate) mod conv;
pub(crate) mod conv2d;
pub(crate) mod conv_transpose;
pub(crate) mod conv_transpose2d;
pub(crate) mod features;
pub(crate) mod frames;
pub(crate) mod gather;
pub(crate) mod limits;
pub(crate) mod norm;
pub(crate) mod pool2d;
pub(crate) mod recurrent;
mod recurrent_tensors;
pub(crate) mod reduce;
mod scopes;
mod shape;
pub(crate) mod skips;
pub(crate) mod split;
mod taps;

use proc_macro2::{Ident, TokenStream};

pub(crate) use self::activation::Applied;
pub(crate) use self::branches::Branch;
pub(crate) use self::scopes::Scope;
use self::scopes::Scopes;
pub(crate) use self::shape::{Convention, Dimension, Shape};
pub(crate) use self::taps::{Padding, Taps};
use crate::clock::Clock;
use crate::errors::Message;
use crate::graph::{Graph, Layer, LayerId, Node, Op, Value};
use crate::passes::align;

/// A layer of one kind, as numbers.
pub(crate) trait Spec {
    /// The word for it.
    fn kind(&self) -> &'static str;

    /// Adds its operations to the graph, as those of the layer at hand, and gives its output.
    ///
    /// # Errors
    ///
    /// Where its numbers make no such layer.
    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong>;
}

/// Why a layer cannot be.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) place: Place,
    pub(crate) message: Message,
}

/// What of a layer is wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// Nothing alone.
    Layer,
    /// The number of this key, or this flag.
    Key(&'static str),
    /// The branch of this number, from 0.
    Branch(usize),
}

impl Wrong {
    pub(crate) fn layer(message: impl Into<Message>) -> Self {
        Self { place: Place::Layer, message: message.into() }
    }

    pub(crate) fn at(key: &'static str, message: impl Into<Message>) -> Self {
        Self { place: Place::Key(key), message: message.into() }
    }
}

/// What was said of a layer beside its numbers.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) kind: String,
    pub(crate) name: Option<Ident>,
    /// Where.
    pub(crate) origin: TokenStream,
    /// Where it was said how much it keeps.
    pub(crate) history_origin: Option<TokenStream>,
    pub(crate) has_branches: bool,
    /// The word that was written, where this layer is part of what that stands for.
    pub(crate) stands_for: Option<&'static str>,
}

/// A graph that grows by one layer after another.
pub(crate) struct Builder {
    pub(crate) graph: Graph,
    pub(crate) scopes: Scopes,
    /// How many layers the one at hand is a branch in.
    pub(crate) depth: usize,
    /// The layer at hand, which is the last one.
    layer: LayerId,
    stands_for: Option<&'static str>,
    frame: Value,
    inputs: usize,
    /// Whether it can have `causal` padding.
    can_be_causal: bool,
    /// The tensors that it needs, by the names and in the orders of each framework.
    conventions: Vec<Convention>,
}

impl Builder {
    /// A graph of its input alone, of so many channels.
    pub(crate) fn new(channels: usize) -> Self {
        Self {
            graph: Graph::new(channels),
            scopes: Scopes::default(),
            depth: 0,
            layer: LayerId(0),
            stands_for: None,
            frame: Value::INPUT,
            inputs: channels,
            can_be_causal: false,
            conventions: Vec::new(),
        }
    }

    /// Begins a layer that takes `frame`, of so many channels.
    pub(crate) fn begin(&mut self, said: Said, frame: Value, inputs: usize) {
        let Said { kind, name, origin, history_origin, has_branches, stands_for } = said;
        self.layer = LayerId(self.graph.layers.len());
        self.graph.layers.push(Layer {
            kind,
            name,
            origin,
            history_origin,
            depth: self.depth,
            has_branches,
            inputs,
            outputs: 0,
            taps: None,
            dilation: None,
            flags: Vec::new(),
            weighted: None,
        });
        (self.stands_for, self.frame, self.inputs) = (stands_for, frame, inputs);
        self.can_be_causal = false;
        self.conventions.clear();
    }

    /// Ends the layer at hand, whose output is `value`. Gives the layer, and the tensors that it needs.
    ///
    /// # Errors
    ///
    /// Where the layer cannot stand where a push has several frames.
    pub(crate) fn end(&mut self, value: Value) -> Result<(LayerId, Vec<Convention>), Wrong> {
        let outputs = self.graph[value].channels;
        if let Some(layer) = self.graph.layers.last_mut() {
            layer.outputs = outputs;
        }
        self.fits_in_time(value)?;
        Ok((self.layer, std::mem::take(&mut self.conventions)))
    }

    fn fits_in_time(&self, value: Value) -> Result<(), Wrong> {
        let Some(layer) = self.graph.layers.get(self.layer.0) else { return Ok(()) };
        let (given, clock) = (self.graph[self.frame].clock, self.graph[value].clock);
        let Clock { frames, .. } = given;
        let (name, own) = (self.stands_for.unwrap_or(&layer.kind), clock.frames / frames.max(1));
        let (text, help) = if own > 1 && self.depth > 0 {
            let text =
                format!("`{name}` gives {own} frames at a push, but a branch can give only one");
            (text, "put it after the layer that the branch belongs to")
        } else if frames > 1 && (clock.first, clock.stride) != (given.first, given.stride) {
            let help = if self.can_be_causal || self.stands_for.is_some() {
                "write `causal`, without `stride`"
            } else if layer.has_branches {
                "write `causal` in its branches, without `stride`"
            } else {
                "put it before the layer that upsamples"
            };
            let all = format!("each of the {frames} frames of a push");
            (format!("`{name}` does not give an output for {all}"), help)
        } else {
            return Ok(());
        };
        Err(Wrong::layer(Message::new(text).help(help)))
    }

    /// The frame that the layer at hand takes.
    fn frame(&self) -> Value {
        self.frame
    }

    /// Its channels.
    fn inputs(&self) -> usize {
        self.inputs
    }

    /// A node of the layer at hand, which is yet to be added.
    fn node(&self, op: Op, inputs: Vec<Value>, channels: usize) -> Node {
        Node::new(op, inputs, channels, self.layer)
    }

    /// Adds an operation of the layer at hand.
    fn op(&mut self, op: Op, inputs: Vec<Value>, channels: usize) -> Value {
        self.push(self.node(op, inputs, channels))
    }

    /// Adds the node whose weights are the layer's.
    fn weighted(&mut self, node: Node, conventions: Vec<Convention>) -> Value {
        self.conventions = conventions;
        let value = self.push(node);
        if let Some(layer) = self.graph.layers.last_mut() {
            layer.weighted = Some(value);
        }
        value
    }

    /// Adds a node, with its clock.
    pub(crate) fn push(&mut self, mut node: Node) -> Value {
        node.clock = align::clock(&self.graph, &node);
        self.graph.push(node)
    }

    /// Adds an activation of `value`, where there is one.
    fn activate(&mut self, value: Value, activation: Option<Applied>) -> Value {
        match activation.and_then(Applied::op) {
            Some(op) => self.op(op, vec![value], self.graph[value].channels),
            None => value,
        }
    }

    /// Says of the layer at hand what the table of layers shows, as a user would write it.
    fn describe(&mut self, flags: Vec<String>) {
        if let Some(layer) = self.graph.layers.last_mut() {
            layer.flags = flags;
        }
    }

    /// The same, with the taps of its kernel, and their distance where it can be another than 1.
    fn describe_taps(&mut self, taps: usize, dilation: Option<usize>, flags: Vec<String>) {
        if let Some(layer) = self.graph.layers.last_mut() {
            (layer.taps, layer.dilation) = (Some(taps), dilation);
        }
        self.describe(flags);
    }
}
