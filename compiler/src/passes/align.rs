//! Brings values together that are there at different pushes: inserts delays of exactly the frames needed, before a stride
//! where they are no multiple of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::{Apart, Clock, Meet, Why, together};
use crate::errors::{Errors, Message};
use crate::graph::{Delay, Graph, LayerId, Node, Op, Table, Value};
use crate::numbers::plural;

/// The clock of a node whose operands have theirs. Of values that never come together, it is that of the first.
pub(crate) fn clock(graph: &Graph, node: &Node) -> Clock {
    clock_by(node, graph.meet, |value| graph[value].clock)
}

/// The clock of `value` in frames of `origin`, which it depends on.
pub(crate) fn clock_since(graph: &Graph, value: Value, origin: Value) -> Clock {
    let (mut between, mut next) = (BTreeSet::new(), vec![value]);
    while let Some(value) = next.pop() {
        if value > origin && between.insert(value) {
            next.extend(&graph[value].inputs);
        }
    }
    let mut clocks = BTreeMap::new();
    for value in between {
        let clock = clock_by(&graph[value], graph.meet, |value| {
            clocks.get(&value).copied().unwrap_or(Clock::EVERY_PUSH)
        });
        clocks.insert(value, clock);
    }
    clocks.get(&value).copied().unwrap_or(Clock::EVERY_PUSH)
}

/// The clock of a node, where `of` gives those of its inputs.
fn clock_by(node: &Node, meet: Meet, of: impl Fn(Value) -> Clock) -> Clock {
    let clocks = clocks(node, of);
    let first = clocks.first().copied().unwrap_or(Clock::EVERY_PUSH);
    together(&clocks, meet).map_or(first, |together| together.clock).then(node.op.clock())
}

/// The clocks of what a node reads.
fn clocks(node: &Node, of: impl Fn(Value) -> Clock) -> Vec<Clock> {
    let mut clocks: Vec<_> = node.inputs.iter().map(|input| of(*input)).collect();
    if let (Op::Add { centre }, Some(second)) = (&node.op, clocks.get_mut(1)) {
        second.lag = second.lag.saturating_add(*centre);
    }
    clocks
}

/// Inserts the delays, and gives every node its clock.
pub(crate) fn align(graph: &mut Graph, errors: &mut Errors) {
    let new = graph.emptied();
    let mut align = Align { new_uses: new.table(0), places: graph.table(Value::INPUT), new };
    let uses = graph.uses();
    for value in graph.values().skip(1) {
        let mut node = graph[value].clone();
        for input in &mut node.inputs {
            *input = align.places[*input];
        }
        if node.inputs.len() > 1 {
            align.join(&mut node, errors);
        }
        align.places[value] = align.push(node, uses[value]);
    }
    let Align { mut new, places, .. } = align;
    new.output = places[graph.output];
    for place in 0..new.layers.len() {
        let weighted = graph.layers.get(place).and_then(|layer| layer.weighted);
        let weighted = weighted.map(|value| new.place(places[value]));
        if let Some(layer) = new.layers.get_mut(place) {
            layer.weighted = weighted;
        }
    }
    *graph = new;
}

struct Align {
    new: Graph,
    /// How often each node of the new graph is read.
    new_uses: Table<usize>,
    /// Where each of the old nodes is in the new graph.
    places: Table<Value>,
}

impl Align {
    fn push(&mut self, mut node: Node, uses: usize) -> Value {
        node.clock = clock(&self.new, &node);
        self.new_uses.push(uses);
        self.new.push(node)
    }

    /// Delays what a node brings together.
    fn join(&mut self, node: &mut Node, errors: &mut Errors) {
        let delays = match together(&clocks(node, |value| self.new[value].clock), self.new.meet) {
            Ok(together) => together.delays,
            Err(apart) => return self.report(node, apart, errors),
        };
        for (place, frames) in delays.into_iter().enumerate() {
            let Some(input) = node.inputs.get_mut(place) else { continue };
            match self.delayed(*input, frames, node.layer) {
                Some(delayed) => *input = delayed,
                None => return self.report_delay(node, place, frames, errors),
            }
        }
    }

    /// A value, so many input frames later. `None` where the delay would have to be before a stride, and another operation
    /// reads what is behind that.
    fn delayed(&mut self, value: Value, frames: usize, layer: LayerId) -> Option<Value> {
        let (stride, channels) = (self.new[value].clock.stride, self.new[value].channels);
        if frames == 0 {
            return Some(value);
        }
        if frames.is_multiple_of(stride) && !self.is_less_before(value, frames, layer) {
            let op = Op::Delay(Delay { frames: frames / stride, aligns: true });
            return Some(self.push(Node::new(op, vec![value], channels, layer), 1));
        }
        if self.new_uses[value] > 1 {
            return None;
        }
        let mut node = self.new[value].clone();
        for input in &mut node.inputs {
            *input = self.delayed(*input, frames, layer)?;
        }
        let copy = self.push(node, 1);
        self.new.redirect(value, copy);
        Some(copy)
    }

    /// Whether it takes fewer numbers to delay what a layer's own projection reads.
    fn is_less_before(&self, value: Value, frames: usize, layer: LayerId) -> bool {
        let node = &self.new[value];
        let is_own = node.layer == layer && self.new_uses[value] == 1;
        let conv = node.conv().filter(|conv| conv.window.taps == 1 && is_own);
        let Some((_, input)) = conv.zip(node.input()).filter(|(_, input)| *input != value) else {
            return false;
        };
        let numbers = |value: Value| {
            let node = &self.new[value];
            (frames / node.clock.stride).saturating_mul(node.channels)
        };
        numbers(input) < numbers(value)
    }

    /// Reports values that never come together.
    fn report(&self, node: &Node, apart: Apart, errors: &mut Errors) {
        let Some(layer) = self.new.layers.get(node.layer.0) else { return };
        let of = |place: usize| node.inputs.get(place).copied().unwrap_or(Value::INPUT);
        let [first, second] = apart.places.map(of);
        if self.is_unknown(first) || self.is_unknown(second) {
            return;
        }
        let [first, second] = [first, second].map(|value| self.read_by(value, node.layer));
        let both = format!("`{}` brings together", layer.shown());
        let clock = |value: Value| self.new[value].clock;
        let is_first = clock(first).stride < clock(second).stride;
        let [often, seldom] = if is_first { [first, second] } else { [second, first] };
        let every = |value: Value| match clock(value).stride {
            1 => "push".to_owned(),
            stride => format!("{stride} pushes"),
        };
        let message = match apart.why {
            Why::Strides => Message::new(format!(
                "{both} {}, with an output every {}, and {}, with one every {}",
                self.shown(often),
                every(often),
                self.shown(seldom),
                every(seldom),
            ))
            .help("give both the same `stride`"),
            Why::Frames(frames) => Message::new(format!(
                "{both} {} and {}, whose outputs belong to input frames {frames} apart: no multiple of their stride, {}",
                self.shown(first),
                self.shown(second),
                clock(first).stride,
            ))
            .help("give both the same padding"),
            Why::Counts => Message::new(format!(
                "{both} {}, of which a push has {}, and {}, of which it has {}",
                self.shown(first),
                plural(clock(first).frames, "frame"),
                self.shown(second),
                clock(second).frames,
            )),
        };
        // A layer of a branch can be changed; of a layer before, others depend on it.
        let changed = self.new.layer(often).filter(|often| often.depth > layer.depth);
        errors.report(&changed.unwrap_or(layer).origin, message);
    }

    /// The value that a layer reads, where `value` is its own.
    fn read_by(&self, mut value: Value, layer: LayerId) -> Value {
        while let Some(input) = self.new[value].input().filter(|_| self.new[value].layer == layer) {
            value = input;
        }
        value
    }

    /// Reports a value that comes too early, and that another operation reads as well.
    fn report_delay(&self, node: &Node, place: usize, frames: usize, errors: &mut Errors) {
        let Some(layer) = self.new.layers.get(node.layer.0) else { return };
        let value = node.inputs.get(place).copied().unwrap_or(Value::INPUT);
        let (shown, pushes) = (self.shown(value), plural(frames, "push"));
        let text = format!(
            "{shown} has its outputs {pushes} before `{}` can use them: no multiple of its stride, {}",
            layer.shown(),
            self.new[value].clock.stride,
        );
        let message =
            Message::new(text).help(format!("start that branch with `delay(frames={frames})`"));
        errors.report(self.new.layer(value).map_or(&layer.origin, |layer| &layer.origin), message);
    }

    /// How messages name a value.
    fn shown(&self, value: Value) -> String {
        self.new
            .layer(value)
            .map_or_else(|| "the input".to_owned(), |layer| format!("`{}`", layer.shown()))
    }

    /// Whether a mistake hides what it is.
    fn is_unknown(&self, value: Value) -> bool {
        let reached = self.new.reaching(value);
        self.new.values().any(|value| reached[value] && self.new[value].op == Op::Unknown)
    }
}
