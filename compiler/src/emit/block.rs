//! The body of `push_block`: the lines of `push`, each of which takes several frames.

mod fused;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::buffers::Buffers;
use super::cost::Cost;
use super::line::{Lines, combination};
use super::names::local;
use crate::frontend::ast;
use crate::graph::{Conv, Graph, Node, Op, Value};
use crate::numbers::count;
use crate::passes::inline::is_elementwise;

/// Outputs that a kernel makes at once.
pub(crate) const FRAMES: usize = 4;

/// Numbers that a network with strides copies, at most.
const MOST_COPIED: usize = 512;

/// The parameters of `push_block`, and of the closure in it.
pub(crate) fn parameters() -> [Ident; 3] {
    ["net", "frames", "outputs"].map(local)
}

/// The body of `push_block`.
pub(crate) fn push_block(
    lines: &mut Lines<'_>,
    krate: &TokenStream,
    wanted: ast::Block,
) -> TokenStream {
    let [_, frames, outputs] = parameters();
    let block = if wanted == ast::Block::Small { None } else { block(lines, krate, wanted) };
    block.unwrap_or_else(|| quote!(#krate::frame_by_frame(self, #frames, #outputs)))
}

/// The body, where every operation has a line of several frames, those are less than one by one, and their buffers fit.
fn block(lines: &mut Lines<'_>, krate: &TokenStream, wanted: ast::Block) -> Option<TokenStream> {
    let graph = lines.graph;
    let values: Vec<_> =
        graph.lines().into_iter().filter(|value| !graph[*value].is_inline).collect();
    let stride = values.iter().map(|value| graph[*value].clock.stride).max()?;
    if !values.iter().all(|value| has_line(graph, *value, stride)) {
        return None;
    }
    let is_scheduled = values.iter().any(|value| graph[*value].op.clock().is_scheduled());
    let buffers = Buffers::new(graph, &values, |value| lines.reads(value));
    let mut block = Block {
        lines,
        buffers,
        values,
        stride,
        cost: Cost::default(),
        scratch: Vec::new(),
        has_written: false,
        done: Vec::new(),
    };
    let body = block.body();
    if wanted == ast::Block::WhereItSaves && !block.cost.is_worth_it() {
        return None;
    }
    let run = if is_scheduled {
        Some(FRAMES)
    } else {
        block.buffers.frames(|frames| block.copied(frames))
    };
    let run = run.filter(|_| block.fits(is_scheduled))?;
    Some(block.assembled(&body, run, is_scheduled, krate))
}

/// Whether an operation has a line of several frames, in a network of that product of strides.
fn has_line(graph: &Graph, value: Value, stride: usize) -> bool {
    let node = &graph[value];
    let clock = node.op.clock();
    let is_even = stride.is_multiple_of(node.clock.stride) && node.clock.frames == 1;
    let has_line = match node.op {
        Op::Conv(_) => true,
        Op::Input
        | Op::Unknown
        | Op::Delay(_)
        | Op::Crop { .. }
        | Op::Upsample { .. }
        | Op::Split { .. } => false,
        Op::ConvTranspose(_)
        | Op::Conv2d(_)
        | Op::Recurrent(_)
        | Op::Pool(_)
        | Op::PoolFeatures(_)
        | Op::GroupNorm(_)
        | Op::Binary(_)
        | Op::Gather { .. }
        | Op::Mean { .. }
        | Op::Newest { .. }
        | Op::Affine { .. }
        | Op::LayerNorm { .. }
        | Op::Prelu
        | Op::Map(_)
        | Op::Softmax { .. }
        | Op::Add { .. }
        | Op::Multiply
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. } => !clock.is_scheduled(),
    };
    is_even && has_line
}

struct Block<'l, 'a> {
    lines: &'l mut Lines<'a>,
    buffers: Buffers,
    /// The nodes that have a line.
    values: Vec<Value>,
    /// Pushes for one output of the value that comes most seldom.
    stride: usize,
    cost: Cost,
    /// Taps, dilation, stride and channels of each convolution that copies frames.
    scratch: Vec<[usize; 4]>,
    /// Whether the last line writes to the outputs.
    has_written: bool,
    /// Nodes that a line before their own has computed.
    done: Vec<Value>,
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
            let output = self.lines.graph.output;
            let [_, _, outputs] = parameters();
            let (copy, last) = (self.lines.function("write_outputs"), self.read(output));
            tokens.extend(quote!(#copy(#last, #outputs);));
        }
        tokens
    }

    fn line(&mut self, line: usize, value: Value) -> TokenStream {
        let graph = self.lines.graph;
        let node = &graph[value];
        if let Some(fused) = self.fused(line, value) {
            return fused;
        }
        match &node.op {
            Op::Conv(conv) => self.conv(line, value, conv),
            Op::Map(_) | Op::Softmax { .. } if self.changes_in_place(line, value) => {
                self.changed(value)
            }
            Op::Add { .. } if self.lines.reads(value) == node.inputs => self.added(line, value),
            _ => self.mapped(line, value),
        }
    }

    /// Numbers of a value that one push makes, times the product of all strides.
    fn numbers(&self, value: Value) -> usize {
        let node = &self.lines.graph[value];
        node.channels.saturating_mul(self.stride / node.clock.stride)
    }

    /// A buffer for the frames of a value.
    fn buffer(&mut self, line: usize, value: Value) -> TokenStream {
        let numbers = self.numbers(value);
        let place = self.buffers.allocate(value, numbers, line);
        let buffer = buffer(place);
        quote!(&mut #buffer)
    }

    /// What a line reads a value by.
    fn read(&self, value: Value) -> TokenStream {
        let [_, frames, _] = parameters();
        let name = self.lines.names.local(value);
        if value == Value::INPUT { frames.into_token_stream() } else { quote!(&*#name) }
    }

    fn state(&self, value: Value) -> TokenStream {
        let [net, ..] = parameters();
        self.lines.names.field(value).map(|field| quote!(#net.#field)).unwrap_or_default()
    }

    /// The line of a convolution.
    fn conv(&mut self, line: usize, value: Value, conv: &Conv) -> TokenStream {
        let graph = self.lines.graph;
        let node = &graph[value];
        let name = self.lines.names.local(value).clone();
        self.cost.conv(graph, value, self.stride);
        let activation = self.lines.epilogue(node);
        let is_last = value == graph.output && conv.groups == 1;
        let to = if is_last {
            let [_, _, outputs] = parameters();
            self.has_written = true;
            quote!(#outputs.as_flattened_mut())
        } else {
            self.buffer(line, value)
        };
        let expression = self.convolution(value, &to, &activation);
        if is_last { quote!(let _ = #expression;) } else { quote!(let #name = #expression;) }
    }

    /// A convolution whose outputs go to `to`.
    fn convolution(
        &mut self,
        value: Value,
        to: &TokenStream,
        activation: &TokenStream,
    ) -> TokenStream {
        let node = &self.lines.graph[value];
        let weights = self.lines.weights(value);
        let x = node.input().map(|input| self.read(input)).unwrap_or_default();
        let Some(conv) = node.conv().filter(|conv| conv.groups == 1) else {
            return match node.conv() {
                Some(conv) if conv.window.is_newest() => {
                    quote!(#weights.apply_block(#x, #to, #activation))
                }
                _ => {
                    let state = self.state(value);
                    quote!(#weights.push_block(&mut #state, #x, #to, #activation))
                }
            };
        };
        let seed = self.seed(node);
        if conv.window.is_newest() {
            return quote!(#weights.apply_block(#x, #seed, #to, #activation));
        }
        let (state, from) = (self.state(value), self.from(value));
        quote!(#weights.push_block(&mut #state, #from, #seed, #to, #activation))
    }

    /// The frames that a convolution with a history takes, and scratch for copies.
    fn from(&mut self, value: Value) -> TokenStream {
        let graph = self.lines.graph;
        let node = &graph[value];
        let channels = node.input().map_or(0, |input| graph[input].channels);
        if let Some(conv) = node.conv() {
            let window = conv.window;
            self.scratch.push([window.taps, window.dilation, window.stride, channels]);
        }
        let (x, scratch) = (node.input().map(|input| self.read(input)), local("scratch"));
        quote!((#x, &mut #scratch))
    }

    /// What the sums of a convolution start from beside its bias.
    fn seed(&mut self, node: &Node) -> TokenStream {
        let Some(seed) = node.seed else { return quote!(()) };
        let mixed = &self.lines.graph[seed];
        match mixed.input().filter(|_| mixed.is_inline) {
            Some(condition) => {
                self.cost.in_call(self.lines.graph, seed, self.stride);
                let (weights, condition) = (self.lines.weights(seed), self.read(condition));
                quote!(#weights.sums_of(#condition))
            }
            None => self.read(seed),
        }
    }

    /// Whether an activation can change the frames where they lie.
    fn changes_in_place(&self, line: usize, value: Value) -> bool {
        let input = self.lines.graph[value].input();
        input.is_some_and(|input| {
            !self.lines.graph[input].is_inline && self.buffers.dies(input, line)
        })
    }

    fn changed(&mut self, value: Value) -> TokenStream {
        let node = &self.lines.graph[value];
        let Some(input) = node.input() else { return TokenStream::new() };
        let function = match &node.op {
            Op::Map(activation) => self.lines.activation(*activation),
            op => {
                let is_log = matches!(op, Op::Softmax { is_log: true });
                self.lines.softmax(is_log).into_token_stream()
            }
        };
        self.cost.changed(self.lines.graph, value, self.stride);
        self.buffers.reuse(value, input, self.numbers(value));
        let (from, to, frame) =
            (self.lines.names.local(input), self.lines.names.local(value), local("frame"));
        quote! {
            let #to = #from;
            for #frame in &mut *#to { #function(#frame); }
        }
    }

    /// The sum of two values, in the buffer of one of them where nothing else reads that.
    fn added(&mut self, line: usize, value: Value) -> TokenStream {
        let inputs = self.lines.graph[value].inputs.clone();
        let dying = inputs.iter().position(|input| self.buffers.dies(*input, line));
        let ([a, b], Some(place)) = (inputs.as_slice(), dying) else {
            return self.mapped(line, value);
        };
        let [into, other] = if place == 0 { [*a, *b] } else { [*b, *a] };
        self.cost.changed(self.lines.graph, value, self.stride);
        self.buffers.reuse(value, into, self.numbers(value));
        let (add, other) = (self.lines.function("add_block"), self.read(other));
        let (from, to) = (self.lines.names.local(into), self.lines.names.local(value));
        quote! {
            let #to = #from;
            #add(#to, #other);
        }
    }

    /// The line of an operation that takes its frames one by one.
    fn mapped(&mut self, line: usize, value: Value) -> TokenStream {
        let graph = self.lines.graph;
        let reads = self.lines.reads(value);
        self.cost.mapped(graph, value, self.stride);
        let names = self.lines.names;
        let to = self.buffer(line, value);
        let state = self.state(value);
        let name = names.local(value);
        let of_one =
            self.lines.expression(value, &state, &|value| names.local(value).to_token_stream());
        let sources: Vec<_> = reads.iter().map(|value| self.read(*value)).collect();
        let frames: Vec<_> = reads.iter().map(|value| names.local(*value)).collect();
        match (sources.as_slice(), frames.as_slice()) {
            ([a, b], [x, y]) => {
                let join = self.lines.function("join_blocks");
                let node = &graph[value];
                let is_plain = matches!(node.op, Op::Add { .. } | Op::Multiply | Op::Binary(_))
                    && node.inputs == reads;
                let of_two = if is_plain {
                    self.lines.function(combination(&node.op)).into_token_stream()
                } else {
                    quote!(|#x, #y| #of_one)
                };
                quote!(let #name = #join(#a, #b, #to, #of_two);)
            }
            _ => {
                debug_assert!(is_elementwise(&graph[value]) || reads.len() == 1);
                let map = self.lines.function("map_block");
                quote!(let #name = #map(#(#sources),*, #to, |#(#frames),*| #of_one);)
            }
        }
    }

    /// Numbers that are copied, at most, where so many frames are taken: as the runtime's `scratch` says.
    fn copied(&self, frames: usize) -> usize {
        let copied = self.scratch.iter().map(|[taps, dilation, stride, channels]| {
            let past = (taps - 1).saturating_mul(*dilation);
            let copies = if *stride > 1 {
                taps.saturating_mul(FRAMES)
            } else {
                let must = *dilation < FRAMES;
                let may = frames >= 3 * (dilation / FRAMES * FRAMES)
                    && past.saturating_mul(*channels) <= 256;
                frames.saturating_add(if must || may { past } else { 0 })
            };
            copies.saturating_mul(*channels)
        });
        copied.max().unwrap_or_default()
    }

    /// Whether the buffers of a network that takes its frames in fours of outputs fit. It has no choice of fewer frames, so
    /// copies have a limit of their own.
    fn fits(&self, is_scheduled: bool) -> bool {
        let copied = self.copied(FRAMES * self.stride);
        !is_scheduled || (copied <= MOST_COPIED && self.buffers.frames(|_| 0).is_some())
    }

    /// The buffers, and the function of the runtime that calls the lines.
    fn assembled(
        &mut self,
        body: &TokenStream,
        run: usize,
        is_scheduled: bool,
        krate: &TokenStream,
    ) -> TokenStream {
        let graph = self.lines.graph;
        let [net, frames, outputs] = parameters();
        let f32 = super::types::f32();
        let buffers = self.buffers.sizes(run).enumerate().map(|(place, numbers)| {
            let (name, numbers) = (buffer(place), count(numbers));
            quote!(let mut #name = [0.0; #numbers];)
        });
        let buffers: TokenStream = buffers.collect();
        let pushes = run * self.stride;
        let scratch = (!self.scratch.is_empty()).then(|| {
            let (name, pushes) = (local("scratch"), count(pushes));
            let convs = self.scratch.iter().map(|conv| {
                let numbers = conv.map(count);
                quote!([#(#numbers),*])
            });
            quote!(let mut #name = [0.0; #krate::scratch(&[#(#convs),*], #pushes)];)
        });
        let has_fields = self.values.iter().any(|value| self.lines.names.field(*value).is_some());
        let parameter = if has_fields { net.to_token_stream() } else { quote!(_) };
        let uses = self.lines.uses(krate);
        let (inputs, channels, pushes) =
            (count(graph.inputs()), count(graph.outputs()), count(pushes));
        if !is_scheduled {
            return quote! {
                #uses
                #buffers
                #scratch
                #krate::for_each_block::<_, #pushes>(self, #frames, #outputs, |#parameter, #frames: &[[#f32; #inputs]], #outputs| {
                    #body
                })
            };
        }
        let scheduled = self.values.iter().filter(|value| graph[**value].op.clock().is_scheduled());
        let due = scheduled.filter_map(|value| self.lines.names.field(*value));
        let due: Vec<_> = due.map(|field| quote!(#net.#field.is_due())).collect();
        quote! {
            #uses
            #buffers
            #scratch
            #krate::for_each_due_block::<_, #pushes>(self, #frames, #outputs, |#net| #(#due)&&*, |#parameter, #frames: &[[#f32; #inputs]], #outputs: &mut [[#f32; #channels]]| {
                #body
            })
        }
    }
}

fn buffer(place: usize) -> Ident {
    local(&format!("buffer_{}", place + 1))
}
