//! Functions that exporters print in parts: `SiLU`, mish and GELU as products, layer norm as means and differences.

use crate::graph::activation::{Activation, named};
use crate::graph::{Binary, FeaturePool, FeatureReduction, Graph, Node, Op, Value};
use crate::tensor::Tensor;

pub(crate) fn recognise(graph: &mut Graph) {
    for value in graph.lines() {
        let _ =
            gated(graph, value).or_else(|| gelu(graph, value)).or_else(|| layer_norm(graph, value));
    }
}

/// The runtime's name of the function that a node is.
fn function(graph: &Graph, value: Value) -> Option<&'static str> {
    match graph[value].op {
        Op::Map(activation) => Some(activation.function.name),
        _ => None,
    }
}

fn becomes(graph: &mut Graph, value: Value, name: &str, input: Value) -> Option<()> {
    let function = named(name)?;
    let node = &mut graph[value];
    (node.op, node.inputs) = (Op::Map(Activation::of(function)), vec![input]);
    node.tensors.clear();
    node.has_bias = false;
    Some(())
}

/// `x * sigmoid(x)`, and `x * tanh(softplus(x))`.
fn gated(graph: &mut Graph, value: Value) -> Option<()> {
    let Op::Multiply = graph[value].op else { return None };
    let [a, b] = *graph[value].inputs.as_slice() else { return None };
    let (x, name) = [(a, b), (b, a)].into_iter().find_map(|(x, gate)| {
        let input = graph[gate].input()?;
        let name = match function(graph, gate)? {
            "sigmoid" if input == x => "silu",
            "fast_sigmoid" if input == x => "fast_silu",
            "hard_sigmoid" if input == x => "hard_swish",
            "tanh"
                if function(graph, input) == Some("softplus")
                    && graph[input].input() == Some(x) =>
            {
                "mish"
            }
            _ => return None,
        };
        Some((x, name))
    })?;
    becomes(graph, value, name, x)
}

/// The factor and what is added of an affine operation that has one of each for all channels, and what it is of.
fn affine(graph: &Graph, value: Value) -> Option<(Value, f64, f64)> {
    let node = &graph[value];
    let (Op::Affine { .. }, [center, scale, shift]) = (&node.op, node.tensors.as_slice()) else {
        return None;
    };
    let one = |tensor: &Tensor| {
        let first = tensor.numbers.first()?;
        tensor.numbers.iter().all(|number| number == first).then_some(*first)
    };
    let (center, scale, shift) = (one(center)?, one(scale)?, one(shift)?);
    Some((node.input()?, scale, shift - center * scale))
}

/// The factor of a value, and what it is of.
fn scaled(graph: &Graph, value: Value) -> (Value, f64) {
    match affine(graph, value) {
        Some((input, scale, 0.0)) => (input, scale),
        _ => (value, 1.0),
    }
}

/// `x * (1 + erf(x / sqrt(2))) / 2`, where the half may stand anywhere.
fn gelu(graph: &mut Graph, value: Value) -> Option<()> {
    let (product, last) = scaled(graph, value);
    let Op::Multiply = graph[product].op else { return None };
    let [a, b] = *graph[product].inputs.as_slice() else { return None };
    let (x, factor) = [(a, b), (b, a)].into_iter().find_map(|(outer, inner)| {
        let (x, factor) = scaled(graph, outer);
        let (erf, scale, shift) = affine(graph, inner)?;
        let (same, steepness) = scaled(graph, graph[erf].input()?);
        let is_gelu = function(graph, erf) == Some("erf")
            && same == x
            && scale == shift
            && (steepness - std::f64::consts::FRAC_1_SQRT_2).abs() < 1e-6;
        is_gelu.then_some((x, factor * scale))
    })?;
    let is_half = (last * factor - 0.5).abs() < 1e-6;
    is_half.then(|| becomes(graph, value, "gelu", x))?
}

/// `(x - mean) / sqrt(variance + epsilon)`, where the difference may have a factor for each channel.
fn layer_norm(graph: &mut Graph, value: Value) -> Option<()> {
    let Op::Binary(Binary::Divide) = graph[value].op else { return None };
    let [above, below] = *graph[value].inputs.as_slice() else { return None };
    let (difference, gamma) = match (&graph[above].op, graph[above].tensors.as_slice()) {
        (Op::Affine { .. }, [center, scale, shift]) => {
            let zero = |tensor: &Tensor| tensor.numbers.iter().all(|number| *number == 0.0);
            (zero(center) && zero(shift)).then_some(())?;
            (graph[above].input()?, scale.numbers.clone())
        }
        _ => (above, vec![1.0; graph[value].channels]),
    };
    let x = deviation(graph, difference)?;
    let root = repeated(graph, below)?;
    (function(graph, root)? == "sqrt").then_some(())?;
    let (variance, 1.0, epsilon) = affine(graph, graph[root].input()?)? else { return None };
    let square = mean(graph, variance)?;
    let of_square = graph[square].inputs.as_slice();
    let is_square = function(graph, square) == Some("square") && of_square == [difference]
        || matches!(graph[square].op, Op::Multiply) && of_square == [difference, difference];
    is_square.then_some(())?;
    let channels = graph[value].channels;
    let epsilon = crate::numbers::rounded(epsilon);
    let tensor = |numbers| Tensor { shape: vec![channels], numbers };
    let tensors = vec![tensor(gamma), tensor(vec![0.0; channels])];
    let node: &mut Node = &mut graph[value];
    (node.op, node.inputs, node.tensors) = (Op::LayerNorm { epsilon }, vec![x], tensors);
    Some(())
}

/// `x`, where a value is `x` minus the mean of its channels.
fn deviation(graph: &Graph, value: Value) -> Option<Value> {
    let (Op::Binary(Binary::Subtract), [x, repeats]) =
        (&graph[value].op, graph[value].inputs.as_slice())
    else {
        return None;
    };
    (mean(graph, repeated(graph, *repeats)?)? == *x).then_some(*x)
}

/// The one number that all channels of a value are.
fn repeated(graph: &Graph, value: Value) -> Option<Value> {
    match &graph[value].op {
        Op::Gather { indices } if indices.iter().all(|index| *index == 0) => {
            graph[value].input().filter(|input| graph[*input].channels == 1)
        }
        _ => None,
    }
}

/// What a value is the mean of, over all channels.
fn mean(graph: &Graph, value: Value) -> Option<Value> {
    match &graph[value].op {
        Op::PoolFeatures(FeaturePool {
            reduction: FeatureReduction::Mean,
            positions: 1,
            channels: 1,
            zeros: 0,
            ..
        }) => graph[value].input(),
        _ => None,
    }
}
