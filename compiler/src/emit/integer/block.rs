//! The body of `push_block` of a network of integers: the lines of `push`, each of which takes several frames.

mod residual;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::line::integer;
use super::{table_name, weights_of};
use crate::emit::block::{self, Walk, buffer, memory, parameters};
use crate::emit::docs;
use crate::emit::line::Lines;
use crate::emit::names::local;
use crate::emit::types;
use crate::frontend::ast;
use crate::graph::{Op, Value};
use crate::integers::{Arithmetic, Integers};
use crate::numbers::count;

/// Numbers of past frames and new ones that are copied into one line.
const SCRATCH: usize = 768;

/// Multiply-accumulates of a convolution that is less in a block: `cargo xtask bench` measured no less for smaller ones.
const LARGE: usize = 512;

/// The body of `push_block`, where it has lines of its own.
pub(in crate::emit) fn push_block(
    lines: &mut Lines<'_>,
    integers: &Integers,
    krate: &TokenStream,
    wanted: ast::Block,
) -> Option<TokenStream> {
    if wanted == ast::Block::Small { None } else { block(lines, integers, krate, wanted) }
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
    let walk = Walk::new(lines, values, 1, |buffer| quote!(#buffer.0));
    let mut block = Block { walk, integers, has_scratch: false, saving: 0 };
    let body = block.body();
    let is_worth_it = block.saving.saturating_mul(2) >= graph.sum(|value| graph.macs(value));
    if wanted == ast::Block::WhereItSaves && !(block.saving > 0 && is_worth_it) {
        return None;
    }
    let pushes = block.walk.buffers.pushes_of_integers()?;
    Some(block.assembled(&body, pushes, krate))
}

struct Block<'l, 'a> {
    walk: Walk<'l, 'a>,
    integers: &'l Integers,
    has_scratch: bool,
    /// Multiply-accumulates of the lines that are less in a block.
    saving: usize,
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
        if let Some(added) = self.added(line, value) {
            return added;
        }
        if self.walk.graph[value].dense_conv().is_some() {
            let fused = self.residual(line, value);
            return fused.unwrap_or_else(|| self.conv(line, value));
        }
        if let (Op::Round | Op::Extend, [x]) =
            (&self.walk.graph[value].op, self.walk.graph[value].inputs.as_slice())
        {
            return self.converted(line, value, *x);
        }
        let is_combination = matches!(self.walk.graph[value].op, Op::Add { .. } | Op::Binary(_));
        let in_place = self.in_place(line, value);
        in_place.unwrap_or_else(|| self.walk.mapped(line, value, is_combination))
    }

    /// Memory for past frames.
    fn scratch(&mut self) -> TokenStream {
        self.has_scratch = true;
        let scratch = local("scratch");
        quote!(&mut #scratch.0)
    }

    /// Counts a convolution whose line is less in a block.
    fn saves(&mut self, value: Value) {
        let macs = self.walk.graph.macs(value);
        if macs >= LARGE {
            self.saving = self.saving.saturating_add(macs);
        }
    }

    /// The line of products that are added to fine sums where these lie, or to a copy of them.
    fn added(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let node = &self.walk.graph[value];
        let seed = node.seed.filter(|seed| !self.walk.graph[*seed].is_inline)?;
        let weights = weights_of(self.walk.lines, value);
        let (name, x) = (self.walk.lines.names.local(value).clone(), self.walk.read(node.input()?));
        self.saves(value);
        let sums = if self.walk.buffers.dies(seed, line) {
            self.walk.renamed(value, seed)
        } else {
            let (copy, sums, to) = (
                self.walk.lines.function("copy_block"),
                self.walk.read(seed),
                self.walk.buffer(line, value),
            );
            quote!(let #name = #copy(#sums, #to);)
        };
        Some(quote!(#sums #weights.apply_add_block(#x, &mut *#name);))
    }

    /// The line of fine sums as whole numbers, or of these as fine sums.
    fn converted(&mut self, line: usize, value: Value, x: Value) -> TokenStream {
        let is_round = self.walk.graph[value].op == Op::Round;
        let convert =
            self.walk.lines.function(if is_round { "round_block" } else { "extend_block" });
        let [name, to] = self.walk.target(line, value);
        let x = self.walk.read(x);
        quote!(let #name = #convert(#x, #to);)
    }

    /// The line of a convolution.
    fn conv(&mut self, line: usize, value: Value) -> TokenStream {
        let node = &self.walk.graph[value];
        self.saves(value);
        let weights = weights_of(self.walk.lines, value);
        let [name, to] = self.walk.target(line, value);
        let x = node.input().map(|input| self.walk.read(input));
        let mixed = node.seed.and_then(|seed| self.walk.graph[seed].input());
        let suffix = if mixed.is_some() { "_mixed" } else { "" };
        let mixed = mixed.map(|mixed| self.walk.read(mixed)).map(|mixed| quote!(#mixed,));
        let state = self.walk.state(value);
        let (word, state, scratch) = if state.is_empty() {
            ("apply", TokenStream::new(), None)
        } else {
            let scratch = self.scratch();
            ("push", quote!(&mut #state,), Some(quote!(#scratch,)))
        };
        let method = format_ident!("{word}{suffix}_block");
        quote!(let #name = #weights.#method(#state #x, #mixed #scratch #to);)
    }

    /// The line of an operation that changes the frames of one of its inputs where they lie, which no line behind it reads.
    fn in_place(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let node = &self.walk.graph[value];
        let mut inputs = node.inputs.iter().copied();
        let from = inputs.find(|input| self.walk.buffers.dies(*input, line))?;
        let to = self.walk.lines.names.local(value).clone();
        let change = match (&node.op, &self.integers.arithmetic[value]) {
            (Op::Add { .. }, _) => {
                let other = node.inputs.iter().copied().find(|input| *input != from)?;
                let (add, other) = (self.walk.lines.function("add_block"), self.walk.read(other));
                quote!(#add(#to, #other);)
            }
            (Op::Map(_), Arithmetic::Lookup(place)) => {
                let (lookup, module) =
                    (self.walk.lines.function("lookup_block"), self.walk.lines.module);
                let table = table_name(*place);
                quote!(#lookup(&#module::#table, #to);)
            }
            (Op::Map(_), Arithmetic::Clip { low, high }) => {
                let clip = self.walk.lines.function("clip_block");
                let [low, high] = [*low, *high].map(integer);
                quote!(#clip(#to, #low, #high);)
            }
            (Op::Map(_), Arithmetic::Leaky(slope)) => {
                let (leaky, slope) = (self.walk.lines.function("leaky_block"), integer(*slope));
                quote!(#leaky(#to, #slope);)
            }
            _ => return None,
        };
        let renamed = self.walk.renamed(value, from);
        Some(quote!(#renamed #change))
    }

    /// The buffers, and the function of the runtime that calls the lines for so many pushes.
    fn assembled(&mut self, body: &TokenStream, pushes: usize, krate: &TokenStream) -> TokenStream {
        let [_, frames, outputs] = parameters();
        let i16 = types::i16();
        let sizes: Vec<_> = self.walk.buffers.sizes(pushes).collect();
        let are_fine: Vec<_> = self.walk.buffers.are_fine().collect();
        let buffers = sizes.into_iter().zip(are_fine).enumerate();
        let buffers = buffers.map(|(place, (numbers, is_fine))| {
            let (ty, name) = (self.walk.lines.function("Buffer"), buffer(place));
            let (numbers, of) = (count(numbers), is_fine.then(types::i32).map(|ty| quote!(, #ty)));
            quote!(let mut #name = #ty::<#numbers #of>::new();)
        });
        let mut buffers: TokenStream =
            memory(buffers.len(), pushes).into_iter().chain(buffers).collect();
        if self.has_scratch {
            let (ty, name) = (self.walk.lines.function("Buffer"), local("scratch"));
            let numbers = count(SCRATCH);
            let comment = docs::line(block::SCRATCH);
            buffers.extend(quote!(#comment let mut #name = #ty::<#numbers>::new();));
        }
        let for_each = self.walk.lines.function("for_each_block");
        let uses = self.walk.lines.uses(krate);
        let parameter = self.walk.parameter();
        let (inputs, pushes) = (count(self.walk.graph.inputs()), count(pushes));
        quote! {
            #uses
            #buffers
            #for_each::<_, #pushes>(self, #frames, #outputs, |#parameter, #frames: &[[#i16; #inputs]], #outputs| {
                #body
            })
        }
    }
}
