//! Residual blocks of three channels, of which one kernel of the runtime computes all.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Block, integer, weights_of};
use crate::graph::{Conv, Op, Value};
use crate::integers::Arithmetic;

/// Channels of such a block.
const CHANNELS: usize = 3;
/// Taps, at most.
const MOST_TAPS: usize = 15;
/// Slopes are less, in parts of 2^15.
const MOST_SLOPE: i32 = 1 << 14;

/// The lines that are one.
struct Lines {
    condition: Value,
    /// The outputs of the leaky relu.
    y: Value,
    slope: i32,
    skips: Skips,
    last: Option<Last>,
}

/// What the skips are, and what they are added to, if anything.
enum Skips {
    /// `y` itself; and the sum.
    Whole(Option<(Value, Value)>),
    /// Its products, which are fine sums.
    Fine(Value, Option<Value>),
}

/// The 1x1 convolution, what its sums start from, and these rounded.
struct Last {
    conv: Value,
    seed: Value,
    rounded: Value,
}

impl Block<'_, '_> {
    /// A convolution, a leaky relu, a sum of skips that takes its outputs, and a 1x1 convolution of these.
    pub(super) fn residual(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let Lines { condition, y, slope, skips, last } = self.found(line, value)?;
        let x = self.walk.graph[value].input()?;
        let none = quote!(::core::option::Option::None);
        let own = self.weights(value);
        let (state, input, condition) =
            (self.walk.state(value), self.walk.read(x), self.walk.read(condition));
        let (skipped, into, sum) = match skips {
            Skips::Whole(None) => (y, None, y),
            Skips::Whole(Some((into, sum))) => (y, Some(into), sum),
            Skips::Fine(product, into) => (product, into, product),
        };
        let before = match into {
            Some(into) => self.walk.renamed(sum, into),
            None => {
                let (to, zeros) =
                    (self.walk.buffer(line, skipped), self.walk.lines.function("zeros"));
                let name = self.walk.lines.names.local(skipped);
                quote!(let #name = #zeros(#input, #to);)
            }
        };
        let ty = self.walk.lines.function("Sums");
        let name = self.walk.lines.names.local(sum).clone();
        let sums = if skipped == y {
            quote!(#ty::Whole(&mut *#name))
        } else {
            let factor = self.weights(skipped);
            quote!(#ty::Fine(&#factor, &mut *#name))
        };
        let (renamed, outputs, of_last, to) = match last {
            Some(Last { conv, seed, rounded }) => {
                let renamed = self.walk.renamed(conv, seed);
                let (ty, own) = (self.walk.lines.function("Last"), self.weights(conv));
                let to = self.walk.buffer(line, rounded);
                let [sums, name] =
                    [conv, rounded].map(|value| self.walk.lines.names.local(value).clone());
                let last = quote!(#ty { conv: &#own, sums: &mut *#sums });
                let last = quote!(::core::option::Option::Some(#last));
                (Some(renamed), quote!(#name), last, to)
            }
            // Memory for the operations one by one.
            None => (None, quote!(_), none, self.walk.buffer(line, y)),
        };
        let scratch = self.scratch();
        let (skips, slope) = (self.walk.lines.function("Skips"), integer(slope));
        let last = last.as_ref();
        for value in [Some(value), last.map(|last| last.conv)].into_iter().flatten() {
            self.saving = self.saving.saturating_add(self.walk.graph.macs(value));
        }
        self.walk.done.extend([y, skipped, sum]);
        self.walk.done.extend(last.into_iter().flat_map(|last| [last.conv, last.rounded]));
        Some(quote! {
            #before
            #renamed
            let #outputs = #own.residual_block(
                &mut #state,
                (#input, #condition),
                #skips { slope: #slope, sums: #sums },
                #of_last,
                #scratch,
                #to,
            );
        })
    }

    fn weights(&self, value: Value) -> TokenStream {
        weights_of(self.walk.lines, value)
    }

    fn found(&self, line: usize, value: Value) -> Option<Lines> {
        let graph = self.walk.graph;
        let node = &graph[value];
        let is_of_three = |conv: &&Conv| conv.inputs == CHANNELS && conv.outputs == CHANNELS;
        let conv = node.dense_conv().filter(is_of_three)?;
        let mixed = &graph[node.seed?];
        let condition = mixed.input().filter(|_| mixed.is_inline)?;
        let is_served = (2..=MOST_TAPS).contains(&conv.window.taps)
            && graph[condition].channels == 1
            && node.epilogue.is_none()
            && value != graph.output;
        let [y] = self.walk.readers(value).try_into().ok().filter(|_| is_served)?;
        let slope = match (&graph[y].op, &self.integers.arithmetic[y]) {
            (Op::Map(_), Arithmetic::Leaky(slope)) if *slope < MOST_SLOPE => *slope,
            _ => return None,
        };
        let readers = self.walk.readers(y);
        let last = readers.iter().find_map(|reader| self.last(line, value, *reader, y));
        let is_other = |reader: &Value| last.as_ref().is_none_or(|last| last.conv != *reader);
        let others: Vec<_> = readers.iter().copied().filter(is_other).collect();
        let [other] = others.try_into().ok()?;
        let skips = match (&graph[other].op, graph[other].seed) {
            (Op::Affine { .. }, None) => Skips::Fine(other, None),
            (Op::Affine { .. }, Some(seed)) => {
                let is_left = self.walk.is_left_to(line, value, seed, other);
                is_left.then_some(Skips::Fine(other, Some(seed)))?
            }
            _ => {
                let into = self.walk.sum_with(line, value, y, other);
                Skips::Whole(into.map(|into| (into, other)))
            }
        };
        let is_summed = !matches!(skips, Skips::Whole(None));
        (is_summed || last.is_some()).then_some(Lines { condition, y, slope, skips, last })
    }

    /// Where a line is a 1x1 convolution of `y` that is added to fine sums which nothing else reads from `line` on, and is rounded.
    fn last(&self, line: usize, value: Value, conv: Value, y: Value) -> Option<Last> {
        let graph = self.walk.graph;
        let node = &graph[conv];
        let of_three = node
            .dense_conv()
            .filter(|conv| conv.inputs == CHANNELS && conv.outputs == CHANNELS)
            .filter(|conv| conv.window.is_newest() && node.input() == Some(y));
        let seed = node.seed.filter(|seed| of_three.is_some() && !graph[*seed].is_inline)?;
        let mut readers = self.walk.readers(conv).into_iter();
        let rounded = readers.find(|reader| graph[*reader].op == Op::Round)?;
        let is_left = self.walk.is_left_to(line, value, seed, conv) && rounded != graph.output;
        is_left.then_some(Last { conv, seed, rounded })
    }
}
