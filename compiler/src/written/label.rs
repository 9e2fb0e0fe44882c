//! An operation of a push in the words of the macro, for pictures.

use super::layer;
use crate::frontend::keys::{self, kind};
use crate::graph::{Activation, Binary, Conv, Graph, Node, Op, Recurrent, Value, Window};

/// What a value is computed by: `conv(k=3, out=4, causal, relu)`. Where no layer of the macro computes it, that is the operation's
/// word in the graph.
pub(crate) fn label(graph: &Graph, value: Value) -> String {
    let node = &graph[value];
    let called = graph.layer(value).map_or("", |layer| layer.kind.as_str());
    let (word, mut arguments) = match &node.op {
        Op::Input => return "input".to_owned(),
        Op::Add { .. } => (kind::SUM.to_owned(), Vec::new()),
        Op::Multiply => (kind::PRODUCT.to_owned(), Vec::new()),
        Op::Binary(binary) => (word(*binary).to_owned(), Vec::new()),
        Op::Blend => (kind::BLENDED.to_owned(), Vec::new()),
        Op::Concat => (kind::CONCAT.to_owned(), Vec::new()),
        Op::Conv(of) => conv(of, called),
        Op::Affine { .. } if matches!(called, kind::BATCH_NORM | kind::SCALE | kind::BIAS) => {
            (called.to_owned(), Vec::new())
        }
        Op::Recurrent(cell) => {
            let cell = Recurrent { is_fast: false, ..*cell };
            single(graph, &Node { op: Op::Recurrent(cell), ..node.clone() })
        }
        _ => single(graph, node),
    };
    arguments.retain(|argument| argument != keys::NO_BIAS);
    arguments.extend(node.epilogue.map(flag));
    format!("{word}({})", arguments.join(", "))
}

/// The layer for an operation of one input: its word, and its keys and flags.
fn single(graph: &Graph, node: &Node) -> (String, Vec<String>) {
    let inputs = node.input().map_or(0, |input| graph[input].channels);
    match (layer::of(node, inputs), &node.op) {
        (Ok(layer), _) => (layer.kind.to_owned(), layer.arguments),
        (Err(_), Op::Map(activation)) => (flag(*activation), Vec::new()),
        (Err(_), op) => {
            let text = op.to_string();
            (text.split(' ').next().unwrap_or_default().to_owned(), Vec::new())
        }
    }
}

/// A convolution is called as in the network: a `dense` is no `conv(k=1)`.
fn conv(conv: &Conv, called: &str) -> (String, Vec<String>) {
    let Conv { window, inputs, outputs, groups } = *conv;
    let is_dense = window.is_newest() && groups == 1 && called != kind::CONV;
    let is_depthwise = called == kind::DEPTHWISE;
    let window = Window { skipped: 0, ..window };
    let mut arguments = match layer::taps(keys::K, window) {
        Ok(arguments) if !is_dense => arguments,
        _ => Vec::new(),
    };
    let out = (!is_depthwise || outputs != inputs).then(|| layer::said(keys::OUT, outputs));
    arguments.splice(arguments.len().min(1)..arguments.len().min(1), out);
    arguments.extend(layer::unless(keys::GROUPS, groups, 1).filter(|_| !is_depthwise));
    let word = match () {
        () if is_dense => kind::DENSE,
        () if is_depthwise => kind::DEPTHWISE,
        () => kind::CONV,
    };
    (word.to_owned(), arguments)
}

fn word(binary: Binary) -> &'static str {
    match binary {
        Binary::Subtract => kind::DIFFERENCE,
        Binary::Divide => kind::QUOTIENT,
        Binary::Minimum => kind::MINIMUM,
        Binary::Maximum => kind::MAXIMUM,
    }
}

/// The activation as a flag, which an approximation has too.
fn flag(activation: Activation) -> String {
    let text = activation.to_string();
    layer::flag(activation).unwrap_or_else(|_| text.trim_start_matches("fast_").to_owned())
}
