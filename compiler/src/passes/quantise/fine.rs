//! Fine sums: what is added to others one after the other has a fraction, and each reader but a sum has the nearest whole of it.

use crate::graph::{Graph, Node, Op, Value};

/// Puts a node behind each value that sums start from: where it is a fine sum, the rounded numbers for all but sums, else the
/// numbers as fine sums.
pub(super) fn separate(graph: &mut Graph) {
    seed_products(graph);
    for value in graph.values().rev() {
        unseed(graph, value);
    }
    // From the last on: what is inserted moves those behind it.
    for value in graph.values().rev() {
        if graph.is_seeded(&graph[value]) || is_seed(graph, value) && can_be_fine(&graph[value]) {
            insert(graph, value, Op::Round);
        } else if is_seed(graph, value) {
            insert(graph, value, Op::Extend);
        }
    }
}

/// Whether sums start from a value.
fn is_seed(graph: &Graph, value: Value) -> bool {
    !graph[value].is_inline && graph.lines().iter().any(|line| graph[*line].seed == Some(value))
}

/// Whether the outputs of a node are sums that may keep their fraction.
fn can_be_fine(node: &Node) -> bool {
    matches!(node.op, Op::Conv(_) | Op::Affine { .. }) && node.epilogue.is_none()
}

/// Lets the sums of an affine operation start from what is added to its outputs.
fn seed_products(graph: &mut Graph) {
    let uses = graph.uses();
    for sum in graph.lines() {
        let (Op::Add { .. }, [a, b]) = (&graph[sum].op, graph[sum].inputs.as_slice()) else {
            continue;
        };
        let is_product = |value: Value| {
            let node = &graph[value];
            let is_bare = node.epilogue.is_none() && node.seed.is_none();
            matches!(node.op, Op::Affine { .. }) && is_bare && uses[value] == 1
        };
        let mut pairs = [[*b, *a], [*a, *b]].into_iter();
        let found = pairs.find(|[product, _]| is_product(*product));
        if let Some([product, other]) = found.filter(|_| graph[sum].clock.frames == 1) {
            let (seed, clock) = (Some(other), graph[sum].clock);
            let node = Node { seed, clock, ..graph[product].clone() };
            graph.merge(product, sum, node);
        }
    }
}

/// Takes a sum apart that is the only one, and is added to whole numbers: nothing would have a fraction for long.
fn unseed(graph: &mut Graph, value: Value) {
    let Some(seed) = graph[value].seed.filter(|_| graph.is_seeded(&graph[value])) else { return };
    let is_long =
        is_seed(graph, value) || graph.is_seeded(&graph[seed]) || can_be_fine(&graph[seed]);
    if !is_long && graph.lines().contains(&value) {
        graph[value].seed = None;
        let Node { channels, clock, layer, .. } = graph[value];
        let sum = Node::new(Op::Add { centre: 0 }, vec![value, seed], channels, layer);
        graph.insert(value, Node { clock, ..sum }, |_, _| false);
    }
}

/// Puts an operation between a value and those that read it as an input, or between it and what their sums start from.
fn insert(graph: &mut Graph, value: Value, op: Op) {
    let is_round = op == Op::Round;
    let Node { channels, clock, layer, .. } = graph[value];
    let is_input = |line: &Value| graph[*line].inputs.contains(&value);
    let lines = graph.lines();
    if is_round && !(graph.output == value || lines.iter().any(is_input)) {
        return;
    }
    let is_output = graph.output == value;
    let node = Node { clock, ..Node::new(op, vec![value], channels, layer) };
    graph.insert(value, node, |_, is_seed| is_seed == is_round);
    if is_output && !is_round {
        graph.output = value;
    }
}
