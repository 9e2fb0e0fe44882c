//! Lets operations on each frame by itself be computed where their only user is: `multiply(activate(a, tanh), b)`.

use crate::graph::{Graph, Node, Op, Value};

/// Frames that one expression is made of, at most: blocks have functions for so many.
const MOST_LEAVES: usize = 2;

/// Operations in one another.
const MOST_DEPTH: usize = 3;

pub(crate) fn inline(graph: &mut Graph) {
    let uses = graph.uses();
    let lines = graph.lines();
    let mut only_elementwise = graph.table(true);
    only_elementwise[graph.output] = false;
    for value in &lines {
        let node = &graph[*value];
        let reads_whole = !is_elementwise(node);
        for operand in node.operands().filter(|operand| reads_whole || node.seed == Some(*operand))
        {
            only_elementwise[operand] = false;
        }
    }
    for value in lines {
        if !is_elementwise(&graph[value]) {
            continue;
        }
        for input in graph[value].inputs.clone() {
            let is_slice = matches!(graph[input].op, Op::Slice { .. });
            let is_free = only_elementwise[input] && (is_slice || uses[input] == 1);
            if graph[input].is_inline || !is_free || !is_elementwise(&graph[input]) {
                continue;
            }
            let before = leaves(graph, value).len();
            graph[input].is_inline = true;
            let is_long = leaves(graph, value).len() > before.max(MOST_LEAVES);
            if is_long || depth(graph, value) > MOST_DEPTH {
                graph[input].is_inline = false;
            }
        }
    }
}

/// Whether an operation is of each frame by itself, and has no weights.
pub(crate) fn is_elementwise(node: &Node) -> bool {
    match node.op {
        Op::Map(_)
        | Op::Softmax { .. }
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. }
        | Op::Gather { .. } => true,
        Op::Input
        | Op::Unknown
        | Op::Conv(_)
        | Op::Conv2d(_)
        | Op::ConvTranspose(_)
        | Op::Recurrent(_)
        | Op::Pool(_)
        | Op::PoolFeatures(_)
        | Op::Mean { .. }
        | Op::Newest { .. }
        | Op::Delay(_)
        | Op::Crop { .. }
        | Op::Round
        | Op::Extend
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::Affine { .. }
        | Op::LayerNorm { .. }
        | Op::GroupNorm(_)
        | Op::Prelu => false,
    }
}

/// The values that the expression of an elementwise operation names, each once.
pub(crate) fn leaves(graph: &Graph, value: Value) -> Vec<Value> {
    let mut leaves = Vec::new();
    for input in &graph[value].inputs {
        let node = &graph[*input];
        let of_input = if node.is_inline && is_elementwise(node) {
            self::leaves(graph, *input)
        } else {
            vec![*input]
        };
        for leaf in of_input {
            if !leaves.contains(&leaf) {
                leaves.push(leaf);
            }
        }
    }
    leaves
}

/// How deep the expression of an operation nests.
fn depth(graph: &Graph, value: Value) -> usize {
    let inputs = graph[value].inputs.iter().filter(|input| graph[**input].is_inline);
    1 + inputs.map(|input| depth(graph, *input)).max().unwrap_or_default()
}
