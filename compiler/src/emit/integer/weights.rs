//! The `static`s of weights and tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::line::integer;
use super::{static_name, table_name};
use crate::emit::derives::cfgs;
use crate::emit::names::Names;
use crate::emit::{Network, types};
use crate::graph::{Graph, Op, Value};
use crate::integers::{Arithmetic, Integers, Lookup, Matrix};
use crate::names::weights_module;
use crate::numbers::count;

/// Bytes of a node's `static`.
pub(crate) fn bytes_of(graph: &Graph, value: Value) -> usize {
    let node = &graph[value];
    if node.is_inline {
        return 0;
    }
    let of_rows = |window: usize, outputs: usize| {
        let bytes = window.next_multiple_of(2) * outputs * size_of::<i16>()
            + outputs * (size_of::<i32>() + size_of::<u8>())
            + size_of::<i16>();
        bytes.next_multiple_of(size_of::<i32>())
    };
    match &node.op {
        Op::Conv(conv) => {
            let mixed = node.seed.map(|seed| &graph[seed]).filter(|mixed| mixed.is_inline);
            let condition =
                mixed.and_then(|mixed| mixed.input()).map_or(0, |input| graph[input].channels);
            of_rows(conv.window.taps * (conv.inputs / conv.groups) + condition, conv.outputs)
        }
        Op::Affine { .. } => of_rows(1, node.channels),
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
        let (ty, number) = match &integers.arithmetic[value] {
            Arithmetic::Matrix(matrix) => self::matrix(&private, matrix),
            Arithmetic::Slopes(slopes) => {
                let (i16, channels) = (types::i16(), count(slopes.len()));
                let slopes = slopes.iter().copied().map(integer);
                (quote!([#i16; #channels]), quote!([#(#slopes),*]))
            }
            _ => return None,
        };
        Some(quote!(pub(super) static #name: #ty = #number;))
    });
    let of_tables = integers.lookups.iter().enumerate().map(|(place, lookup)| {
        let (name, entries) = (table_name(place), count(lookup.values.len()));
        let values = lookup.values.iter().copied().map(integer);
        let shift = proc_macro2::Literal::u32_unsuffixed(lookup.shift);
        quote! {
            pub(super) static #name: #private::Table<#entries> =
                #private::Table { values: [#(#values),*], shift: #shift };
        }
    });
    let statics: TokenStream = of_nodes.chain(of_tables).collect();
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

fn matrix(private: &TokenStream, matrix: &Matrix) -> (TokenStream, TokenStream) {
    let Matrix { groups, window, rows, low } = matrix;
    let weights = rows.iter().map(|row| {
        let weights = row.weights.iter().copied().map(integer);
        quote!([#(#weights),*])
    });
    let bias = rows.iter().map(|row| integer(row.bias));
    let shifts = rows.iter().map(|row| proc_macro2::Literal::u32_unsuffixed(row.shift));
    let low = integer(*low);
    let shape = [*window, rows.len(), rows.len() * (1 + window / 2)].map(count);
    let (name, group) = if *groups == 1 {
        (quote!(Conv), None)
    } else {
        let group = count(rows.len() / groups);
        (quote!(GroupedConv), Some(quote!(, #group)))
    };
    let value = quote! {
        #private::#name::new([#(#weights),*], [#(#bias),*], [#(#shifts),*], #low)
    };
    (quote!(#private::#name<#(#shape),* #group>), value)
}
