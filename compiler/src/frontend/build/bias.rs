//! The bias of layers with a kernel, in the file.

use super::{Convention, Dimension, Shape};
use crate::frontend::keys;

/// The tensors of a layer: its kernel, and its bias of so many outputs, if it has one.
pub(super) fn convention(kernel: Shape, bias: Option<usize>) -> Convention {
    let dimension = |outputs| Dimension::new("out", outputs, keys::OUT);
    let bias = bias.map(|outputs| Shape::new("bias", vec![dimension(outputs)]));
    Convention::of([Some(kernel), bias].into_iter().flatten().collect())
}

/// The flag of a layer without one.
pub(super) fn flag(has_bias: bool) -> Option<String> {
    (!has_bias).then(|| keys::NO_BIAS.to_owned())
}
