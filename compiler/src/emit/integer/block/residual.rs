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
    /// What is added to the skips: `y`, or that times a factor.
    skipped: Value,
    /// What that is added to, and the sum; or the sum starts from it.
    sum: Option<(Value, Value)>,
    /// The 1x1 convolution, and what its sums start from.
    last: Option<(Value, Value)>,
}

impl Block<'_, '_> {
    /// A convolution, a leaky relu, a sum of skips that takes its outputs, and a 1x1 convolution of these.
    pub(super) fn residual(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let found = self.found(line, value)?;
        let Lines { condition, y, slope, skipped, sum, last } = found;
        let x = self.walk.graph[value].input()?;
        let none = quote!(::core::option::Option::None);
        let some = |tokens: TokenStream| quote!(::core::option::Option::Some(#tokens));
        let own = self.weights(value);
        let (state, input, condition) =
            (self.walk.state(value), self.walk.read(x), self.walk.read(condition));
        let factor = if skipped == y {
            none.clone()
        } else {
            let factor = self.weights(skipped);
            some(quote!(&#factor))
        };
        let (before, sums, after) = match sum {
            Some((into, sum)) => {
                let sums = self.walk.lines.names.local(into).clone();
                (None, sums, Some(self.walk.renamed(sum, into)))
            }
            None => {
                let to = self.walk.buffer(line, skipped);
                let name = self.walk.lines.names.local(skipped).clone();
                let zeros = self.walk.lines.function("zeros");
                (Some(quote!(let #name = #zeros(#input, #to);)), name, None)
            }
        };
        let (name, of_last, to) = match last {
            Some((last, seed)) => {
                let (ty, own, seed) =
                    (self.walk.lines.function("Last"), self.weights(last), self.walk.read(seed));
                let to = self.walk.buffer(line, last);
                let name = self.walk.lines.names.local(last);
                (quote!(#name), some(quote!(#ty { conv: &#own, seed: #seed })), to)
            }
            // Memory for the operations one by one.
            None => (quote!(_), none, self.walk.buffer(line, y)),
        };
        let scratch = self.scratch();
        let (skips, slope) = (self.walk.lines.function("Skips"), integer(slope));
        for value in [Some(value), last.map(|(last, _)| last)].into_iter().flatten() {
            self.saving = self.saving.saturating_add(self.walk.graph.macs(value));
        }
        self.walk.done.extend([y, skipped]);
        self.walk.done.extend(last.map(|(last, _)| last));
        self.walk.done.extend(sum.map(|(_, sum)| sum));
        Some(quote! {
            #before
            let #name = #own.residual_block(
                &mut #state,
                (#input, #condition),
                #skips { slope: #slope, sums: &mut *#sums, factor: #factor },
                #of_last,
                #scratch,
                #to,
            );
            #after
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
        let last = readers.iter().copied().find(|reader| self.is_last(*reader, y));
        let others: Vec<_> =
            readers.iter().copied().filter(|reader| Some(*reader) != last).collect();
        let [other] = others.try_into().ok()?;
        let seed = last.and_then(|last| graph[last].seed);
        if seed.is_some_and(|seed| self.walk.position(seed).is_none_or(|place| place >= line)) {
            return None;
        }
        let (skipped, reader) = match graph[other].op {
            Op::Affine { .. } => match self.walk.readers(other).as_slice() {
                [reader] => (other, *reader),
                _ => return None,
            },
            _ => (y, other),
        };
        let into = self.walk.sum_with(line, value, skipped, reader);
        let sum = into.map(|into| (into, reader));
        let last = last.zip(seed);
        (sum.is_some() || last.is_some()).then_some(Lines {
            condition,
            y,
            slope,
            skipped,
            sum,
            last,
        })
    }

    /// Whether a line is a 1x1 convolution of `y` whose sums start from another value.
    fn is_last(&self, last: Value, y: Value) -> bool {
        let graph = self.walk.graph;
        let node = &graph[last];
        let is_of_three = |conv: &&Conv| conv.inputs == CHANNELS && conv.outputs == CHANNELS;
        let is_seeded = node.seed.is_some_and(|seed| !graph[seed].is_inline && seed != y);
        node.dense_conv().filter(is_of_three).is_some_and(|conv| conv.window.is_newest())
            && node.input() == Some(y)
            && is_seeded
            && node.epilogue.is_none()
            && last != graph.output
    }
}
