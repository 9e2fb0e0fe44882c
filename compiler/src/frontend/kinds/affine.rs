//! Layers that multiply every channel by a number and add one to it. The layer beside them takes their numbers, where it
//! can.

use super::{Applied, Arguments, Convention, Dimension, Flag, Key, Kind, Shape, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Node, Op, Value};
use crate::tensor::Tensor;

pub(super) const BATCH_NORM: Kind = Kind {
    keras: Some("batch_normalization"),
    keys: &[EPSILON],
    flags: &[NO_SCALE, NO_CENTER],
    ..kind(
        "batch_norm",
        "`batch_norm(epsilon=0.001)`: batch normalisation with the statistics of the training, folded into the layer before or after it.",
        batch_norm,
    )
};
pub(super) const SCALE: Kind =
    kind("scale", "`scale()`: multiplies each channel by a trained number.", scale);
pub(super) const BIAS: Kind =
    kind("bias", "`bias()`: adds a trained number to each channel.", bias);

/// Frameworks differ in what they take when it is not said.
pub(super) const EPSILON: Key = Key {
    name: "epsilon",
    doc: "the number added to the variance: by default 0.001 in Keras and 0.00001 in PyTorch",
    takes: Takes::Real,
    aliases: &["eps"],
};
pub(super) const NO_SCALE: &[Flag] =
    &[Flag { name: "no_scale", doc: "trained without a scale (`gamma`)" }];
pub(super) const NO_CENTER: &[Flag] =
    &[Flag { name: "no_center", doc: "trained without an offset (`beta`)" }];

const fn kind(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    Kind { activations: 1, weights: Weights::Always, ..Kind::plain(name, doc, lower) }
}

fn batch_norm(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let [scales, shifts] = ["no_scale", "no_center"].map(|flag| !arguments.flag(flag));
    let (epsilon, channels) = (arguments.real("epsilon")?, arguments.inputs?);
    if epsilon < 0.0 {
        let message = format!("`epsilon` must be at least 0, not {epsilon:?}");
        lower.report(&arguments.written("epsilon"), message);
        return None;
    }
    let mut flags = vec![format!("epsilon={epsilon:?}")];
    flags.extend((!scales).then(|| "no_scale".to_owned()));
    flags.extend((!shifts).then(|| "no_center".to_owned()));
    let convention = |names: [&'static str; 4]| {
        let there = names.into_iter().zip([scales, shifts, true, true]);
        let tensors = there.filter(|(_, is_there)| *is_there);
        let tensors = tensors.map(|(name, _)| tensor(name, channels)).collect();
        let canonical = move |tensors: Vec<Tensor>| {
            let mut tensors = tensors.into_iter().map(|tensor| tensor.numbers);
            let gamma = if scales { tensors.next() } else { None };
            let beta = if shifts { tensors.next() } else { None };
            let [means, variances] = [0, 1].map(|_| tensors.next().unwrap_or_default());
            let deviations =
                variances.iter().map(|variance| (variance + f64::from(epsilon)).sqrt());
            let gamma = gamma.unwrap_or_else(|| vec![1.0; channels]);
            let scale = gamma.iter().zip(deviations).map(|(gamma, deviation)| gamma / deviation);
            centred(means, scale.collect(), beta.unwrap_or_else(|| vec![0.0; channels]))
        };
        let ignored = &["num_batches_tracked"];
        Convention { ignored, canonical: Box::new(canonical), ..Convention::of(tensors) }
    };
    let conventions = vec![
        convention(["gamma", "beta", "moving_mean", "moving_variance"]),
        convention(["weight", "bias", "running_mean", "running_var"]),
    ];
    build(arguments, [true; 2], conventions, flags, lower)
}

fn scale(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let channels = arguments.inputs?;
    let canonical = move |tensors: Vec<Tensor>| {
        let scale = tensors.into_iter().flat_map(|scale| scale.numbers).collect();
        centred(vec![0.0; channels], scale, vec![0.0; channels])
    };
    let convention = Convention::of(vec![tensor("scale", channels)]);
    let convention = Convention { canonical: Box::new(canonical), ..convention };
    build(arguments, [false; 2], vec![convention], Vec::new(), lower)
}

fn bias(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let channels = arguments.inputs?;
    let canonical = move |tensors: Vec<Tensor>| {
        let shift = tensors.into_iter().flat_map(|shift| shift.numbers).collect();
        centred(vec![0.0; channels], vec![1.0; channels], shift)
    };
    let convention = Convention::of(vec![tensor("bias", channels)]);
    let convention = Convention { canonical: Box::new(canonical), ..convention };
    build(arguments, [true, false], vec![convention], Vec::new(), lower)
}

/// What the kinds have in common. Some of them add something, and some take a mean off.
fn build(
    arguments: &Arguments<'_>,
    [adds, is_centred]: [bool; 2],
    conventions: Vec<Convention>,
    mut flags: Vec<String>,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let activation = arguments.activations.first().copied();
    flags.extend(activation.map(Applied::flag));
    lower.describe(None, None, flags);
    let node = lower.node(Op::Affine { is_centred }, vec![arguments.frame?], arguments.inputs?);
    let affine = lower.weighted(Node { has_bias: adds, ..node }, conventions);
    Some(lower.activate(affine, activation))
}

fn tensor(name: &'static str, channels: usize) -> Shape {
    Shape::new(name, vec![Dimension::new("in", channels, "in")])
}

/// The tensors of `(x - center) * scale + shift`.
fn centred(center: Vec<f64>, scale: Vec<f64>, shift: Vec<f64>) -> Vec<Tensor> {
    let tensor = |numbers: Vec<f64>| Tensor { shape: vec![numbers.len()], numbers };
    [center, scale, shift].map(tensor).into()
}
