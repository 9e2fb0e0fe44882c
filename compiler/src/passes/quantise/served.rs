//! Which operations there are in integers.

use crate::errors::{Errors, Message};
use crate::graph::{Binary, Cell, Graph, Op, Reduction, Value};

/// Numbers of 16 bits whose sum has 32.
const MOST: usize = 65535;

/// Reports each operation that there is not. Whether there is none.
pub(crate) fn check(graph: &Graph, errors: &mut Errors) -> bool {
    let before = errors.len();
    for value in graph.lines() {
        if let Some(why) = refusal(graph, value) {
            report(graph, value, why.into(), errors);
        }
    }
    errors.len() == before
}

/// Reports what a node has that cannot be in integers.
pub(super) fn report(graph: &Graph, value: Value, why: Message, errors: &mut Errors) {
    let Some(layer) = graph.layer(value) else { return };
    let message = why.after(format!("`{}` cannot be computed in `i16`: it ", layer.shown()));
    let help = "remove `#[numbers = \"i16\"]` to compute in f32";
    errors.report(&layer.origin, message.help(help));
}

fn refusal(graph: &Graph, value: Value) -> Option<&'static str> {
    let node = &graph[value];
    match &node.op {
        Op::Recurrent(cell) if cell.cell == Cell::Relu => {
            Some("is a recurrent cell without a bound")
        }
        Op::Pool(pool) if pool.reduction == Reduction::Mean && pool.window.taps > MOST => {
            Some("is a mean of more than 65,535 frames")
        }
        Op::Mean { frames } if *frames > MOST => Some("is a mean of more than 65,535 frames"),
        Op::PoolFeatures(pool) if pool.taps > MOST => {
            Some("is a pool over more than 65,535 features")
        }
        Op::Softmax { is_log: true } => Some("is the logarithm of a softmax"),
        Op::Binary(Binary::Divide) => Some("divides"),
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
        | Op::Prelu
        | Op::LayerNorm { .. }
        | Op::GroupNorm(_)
        | Op::Softmax { is_log: false }
        | Op::Map(_)
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. }
        | Op::Gather { .. } => None,
    }
}
