//! Fusions: what a convolution's sums start from, and what is applied to them.

use super::compose::is_product;
use crate::graph::{Activation, Graph, Node, Op, Table, Value};

/// Inputs of a 1x1 convolution whose sums start from another value, at most. The sums of more are made apart: what is added
/// to a larger number is rounded as that is. Sums of integers are exact.
const MOST_INPUTS: usize = 8;

/// `conv(x) + mix(y)` and `x + mix(y)`: the sums of one convolution start from the other value.
pub(crate) fn seeds(graph: &mut Graph) {
    let uses = graph.uses();
    let is_integer = graph.is_integer;
    for sum in graph.lines() {
        let (Op::Add { .. }, [a, b]) = (&graph[sum].op, graph[sum].inputs.as_slice()) else {
            continue;
        };
        if graph[sum].clock.frames > 1 {
            continue;
        }
        let pairs = [[*a, *b], [*b, *a]];
        let free_conv = |value: Value| {
            let node = &graph[value];
            let is_bare = node.seed.is_none() && node.epilogue.is_none() && !node.is_inline;
            node.dense_conv().filter(|_| is_bare && uses[value] == 1)
        };
        let is_mix = |value: Value| free_conv(value).is_some_and(|conv| conv.window.is_newest());
        let has_taps = |value: Value| free_conv(value).is_some_and(|conv| conv.window.taps > 1);
        let few = |value: Value| {
            is_integer || graph[value].conv().is_some_and(|conv| conv.inputs <= MOST_INPUTS)
        };
        let mixed = pairs.into_iter().find(|[conv, mix]| {
            has_taps(*conv) && is_mix(*mix) && is_there_with(graph, *mix, graph[*conv].input())
        });
        let seeded = pairs.into_iter().rev().find(|[mix, other]| {
            is_mix(*mix) && few(*mix) && (is_integer || !is_shared_conv(graph, &uses, *other))
        });
        if let Some([conv, mix]) = mixed {
            graph[mix].is_inline = true;
            seed(graph, sum, conv, mix);
        } else if let Some([mix, other]) = seeded {
            // A product of one number is added to the bias as the bias to it.
            let is_product = free_conv(other).is_some_and(|conv| conv.inputs == 1)
                && is_product(&graph[other])
                && is_there_with(graph, other, graph[mix].input());
            graph[other].is_inline |= is_product;
            seed(graph, sum, mix, other);
        }
    }
}

/// Whether a value is the output of a convolution with taps, or of an activation of it, that others read too: blocks
/// compute such a convolution, the 1x1 convolution of its output and the sum in one call.
fn is_shared_conv(graph: &Graph, uses: &Table<usize>, value: Value) -> bool {
    let node = &graph[value];
    let sums = if matches!(node.op, Op::Map(_)) { node.input() } else { Some(value) };
    let conv = sums.and_then(|sums| graph[sums].dense_conv());
    uses[value] > 1 && conv.is_some_and(|conv| conv.window.taps > 1)
}

/// Whether `value` is there at every push that has `input`.
fn is_there_with(graph: &Graph, value: Value, input: Option<Value>) -> bool {
    let (value, input) =
        (graph[value].clock, input.map_or(graph[Value::INPUT].clock, |input| graph[input].clock));
    let late = input.first.checked_sub(value.first);
    value.stride == input.stride && late.is_some_and(|late| late.is_multiple_of(value.stride))
}

/// Puts a convolution, whose sums start from `seed`, in the place of the sum of both.
fn seed(graph: &mut Graph, sum: Value, conv: Value, seed: Value) {
    let node = Node { seed: Some(seed), ..graph[conv].clone() };
    graph.merge(conv, sum, Node { clock: graph[sum].clock, ..node });
}

/// `activation(conv(x))`: the activation is applied to the sums, where it is one of those that `fits`.
pub(crate) fn epilogues(graph: &mut Graph, fits: impl Fn(&Activation) -> bool) {
    let uses = graph.uses();
    for value in graph.lines() {
        let (Op::Map(activation), Some(sums)) = (&graph[value].op, graph[value].input()) else {
            continue;
        };
        let node = &graph[sums];
        let takes = matches!(
            node.op,
            Op::Conv(_) | Op::Conv2d(_) | Op::ConvTranspose(_) | Op::Affine { .. }
        );
        if takes
            && fits(activation)
            && uses[sums] == 1
            && node.epilogue.is_none()
            && !node.is_inline
            && !(graph.is_integer && graph.is_seeded(node))
        {
            let node = Node { epilogue: Some(*activation), ..node.clone() };
            graph.merge(sums, value, node);
        }
    }
}
