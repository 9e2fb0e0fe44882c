//! Normalisation over the channels of each frame.

use super::affine::{EPSILON, NO_CENTER, NO_SCALE};
use super::features::{self, FEATURES};
use super::{Arguments, Convention, Dimension, Key, Kind, Shape, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{GroupNorm, Op, Value};
use crate::tensor::Tensor;

pub(super) const LAYER_NORM: Kind = Kind {
    keras: Some("layer_normalization"),
    keys: &[
        EPSILON,
        Key {
            doc: "the features of a frame, each of which is normalised by itself; 1 when left out",
            takes: Takes::OptionalCount,
            ..FEATURES
        },
    ],
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
    let (epsilon, inputs) = (epsilon(arguments, lower)?, arguments.inputs?);
    if arguments.count("features").is_none() {
        let op = Op::LayerNorm { epsilon };
        return normalised(arguments, op, epsilon, inputs, Vec::new(), lower);
    }
    let [blocks, channels] = features::features(arguments, lower)?;
    let norm = GroupNorm { blocks, features: 1, channels, groups: 1, epsilon };
    let flags = vec![format!("features={blocks}")];
    normalised(arguments, Op::GroupNorm(norm), epsilon, channels, flags, lower)
}

/// What is added to a variance.
pub(super) fn epsilon(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<f32> {
    let epsilon = arguments.real("epsilon")?;
    if epsilon > 0.0 {
        return Some(epsilon);
    }
    let message = format!("`epsilon` must be above 0, not {epsilon:?}");
    lower.report(&arguments.written("epsilon"), message);
    None
}

/// A normalisation whose factors and addends are those of so many channels.
pub(super) fn normalised(
    arguments: &Arguments<'_>,
    op: Op,
    epsilon: f32,
    channels: usize,
    mut flags: Vec<String>,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let [scales, shifts] = ["no_scale", "no_center"].map(|flag| !arguments.flag(flag));
    flags.push(format!("epsilon={epsilon:?}"));
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
    let node = lower.node(op, vec![arguments.frame?], arguments.inputs?);
    Some(lower.weighted(node, conventions.into()))
}
