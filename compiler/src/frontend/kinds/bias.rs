//! The bias of layers with a kernel, in the file.

use super::{Convention, Dimension, Flag, Shape};

pub(super) const BIAS: &[Flag] = &[Flag { name: "no_bias", doc: "trained without a bias" }];

/// The tensors of a layer: its kernel, and its bias of so many outputs, if it has one.
pub(super) fn convention(kernel: Shape, bias: Option<usize>) -> Convention {
    let bias = bias.map(|outputs| Shape::new("bias", vec![Dimension::new("out", outputs, "out")]));
    Convention::of([Some(kernel), bias].into_iter().flatten().collect())
}
