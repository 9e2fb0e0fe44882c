//! Layers that multiply every channel by a number and add one to it. The layer beside them takes their numbers, where it
//! can.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Activation, Arguments, Convention, Dimension, Flag, Given, Key, Kind, Layer, Names, Rest,
    Shape, Summary, Takes, Weights,
};
use crate::errors::Errors;
use crate::numbers::{count, nested};
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
    build: fn(&Arguments<'_>, &mut Errors) -> Option<Box<dyn Layer>>,
) -> Kind {
    Kind { activations: 1, weights: Weights::Always, ..Kind::plain(name, doc, build) }
}

fn batch_norm(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let [scales, centers] = ["no_scale", "no_center"].map(|flag| !arguments.flag(flag));
    let epsilon = arguments.real("epsilon")?;
    if epsilon < 0.0 {
        let message = format!("`epsilon` must be at least 0, not {epsilon:?}");
        errors.report(&arguments.written("epsilon"), message);
        return None;
    }
    build(arguments, Numbers::Statistics { epsilon, scales, centers })
}

fn scale(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, Numbers::Scale)
}

fn bias(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, Numbers::Bias)
}

fn build(arguments: &Arguments<'_>, numbers: Numbers) -> Option<Box<dyn Layer>> {
    let activation = arguments.activations.first().copied();
    Some(Box::new(AffineLayer { channels: arguments.inputs?, numbers, activation }))
}

/// What every channel is multiplied by, and what is added.
pub(crate) struct Affine {
    pub(crate) scale: Vec<f64>,
    pub(crate) shift: Vec<f64>,
}

/// Where a layer stands beside the one that it becomes part of.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Before,
    Behind,
}

struct AffineLayer {
    channels: usize,
    numbers: Numbers,
    activation: Option<Activation>,
}

/// What the file has.
enum Numbers {
    Statistics { epsilon: f32, scales: bool, centers: bool },
    Scale,
    Bias,
}

impl AffineLayer {
    fn convention(&self, names: [&'static str; 4]) -> Convention {
        let Numbers::Statistics { scales, centers, .. } = self.numbers else {
            return Convention::of(Vec::new());
        };
        let there = names.into_iter().zip([scales, centers, true, true]);
        let tensors = there.filter(|(_, is_there)| *is_there).map(|(name, _)| self.tensor(name));
        let ignored = &["num_batches_tracked"];
        Convention { ignored, ..Convention::of(tensors.collect()) }
    }

    fn tensor(&self, name: &'static str) -> Shape {
        Shape::new(name, vec![Dimension::new("in", self.channels, "in")])
    }
}

impl Layer for AffineLayer {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn macs(&self) -> usize {
        self.channels
    }

    fn conventions(&self) -> Vec<Convention> {
        match self.numbers {
            Numbers::Scale => vec![Convention::of(vec![self.tensor("scale")])],
            Numbers::Bias => vec![Convention::of(vec![self.tensor("bias")])],
            Numbers::Statistics { .. } => vec![
                self.convention(["gamma", "beta", "moving_mean", "moving_variance"]),
                self.convention(["weight", "bias", "running_mean", "running_var"]),
            ],
        }
    }

    fn numbers(&self) -> usize {
        2 * self.channels
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let Affine { scale, shift } = self.affine(tensors)?;
        let [scale, shift] = [scale, shift].map(|numbers| nested(&[self.channels], &numbers));
        let channels = count(self.channels);
        let value = quote!(#krate::Affine { scale: #scale, shift: #shift });
        Some((quote!(#krate::Affine<#channels>), value))
    }

    fn activation(&self) -> Option<Activation> {
        self.activation
    }

    fn end_with(&mut self, activation: Activation) -> bool {
        let is_free = self.activation.is_none();
        self.activation = self.activation.or(Some(activation));
        is_free
    }

    fn shifts(&self) -> Option<bool> {
        Some(!matches!(self.numbers, Numbers::Scale))
    }

    fn affine(&self, tensors: &[Tensor]) -> Option<Affine> {
        let mut tensors = tensors.iter().map(|tensor| tensor.numbers.clone());
        let (zeros, ones) = (vec![0.0; self.channels], vec![1.0; self.channels]);
        Some(match self.numbers {
            Numbers::Scale => Affine { scale: tensors.next()?, shift: zeros },
            Numbers::Bias => Affine { scale: ones, shift: tensors.next()? },
            Numbers::Statistics { epsilon, scales, centers } => {
                let gamma = if scales { tensors.next()? } else { ones };
                let beta = if centers { tensors.next()? } else { zeros };
                let (means, variances) = (tensors.next()?, tensors.next()?);
                let deviations =
                    variances.iter().map(|variance| (variance + f64::from(epsilon)).sqrt());
                let scale: Vec<_> = gamma
                    .iter()
                    .zip(deviations)
                    .map(|(gamma, deviation)| gamma / deviation)
                    .collect();
                let shift = beta.iter().zip(means.iter().zip(&scale));
                let shift = shift.map(|(beta, (mean, scale))| beta - mean * scale).collect();
                Affine { scale, shift }
            }
        })
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, weights, activation, .. } = names;
        quote!(#weights.apply(#frame, #activation))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let affine = self.affine(given.tensors);
        let numbers = || affine.iter().flat_map(|affine| affine.scale.iter().zip(&affine.shift));
        Rest::of_each(given, |frame| {
            frame.iter().zip(numbers()).map(|(x, (scale, shift))| x * scale + shift).collect()
        })
    }

    fn summary(&self) -> Summary {
        let mut flags = Vec::new();
        if let Numbers::Statistics { epsilon, scales, centers } = self.numbers {
            flags.push(format!("epsilon={epsilon:?}"));
            flags.extend((!scales).then(|| "no_scale".to_owned()));
            flags.extend((!centers).then(|| "no_center".to_owned()));
        }
        flags.extend(self.activation.map(Activation::flag));
        Summary { flags, ..Summary::default() }
    }
}
