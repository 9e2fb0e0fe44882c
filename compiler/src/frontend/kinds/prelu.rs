//! The rectifier with trained slopes.

use super::{Arguments, Convention, Dimension, Flag, Kind, Shape, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Op, Value};
use crate::tensor::Tensor;

pub(super) const PRELU: Kind = Kind {
    keras: Some("p_re_lu"),
    flags: &[&[Flag { name: "shared", doc: "one slope for all channels" }]],
    weights: Weights::Always,
    ..Kind::plain(
        "prelu",
        "`prelu()`: `x` from zero up, and below zero `x` times a trained slope of the channel.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (channels, is_shared) = (arguments.inputs?, arguments.flag("shared"));
    lower.describe(None, None, is_shared.then(|| "shared".to_owned()).into_iter().collect());
    let slopes = if is_shared { 1 } else { channels };
    let conventions = ["alpha", "weight"].map(|tensor| {
        let dimensions = vec![Dimension::new(if is_shared { "1" } else { "in" }, slopes, "in")];
        // Keras' PReLU has an axis for time, of length 1.
        let also = Some(vec![1, slopes]);
        let (other, help) =
            if is_shared { (channels, "remove `shared`") } else { (1, "add `shared`") };
        let otherwise = Some((vec![other], help));
        let shape = Shape { also, otherwise, ..Shape::new(tensor, dimensions) };
        let canonical = move |tensors: Vec<Tensor>| {
            let slopes: Vec<_> = tensors.into_iter().flat_map(|slopes| slopes.numbers).collect();
            let numbers = slopes.iter().copied().cycle().take(channels).collect();
            vec![Tensor { shape: vec![channels], numbers }]
        };
        Convention { canonical: Box::new(canonical), ..Convention::of(vec![shape]) }
    });
    let node = lower.node(Op::Prelu, vec![arguments.frame?], channels);
    Some(lower.weighted(node, conventions.into()))
}
