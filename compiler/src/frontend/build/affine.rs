//! Layers that multiply every channel by a number and add one to it. The layer beside them takes their numbers, where it
//! can.

use super::{Applied, Builder, Convention, Dimension, Shape, Spec, Wrong};
use crate::frontend::keys::{self, kind};
use crate::graph::{Node, Op, Value};
use crate::tensor::Tensor;

/// Batch normalisation with the statistics of the training.
pub(crate) struct BatchNorm {
    /// What is added to the variance.
    pub(crate) epsilon: f32,
    /// Whether there is a scale (`gamma`).
    pub(crate) scales: bool,
    /// Whether there is an offset (`beta`).
    pub(crate) shifts: bool,
    pub(crate) activation: Option<Applied>,
}

/// Multiplies each channel by a number.
pub(crate) struct Scale {
    pub(crate) activation: Option<Applied>,
}

/// Adds a number to each channel.
pub(crate) struct Bias {
    pub(crate) activation: Option<Applied>,
}

impl Spec for BatchNorm {
    fn kind(&self) -> &'static str {
        kind::BATCH_NORM
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { epsilon, scales, shifts, activation } = *self;
        let channels = builder.inputs();
        if epsilon < 0.0 {
            let text = format!("`epsilon` must be at least 0, not {epsilon:?}");
            return Err(Wrong::at(keys::EPSILON, text));
        }
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
                let scale =
                    gamma.iter().zip(deviations).map(|(gamma, deviation)| gamma / deviation);
                centred(means, scale.collect(), beta.unwrap_or_else(|| vec![0.0; channels]))
            };
            let ignored = &["num_batches_tracked"];
            Convention { ignored, canonical: Box::new(canonical), ..Convention::of(tensors) }
        };
        let conventions = vec![
            convention(["gamma", "beta", "moving_mean", "moving_variance"]),
            convention(["weight", "bias", "running_mean", "running_var"]),
        ];
        let flags = norm_flags(epsilon, scales, shifts);
        Ok(add([true; 2], conventions, flags, activation, builder))
    }
}

impl Spec for Scale {
    fn kind(&self) -> &'static str {
        kind::SCALE
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let channels = builder.inputs();
        let canonical = move |tensors: Vec<Tensor>| {
            let scale = tensors.into_iter().flat_map(|scale| scale.numbers).collect();
            centred(vec![0.0; channels], scale, vec![0.0; channels])
        };
        let convention = Convention::of(vec![tensor("scale", channels)]);
        let convention = Convention { canonical: Box::new(canonical), ..convention };
        Ok(add([false; 2], vec![convention], Vec::new(), self.activation, builder))
    }
}

impl Spec for Bias {
    fn kind(&self) -> &'static str {
        kind::BIAS
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let channels = builder.inputs();
        let canonical = move |tensors: Vec<Tensor>| {
            let shift = tensors.into_iter().flat_map(|shift| shift.numbers).collect();
            centred(vec![0.0; channels], vec![1.0; channels], shift)
        };
        let convention = Convention::of(vec![tensor("bias", channels)]);
        let convention = Convention { canonical: Box::new(canonical), ..convention };
        Ok(add([true, false], vec![convention], Vec::new(), self.activation, builder))
    }
}

/// What they have in common. Some of them add something, and some take a mean off.
fn add(
    [adds, is_centred]: [bool; 2],
    conventions: Vec<Convention>,
    mut flags: Vec<String>,
    activation: Option<Applied>,
    builder: &mut Builder,
) -> Value {
    flags.extend(activation.map(Applied::flag));
    builder.describe(flags);
    let op = Op::Affine { is_centred };
    let node = builder.node(op, vec![builder.frame()], builder.inputs());
    let affine = builder.weighted(Node { has_bias: adds, ..node }, conventions);
    builder.activate(affine, activation)
}

/// The flags of a normalisation, as a user would write them.
pub(super) fn norm_flags(epsilon: f32, scales: bool, shifts: bool) -> Vec<String> {
    let mut flags = vec![format!("{}={epsilon:?}", keys::EPSILON)];
    flags.extend((!scales).then(|| keys::NO_SCALE.to_owned()));
    flags.extend((!shifts).then(|| keys::NO_CENTER.to_owned()));
    flags
}

fn tensor(name: &'static str, channels: usize) -> Shape {
    Shape::new(name, vec![Dimension::new("in", channels, keys::IN)])
}

/// The tensors of `(x - center) * scale + shift`.
fn centred(center: Vec<f64>, scale: Vec<f64>, shift: Vec<f64>) -> Vec<Tensor> {
    let tensor = |numbers: Vec<f64>| Tensor { shape: vec![numbers.len()], numbers };
    [center, scale, shift].map(tensor).into()
}
