//! Normalisation over the channels of each frame.

use super::affine::{EPSILON, NO_CENTER, NO_SCALE};
use super::{Arguments, Convention, Dimension, Kind, Shape, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Op, Value};
use crate::tensor::Tensor;

pub(super) const LAYER_NORM: Kind = Kind {
    keras: Some("layer_normalization"),
    keys: &[EPSILON],
    flags: &[NO_SCALE, NO_CENTER],
    weights: Weights::Unless(&["no_scale", "no_center"]),
    field_prefix: Some("norm"),
    ..Kind::plain(
        "layer_norm",
        "`layer_norm(epsilon=0.001)`: normalisation over the channels of each frame.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let [scales, shifts] = ["no_scale", "no_center"].map(|flag| !arguments.flag(flag));
    let (epsilon, channels) = (arguments.real("epsilon")?, arguments.inputs?);
    if epsilon <= 0.0 {
        let message = format!("`epsilon` must be above 0, not {epsilon:?}");
        lower.report(&arguments.written("epsilon"), message);
        return None;
    }
    let mut flags = vec![format!("epsilon={epsilon:?}")];
    flags.extend((!scales).then(|| "no_scale".to_owned()));
    flags.extend((!shifts).then(|| "no_center".to_owned()));
    lower.describe(None, None, flags);
    let tensors = [scales.then_some("gamma"), shifts.then_some("beta")];
    let of_pytorch = [scales.then_some("weight"), shifts.then_some("bias")];
    let conventions = [tensors, of_pytorch].map(|names| {
        let dimensions = || vec![Dimension::new("in", channels, "in")];
        let shapes = names.into_iter().flatten().map(|name| Shape::new(name, dimensions()));
        let canonical = move |tensors: Vec<Tensor>| {
            let mut tensors = tensors.into_iter();
            let all = [(scales, 1.0), (shifts, 0.0)].map(|(is_there, otherwise)| {
                let same = Tensor { shape: vec![channels], numbers: vec![otherwise; channels] };
                if is_there { tensors.next().unwrap_or(same) } else { same }
            });
            all.into()
        };
        Convention { canonical: Box::new(canonical), ..Convention::of(shapes.collect()) }
    });
    let node = lower.node(Op::LayerNorm { epsilon }, vec![arguments.frame?], channels);
    Some(lower.weighted(node, conventions.into()))
}
