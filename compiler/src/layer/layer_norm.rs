//! Normalisation over the channels of each frame.

use proc_macro2::TokenStream;
use quote::quote;

use super::affine::{EPSILON, NO_CENTER, NO_SCALE};
use super::{
    Arguments, Convention, Dimension, Given, Kind, Layer, Names, Rest, Shape, Summary, Weights,
};
use crate::errors::Errors;
use crate::numbers::{count, float, nested};
use crate::tensor::Tensor;

pub(super) const LAYER_NORM: Kind = Kind {
    keras: Some("layer_normalization"),
    keys: &[EPSILON],
    flags: &[NO_SCALE, NO_CENTER],
    weights: Weights::Unless(&["no_scale", "no_center"]),
    counted_as: Some("norm"),
    ..Kind::plain(
        "layer_norm",
        "`layer_norm(epsilon=0.001)`: normalisation over the channels of each frame.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let [scales, centers] = ["no_scale", "no_center"].map(|flag| !arguments.flag(flag));
    let epsilon = arguments.real("epsilon")?;
    if epsilon <= 0.0 {
        let message = format!("`epsilon` must be above 0, not {epsilon:?}");
        errors.report(&arguments.written("epsilon"), message);
        return None;
    }
    Some(Box::new(LayerNorm { channels: arguments.inputs?, epsilon, scales, centers }))
}

struct LayerNorm {
    channels: usize,
    epsilon: f32,
    scales: bool,
    centers: bool,
}

impl LayerNorm {
    /// What is multiplied and added in the end.
    fn factors(&self, tensors: &[Tensor]) -> [Vec<f64>; 2] {
        let mut tensors = tensors.iter().map(|tensor| tensor.numbers.clone());
        [(self.scales, 1.0), (self.centers, 0.0)].map(|(is_there, otherwise)| {
            let numbers = if is_there { tensors.next() } else { None };
            numbers.unwrap_or_else(|| vec![otherwise; self.channels])
        })
    }

    fn convention(&self, names: [&'static str; 2]) -> Convention {
        let there = names.into_iter().zip([self.scales, self.centers]);
        let there = there.filter(|(_, is_there)| *is_there);
        let shape = |name| Shape::new(name, vec![Dimension::new("in", self.channels, "in")]);
        Convention::of(there.map(|(name, _)| shape(name)).collect())
    }
}

impl Layer for LayerNorm {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    /// Deviations, their squares, and the product and sum in the end.
    fn macs(&self) -> usize {
        self.channels.saturating_mul(3)
    }

    fn conventions(&self) -> Vec<Convention> {
        vec![self.convention(["gamma", "beta"]), self.convention(["weight", "bias"])]
    }

    fn numbers(&self) -> usize {
        2 * self.channels + 1
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let numbers = self.factors(tensors);
        let [gamma, beta] = numbers.map(|numbers| nested(&[self.channels], &numbers));
        let (channels, epsilon) = (count(self.channels), float(self.epsilon));
        let value = quote!(#krate::LayerNorm { gamma: #gamma, beta: #beta, epsilon: #epsilon });
        Some((quote!(#krate::LayerNorm<#channels>), value))
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, weights, .. } = names;
        quote!(#weights.apply(#frame))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let [gamma, beta] = self.factors(given.tensors);
        let share = given.frames.first().map_or(1.0, |frame| frame.iter().map(|_| 1.0).sum());
        Rest::of_each(given, |frame| {
            let mean = frame.iter().sum::<f64>() / share;
            let squares = frame.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
            let deviation = (squares / share + f64::from(self.epsilon)).sqrt();
            let channels = frame.iter().zip(gamma.iter().zip(&beta));
            channels.map(|(x, (gamma, beta))| gamma * (x - mean) / deviation + beta).collect()
        })
    }

    fn summary(&self) -> Summary {
        let mut flags = vec![format!("epsilon={:?}", self.epsilon)];
        flags.extend((!self.scales).then(|| "no_scale".to_owned()));
        flags.extend((!self.centers).then(|| "no_center".to_owned()));
        Summary { flags, ..Summary::default() }
    }
}
