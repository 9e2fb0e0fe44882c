//! The `static`s of weights and tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::line::integer;
use super::{static_name, table_name};
use crate::emit::derives::cfgs;
use crate::emit::names::{Names, start_name};
use crate::emit::{Network, types};
use crate::graph::{Cell, Conv2d, Graph, Node, Op, Value};
use crate::integers::{self, Arithmetic, Integers, Lookup, Matrix};
use crate::names::weights_module;
use crate::numbers::count;

/// Bytes of a node's `static`.
pub(crate) fn bytes_of(graph: &Graph, value: Value) -> usize {
    let node = &graph[value];
    if node.is_inline {
        return 0;
    }
    let is_fine = graph.fine_sums()[value];
    let of_rows = |window: usize, outputs: usize| {
        let low = if is_fine { size_of::<i32>() } else { size_of::<i16>() };
        let bytes = window.next_multiple_of(2) * outputs * size_of::<i16>()
            + outputs * (size_of::<i32>() + size_of::<u8>())
            + low;
        bytes.next_multiple_of(size_of::<i32>())
    };
    match &node.op {
        Op::Conv(conv) => {
            let mixed = node.seed.map(|seed| &graph[seed]).filter(|mixed| mixed.is_inline);
            let condition = mixed.and_then(Node::input).map_or(0, |input| graph[input].channels);
            of_rows(conv.window.taps * (conv.inputs / conv.groups) + condition, conv.outputs)
        }
        Op::Conv2d(conv) if conv.is_depthwise() => {
            let of_channel = (conv.window.taps * conv.feature_taps) * size_of::<i16>()
                + size_of::<i32>()
                + size_of::<u8>();
            (conv.outputs * of_channel + size_of::<i16>()).next_multiple_of(size_of::<i32>())
        }
        Op::Conv2d(conv) => {
            let [taps, width, channels, outputs] = conv.kernel();
            of_rows(taps * width * channels, outputs)
        }
        Op::ConvTranspose(conv) => {
            of_rows(conv.window().taps * conv.inputs, conv.stride * conv.outputs)
        }
        Op::Affine { .. } => of_rows(1, node.channels),
        Op::Recurrent(cell) => {
            let (inputs, units) = (cell.inputs, cell.units);
            let all = inputs + units;
            match cell.cell {
                // The range of the state, and what aligns it.
                Cell::Lstm => of_rows(all, 4 * units) + size_of::<i32>(),
                Cell::GruResetAfter => {
                    of_rows(all, 2 * units) + of_rows(inputs, units) + of_rows(units, units)
                }
                Cell::GruResetBefore => of_rows(all, 2 * units) + of_rows(all, units),
                Cell::Tanh | Cell::Relu => of_rows(all, units),
            }
        }
        Op::Prelu => node.channels * size_of::<i16>(),
        _ => 0,
    }
}

/// Bytes of the tables.
pub(crate) fn table_bytes(integers: &Integers) -> usize {
    let of = |lookup: &Lookup| (lookup.values.len() * size_of::<i16>() + 1).next_multiple_of(2);
    integers.lookups.iter().map(of).sum()
}

/// The module that holds them.
pub(in crate::emit) fn module(
    network: &Network<'_>,
    integers: &Integers,
    names: &Names,
) -> Option<TokenStream> {
    let (ast, graph) = (network.ast, network.graph);
    let private = super::private(ast);
    let of_nodes = graph.printed().into_iter().filter_map(|value| {
        let name = static_name(names, value);
        let (ty, number) = weights(&private, graph, integers, value)?;
        let start = super::start(&private, &graph[value], &integers.arithmetic[value]);
        let start = start.map(|(ty, value)| {
            let name = start_name(&name);
            quote!(pub(super) const #name: #ty = #value;)
        });
        Some(quote!(pub(super) static #name: #ty = #number; #start))
    });
    let statics: TokenStream = of_nodes.chain([tables(&private, integers)]).collect();
    let (cfgs, module) = (cfgs(ast), weights_module(&ast.name));
    (!statics.is_empty()).then(|| {
        quote! {
            #(#cfgs)*
            mod #module {
                #statics
            }
        }
    })
}

/// The type and the value of a node's weights.
pub(in crate::emit) fn weights(
    private: &TokenStream,
    graph: &Graph,
    integers: &Integers,
    value: Value,
) -> Option<(TokenStream, TokenStream)> {
    Some(match &integers.arithmetic[value] {
        Arithmetic::Matrix(matrix) => match &graph[value].op {
            Op::Conv2d(conv) if conv.is_depthwise() => depthwise_2d(private, conv, matrix),
            Op::Conv2d(conv) => conv_2d(private, conv, matrix),
            _ => self::matrix(private, matrix),
        },
        Arithmetic::Cell(cell) => recurrent(private, &graph[value], cell),
        Arithmetic::Slopes(slopes) => {
            let (i16, channels) = (types::i16(), count(slopes.len()));
            let slopes = slopes.iter().copied().map(integer);
            (quote!([#i16; #channels]), quote!([#(#slopes),*]))
        }
        _ => return None,
    })
}

/// The `static`s of the tables.
pub(in crate::emit) fn tables(private: &TokenStream, integers: &Integers) -> TokenStream {
    let tables = integers.lookups.iter().enumerate().map(|(place, lookup)| {
        let (name, entries) = (table_name(place), count(lookup.values.len()));
        let values = lookup.values.iter().copied().map(integer);
        let shift = proc_macro2::Literal::u32_unsuffixed(lookup.shift);
        quote! {
            pub(super) static #name: #private::Table<#entries> =
                #private::Table { values: [#(#values),*], shift: #shift };
        }
    });
    tables.collect()
}

/// The type and the value of a recurrent cell's weights.
fn recurrent(
    private: &TokenStream,
    node: &Node,
    cell: &integers::Cell,
) -> (TokenStream, TokenStream) {
    let shape = |matrix: &Matrix| {
        let rows = matrix.rows.len();
        [matrix.window, rows, rows * (1 + matrix.window / 2)].map(count)
    };
    let values: Vec<_> =
        cell.matrices.iter().map(|matrix| self::matrix(private, matrix).1).collect();
    let shapes: Vec<_> = cell.matrices.iter().map(shape).collect();
    let units = count(node.channels);
    match (shapes.as_slice(), values.as_slice()) {
        ([all], [gates]) if matches!(&node.op, Op::Recurrent(cell) if cell.cell == Cell::Lstm) => {
            let range = proc_macro2::Literal::u32_unsuffixed(cell.range);
            let value = quote!(#private::Lstm { gates: #gates, range: #range });
            (quote!(#private::Lstm<#(#all),*>), value)
        }
        ([all], [candidate]) => {
            let value = quote!(#private::Rnn { candidate: #candidate });
            (quote!(#private::Rnn<#(#all),*>), value)
        }
        ([all, own], [gates, candidate]) => {
            let [.., words] = own;
            let value = quote!(#private::GruBefore { gates: #gates, candidate: #candidate });
            (quote!(#private::GruBefore<#(#all),*, #words, #units>), value)
        }
        ([all, of_input, of_last], [gates, candidate, recurrent]) => {
            let ([x, _, x_words], [h, _, h_words]) = (of_input, of_last);
            let value = quote! {
                #private::Gru { gates: #gates, candidate: #candidate, recurrent: #recurrent }
            };
            let ty = quote!(#private::Gru<#(#all),*, #x, #x_words, #h, #h_words, #units>);
            (ty, value)
        }
        _ => (TokenStream::new(), TokenStream::new()),
    }
}

fn matrix(private: &TokenStream, matrix: &Matrix) -> (TokenStream, TokenStream) {
    let Matrix { groups, window, rows, .. } = matrix;
    let shape = [*window, rows.len(), rows.len() * (1 + window / 2)].map(count);
    let (name, group) = if *groups == 1 {
        (quote!(Conv), None)
    } else {
        let group = count(rows.len() / groups);
        (quote!(GroupedConv), Some(quote!(, #group)))
    };
    if matrix.is_fine {
        let (i32, arguments) = (types::i32(), fine_arguments(matrix));
        let ty = quote!(#private::#name<#(#shape),* #group, #i32>);
        return (ty, quote!(#private::#name::fine(#arguments)));
    }
    let arguments = arguments(matrix);
    (quote!(#private::#name<#(#shape),* #group>), quote!(#private::#name::new(#arguments)))
}

/// The same of a convolution over features.
fn conv_2d(private: &TokenStream, conv: &Conv2d, matrix: &Matrix) -> (TokenStream, TokenStream) {
    let Matrix { groups, window, rows, .. } = matrix;
    let outputs = rows.len();
    let shape = [*window, outputs, outputs * (1 + window / 2), outputs / groups];
    let windows = [
        conv.features,
        conv.feature_taps,
        conv.feature_stride,
        conv.feature_dilation,
        conv.feature_zeros,
    ];
    let (numbers, output) = ([shape.as_slice(), &windows].concat(), conv.positions * outputs);
    let (numbers, output) = (numbers.into_iter().map(count), count(output));
    let is_transposed = conv.is_transposed;
    let arguments = arguments(matrix);
    let ty = quote!(#private::Conv2d<#(#numbers),*, #is_transposed, #output>);
    (ty, quote!(#private::Conv2d::new(#arguments)))
}

/// The same where each channel is by itself: the weights of all channels at one place, then those at the next.
fn depthwise_2d(
    private: &TokenStream,
    conv: &Conv2d,
    matrix: &Matrix,
) -> (TokenStream, TokenStream) {
    let (channels, places) = (matrix.rows.len(), conv.window.taps * conv.feature_taps);
    let weights = (0..places).map(|place| {
        matrix.rows.iter().filter_map(|row| row.weights.get(place).copied()).collect::<Vec<_>>()
    });
    let windows = [conv.features, conv.feature_taps, conv.feature_stride, conv.feature_zeros];
    let numbers = [&[places, channels], windows.as_slice(), &[conv.positions * channels]].concat();
    let numbers = numbers.into_iter().map(count);
    let arguments = arguments_of(&weights.collect::<Vec<_>>(), matrix);
    let ty = quote!(#private::DepthwiseConv2d<#(#numbers),*>);
    (ty, quote!(#private::DepthwiseConv2d::new(#arguments)))
}

/// What `new` of the runtime's types takes.
fn arguments(matrix: &Matrix) -> TokenStream {
    let weights: Vec<_> = matrix.rows.iter().map(|row| row.weights.clone()).collect();
    arguments_of(&weights, matrix)
}

/// The same with these weights.
fn arguments_of(weights: &[Vec<i32>], matrix: &Matrix) -> TokenStream {
    let (sums, low) = (sums_of(weights, matrix), integer(matrix.low));
    quote!(#sums, #low)
}

/// What `fine` of the runtime's types takes.
fn fine_arguments(matrix: &Matrix) -> TokenStream {
    let weights: Vec<_> = matrix.rows.iter().map(|row| row.weights.clone()).collect();
    sums_of(&weights, matrix)
}

/// The weights, biases and shifts of sums.
fn sums_of(weights: &[Vec<i32>], Matrix { rows, .. }: &Matrix) -> TokenStream {
    let weights = weights.iter().map(|weights| {
        let weights = weights.iter().copied().map(integer);
        quote!([#(#weights),*])
    });
    let bias = rows.iter().map(|row| integer(row.bias));
    let shifts = rows.iter().map(|row| proc_macro2::Literal::u32_unsuffixed(row.shift));
    quote!([#(#weights),*], [#(#bias),*], [#(#shifts),*])
}
