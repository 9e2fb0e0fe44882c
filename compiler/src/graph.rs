//! The network as a graph: a list of operations in topological order. It stands by itself: no pass looks at the text or the
//! file that it came from, but for where to report a mistake.

pub(crate) mod activation;
mod cost;
mod op;
mod text;

use std::ops::{Index, IndexMut};

use proc_macro2::{Ident, TokenStream};

pub(crate) use self::activation::Activation;
pub(crate) use self::op::{
    Binary, Cell, Conv, Conv2d, ConvTranspose, Delay, FeaturePool, FeatureReduction, GroupNorm, Op,
    Pool, Recurrent, Reduction, Window,
};
use crate::clock::Clock;
pub(crate) use crate::clock::Meet;
use crate::tensor::Tensor;

/// The output of a node.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Value(usize);

impl Value {
    pub(crate) const INPUT: Self = Self(0);
}

/// An operation and its output.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) op: Op,
    pub(crate) inputs: Vec<Value>,
    /// What the sums of a convolution start from beside its bias: frames of its output's channels.
    pub(crate) seed: Option<Value>,
    /// What is applied to the sums.
    pub(crate) epilogue: Option<Activation>,
    /// Whether it has no line of its own: its only user computes it in passing.
    pub(crate) is_inline: bool,
    pub(crate) channels: usize,
    pub(crate) clock: Clock,
    /// Whether its sums start from a bias.
    pub(crate) has_bias: bool,
    /// As the operation says, once the weights are bound.
    pub(crate) tensors: Vec<Tensor>,
    /// The layer whose arithmetic it is.
    pub(crate) layer: LayerId,
}

impl Node {
    pub(crate) fn new(op: Op, inputs: Vec<Value>, channels: usize, layer: LayerId) -> Self {
        Self {
            op,
            inputs,
            seed: None,
            epilogue: None,
            is_inline: false,
            channels,
            has_bias: false,
            clock: Clock::EVERY_PUSH,
            tensors: Vec::new(),
            layer,
        }
    }

    /// What it reads: its inputs, and what its sums start from.
    pub(crate) fn operands(&self) -> impl Iterator<Item = Value> + '_ {
        self.inputs.iter().copied().chain(self.seed)
    }

    pub(crate) fn input(&self) -> Option<Value> {
        self.inputs.first().copied()
    }

    /// The convolution that it is.
    pub(crate) fn conv(&self) -> Option<&Conv> {
        match &self.op {
            Op::Conv(conv) => Some(conv),
            _ => None,
        }
    }

    /// The convolution that it is, where that has one group and an output at every push.
    pub(crate) fn dense_conv(&self) -> Option<&Conv> {
        self.conv().filter(|conv| conv.groups == 1 && !conv.window.clock().is_scheduled())
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct LayerId(pub(crate) usize);

/// A layer as the user, or a file, says it: what messages, documentation and names of fields need.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// The word for it.
    pub(crate) kind: String,
    /// Its field and, in upper case, its `static`. `None` where it has neither label nor weights, and keeps nothing.
    pub(crate) name: Option<Ident>,
    /// Where it was said.
    pub(crate) origin: TokenStream,
    /// Where it was said how much it keeps.
    pub(crate) history_origin: Option<TokenStream>,
    /// Layers around it.
    pub(crate) depth: usize,
    pub(crate) has_branches: bool,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    pub(crate) taps: Option<usize>,
    pub(crate) dilation: Option<usize>,
    /// The rest, as a user would write it.
    pub(crate) flags: Vec<String>,
    /// The node with its weights.
    pub(crate) weighted: Option<Value>,
}

impl Layer {
    /// How messages name it.
    pub(crate) fn shown(&self) -> String {
        self.name.as_ref().map_or_else(|| self.kind.clone(), ToString::to_string)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) output: Value,
    pub(crate) meet: Meet,
    /// Whether its numbers are to be integers of 16 bits.
    pub(crate) is_integer: bool,
    /// For each node that became part of another, that one.
    merged: Vec<Option<Value>>,
    /// The layer for which each node was added.
    of_layer: Table<LayerId>,
}

impl Graph {
    /// A graph of its input alone, of so many channels.
    pub(crate) fn new(channels: usize) -> Self {
        let input = Node::new(Op::Input, Vec::new(), channels, LayerId(usize::MAX));
        Self {
            of_layer: Table(vec![input.layer]),
            nodes: vec![input],
            layers: Vec::new(),
            output: Value::INPUT,
            meet: Meet::default(),
            is_integer: false,
            merged: vec![None],
        }
    }

    /// Appends a node, whose operands are there.
    pub(crate) fn push(&mut self, node: Node) -> Value {
        debug_assert!(node.operands().all(|operand| operand.0 < self.nodes.len()));
        self.of_layer.push(node.layer);
        self.nodes.push(node);
        self.merged.push(None);
        Value(self.nodes.len() - 1)
    }

    /// Puts `node` behind `value`, which it reads: what read `value` reads the node, but those for which `keeps` is true go on
    /// to read `value`. It is asked of a node's inputs, and again, with `true`, of what its sums start from.
    pub(crate) fn insert(&mut self, value: Value, node: Node, keeps: impl Fn(&Node, bool) -> bool) {
        let moved = |old: Value| if old > value { Value(old.0 + 1) } else { old };
        let inserted = Value(value.0 + 1);
        for other in &mut self.nodes {
            let reads = |old: Value, keeps: bool| match old {
                _ if old == value && !keeps => inserted,
                _ => moved(old),
            };
            let [of_inputs, of_seed] = [false, true].map(|is_seed| keeps(other, is_seed));
            other.inputs.iter_mut().for_each(|input| *input = reads(*input, of_inputs));
            other.seed = other.seed.map(|seed| reads(seed, of_seed));
        }
        self.merged.iter_mut().for_each(|place| *place = place.map(moved));
        self.layers.iter_mut().for_each(|layer| layer.weighted = layer.weighted.map(moved));
        self.output = if self.output == value { inserted } else { moved(self.output) };
        self.of_layer.0.insert(inserted.0, node.layer);
        self.nodes.insert(inserted.0, node);
        self.merged.insert(inserted.0, None);
    }

    /// Every node, in topological order.
    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = Value> + use<> {
        (0..self.nodes.len()).map(Value)
    }

    /// The layer of a node; the input has none.
    pub(crate) fn layer(&self, value: Value) -> Option<&Layer> {
        self.layers.get(self[value].layer.0)
    }

    pub(crate) fn inputs(&self) -> usize {
        self[Value::INPUT].channels
    }

    pub(crate) fn outputs(&self) -> usize {
        self[self.output].channels
    }

    /// Of the output.
    pub(crate) fn clock(&self) -> Clock {
        self[self.output].clock
    }

    /// The same layers, and no node but the input.
    pub(crate) fn emptied(&self) -> Self {
        Self {
            layers: self.layers.clone(),
            meet: self.meet,
            is_integer: self.is_integer,
            ..Self::new(self.inputs())
        }
    }

    /// One `T` for each node.
    pub(crate) fn table<T: Clone>(&self, of_each: T) -> Table<T> {
        Table(vec![of_each; self.nodes.len()])
    }

    /// Whether the output depends on each node.
    pub(crate) fn live(&self) -> Table<bool> {
        self.reaching(self.output)
    }

    /// Whether `value` depends on each node.
    pub(crate) fn reaching(&self, value: Value) -> Table<bool> {
        let mut reaching = self.table(false);
        let mut next = vec![value];
        while let Some(value) = next.pop() {
            if !std::mem::replace(&mut reaching[value], true) {
                next.extend(self[value].operands());
            }
        }
        reaching
    }

    /// The nodes that the output depends on, in topological order, without the input.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let live = self.live();
        self.values().skip(1).filter(|value| live[*value]).collect()
    }

    /// Those of them that have a line of their own.
    pub(crate) fn printed(&self) -> Vec<Value> {
        self.lines().into_iter().filter(|value| !self[*value].is_inline).collect()
    }

    /// How many of the nodes that the output depends on read each one; the output is read once more.
    pub(crate) fn uses(&self) -> Table<usize> {
        let mut uses = self.table(0);
        for value in self.lines() {
            self[value].operands().for_each(|operand| uses[operand] += 1);
        }
        uses[self.output] += 1;
        uses
    }

    /// Whether the sums of a node start from the value of another one.
    pub(crate) fn is_seeded(&self, node: &Node) -> bool {
        node.seed.is_some_and(|seed| !self[seed].is_inline)
    }

    /// In a network of integers: the values that are fine sums, those that start from others and those that others start from.
    pub(crate) fn fine_sums(&self) -> Table<bool> {
        let mut is_fine = self.table(false);
        for value in self.lines() {
            let node = &self[value];
            is_fine[value] |= node.op == Op::Extend;
            if let Some(seed) = node.seed.filter(|_| self.is_integer && self.is_seeded(node)) {
                is_fine[value] = true;
                is_fine[seed] = true;
            }
        }
        is_fine
    }

    /// Puts `node`, which was at `from`, in the place of the node at `to`, behind it, which becomes part of it.
    pub(crate) fn merge(&mut self, from: Value, to: Value, node: Node) {
        debug_assert!(from < to && node.operands().all(|operand| operand < to));
        self.redirect(from, to);
        self[to] = node;
    }

    /// Says that a node has become part of another one.
    pub(crate) fn redirect(&mut self, from: Value, to: Value) {
        if let Some(merged) = self.merged.get_mut(from.0) {
            *merged = Some(to);
        }
    }

    /// What has become of a layer.
    pub(crate) fn fate(&self, layer: LayerId) -> Fate {
        let live = self.live();
        let mut own = self.values().filter(|value| self.of_layer[*value] == layer).peekable();
        if own.peek().is_none() {
            return Fate::Whole;
        }
        let places = own.map(|value| self.place(value)).filter(|value| live[*value]);
        let owners: Vec<_> = places.map(|value| self[value].layer).collect();
        match owners.last() {
            Some(_) if owners.contains(&layer) => Fate::Whole,
            Some(owner) => Fate::PartOf(*owner),
            None => Fate::Unneeded,
        }
    }

    /// The layers whose arithmetic these nodes do, in their order.
    pub(crate) fn layers_of(&self, nodes: &[Value]) -> Vec<LayerId> {
        let own = self.values().filter(|value| nodes.contains(&self.place(*value)));
        let mut layers: Vec<_> = own.map(|value| self.of_layer[value]).collect();
        layers.sort_by_key(|layer| layer.0);
        layers.dedup();
        layers
    }

    /// Where the arithmetic of a node has gone.
    pub(crate) fn place(&self, mut value: Value) -> Value {
        while let Some(Some(next)) = self.merged.get(value.0) {
            value = *next;
        }
        value
    }
}

/// What has become of a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fate {
    /// It has operations of its own, or never had any.
    Whole,
    /// Its operations have become part of those of this layer.
    PartOf(LayerId),
    /// No output depends on it.
    Unneeded,
}

/// Something of each node of one graph.
#[derive(Clone, Debug)]
pub(crate) struct Table<T>(Vec<T>);

impl<T> Table<T> {
    /// Says it of the node that was appended last.
    pub(crate) fn push(&mut self, of_last: T) {
        self.0.push(of_last);
    }

    /// Says the same of the node that was put behind another one.
    pub(crate) fn repeat(&mut self, value: Value)
    where
        T: Clone,
    {
        self.0.insert(value.0 + 1, self[value].clone());
    }

    /// Changes what is said of each node by what another table of the same graph says.
    pub(crate) fn update(&mut self, other: &Self, of: impl Fn(&T, &T) -> T) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own = of(own, other));
    }
}

#[allow(clippy::indexing_slicing, reason = "a table is as long as its graph")]
impl<T> Index<Value> for Table<T> {
    type Output = T;

    fn index(&self, value: Value) -> &T {
        &self.0[value.0]
    }
}

#[allow(clippy::indexing_slicing, reason = "a table is as long as its graph")]
impl<T> IndexMut<Value> for Table<T> {
    fn index_mut(&mut self, value: Value) -> &mut T {
        &mut self.0[value.0]
    }
}

#[allow(clippy::indexing_slicing, reason = "only the graph makes values, and it loses no node")]
impl Index<Value> for Graph {
    type Output = Node;

    fn index(&self, value: Value) -> &Node {
        &self.nodes[value.0]
    }
}

#[allow(clippy::indexing_slicing, reason = "only the graph makes values, and it loses no node")]
impl IndexMut<Value> for Graph {
    fn index_mut(&mut self, value: Value) -> &mut Node {
        &mut self.nodes[value.0]
    }
}
