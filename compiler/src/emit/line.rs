//! One operation as an expression of Rust.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::captures;
use super::integer;
use super::names::{Names, field_name, local, static_name};
use crate::graph::{Activation, Binary, FeatureReduction, Graph, Node, Op, Reduction, Value};
use crate::integers::Integers;
use crate::numbers::{count, float};
use crate::passes::inline::{is_elementwise, leaves};

/// Makes lines, and knows the functions of the runtime that they name.
pub(crate) struct Lines<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) names: &'a Names,
    /// The module of the weights.
    pub(crate) module: &'a Ident,
    /// Whether the compiler is not to see the numbers of the weights.
    hides_weights: bool,
    integers: Option<&'a Integers>,
    /// Whether the weights are those of the file that is loaded.
    pub(super) are_loaded: bool,
    functions: BTreeSet<&'static str>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(
        graph: &'a Graph,
        integers: Option<&'a Integers>,
        names: &'a Names,
        module: &'a Ident,
        hides_weights: bool,
    ) -> Self {
        let functions = BTreeSet::new();
        Self { graph, names, module, hides_weights, integers, are_loaded: false, functions }
    }

    pub(super) const fn is_of_integers(&self) -> bool {
        self.integers.is_some()
    }

    /// The same of a network with several weights files.
    pub(crate) fn of_loaded(self) -> Self {
        Self { are_loaded: true, ..self }
    }

    /// The `use` of the functions.
    pub(crate) fn uses(&self, krate: &TokenStream) -> TokenStream {
        let functions = self.functions.iter().map(|function| format_ident!("{function}"));
        let functions: Vec<_> = functions.collect();
        match functions.as_slice() {
            [] => TokenStream::new(),
            [function] => quote!(use #krate::#function;),
            functions => quote!(use #krate::{#(#functions),*};),
        }
    }

    /// A function of the runtime.
    pub(crate) fn function(&mut self, name: &'static str) -> Ident {
        self.functions.insert(name);
        Ident::new(name, Span::call_site())
    }

    /// What the methods of a node's weights are called on: the path of their `static`.
    ///
    /// Of `#[weights = zeros]`, the compiler is not to see that the numbers are zeros: it would leave out what trained
    /// weights take, and the network would say nothing about instructions and code.
    pub(crate) fn weights(&self, value: Value) -> TokenStream {
        let (module, name) =
            (self.module, self.graph.layer(value).and_then(|layer| layer.name.as_ref()));
        if let Some(name) = name.filter(|_| self.are_loaded) {
            let (weights, name) = (captures::variable(), field_name(name));
            return quote!(#weights.#name);
        }
        let Some(name) = name.map(static_name) else { return TokenStream::new() };
        self.seen(quote!(#module::#name))
    }

    /// The path of a `static` with weights, whose numbers the compiler sees or not.
    pub(crate) fn seen(&self, path: TokenStream) -> TokenStream {
        if self.hides_weights { quote!(::core::hint::black_box(&#path)) } else { path }
    }

    /// A reference to them, as an argument.
    pub(crate) fn weights_reference(&self, value: Value) -> TokenStream {
        let weights = self.weights(value);
        if self.hides_weights { weights } else { quote!(&#weights) }
    }

    /// What a node keeps, in the network of that name.
    pub(crate) fn state(&self, value: Value, network: &dyn ToTokens) -> TokenStream {
        let field = self.names.field(value);
        field.map(|field| quote!(#network.#field)).unwrap_or_default()
    }

    /// The values that the line of a node names, each once.
    pub(crate) fn reads(&self, value: Value) -> Vec<Value> {
        let node = &self.graph[value];
        if is_elementwise(node) {
            return leaves(self.graph, value);
        }
        let mut reads = node.inputs.clone();
        if let Some(seed) = node.seed {
            let of_seed = &self.graph[seed];
            if of_seed.is_inline { reads.extend(&of_seed.inputs) } else { reads.push(seed) }
        }
        reads
    }

    /// The expression of a node's output, of one frame. `read` gives that of a value that it names; `state` is where what it
    /// keeps is.
    pub(crate) fn expression(
        &mut self,
        value: Value,
        state: &TokenStream,
        read: &dyn Fn(Value) -> TokenStream,
    ) -> TokenStream {
        if let Some(integers) = self.integers {
            return integer::expression(self, integers, value, state, read);
        }
        let node = &self.graph[value];
        if is_elementwise(node) {
            return self.elementwise(value, read);
        }
        let (weights, x) = (self.weights(value), node.input().map(read).unwrap_or_default());
        match &node.op {
            Op::Conv(_) | Op::Conv2d(_) | Op::ConvTranspose(_) => {
                self.convolution(value, state, read)
            }
            Op::Recurrent(cell) if cell.cell.is_simple() => {
                let [_, activation] = cell.functions().map(|one| one.function.name);
                let activation = self.function(activation);
                quote!(#weights.push(&mut #state, #x, #activation))
            }
            Op::Recurrent(cell) if cell.is_fast => {
                let [sigmoid, tanh] = cell.functions().map(|one| self.function(one.function.name));
                quote!(#weights.push_with(&mut #state, #x, #sigmoid, #tanh))
            }
            Op::Recurrent(_) => quote!(#weights.push(&mut #state, #x)),
            Op::Pool(pool) if pool.has_history() => {
                let function = self.function(match pool.reduction {
                    Reduction::Max => "max_pool",
                    Reduction::Mean if pool.counts_padding => "avg_pool_with_zeros",
                    Reduction::Mean => "avg_pool",
                });
                quote!(#function(&mut #state, #x))
            }
            Op::PoolFeatures(pool) => {
                let function = self.function(match pool.reduction {
                    FeatureReduction::Max => "feature_max",
                    FeatureReduction::Min => "feature_min",
                    FeatureReduction::Mean if pool.counts_padding => "feature_mean_with_zeros",
                    FeatureReduction::Mean => "feature_mean",
                    FeatureReduction::Sum => "feature_sum",
                });
                let window = [pool.channels, pool.taps, pool.stride, pool.zeros].map(count);
                let (of_input, of_output) =
                    (count(pool.features * pool.channels), count(node.channels));
                quote!(#function::<#(#window),*, #of_input, #of_output>(#x))
            }
            Op::Crop { .. } => quote!(#state.count().then_some(#x)),
            Op::Pool(_) | Op::Mean { .. } | Op::Newest { .. } | Op::Delay(_) => {
                quote!(#state.push(#x))
            }
            Op::Upsample { times } => {
                let (upsample, times, channels) =
                    (self.function("upsample"), count(*times), count(node.channels));
                quote!(#upsample::<#times, #channels>(#x))
            }
            Op::Split { times } => {
                let (split, times, channels) =
                    (self.function("split"), count(*times), count(node.channels));
                let all = count(node.input().map_or(0, |input| self.graph[input].channels));
                quote!(#split::<#times, #channels, #all>(#x))
            }
            Op::Affine { .. } => {
                let activation = self.epilogue(node);
                quote!(#weights.apply(#x, #activation))
            }
            Op::LayerNorm { .. } | Op::GroupNorm(_) | Op::Prelu => quote!(#weights.apply(#x)),
            Op::Input
            | Op::Unknown
            | Op::Round
            | Op::Extend
            | Op::Map(_)
            | Op::Softmax { .. }
            | Op::Add { .. }
            | Op::Multiply
            | Op::Binary(_)
            | Op::Blend
            | Op::Concat
            | Op::Slice { .. }
            | Op::Gather { .. } => x,
        }
    }

    /// The expression of a convolution, with what its sums start from.
    fn convolution(
        &mut self,
        value: Value,
        state: &TokenStream,
        read: &dyn Fn(Value) -> TokenStream,
    ) -> TokenStream {
        let node = &self.graph[value];
        let (weights, x) = (self.weights(value), node.input().map(read).unwrap_or_default());
        let activation = self.epilogue(node);
        let (suffix, seed) = match node.seed.map(|seed| (seed, &self.graph[seed])) {
            None => ("", None),
            Some((seed, mixed)) if mixed.is_inline => {
                let condition = mixed.input().map(read);
                let mixed = self.weights_reference(seed);
                ("_mixed", Some(quote!((#mixed, #condition),)))
            }
            Some((seed, _)) => {
                let seed = read(seed);
                ("_add", Some(quote!(#seed,)))
            }
        };
        let expression = if state.is_empty() {
            let apply = format_ident!("apply{suffix}");
            quote!(#weights.#apply(#x, #seed #activation))
        } else {
            let push = format_ident!("push{suffix}");
            quote!(#weights.#push(&mut #state, #x, #seed #activation))
        };
        // A transposed convolution gives a list of frames, where that is of one as well.
        match &node.op {
            Op::ConvTranspose(conv) if conv.stride == 1 => {
                let first = local("first");
                if node.op.clock().is_scheduled() {
                    quote!(#expression.map(|[#first]| #first))
                } else {
                    quote!({ let [#first] = #expression; #first })
                }
            }
            _ => expression,
        }
    }

    /// The expression of an elementwise operation, and of those that are computed in passing.
    fn elementwise(&mut self, value: Value, read: &dyn Fn(Value) -> TokenStream) -> TokenStream {
        let graph = self.graph;
        let node = &graph[value];
        let mut inputs = Vec::new();
        for input in &node.inputs {
            let of_input = &graph[*input];
            inputs.push(if of_input.is_inline && is_elementwise(of_input) {
                self.elementwise(*input, read)
            } else {
                read(*input)
            });
        }
        let channels =
            |place: usize| count(node.inputs.get(place).map_or(0, |input| graph[*input].channels));
        let out = count(node.channels);
        match &node.op {
            Op::Map(activation) => {
                let (activate, function) =
                    (self.function("activate"), self.activation(*activation));
                quote!(#activate(#(#inputs),*, #function))
            }
            Op::Softmax { is_log } => {
                let (activate, softmax) = (self.function("activate"), self.softmax(*is_log));
                quote!(#activate(#(#inputs),*, #softmax))
            }
            Op::Concat => {
                let (concat, left, right) = (self.function("concat"), channels(0), channels(1));
                quote!(#concat::<#left, #right, #out>(#(#inputs),*))
            }
            Op::Slice { start } => {
                let (slice, taken, start) = (self.function("slice"), channels(0), count(*start));
                quote!(#slice::<#taken, #start, #out>(#(#inputs),*))
            }
            Op::Gather { indices } => self.gathered(indices, &channels(0), &inputs),
            op => {
                let function = self.function(combination(op));
                quote!(#function(#(#inputs),*))
            }
        }
    }

    /// The activation of a node's sums.
    pub(crate) fn epilogue(&mut self, node: &Node) -> TokenStream {
        match node.epilogue {
            Some(activation) => self.activation(activation),
            None => self.function("linear").into_token_stream(),
        }
    }

    /// The function that changes a frame in place.
    pub(crate) fn softmax(&mut self, is_log: bool) -> Ident {
        self.function(if is_log { "log_softmax" } else { "softmax" })
    }

    /// The function that changes numbers in place.
    pub(crate) fn activation(&mut self, activation: Activation) -> TokenStream {
        let function = self.function(activation.function.name);
        let parameters: Vec<_> = activation.parameters().iter().copied().map(float).collect();
        if parameters.is_empty() {
            return function.into_token_stream();
        }
        quote!(#function(#(#parameters),*))
    }
}

/// The runtime's function of several frames.
pub(crate) fn combination(op: &Op) -> &'static str {
    match op {
        Op::Multiply => "multiply",
        Op::Binary(Binary::Subtract) => "subtract",
        Op::Binary(Binary::Divide) => "divide",
        Op::Binary(Binary::Minimum) => "minimum",
        Op::Binary(Binary::Maximum) => "maximum",
        Op::Blend => "blend",
        _ => "add",
    }
}
