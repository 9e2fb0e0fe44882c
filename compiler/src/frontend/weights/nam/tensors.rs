//! Tensors of layers, cut out of the list of all weights.

use super::array::Array;
use crate::tensor::Tensor;

/// The tensors of a layer, by name.
pub(super) type Tensors = Vec<(&'static str, Tensor)>;

/// Taps of all inputs, the oldest first, and a bias of each output, where there is one.
pub(super) fn kernel(weights: &mut Array, shape: [usize; 3], bias: bool) -> Tensors {
    let weight = weights.tensor(&shape);
    let [outputs, ..] = shape;
    let bias = bias.then(|| ("bias", weights.tensor(&[outputs])));
    [Some(("weight", weight)), bias].into_iter().flatten().collect()
}
