//! What the condition around a layer adds to the frame.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::{Conv, GROUPS, are_split, mixing};
use super::{
    Activation, Arguments, Convention, Given, Kind, Layer, Names, Plain, Rest, Summary, Timing,
    Weights, condition,
};
use crate::errors::Errors;
use crate::tensor::Tensor;

pub(super) const MIXIN: Kind = Kind {
    keras: Some("conv1d"),
    is_beside: true,
    keys: &[GROUPS],
    activations: 1,
    weights: Weights::Always,
    ..Kind::plain(
        "mixin",
        "`mixin()`: adds a trained 1x1 convolution, without a bias, of the condition of the surrounding `conditioned`.",
        mixin,
    )
};

fn mixin(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let written = &arguments.layer.kind;
    let Some(condition) = arguments.condition else {
        let help = "help: write `conditioned < layers >` around the layers that read the condition";
        errors.report(written, format!("this `mixin` is not inside a `conditioned`\n{help}"));
        return None;
    };
    let channels = arguments.inputs?;
    let inputs = condition.channels.or(condition.is_frame.then_some(channels))?;
    if !condition.is_aligned {
        let message = "the frames at this `mixin` are not aligned with those of the condition";
        let help = "help: write `causal`, without `stride`, in the layers between `conditioned` and `mixin`";
        errors.report(written, format!("{message}\n{help}"));
        return None;
    }
    let groups = arguments.count("groups").unwrap_or(1);
    are_split([("condition", inputs), ("frame", channels)], groups, arguments, errors)?;
    let activation = arguments.activations.first().copied();
    let conv = mixing(inputs, channels).in_groups(groups);
    Some(Box::new(Mixin { channels, past: condition.past, conv, activation }))
}

struct Mixin {
    channels: usize,
    /// Frames that the condition looks back further than the frame to which it is added.
    past: usize,
    conv: Conv,
    activation: Option<Activation>,
}

impl Layer for Mixin {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn timing(&self) -> Timing {
        Timing { past: self.past, ..Timing::AT_ONCE }
    }

    fn history(&self) -> usize {
        0
    }

    fn macs(&self) -> usize {
        self.conv.macs()
    }

    fn plain(&self) -> Option<Plain> {
        self.conv.plain()
    }

    fn conventions(&self) -> Vec<Convention> {
        self.conv.conventions()
    }

    fn numbers(&self) -> usize {
        self.conv.numbers()
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        self.conv.weights(krate, tensors)
    }

    fn activation(&self) -> Option<Activation> {
        self.activation
    }

    fn end_with(&mut self, activation: Activation) -> bool {
        let is_free = self.activation.is_none();
        self.activation = self.activation.or(Some(activation));
        is_free
    }

    fn functions(&self) -> Vec<&'static str> {
        let is_applied = self.activation.is_some_and(Activation::is_of_channels);
        ["add", "linear"].into_iter().chain(is_applied.then_some("activate")).collect()
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, weights, activation, .. } = names;
        let condition = condition();
        let sum = quote!(add(#frame, #weights.apply(#condition, linear)));
        match self.activation {
            Some(own) if own.is_of_channels() => quote!(activate(#sum, #activation)),
            _ => sum,
        }
    }

    fn mixes(&self) -> bool {
        true
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let mixed = self.conv.rest(&Given { frames: given.condition, ..*given }).frames;
        let sums =
            given.frames.iter().zip(mixed).map(|(frame, mixed)| {
                frame.iter().zip(mixed).map(|(x, mixed)| x + mixed).collect()
            });
        Rest::of(sums.collect())
    }

    fn summary(&self) -> Summary {
        let mut flags = self.conv.summary().flags;
        flags.retain(|flag| flag != "no_bias");
        flags.extend(self.activation.map(Activation::flag));
        Summary { flags, ..Summary::default() }
    }
}
