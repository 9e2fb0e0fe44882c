//! Leaves out what changes nothing: an operation that is there already, and frames that are dropped where nothing could read
//! them.

use std::collections::HashMap;

use crate::graph::{Graph, Node, Op, Table, Value};

pub(crate) fn simplify(graph: &mut Graph) {
    let mut same: Table<Value> = graph.table(Value::INPUT);
    let mut seen: HashMap<String, Vec<Value>> = HashMap::new();
    for value in graph.values() {
        same[value] = value;
        for input in &mut graph[value].inputs {
            *input = same[*input];
        }
        waits_anyway(graph, value);
        let node = &graph[value];
        let others = seen.entry(format!("{:?} {:?}", node.op, node.inputs)).or_default();
        if let Some(other) = others.iter().find(|other| is_same(&graph[**other], node)) {
            same[value] = *other;
            graph.redirect(value, *other);
        } else {
            others.push(value);
        }
    }
    graph.output = same[graph.output];
}

/// Whether two nodes of one operation and the same inputs give the same. Layers with weights stay apart: of an untrained network,
/// whose weights are equal, they are several.
fn is_same(node: &Node, other: &Node) -> bool {
    let is_other = matches!(node.op, Op::Input | Op::Unknown) || has_weights(&node.op);
    !is_other && node.channels == other.channels
}

fn has_weights(op: &Op) -> bool {
    matches!(
        op,
        Op::Conv(_)
            | Op::Conv2d(_)
            | Op::ConvTranspose(_)
            | Op::Recurrent(_)
            | Op::Affine { .. }
            | Op::LayerNorm { .. }
            | Op::GroupNorm(_)
            | Op::Prelu
    )
}

/// An operation of several values comes when the last of them is there. It need not be told to leave out frames of another
/// that come before.
fn waits_anyway(graph: &mut Graph, value: Value) {
    let inputs = graph[value].inputs.clone();
    for (place, input) in inputs.iter().enumerate() {
        let (Op::Crop { skipped: _, stride: 1 }, Some(before)) =
            (&graph[*input].op, graph[*input].input())
        else {
            continue;
        };
        let first = graph[*input].clock.first;
        let others = inputs.iter().enumerate().filter(|(other, _)| *other != place);
        let waits = others.into_iter().any(|(_, other)| {
            graph[*other].clock.first >= first && !matches!(graph[*other].op, Op::Crop { .. })
        });
        if waits && let Some(input) = graph[value].inputs.get_mut(place) {
            *input = before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Meet;
    use crate::graph::activation::{Activation, TANH};
    use crate::graph::{Conv, LayerId, Window};
    use crate::passes::align;

    /// Appends an operation with its clock.
    fn push(graph: &mut Graph, op: Op, inputs: &[Value]) -> Value {
        let channels = graph[inputs[0]].channels;
        let mut node = Node::new(op, inputs.to_vec(), channels, LayerId(0));
        node.clock = align::clock(graph, &node);
        graph.push(node)
    }

    #[test]
    fn the_same_operation_is_computed_once() {
        let mut graph = Graph::new(2);
        let tanh = || Op::Map(Activation::of(&TANH));
        let [a, b] = [0, 1].map(|_| push(&mut graph, tanh(), &[Value::INPUT]));
        graph.output = push(&mut graph, Op::Multiply, &[a, b]);
        simplify(&mut graph);
        assert_eq!(
            graph.to_string(),
            "%0 = input 2\n%1 = map %0 tanh\n%3 = multiply %1 %1\noutput %3\n"
        );
    }

    #[test]
    fn frames_are_dropped_only_where_something_could_read_them() {
        let mut graph = Graph::new(1);
        graph.meet = Meet::InOrder;
        let window = Window { taps: 3, ..Window::NEWEST };
        let conv = Conv { window, inputs: 1, outputs: 1, groups: 1 };
        let conv = push(&mut graph, Op::Conv(conv), &[Value::INPUT]);
        let crop = push(&mut graph, Op::Crop { skipped: 2, stride: 1 }, &[Value::INPUT]);
        let late = push(&mut graph, Op::Crop { skipped: 3, stride: 1 }, &[Value::INPUT]);
        let sum = push(&mut graph, Op::Add { centre: 0 }, &[conv, crop]);
        graph.output = push(&mut graph, Op::Concat, &[sum, late]);
        simplify(&mut graph);
        assert_eq!(graph[sum].inputs, [conv, Value::INPUT]);
        // Its frames are the last to come.
        assert_eq!(graph[graph.output].inputs, [sum, late]);
    }
}
