//! The body of `push_block`: the lines of `push`, each of which takes several frames.

mod comments;
mod fused;
mod walk;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) use self::fused::{FEW, is_end};
pub(super) use self::walk::{Walk, buffer};
use super::cost::Cost;
use super::docs::line;
use super::line::Lines;
use super::names::local;
use crate::frontend::ast;
use crate::graph::{Conv, Graph, Op, Value};
use crate::numbers::{count, plural};

/// Outputs that a kernel makes at once.
pub(crate) const FRAMES: usize = 4;

/// The comment of the memory for copies of past frames.
pub(super) const SCRATCH: &str = "Memory where a convolution puts past and new frames in a row.";

/// The parameters of `push_block`, and of the closure in it.
pub(crate) fn parameters() -> [Ident; 3] {
    ["net", "frames", "outputs"].map(local)
}

/// The body of `push_block`, where it has lines of its own.
pub(crate) fn push_block(
    lines: &mut Lines<'_>,
    krate: &TokenStream,
    wanted: ast::Block,
) -> Option<TokenStream> {
    if wanted == ast::Block::Small { None } else { block(lines, krate, wanted) }
}

/// The comment of so many buffers.
pub(super) fn memory(buffers: usize, pushes: usize) -> Option<TokenStream> {
    let pushes = plural(pushes, "push");
    (buffers > 0).then(|| line(&format!("Buffers for the layers' outputs of {pushes}.")))
}

/// The body that pushes one frame after the other.
pub(super) fn frame_by_frame(krate: &TokenStream) -> TokenStream {
    let [_, frames, outputs] = parameters();
    quote!(#krate::frame_by_frame(self, #frames, #outputs))
}

/// The body, where every operation has a line of several frames, those are less than one by one, and their buffers fit.
fn block(lines: &mut Lines<'_>, krate: &TokenStream, wanted: ast::Block) -> Option<TokenStream> {
    let graph = lines.graph;
    let values = graph.printed();
    let stride = values.iter().map(|value| graph[*value].clock.stride).max()?;
    if !values.iter().all(|value| has_line(graph, *value, stride)) {
        return None;
    }
    let is_scheduled = values.iter().any(|value| graph[*value].op.clock().is_scheduled());
    let cost = Cost::new(graph, stride, is_scheduled);
    let walk = Walk::new(lines, values, stride, |buffer| quote!(#buffer));
    let mut block = Block { walk, cost };
    let body = block.body();
    if wanted == ast::Block::WhereItSaves && !block.cost.is_worth_it() {
        return None;
    }
    let pushes = block.walk.buffers.pushes(is_scheduled)?;
    Some(block.assembled(&body, pushes, is_scheduled, krate))
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
        | Op::Round
        | Op::Extend
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
    walk: Walk<'l, 'a>,
    cost: Cost<'a>,
}

impl Block<'_, '_> {
    fn body(&mut self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (line, value) in self.walk.values.clone().into_iter().enumerate() {
            if !self.walk.done.contains(&value) {
                let before = self.walk.done.len();
                let of_value = self.line(line, value);
                tokens.extend(self.walk.commented(value, before, of_value));
            }
        }
        tokens.extend(self.walk.end());
        tokens
    }

    fn line(&mut self, line: usize, value: Value) -> TokenStream {
        let fused = self.fused(line, value).or_else(|| self.in_place(line, value));
        match (fused, &self.walk.graph[value].op) {
            (Some(fused), _) => fused,
            (None, Op::Conv(conv)) => self.conv(line, value, conv),
            (None, op) => {
                let is_combination = matches!(op, Op::Add { .. } | Op::Multiply | Op::Binary(_));
                self.cost.mapped(value);
                self.walk.mapped(line, value, is_combination)
            }
        }
    }

    /// The line of a convolution.
    fn conv(&mut self, line: usize, value: Value, conv: &Conv) -> TokenStream {
        let node = &self.walk.graph[value];
        self.cost.conv(value);
        let (is_dense, is_newest) = (conv.groups == 1, conv.window.is_newest());
        let pointwise = if is_dense { self.pointwise(node.epilogue) } else { None };
        let activation = pointwise.unwrap_or_else(|| self.walk.lines.epilogue(node));
        let weights = self.walk.lines.weights(value);
        let [name, to] = self.walk.target(line, value);
        let x = node.input().map(|input| self.walk.read(input));
        let seed = is_dense.then(|| self.seed(value)).map(|seed| quote!(#seed,));
        if is_newest {
            return quote!(let #name = #weights.apply_block(#x, #seed #to, #activation););
        }
        let state = self.walk.state(value);
        let from = if is_dense { self.from(value) } else { x.unwrap_or_default() };
        quote!(let #name = #weights.push_block(&mut #state, #from, #seed #to, #activation);)
    }

    /// The frames that a convolution with a history takes, and scratch for copies.
    fn from(&mut self, value: Value) -> TokenStream {
        self.walk.buffers.copies(self.walk.graph, value);
        let x = self.walk.graph[value].input().map(|input| self.walk.read(input));
        let scratch = local("scratch");
        quote!((#x, &mut #scratch))
    }

    /// What the sums of a convolution start from beside its bias.
    fn seed(&mut self, value: Value) -> TokenStream {
        let Some(seed) = self.walk.graph[value].seed else { return quote!(()) };
        let mixed = &self.walk.graph[seed];
        match mixed.input().filter(|_| mixed.is_inline) {
            Some(condition) => {
                self.cost.in_call(seed);
                let (weights, condition) =
                    (self.walk.lines.weights(seed), self.walk.read(condition));
                quote!(#weights.sums_of(#condition))
            }
            None => self.walk.read(seed),
        }
    }

    /// The line of an operation that changes the frames of one of its inputs where they lie, which no line behind it reads; or that of
    /// a sum, and of an activation of one.
    fn in_place(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let graph = self.walk.graph;
        let node = &graph[value];
        if let Some(sum) = self.sum(line, value, &node.op, &node.inputs) {
            return Some(sum);
        }
        if !matches!(node.op, Op::Map(_) | Op::Softmax { .. }) {
            return None;
        }
        let input = node.input()?;
        let of_input = &graph[input];
        let before = if of_input.is_inline {
            self.sum(line, value, &of_input.op, &of_input.inputs)?
        } else if self.walk.buffers.dies(input, line) && self.walk.lines.reads(value) == node.inputs
        {
            self.walk.renamed(value, input)
        } else {
            return None;
        };
        let to = self.walk.lines.names.local(value).clone();
        let change = match node.op {
            Op::Map(activation) => {
                let pointwise = self.pointwise(Some(activation));
                let function = pointwise.unwrap_or_else(|| self.walk.lines.activation(activation));
                let activate = self.walk.lines.function("activate_block");
                quote!(#activate(#to, #function);)
            }
            Op::Softmax { is_log } => {
                let (softmax, frame) = (self.walk.lines.softmax(is_log), local("frame"));
                quote!(for #frame in &mut *#to { #softmax(#frame); })
            }
            _ => return None,
        };
        self.cost.changed(value);
        Some(quote!(#before #change))
    }

    /// The sum of two values under the name of `value`: where one of them lies, if no line behind this one reads that.
    fn sum(&mut self, line: usize, value: Value, op: &Op, inputs: &[Value]) -> Option<TokenStream> {
        let (Op::Add { .. }, &[one, other]) = (op, inputs) else { return None };
        let graph = self.walk.graph;
        if one == other || [one, other].iter().any(|input| graph[*input].is_inline) {
            return None;
        }
        self.cost.changed(value);
        let name = self.walk.lines.names.local(value).clone();
        let dying = [(one, other), (other, one)];
        if let Some((from, other)) =
            dying.into_iter().find(|(from, _)| self.walk.buffers.dies(*from, line))
        {
            let (add, other) = (self.walk.lines.function("add_block"), self.walk.read(other));
            let renamed = self.walk.renamed(value, from);
            return Some(quote!(#renamed #add(#name, #other);));
        }
        let sum = self.walk.lines.function("sum_blocks");
        let [one, other] = [one, other].map(|input| self.walk.read(input));
        let to = self.walk.buffer(line, value);
        Some(quote!(let #name = #sum(#one, #other, #to);))
    }

    /// The buffers, and the function of the runtime that calls the lines for so many pushes.
    fn assembled(
        &self,
        body: &TokenStream,
        pushes: usize,
        is_scheduled: bool,
        krate: &TokenStream,
    ) -> TokenStream {
        let [net, frames, outputs] = parameters();
        let (graph, f32, uses) =
            (self.walk.graph, super::types::f32(), self.walk.lines.uses(krate));
        let declare = |name: Ident, numbers: usize| {
            let numbers = count(numbers);
            quote!(let mut #name = [0.0; #numbers];)
        };
        let buffers = self.walk.buffers.sizes(pushes).enumerate();
        let buffers = buffers.map(|(place, numbers)| declare(buffer(place), numbers));
        let convs = self.walk.buffers.copied().map(|conv| {
            let numbers = conv.map(count);
            quote!([#(#numbers),*])
        });
        let convs: Vec<_> = convs.collect();
        let scratch = (!convs.is_empty()).then(|| {
            let (name, pushes) = (local("scratch"), count(pushes));
            let comment = line(SCRATCH);
            quote!(#comment let mut #name = [0.0; #krate::scratch(&[#(#convs),*], #pushes)];)
        });
        let memory = memory(self.walk.buffers.sizes(pushes).count(), pushes);
        let parameter = self.walk.parameter();
        let (inputs, pushes) = (count(graph.inputs()), count(pushes));
        let (function, due, ty) = if is_scheduled {
            let scheduled = |value: &&Value| graph[**value].op.clock().is_scheduled();
            let due =
                self.walk.values.iter().filter(scheduled).map(|value| self.walk.state(*value));
            let due: Vec<_> = due.map(|state| quote!(#state.is_due())).collect();
            let channels = count(graph.outputs());
            (
                quote!(for_each_due_block),
                Some(quote!(|#net| #(#due)&&*,)),
                Some(quote!(: &mut [[#f32; #channels]])),
            )
        } else {
            (quote!(for_each_block), None, None)
        };
        quote! {
            #uses
            #memory
            #(#buffers)*
            #scratch
            #krate::#function::<_, #pushes>(self, #frames, #outputs, #due |#parameter, #frames: &[[#f32; #inputs]], #outputs #ty| {
                #body
            })
        }
    }
}
