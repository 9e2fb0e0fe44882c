//! The bias of layers with a kernel, in the file and in the expansion.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Convention, Dimension, Flag, Shape};
use crate::numbers::nested;
use crate::tensor::Tensor;

pub(super) const BIAS: &[Flag] = &[Flag { name: "no_bias", doc: "trained without a bias" }];

/// The tensors of a layer: its kernel, and its bias of so many outputs, if it has one.
pub(super) fn convention(kernel: Shape, bias: Option<usize>) -> Convention {
    let bias = bias.map(|outputs| Shape::new("bias", vec![Dimension::new("out", outputs, "out")]));
    Convention::of([Some(kernel), bias].into_iter().flatten().collect())
}

/// What a type of weights ends with, and the value of its bias.
pub(super) fn tokens(
    krate: &TokenStream,
    bias: Option<&Tensor>,
) -> (Option<TokenStream>, TokenStream) {
    match bias {
        Some(bias) => (None, nested(&bias.shape, &bias.numbers)),
        None => (Some(quote!(, #krate::NoBias)), quote!(#krate::NoBias)),
    }
}

/// What the sums of so many outputs start from.
pub(super) fn first_sums(bias: Option<&Tensor>, outputs: usize) -> Vec<f64> {
    bias.map_or_else(|| vec![0.0; outputs], |bias| bias.numbers.clone())
}
