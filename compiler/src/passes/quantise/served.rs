//! Which operations there are in integers.

use crate::errors::{Errors, Message};
use crate::graph::{Binary, Cell, FeatureReduction, Graph, Op, Reduction, Value};

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
        Op::Recurrent(cell) if cell.has_initial => Some("starts from a state of its own"),
        Op::Recurrent(cell) if cell.cell == Cell::Relu => {
            Some("is a recurrent cell without a bound")
        }
        Op::Pool(pool) if pool.has_history() => Some("is a pool with padding or dilation"),
        Op::Pool(pool)
            if pool.reduction == Reduction::Mean && !(2..65536).contains(&pool.window.taps) =>
        {
            Some("is a mean of one frame, or of more than 65,535")
        }
        Op::Mean { frames } if !(2..65536).contains(frames) => {
            Some("is a mean of one frame, or of more than 65,535")
        }
        Op::PoolFeatures(pool) => match pool.reduction {
            FeatureReduction::Max
            | FeatureReduction::Min
            | FeatureReduction::Mean
            | FeatureReduction::Sum => Some("is a pool over features"),
        },
        Op::LayerNorm { .. } | Op::GroupNorm(_) => Some("normalises each frame"),
        Op::Softmax { .. } => Some("has a softmax"),
        Op::Binary(Binary::Divide) => Some("divides"),
        Op::Input
        | Op::Unknown
        | Op::Conv(_)
        | Op::Conv2d(_)
        | Op::ConvTranspose(_)
        | Op::Recurrent(_)
        | Op::Pool(_)
        | Op::Mean { .. }
        | Op::Newest { .. }
        | Op::Delay(_)
        | Op::Crop { .. }
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::Affine { .. }
        | Op::Prelu
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
