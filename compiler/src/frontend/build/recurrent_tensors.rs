//! The tensors of recurrent layers: all gates of a framework in one, side by side.

use crate::tensor::Tensor;

fn plus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// PyTorch's `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh` to Keras' `kernel`, `recurrent_kernel`, `bias`, of which there
/// are two as well. Rows become columns, and the gates r, z, n become z, r, n.
pub(super) fn gru_of_pytorch(tensors: Vec<Tensor>) -> Vec<Tensor> {
    let (kernels, biases) = split(tensors);
    let swapped = |tensor: Tensor| {
        let units = tensor.shape.last().copied().unwrap_or_default() / 3;
        let rows = tensor.numbers.chunks((3 * units).max(1));
        let gates = rows.flat_map(|row| {
            let gate = |gate: usize| row.iter().skip(gate * units).take(units).copied();
            gate(1).chain(gate(0)).chain(gate(2))
        });
        Tensor { numbers: gates.collect(), shape: tensor.shape.clone() }
    };
    let biases: Vec<_> = biases.into_iter().map(swapped).collect();
    let both = match biases.as_slice() {
        [outer, inner] => {
            let numbers = outer.numbers.iter().chain(&inner.numbers).copied().collect();
            Some(Tensor { shape: vec![2, outer.numbers.len()], numbers })
        }
        _ => None,
    };
    kernels.into_iter().map(swapped).chain(both).collect()
}

/// The same of an LSTM, whose gates have one order, and whose biases are added. What it starts from stays as it is.
pub(super) fn lstm_of_pytorch(tensors: Vec<Tensor>) -> Vec<Tensor> {
    let (kernels, others) = split(tensors);
    let rows = kernels.first().and_then(|kernel| kernel.shape.last().copied());
    let is_bias = |tensor: &Tensor| tensor.shape.first().copied() == rows;
    let (biases, start): (Vec<_>, Vec<_>) = others.into_iter().partition(is_bias);
    let sum = match biases.as_slice() {
        [outer, inner] => Some(Tensor {
            shape: outer.shape.clone(),
            numbers: plus(&outer.numbers, &inner.numbers),
        }),
        _ => None,
    };
    kernels.into_iter().chain(sum).chain(start).collect()
}

/// The kernels, rows made columns, and the biases.
fn split(tensors: Vec<Tensor>) -> (Vec<Tensor>, Vec<Tensor>) {
    let (kernels, biases): (Vec<_>, Vec<_>) =
        tensors.into_iter().partition(|tensor| tensor.shape.len() == 2);
    (kernels.iter().map(|kernel| kernel.permuted(&[1, 0])).collect(), biases)
}
