//! The body of `push_block` of a network of integers: the lines of `push`, each of which takes several frames.

mod residual;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::line::integer;
use super::{static_name, table_name};
use crate::emit::block::{frame_by_frame, parameters};
use crate::emit::buffers::Buffers;
use crate::emit::line::{Lines, combination};
use crate::emit::names::local;
use crate::emit::types;
use crate::frontend::ast;
use crate::graph::{Graph, Op, Value};
use crate::integers::{Arithmetic, Integers};
use crate::numbers::count;

/// Numbers of past frames and new ones that are copied into one line.
const SCRATCH: usize = 768;

/// Multiply-accumulates of a convolution that is less in a block: `cargo xtask bench` measured no less for smaller ones.
const LARGE: usize = 512;

/// The body of `push_block`.
pub(in crate::emit) fn push_block(
    lines: &mut Lines<'_>,
    integers: &Integers,
    krate: &TokenStream,
    wanted: ast::Block,
) -> TokenStream {
    let block =
        if wanted == ast::Block::Small { None } else { block(lines, integers, krate, wanted) };
    block.unwrap_or_else(|| frame_by_frame(krate))
}

/// The body, where every operation has a line of several frames, and their buffers fit.
fn block(
    lines: &mut Lines<'_>,
    integers: &Integers,
    krate: &TokenStream,
    wanted: ast::Block,
) -> Option<TokenStream> {
    let graph = lines.graph;
    let values = graph.printed();
    let has_line = |value: &Value| {
        let node = &graph[*value];
        let is_split = matches!(node.op, Op::Upsample { .. } | Op::Split { .. });
        !node.op.clock().is_scheduled() && !is_split && lines.reads(*value).len() <= 2
    };
    if graph.clock().frames != 1 || !values.iter().all(has_line) {
        return None;
    }
    let buffers = Buffers::new(graph, &values, 1, |value| lines.reads(value));
    let mut block = Block {
        lines,
        integers,
        graph,
        buffers,
        values,
        has_written: false,
        done: Vec::new(),
        has_scratch: false,
        saving: 0,
    };
    let body = block.body();
    let is_worth_it = block.saving.saturating_mul(2) >= graph.sum(|value| graph.macs(value));
    if wanted == ast::Block::WhereItSaves && !(block.saving > 0 && is_worth_it) {
        return None;
    }
    let pushes = block.buffers.pushes_of_integers()?;
    Some(block.assembled(&body, pushes, krate))
}

struct Block<'l, 'a> {
    lines: &'l mut Lines<'a>,
    integers: &'l Integers,
    graph: &'a Graph,
    buffers: Buffers,
    /// The nodes that have a line.
    values: Vec<Value>,
    /// Whether the last line writes to the outputs.
    has_written: bool,
    /// Nodes that a line before their own has computed.
    done: Vec<Value>,
    has_scratch: bool,
    /// Multiply-accumulates of the lines that are less in a block.
    saving: usize,
}

impl Block<'_, '_> {
    fn body(&mut self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (line, value) in self.values.clone().into_iter().enumerate() {
            if !self.done.contains(&value) {
                tokens.extend(self.line(line, value));
            }
        }
        if !self.has_written {
            let [_, _, outputs] = parameters();
            let write = self.lines.function("write_outputs");
            let last = self.read(self.graph.output);
            tokens.extend(quote!(#write(#last, #outputs);));
        }
        tokens
    }

    fn line(&mut self, line: usize, value: Value) -> TokenStream {
        if self.graph[value].dense_conv().is_some() {
            let fused = self.residual(line, value);
            return fused.unwrap_or_else(|| self.conv(line, value));
        }
        self.in_place(line, value).unwrap_or_else(|| self.mapped(line, value))
    }

    /// A buffer for the frames of a value.
    fn buffer(&mut self, line: usize, value: Value) -> TokenStream {
        let buffer = buffer(self.buffers.allocate(value, line));
        quote!(&mut #buffer.0)
    }

    /// Memory for past frames.
    fn scratch(&mut self) -> TokenStream {
        self.has_scratch = true;
        let scratch = local("scratch");
        quote!(&mut #scratch.0)
    }

    /// What a line reads a value by.
    fn read(&self, value: Value) -> TokenStream {
        let [_, frames, _] = parameters();
        let name = self.lines.names.local(value);
        if value == Value::INPUT { frames.into_token_stream() } else { quote!(&*#name) }
    }

    fn state(&self, value: Value) -> TokenStream {
        let [net, ..] = parameters();
        self.lines.state(value, &net)
    }

    /// The line of a convolution.
    fn conv(&mut self, line: usize, value: Value) -> TokenStream {
        let node = &self.graph[value];
        let macs = self.graph.macs(value);
        if macs >= LARGE {
            self.saving = self.saving.saturating_add(macs);
        }
        let (module, own) = (self.lines.module, static_name(self.lines.names, value));
        let weights = self.lines.seen(quote!(#module::#own));
        self.has_written |= value == self.graph.output;
        let (name, to) = if self.has_written {
            let [_, _, outputs] = parameters();
            (quote!(_), quote!(#outputs.as_flattened_mut()))
        } else {
            let to = self.buffer(line, value);
            (self.lines.names.local(value).to_token_stream(), to)
        };
        let x = node.input().map(|input| self.read(input));
        let seed = node.seed.map(|seed| (seed, &self.graph[seed]));
        let (suffix, seed) = match seed {
            None => ("", None),
            Some((_, mixed)) if mixed.is_inline => ("_mixed", mixed.input()),
            Some((seed, _)) => ("_add", Some(seed)),
        };
        let seed = seed.map(|seed| self.read(seed)).map(|seed| quote!(#seed,));
        let state = self.state(value);
        let (word, state, scratch) = if state.is_empty() {
            ("apply", TokenStream::new(), None)
        } else {
            let scratch = self.scratch();
            ("push", quote!(&mut #state,), Some(quote!(#scratch,)))
        };
        let method = format_ident!("{word}{suffix}_block");
        quote!(let #name = #weights.#method(#state #x, #seed #scratch #to);)
    }

    /// The line of an operation that changes the frames of one of its inputs where they lie, which no line behind it reads.
    fn in_place(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let node = &self.graph[value];
        let mut inputs = node.inputs.iter().copied();
        let from = inputs.find(|input| self.buffers.dies(*input, line))?;
        let to = self.lines.names.local(value).clone();
        let change = match (&node.op, &self.integers.arithmetic[value]) {
            (Op::Add { .. }, _) => {
                let other = node.inputs.iter().copied().find(|input| *input != from)?;
                let (add, other) = (self.lines.function("add_block"), self.read(other));
                quote!(#add(#to, #other);)
            }
            (Op::Map(_), Arithmetic::Lookup(place)) => {
                let (lookup, module) = (self.lines.function("lookup_block"), self.lines.module);
                let table = table_name(*place);
                quote!(#lookup(&#module::#table, #to);)
            }
            (Op::Map(_), Arithmetic::Clip { low, high }) => {
                let clip = self.lines.function("clip_block");
                let [low, high] = [*low, *high].map(integer);
                quote!(#clip(#to, #low, #high);)
            }
            (Op::Map(_), Arithmetic::Leaky(slope)) => {
                let (leaky, slope) = (self.lines.function("leaky_block"), integer(*slope));
                quote!(#leaky(#to, #slope);)
            }
            _ => return None,
        };
        self.buffers.reuse(value, from);
        let from = self.lines.names.local(from);
        Some(quote!(let #to = #from; #change))
    }

    /// The line of an operation that takes its frames one by one.
    fn mapped(&mut self, line: usize, value: Value) -> TokenStream {
        let (node, names) = (&self.graph[value], self.lines.names);
        let (to, state, name) = (self.buffer(line, value), self.state(value), names.local(value));
        let reads = self.lines.reads(value);
        let frames: Vec<_> = reads.iter().map(|value| names.local(*value)).collect();
        let is_plain = matches!(node.op, Op::Add { .. } | Op::Binary(_)) && node.inputs == reads;
        let of_one = if is_plain {
            self.lines.function(combination(&node.op)).into_token_stream()
        } else {
            let read = |value: Value| names.local(value).to_token_stream();
            let expression = self.lines.expression(value, &state, &read);
            quote!(|#(#frames),*| #expression)
        };
        let map = self.lines.function(if reads.len() == 2 { "join_blocks" } else { "map_block" });
        let sources = reads.iter().map(|value| self.read(*value));
        quote!(let #name = #map(#(#sources),*, #to, #of_one);)
    }

    /// The buffers, and the function of the runtime that calls the lines for so many pushes.
    fn assembled(&mut self, body: &TokenStream, pushes: usize, krate: &TokenStream) -> TokenStream {
        let [net, frames, outputs] = parameters();
        let i16 = types::i16();
        let sizes: Vec<_> = self.buffers.sizes(pushes).collect();
        let buffers = sizes.into_iter().enumerate().map(|(place, numbers)| {
            let (ty, name) = (self.lines.function("Buffer"), buffer(place));
            let numbers = count(numbers);
            quote!(let mut #name = #ty::<#numbers>::new();)
        });
        let mut buffers: TokenStream = buffers.collect();
        if self.has_scratch {
            let (ty, name) = (self.lines.function("Buffer"), local("scratch"));
            let numbers = count(SCRATCH);
            buffers.extend(quote!(let mut #name = #ty::<#numbers>::new();));
        }
        let for_each = self.lines.function("for_each_block");
        let uses = self.lines.uses(krate);
        let has_state = |value: &&Value| self.lines.names.field(**value).is_some();
        let parameter = match self.values.iter().find(has_state) {
            Some(_) => net.to_token_stream(),
            None => quote!(_),
        };
        let (inputs, pushes) = (count(self.graph.inputs()), count(pushes));
        quote! {
            #uses
            #buffers
            #for_each::<_, #pushes>(self, #frames, #outputs, |#parameter, #frames: &[[#i16; #inputs]], #outputs| {
                #body
            })
        }
    }
}

fn buffer(place: usize) -> Ident {
    local(&format!("buffer_{}", place + 1))
}
