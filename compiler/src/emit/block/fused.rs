//! Operations that one kernel of the runtime computes for several frames, beside a convolution of few channels.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::Block;
use crate::graph::{Activation, Conv, Graph, Node, Value};
use crate::numbers::float;

/// The most channels of such a convolution.
pub(in crate::emit) const FEW: usize = 4;

impl Block<'_, '_> {
    /// The line of a convolution together with lines behind it.
    pub(super) fn fused(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let is_small =
            |conv: &&Conv| conv.window.taps > 1 && conv.inputs <= FEW && conv.outputs <= FEW;
        let conv = self.walk.graph[value].dense_conv().filter(is_small).copied()?;
        self.residual(line, value, conv).or_else(|| self.accumulated(line, value))
    }

    /// `x + end(activation(conv(x)))`, of which a sum may take the activation's outputs too.
    fn residual(&mut self, line: usize, value: Value, conv: Conv) -> Option<TokenStream> {
        let graph = self.walk.graph;
        let x = graph[value].input()?;
        let readers: Vec<_> = self.walk.readers(value);
        let end = readers.iter().copied().find(|reader| is_end(graph, *reader, value, x, conv))?;
        let sum = match readers.as_slice() {
            [_] => None,
            [one, other] => {
                let sum = if *one == end { *other } else { *one };
                Some(self.walk.sum_with(line, value, value, sum).map(|other| (sum, other))?)
            }
            _ => return None,
        };
        let activation = self.activation(&graph[value])?;
        self.cost.conv(value);
        self.cost.in_call(end);
        let seed = self.seed(value);
        let (state, from) = (self.walk.state(value), self.from(value));
        let (own, weights) =
            (self.walk.lines.weights(value), self.walk.lines.weights_reference(end));
        let skipped = match sum {
            Some((_, into)) => {
                let into = self.walk.lines.names.local(into);
                quote!(::core::option::Option::Some(&mut *#into))
            }
            None => quote!(::core::option::Option::None),
        };
        let to = self.walk.buffer(line, end);
        let name = self.walk.lines.names.local(end).clone();
        let begun = sum.map(|(sum, into)| self.walk.renamed(sum, into));
        self.walk.done.push(end);
        self.walk.done.extend(sum.map(|(sum, _)| sum));
        Some(quote! {
            let #name = #own.residual_block(&mut #state, #from, (#seed, #skipped), (#activation, #weights), #to);
            #begun
        })
    }

    /// `sum + activation(conv(x))`: the outputs are added where the sum lies.
    fn accumulated(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let graph = self.walk.graph;
        let [sum] = self.walk.readers(value).try_into().ok()?;
        let into = self.walk.sum_with(line, value, value, sum)?;
        let activation = self.activation(&graph[value])?;
        self.cost.conv(value);
        let seed = self.seed(value);
        let (state, from, weights) =
            (self.walk.state(value), self.from(value), self.walk.lines.weights(value));
        let sums = self.walk.lines.names.local(into).clone();
        let renamed = self.walk.renamed(sum, into);
        self.walk.done.push(sum);
        Some(quote! {
            #weights.add_block(&mut #state, #from, #seed, #sums, #activation);
            #renamed
        })
    }

    /// The activation of a node's sums, if the kernel of few channels has it.
    fn activation(&mut self, node: &Node) -> Option<TokenStream> {
        let function = node.epilogue.map(|activation| activation.function.name);
        let ty = match function {
            Some("tanh") => "Tanh",
            Some("fast_tanh") => "FastTanh",
            _ => return self.pointwise(node.epilogue),
        };
        Some(self.walk.lines.function(ty).into_token_stream())
    }

    /// An activation, if all kernels have it.
    pub(super) fn pointwise(&mut self, activation: Option<Activation>) -> Option<TokenStream> {
        let activation = match activation {
            None => quote!(Linear),
            Some(activation) => match (activation.function.name, activation.parameters()) {
                ("relu", []) => quote!(Relu),
                ("leaky_relu", [slope]) if *slope > 0.0 && *slope <= 1.0 => {
                    let slope = float(*slope);
                    quote!(LeakyRelu(#slope))
                }
                _ => return None,
            },
        };
        let pointwise = self.walk.lines.function("Pointwise");
        Some(quote!(#pointwise::#activation))
    }
}

/// Whether `end` is a 1x1 convolution of `value` whose sums start from `x`, without an activation.
pub(in crate::emit) fn is_end(
    graph: &Graph,
    end: Value,
    value: Value,
    x: Value,
    conv: Conv,
) -> bool {
    let node = &graph[end];
    let is_pointwise = node.dense_conv().is_some_and(|end| {
        end.window.is_newest() && end.outputs == conv.inputs && end.inputs == conv.outputs
    });
    is_pointwise
        && node.input() == Some(value)
        && node.seed == Some(x)
        && node.epilogue.is_none()
        && end != graph.output
}
