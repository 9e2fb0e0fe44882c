//! Multiplies a product before a convolution into it, where that is less work.

use super::fold::fits;
use crate::errors::Errors;
use crate::graph::{Conv, Graph, Node, Op};
use crate::tensor::Tensor;

/// `conv(product(x)) + mix(x)`, where `x` has fewer channels than the product: one convolution of `x`.
///
/// The first layers of a capture by Neural Amp Modeler are of this form: `x` is the sound.
pub(crate) fn compose(graph: &mut Graph, errors: &mut Errors) {
    let uses = graph.uses();
    for sum in graph.lines() {
        let (Op::Add { .. }, [a, b]) = (&graph[sum].op, graph[sum].inputs.as_slice()) else {
            continue;
        };
        let (conv, mixed) = (*a, *b);
        if uses[conv] != 1 || uses[mixed] != 1 {
            continue;
        }
        let is_bare = |node: &Node| node.seed.is_none() && node.epilogue.is_none();
        let Some(taken) = graph[conv].dense_conv().filter(|conv| conv.window.taps > 1) else {
            continue;
        };
        let Some(product) = graph[conv].input().filter(|product| is_product(&graph[*product]))
        else {
            continue;
        };
        let x = graph[product].input();
        let is_mix = is_product(&graph[mixed]) && graph[mixed].input() == x;
        let channels = x.map_or(usize::MAX, |x| graph[x].channels);
        if !is_mix || !is_bare(&graph[conv]) || channels >= taken.inputs {
            continue;
        }
        let mut composed = graph[conv].clone();
        composed.op = Op::Conv(Conv { inputs: channels, ..*taken });
        composed.inputs.clone_from(&graph[product].inputs);
        let parts = [&graph[conv], &graph[product], &graph[mixed]];
        let did_fit = parts.into_iter().all(fits);
        if let Some(kernel) = kernel(taken, channels, parts) {
            if let Some(own) = composed.tensors.first_mut() {
                *own = kernel;
            }
            if let Some(layer) = graph.layer(conv).filter(|_| did_fit && !fits(&composed)) {
                let message = format!(
                    "the product of the weights of `{}` and of the layer before it does not fit in f32",
                    layer.shown()
                );
                errors.report(&layer.origin, message);
            }
        }
        graph.redirect(mixed, sum);
        graph.merge(conv, sum, composed);
    }
}

/// Whether a node is the product of its input and a matrix, and nothing else.
pub(super) fn is_product(node: &Node) -> bool {
    let is_product = node.dense_conv().is_some_and(|conv| conv.window.is_newest());
    is_product && !node.has_bias && node.seed.is_none() && node.epilogue.is_none()
}

/// The kernel of the composed convolution, of so many channels.
fn kernel(conv: &Conv, channels: usize, parts: [&Node; 3]) -> Option<Tensor> {
    let [own, product, mixed] =
        parts.map(|node| node.tensors.first().map(|kernel| kernel.numbers.as_slice()));
    let (own, product, mixed) = (own?, product?, mixed?);
    let mut numbers = Vec::new();
    for tap in own.chunks(conv.inputs * conv.outputs) {
        for row in product.chunks(conv.inputs) {
            numbers.extend((0..conv.outputs).map(|output| {
                let weights = tap.iter().skip(output).step_by(conv.outputs);
                row.iter().zip(weights).map(|(x, weight)| x * weight).sum::<f64>()
            }));
        }
    }
    // What is mixed in is of the newest frame, which is under the last tap.
    for (number, mixed) in numbers.iter_mut().rev().zip(mixed.iter().rev()) {
        *number += mixed;
    }
    Some(Tensor { shape: vec![conv.window.taps, channels, conv.outputs], numbers })
}
