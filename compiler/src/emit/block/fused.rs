//! Operations that one kernel of the runtime computes for several frames, beside a convolution of few channels.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::Block;
use crate::graph::{Conv, Graph, Node, Op, Value};
use crate::numbers::float;

/// The most channels of such a convolution.
const FEW: usize = 4;

impl Block<'_, '_> {
    /// The line of a convolution together with lines behind it.
    pub(super) fn fused(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let is_small =
            |conv: &&Conv| conv.window.taps > 1 && conv.inputs <= FEW && conv.outputs <= FEW;
        let conv = self.graph[value].dense_conv().filter(is_small).copied()?;
        self.residual(line, value, conv).or_else(|| self.accumulated(line, value))
    }

    /// `x + end(activation(conv(x)))`, of which a sum may take the activation's outputs too.
    fn residual(&mut self, line: usize, value: Value, conv: Conv) -> Option<TokenStream> {
        let graph = self.graph;
        let x = graph[value].input()?;
        let readers: Vec<_> = self.readers(value);
        let end = readers.iter().copied().find(|reader| is_end(graph, *reader, value, x, conv))?;
        let sum = match readers.as_slice() {
            [_] => None,
            [one, other] => {
                let sum = if *one == end { *other } else { *one };
                Some(self.sum_with(value, sum, line).map(|other| (sum, other))?)
            }
            _ => return None,
        };
        let activation = self.activation(&graph[value])?;
        self.cost.conv(value);
        self.cost.in_call(end);
        let seed = self.seed(value);
        let (state, from) = (self.state(value), self.from(value));
        let (own, weights) = (self.lines.weights(value), self.lines.weights_reference(end));
        let skipped = match sum {
            Some((_, into)) => {
                let into = self.lines.names.local(into);
                quote!(::core::option::Option::Some(&mut *#into))
            }
            None => quote!(::core::option::Option::None),
        };
        let to = self.buffer(line, end);
        let name = self.lines.names.local(end).clone();
        let begun = sum.map(|(sum, into)| self.renamed(sum, into));
        self.done.push(end);
        self.done.extend(sum.map(|(sum, _)| sum));
        Some(quote! {
            let #name = #own.residual_block(&mut #state, #from, (#seed, #skipped), (#activation, #weights), #to);
            #begun
        })
    }

    /// `sum + activation(conv(x))`: the outputs are added where the sum lies.
    fn accumulated(&mut self, line: usize, value: Value) -> Option<TokenStream> {
        let graph = self.graph;
        let [sum] = self.readers(value).try_into().ok()?;
        let into = self.sum_with(value, sum, line)?;
        let activation = self.activation(&graph[value])?;
        self.cost.conv(value);
        let seed = self.seed(value);
        let (state, from, weights) =
            (self.state(value), self.from(value), self.lines.weights(value));
        let sums = self.lines.names.local(into).clone();
        let renamed = self.renamed(sum, into);
        self.done.push(sum);
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
            _ => return self.pointwise(node),
        };
        Some(self.lines.function(ty).into_token_stream())
    }

    /// The activation of a node's sums, if all kernels have it.
    pub(super) fn pointwise(&mut self, node: &Node) -> Option<TokenStream> {
        let activation = match node.epilogue {
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
        let pointwise = self.lines.function("Pointwise");
        Some(quote!(#pointwise::#activation))
    }

    /// The lines that read a value.
    fn readers(&self, value: Value) -> Vec<Value> {
        let lines = self.values.iter().copied();
        let mut readers: Vec<_> =
            lines.filter(|line| self.lines.reads(*line).contains(&value)).collect();
        if value == self.graph.output {
            readers.push(value);
        }
        readers
    }

    /// What a plain sum adds `value` to, where that lies in a buffer that no line from `line` on reads but the sum.
    fn sum_with(&self, value: Value, sum: Value, line: usize) -> Option<Value> {
        let graph = self.graph;
        let node = &graph[sum];
        let is_plain = matches!(node.op, Op::Add { .. }) && self.lines.reads(sum) == node.inputs;
        let place = self.values.iter().position(|line| *line == sum)?;
        let other =
            node.inputs.iter().copied().find(|input| *input != value).filter(|_| is_plain)?;
        let is_left = |reader: &Value| {
            let at = self.values.iter().position(|line| line == reader);
            at.is_some_and(|at| at > line) && *reader != sum
        };
        let is_read = self.lines.reads(value).contains(&other);
        let is_free =
            self.buffers.dies(other, place) && !is_read && !self.readers(other).iter().any(is_left);
        is_free.then_some(other)
    }
}

/// Whether `end` is a 1x1 convolution of `value` whose sums start from `x`, without an activation.
fn is_end(graph: &Graph, end: Value, value: Value, x: Value, conv: Conv) -> bool {
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
