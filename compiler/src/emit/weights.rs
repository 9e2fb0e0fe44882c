//! The weights as `static`s: they stay in flash, and the map file shows them by name.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Network;
use super::derives::cfgs;
use super::names::{start_name, static_name};
use super::types;
use crate::graph::{Cell, Conv, Conv2d, ConvTranspose, Graph, Node, Op, Recurrent, Value};
use crate::integers::Integers;
use crate::names::weights_module;
use crate::numbers::{count, float, nested};
use crate::tensor::Tensor;

/// Bytes of a node's `static`.
pub(crate) fn bytes_of(graph: &Graph, value: Value) -> usize {
    if graph.is_integer {
        return super::integer::weights::bytes_of(graph, value);
    }
    graph[value].weight_count().saturating_mul(size_of::<f32>())
}

/// Bytes of all of them, and of tables.
pub(crate) fn bytes(graph: &Graph, integers: Option<&Integers>) -> usize {
    let tables = integers.map_or(0, super::integer::weights::table_bytes);
    graph.sum(|value| bytes_of(graph, value)).saturating_add(tables)
}

/// The module that holds them.
pub(super) fn module(network: &Network<'_>) -> Option<TokenStream> {
    let (ast, graph) = (network.ast, network.graph);
    let private = ast.private();
    let statics = graph.lines().into_iter().filter_map(|value| {
        let name = static_name(graph.layer(value)?.name.as_ref()?);
        let (ty, number) = weights(&private, &graph[value])?;
        let start = start(&private, &graph[value]).map(|(ty, value)| {
            let name = start_name(&name);
            quote!(pub(super) const #name: #ty = #value;)
        });
        Some(quote!(pub(super) static #name: #ty = #number; #start))
    });
    let statics: TokenStream = statics.collect();
    let (cfgs, module) = (cfgs(ast), weights_module(&ast.name));
    (!statics.is_empty()).then(|| {
        quote! {
            #(#cfgs)*
            #[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
            mod #module {
                #statics
            }
        }
    })
}

/// The type and the value of a node's `static`.
pub(super) fn weights(private: &TokenStream, node: &Node) -> Option<(TokenStream, TokenStream)> {
    let tensors = node.tensors.as_slice();
    let channels = count(node.channels);
    Some(match &node.op {
        Op::Conv(conv) => convolution(private, conv, tensors)?,
        Op::Conv2d(conv) => convolution_2d(private, conv, tensors, node.channels)?,
        Op::ConvTranspose(conv) => transposed(private, conv, tensors)?,
        Op::Recurrent(cell) => recurrent(private, cell, tensors)?,
        Op::Affine { is_centred } => {
            let [center, scale, shift] = tensors else { return None };
            let [mean, scale, shift] = [center, scale, shift].map(of);
            if *is_centred {
                let value =
                    quote!(#private::BatchNorm { mean: #mean, scale: #scale, shift: #shift });
                (quote!(#private::BatchNorm<#channels>), value)
            } else {
                let value = quote!(#private::Affine { scale: #scale, shift: #shift });
                (quote!(#private::Affine<#channels>), value)
            }
        }
        Op::LayerNorm { epsilon } => {
            let [gamma, beta] = tensors else { return None };
            let ([gamma, beta], epsilon) = ([gamma, beta].map(of), float(*epsilon));
            let value =
                quote!(#private::LayerNorm { gamma: #gamma, beta: #beta, epsilon: #epsilon });
            (quote!(#private::LayerNorm<#channels>), value)
        }
        Op::GroupNorm(norm) => {
            let [gamma, beta] = tensors else { return None };
            let ([gamma, beta], epsilon) = ([gamma, beta].map(of), float(norm.epsilon));
            let shape = [norm.features, norm.channels, norm.groups].map(count);
            let value =
                quote!(#private::GroupNorm { gamma: #gamma, beta: #beta, epsilon: #epsilon });
            (quote!(#private::GroupNorm<#(#shape),*>), value)
        }
        Op::Prelu => {
            let alpha = of(tensors.first()?);
            (quote!(#private::Prelu<#channels>), quote!(#private::Prelu { alpha: #alpha }))
        }
        Op::Input
        | Op::Unknown
        | Op::Pool(_)
        | Op::PoolFeatures(_)
        | Op::Mean { .. }
        | Op::Newest { .. }
        | Op::Delay(_)
        | Op::Crop { .. }
        | Op::Round
        | Op::Extend
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::Map(_)
        | Op::Softmax { .. }
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. }
        | Op::Gather { .. } => return None,
    })
}

fn of(tensor: &Tensor) -> TokenStream {
    nested(&tensor.shape, &tensor.numbers)
}

/// What a type of weights ends with, and the value of its bias.
fn bias(private: &TokenStream, tensors: &[Tensor]) -> (Option<TokenStream>, TokenStream) {
    match tensors.get(1) {
        Some(bias) => (None, of(bias)),
        None => (Some(quote!(, #private::NoBias)), quote!(#private::NoBias)),
    }
}

fn convolution(
    private: &TokenStream,
    conv: &Conv,
    tensors: &[Tensor],
) -> Option<(TokenStream, TokenStream)> {
    let group_inputs = conv.inputs / conv.groups;
    let kernel = &tensors.first()?.numbers;
    let kernel = nested(&[conv.window.taps, group_inputs, conv.outputs], kernel);
    let (no_bias, bias) = bias(private, tensors);
    let value = quote!({ kernel: #kernel, bias: #bias });
    let [taps, inputs, outputs, groups] =
        [conv.window.taps, group_inputs, conv.outputs, conv.groups].map(count);
    Some(if conv.groups == 1 {
        let ty = quote!(#private::Conv<#taps, #inputs, #outputs #no_bias>);
        (ty, quote!(#private::Conv #value))
    } else {
        let ty = quote!(#private::GroupedConv<#taps, #inputs, #outputs, #groups #no_bias>);
        (ty, quote!(#private::GroupedConv #value))
    })
}

fn convolution_2d(
    private: &TokenStream,
    conv: &Conv2d,
    tensors: &[Tensor],
    channels: usize,
) -> Option<(TokenStream, TokenStream)> {
    let numbers = &tensors.first()?.numbers;
    let (no_bias, bias) = bias(private, tensors);
    let [taps, width, group_channels, outputs] = conv.kernel();
    let [stride, dilation, zeros] =
        [conv.feature_stride, conv.feature_dilation, conv.feature_zeros].map(count);
    let channels = count(channels);
    let shape = [taps, width, group_channels, outputs].map(count);
    let (ty, arguments) = if !conv.is_dense() && !conv.is_depthwise() {
        let ty = if conv.is_transposed { "ConvTranspose2d" } else { "GroupedConv2d" };
        let groups = count(conv.groups);
        (ty, quote!(#(#shape,)* #groups, #stride, #dilation, #zeros, #channels #no_bias))
    } else if conv.is_depthwise() {
        let [taps, width, _, outputs] = shape;
        let arguments = quote!(#taps, #width, #outputs, #stride, #zeros, #channels #no_bias);
        ("DepthwiseConv2d", arguments)
    } else {
        ("Conv2d", quote!(#(#shape,)* #stride, #zeros, #channels #no_bias))
    };
    let kernel = if conv.is_depthwise() {
        nested(&[taps, width, outputs], numbers)
    } else {
        nested(&[taps, width, group_channels, outputs], numbers)
    };
    let ty = format_ident!("{ty}");
    Some((
        quote!(#private::#ty<#arguments>),
        quote!(#private::#ty { kernel: #kernel, bias: #bias }),
    ))
}

fn transposed(
    private: &TokenStream,
    conv: &ConvTranspose,
    tensors: &[Tensor],
) -> Option<(TokenStream, TokenStream)> {
    let kernel = nested(&[conv.taps, conv.inputs, conv.outputs], &tensors.first()?.numbers);
    let (no_bias, bias) = bias(private, tensors);
    let [taps, inputs, outputs, stride] =
        [conv.taps, conv.inputs, conv.outputs, conv.stride].map(count);
    let late = (conv.late > 0).then(|| {
        let (f32, late) = (types::f32(), count(conv.late));
        let bias = no_bias.is_none().then(|| quote!(, [#f32; #outputs]));
        quote!(#bias, #late)
    });
    Some((
        quote!(#private::ConvTranspose<#taps, #inputs, #outputs, #stride #no_bias #late>),
        quote!(#private::ConvTranspose { kernel: #kernel, bias: #bias }),
    ))
}

fn recurrent(
    private: &TokenStream,
    cell: &Recurrent,
    tensors: &[Tensor],
) -> Option<(TokenStream, TokenStream)> {
    let [kernel, recurrent, others @ ..] = tensors else { return None };
    let bias = others.first().filter(|_| cell.has_bias);
    let units = cell.units;
    let all = cell.gates().len() * units;
    // The biases of the input, and those of what the cell keeps.
    let both: Vec<_> = bias.into_iter().flat_map(|bias| bias.numbers.chunks(all)).collect();
    let zeros = vec![0.0; all];
    let [outer, inner] = [0, 1].map(|place| both.get(place).copied().unwrap_or(&zeros));
    // Of one gate: a row for each number that the cell keeps, then one for each input.
    let rows: Vec<_> = recurrent.numbers.chunks(all).chain(kernel.numbers.chunks(all)).collect();
    let gates = |gates: &[usize], inner: &[f64]| {
        let of = |row: &[f64]| -> Vec<f64> {
            let gates = gates.iter();
            gates.flat_map(|gate| row.iter().skip(gate * units).take(units).copied()).collect()
        };
        let weights: Vec<_> = rows.iter().flat_map(|row| of(row)).collect();
        let bias: Vec<_> =
            of(outer).iter().zip(of(inner)).map(|(outer, inner)| outer + inner).collect();
        let weights = nested(&[rows.len(), gates.len(), units], &weights);
        let bias = nested(&[gates.len(), units], &bias);
        quote!(#private::Gates { weights: #weights, bias: #bias })
    };
    let shape = [cell.inputs, units, cell.inputs + units].map(count);
    let shape = quote!(#(#shape),*);
    Some(match cell.cell {
        Cell::Lstm => {
            // The candidate's, whose activation is another one, is the last.
            let gates = gates(&[0, 1, 3, 2], inner);
            (quote!(#private::Lstm<#shape>), quote!(#private::Lstm { gates: #gates }))
        }
        Cell::Tanh | Cell::Relu => {
            let candidate = gates(&[0], inner);
            (quote!(#private::Rnn<#shape>), quote!(#private::Rnn { candidate: #candidate }))
        }
        Cell::GruResetAfter => {
            let recurrent_bias: Vec<_> = inner.iter().skip(2 * units).copied().collect();
            let recurrent_bias = nested(&[units], &recurrent_bias);
            let (gates, candidate) = (gates(&[0, 1], inner), gates(&[2], &zeros));
            (
                quote!(#private::Gru<#shape>),
                quote!(#private::Gru {
                    gates: #gates,
                    candidate: #candidate,
                    recurrent_bias: #recurrent_bias
                }),
            )
        }
        Cell::GruResetBefore => {
            let before = quote!(#private::ResetBefore);
            let (gates, candidate) = (gates(&[0, 1], inner), gates(&[2], inner));
            (
                quote!(#private::Gru<#shape, #before>),
                quote!(#private::Gru {
                    gates: #gates,
                    candidate: #candidate,
                    recurrent_bias: #before
                }),
            )
        }
    })
}

/// The type and the value of what a node's state is at first, where the weights file says it.
pub(super) fn start(private: &TokenStream, node: &Node) -> Option<(TokenStream, TokenStream)> {
    let Op::Recurrent(cell) = &node.op else { return None };
    let [.., last, state] = node.tensors.as_slice() else { return None };
    let ([last, state], units) = ([last, state].map(of), count(cell.units));
    let value = quote!(#private::LstmState::starting(#last, #state));
    cell.has_initial.then(|| (quote!(#private::LstmState<#units>), value))
}
