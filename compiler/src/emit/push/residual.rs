//! Residual blocks, of which one function of the runtime computes a frame: one for all blocks of a shape.

use proc_macro2::TokenStream;
use quote::quote;

use super::Push;
use crate::emit::block::{FEW, is_end};
use crate::graph::{Conv, Op, Value};

impl Push<'_, '_> {
    /// The line of a convolution together with those behind it, of `x + end(activation(conv(x)))`. A sum may take the activation's outputs
    /// too.
    pub(super) fn residual(&mut self, place: usize, value: Value) -> Option<TokenStream> {
        let graph = self.lines.graph;
        let node = &graph[value];
        // Of few channels, a layer is hardly more work than such a call.
        let is_large =
            |conv: &&Conv| conv.window.taps > 1 && (conv.inputs > FEW || conv.outputs > FEW);
        let conv = node.dense_conv().filter(is_large).copied()?;
        let is_each_push = self.order.reaching.is_empty() && !self.lines.is_of_integers();
        let x = node.input().filter(|_| is_each_push && value != graph.output)?;
        let lines = self.values.iter().copied();
        let readers: Vec<_> =
            lines.filter(|line| self.lines.reads(*line).contains(&value)).collect();
        let end = readers.iter().copied().find(|reader| is_end(graph, *reader, value, x, conv))?;
        let sum = match readers.as_slice() {
            [_] => None,
            [one, other] => {
                let sum = if *one == end { *other } else { *one };
                Some((sum, self.sum_with(place, value, sum)?))
            }
            _ => return None,
        };
        let init = match node.seed.map(|seed| (seed, &graph[seed])) {
            None => quote!(()),
            Some((seed, mixed)) if mixed.is_inline => {
                let condition = mixed.input().map(|condition| self.read(condition));
                let weights = self.lines.weights(seed);
                quote!(#weights.sums_of(&[#condition]))
            }
            Some(_) => return None,
        };
        let activation = self.lines.epilogue(node);
        let state = self.lines.state(value, &quote!(self));
        let (own, weights) = (self.lines.weights(value), self.lines.weights_reference(end));
        let (frame, output) = (self.read(x), self.lines.names.local(end).clone());
        self.done.push(end);
        let Some((sum, other)) = sum else {
            return Some(quote! {
                let #output = #own.push_residual(&mut #state, #frame, #init, (#activation, #weights));
            });
        };
        self.done.push(sum);
        let (sum, other) = (self.lines.names.local(sum).clone(), self.read(other));
        Some(quote! {
            let (#output, #sum) =
                #own.push_residual_skip(&mut #state, #frame, #init, (#activation, #weights), #other);
        })
    }

    /// What a plain sum adds `value` to, where a line before `place` has that.
    fn sum_with(&self, place: usize, value: Value, sum: Value) -> Option<Value> {
        let graph = self.lines.graph;
        let node = &graph[sum];
        let is_plain = matches!(node.op, Op::Add { .. }) && self.lines.reads(sum) == node.inputs;
        let other = node.inputs.iter().copied().find(|input| *input != value && is_plain)?;
        let before = self.values.get(..place).unwrap_or_default();
        (other == Value::INPUT || before.contains(&other) || self.done.contains(&other))
            .then_some(other)
    }
}
