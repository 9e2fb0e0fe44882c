//! What lines of several frames are made of, whatever their numbers are.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::parameters;
use crate::emit::buffers::Buffers;
use crate::emit::line::{Lines, combination};
use crate::emit::names::local;
use crate::graph::{Graph, LayerId, Op, Value};

/// The lines of a block, and the buffers that they write to.
pub(in crate::emit) struct Walk<'l, 'a> {
    pub(in crate::emit) lines: &'l mut Lines<'a>,
    pub(in crate::emit) graph: &'a Graph,
    pub(in crate::emit) buffers: Buffers,
    /// The nodes that have a line.
    pub(in crate::emit) values: Vec<Value>,
    /// Nodes that a line before their own has computed.
    pub(in crate::emit) done: Vec<Value>,
    /// Whether the last line writes to the outputs.
    has_written: bool,
    /// The layers that the last comment names.
    pub(super) described: Vec<LayerId>,
    /// The numbers of a buffer.
    numbers: fn(Ident) -> TokenStream,
}

impl<'l, 'a> Walk<'l, 'a> {
    pub(in crate::emit) fn new(
        lines: &'l mut Lines<'a>,
        values: Vec<Value>,
        stride: usize,
        numbers: fn(Ident) -> TokenStream,
    ) -> Self {
        let graph = lines.graph;
        let buffers = Buffers::new(graph, &values, stride, |value| lines.reads(value));
        let (done, described) = (Vec::new(), Vec::new());
        Self { lines, graph, buffers, values, done, has_written: false, described, numbers }
    }

    /// The end of the body: the outputs are written where no line has done that.
    pub(in crate::emit) fn end(&mut self) -> Option<TokenStream> {
        if self.has_written {
            return None;
        }
        let [_, _, outputs] = parameters();
        let write = self.lines.function("write_outputs");
        let last = self.read(self.graph.output);
        Some(quote!(#write(#last, #outputs);))
    }

    /// A buffer for the frames of a value.
    pub(in crate::emit) fn buffer(&mut self, line: usize, value: Value) -> TokenStream {
        let numbers = (self.numbers)(buffer(self.buffers.allocate(value, line)));
        quote!(&mut #numbers)
    }

    /// The name of a convolution's outputs, and where they go: the last ones to those of the network.
    pub(in crate::emit) fn target(&mut self, line: usize, value: Value) -> [TokenStream; 2] {
        self.has_written |= value == self.graph.output;
        if self.has_written {
            let [_, _, outputs] = parameters();
            return [quote!(_), quote!(#outputs.as_flattened_mut())];
        }
        let to = self.buffer(line, value);
        [self.lines.names.local(value).to_token_stream(), to]
    }

    /// What a line reads a value by.
    pub(in crate::emit) fn read(&self, value: Value) -> TokenStream {
        let [_, frames, _] = parameters();
        let name = self.lines.names.local(value);
        if value == Value::INPUT { frames.into_token_stream() } else { quote!(&*#name) }
    }

    pub(in crate::emit) fn state(&self, value: Value) -> TokenStream {
        let [net, ..] = parameters();
        self.lines.state(value, &net)
    }

    /// The network as the closure of the lines takes it: by no name where no line has a state.
    pub(in crate::emit) fn parameter(&self) -> TokenStream {
        let [net, ..] = parameters();
        let has_state = |value: &Value| self.lines.names.field(*value).is_some();
        if self.values.iter().any(has_state) { net.into_token_stream() } else { quote!(_) }
    }

    /// Gives a value the name that it has, where it lies in the buffer of another one.
    pub(in crate::emit) fn renamed(&mut self, value: Value, of: Value) -> TokenStream {
        self.buffers.reuse(value, of);
        let [from, to] = [of, value].map(|value| self.lines.names.local(value));
        quote!(let #to = #from;)
    }

    /// The line of an operation that takes its frames one by one; `is_combination` where it combines two numbers as they are.
    pub(in crate::emit) fn mapped(
        &mut self,
        line: usize,
        value: Value,
        is_combination: bool,
    ) -> TokenStream {
        let (node, names) = (&self.graph[value], self.lines.names);
        let (to, state, name) = (self.buffer(line, value), self.state(value), names.local(value));
        let reads = self.lines.reads(value);
        let frames: Vec<_> = reads.iter().map(|value| names.local(*value)).collect();
        let of_one = if is_combination && node.inputs == reads {
            self.lines.function(combination(&node.op)).into_token_stream()
        } else {
            let read = |value: Value| names.local(value).to_token_stream();
            let expression = self.lines.expression(value, &state, &read);
            quote!(|#(#frames),*| #expression)
        };
        // No expression is made of more than two.
        let map = self.lines.function(if reads.len() == 2 { "join_blocks" } else { "map_block" });
        let sources = reads.iter().map(|value| self.read(*value));
        quote!(let #name = #map(#(#sources),*, #to, #of_one);)
    }

    /// The place of a value among the lines.
    pub(in crate::emit) fn position(&self, value: Value) -> Option<usize> {
        self.values.iter().position(|line| *line == value)
    }

    /// The lines that read a value.
    pub(in crate::emit) fn readers(&self, value: Value) -> Vec<Value> {
        let lines = self.values.iter().copied();
        let mut readers: Vec<_> =
            lines.filter(|line| self.lines.reads(*line).contains(&value)).collect();
        if value == self.graph.output {
            readers.push(value);
        }
        readers
    }

    /// What a plain sum adds `added` to, where that lies in a buffer that no line from `line`, that of `value`, on reads but the
    /// sum.
    pub(in crate::emit) fn sum_with(
        &self,
        line: usize,
        value: Value,
        added: Value,
        sum: Value,
    ) -> Option<Value> {
        let node = &self.graph[sum];
        let is_plain = matches!(node.op, Op::Add { .. }) && self.lines.reads(sum) == node.inputs;
        let other =
            node.inputs.iter().copied().find(|input| *input != added).filter(|_| is_plain)?;
        self.is_left_to(line, value, other, sum).then_some(other)
    }

    /// Whether a value lies in a buffer that no line from `line`, that of `value`, on reads but the one of `reader`.
    pub(in crate::emit) fn is_left_to(
        &self,
        line: usize,
        value: Value,
        other: Value,
        reader: Value,
    ) -> bool {
        let Some(place) = self.position(reader) else { return false };
        let is_later = |line_of: &Value| {
            *line_of != reader && self.position(*line_of).is_some_and(|place| place > line)
        };
        let is_read = self.lines.reads(value).contains(&other);
        self.buffers.dies(other, place) && !is_read && !self.readers(other).iter().any(is_later)
    }
}

pub(in crate::emit) fn buffer(place: usize) -> Ident {
    local(&format!("buffer_{}", place + 1))
}
