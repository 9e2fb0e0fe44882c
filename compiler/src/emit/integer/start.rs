//! What fields start from where that is not zeros.

use proc_macro2::TokenStream;
use quote::quote;

use super::line::integer;
use crate::emit::types;
use crate::graph::{Cell, Node, Op};
use crate::integers::{self, Arithmetic};
use crate::numbers::count;
use crate::tensor::Tensor;

/// The type and the value of what a cell starts from, where the weights file says it.
pub(in crate::emit) fn start(
    private: &TokenStream,
    node: &Node,
    arithmetic: &Arithmetic,
) -> Option<(TokenStream, TokenStream)> {
    match (&node.op, arithmetic) {
        (Op::Recurrent(cell), Arithmetic::Cell(integers::Cell { initial: Some(kept), .. })) => {
            Some(state(private, cell.cell, &kept.concat(), node.channels))
        }
        _ => None,
    }
}

/// The type and the value of a node's numbers in the steady state.
pub(in crate::emit) fn steady(
    private: &TokenStream,
    node: &Node,
    kept: &Tensor,
) -> (TokenStream, TokenStream) {
    let numbers = numbers(&kept.numbers);
    match &node.op {
        Op::Recurrent(cell) => state(private, cell.cell, &numbers, node.channels),
        _ => {
            let (i16, channels) = (types::i16(), count(numbers.len()));
            let numbers = numbers.into_iter().map(integer);
            (quote!([#i16; #channels]), quote!([#(#numbers),*]))
        }
    }
}

/// The type and the value of a frame.
pub(in crate::emit) fn frame(channels: usize, output: &[f64]) -> (TokenStream, TokenStream) {
    let (i16, channels) = (types::i16(), count(channels));
    let numbers = numbers(output).into_iter().map(integer);
    (quote!([#i16; #channels]), quote!([#(#numbers),*]))
}

fn state(
    private: &TokenStream,
    cell: Cell,
    kept: &[i32],
    units: usize,
) -> (TokenStream, TokenStream) {
    let (last, state) = kept.split_at(units.min(kept.len()));
    let [last, state] = [last, state].map(|part| part.iter().copied().map(integer));
    let units = count(units);
    if cell == Cell::Lstm {
        let value = quote!(#private::LstmState::starting([#(#last),*], [#(#state),*]));
        (quote!(#private::LstmState<#units>), value)
    } else {
        let value = quote!(#private::GruState::starting([#(#last),*]));
        (quote!(#private::GruState<#units>), value)
    }
}

/// Integers that stand as reals.
fn numbers(reals: &[f64]) -> Vec<i32> {
    #[allow(clippy::cast_possible_truncation, reason = "they are integers")]
    {
        reals.iter().map(|number| *number as i32).collect()
    }
}
