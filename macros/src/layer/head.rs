//! A convolution of the sum of the taps so far.

use proc_macro2::TokenStream;

use super::bias::BIAS;
use super::conv::{Conv, OUT, gathering};
use super::taps::{DILATION, K};
use super::{
    Activation, Arguments, Convention, Given, Key, Kind, Layer, Names, Plain, Rest, State, Summary,
    Takes, Timing, Weights,
};
use crate::errors::Errors;
use crate::tensor::Tensor;

pub(super) const HEAD: Kind = Kind {
    keras: Some("conv1d"),
    is_beside: true,
    keys: &[
        OUT,
        Key { doc: "the taps of the kernel, 1 when left out", takes: Takes::OptionalCount, ..K },
        DILATION,
    ],
    flags: &[BIAS],
    activations: 1,
    weights: Weights::Always,
    ..Kind::plain(
        "head",
        "`head(out=2)`: a causal convolution of the sum of the `skip`s before it; the `skip`s after it are added to its output. It passes its input on.",
        head,
    )
};

fn head(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let kind = &arguments.layer.kind;
    let (channels, outputs) = (arguments.inputs?, arguments.count("out")?);
    let Some(first) = arguments.taps.first() else {
        let message = "`head` has no `skip` before it";
        let help = "help: put `head` among the layers of `skips`, after the `skip`s that it reads";
        errors.report(kind, format!("{message}\n{help}"));
        return None;
    };
    let timings: Vec<_> = arguments.taps.iter().map(|tap| tap.timing).collect();
    let (timing, delays) = Timing::together(&timings).ok().unzip();
    let are_together = delays.is_some_and(|delays| delays.iter().all(|delay| *delay == 0));
    let (Some(timing), true) = (timing, are_together) else {
        let message = "the `skip`s before this `head` do not have frames at the same pushes";
        let help = "help: write `causal`, without `stride`, in the layers between them";
        errors.report(kind, format!("{message}\n{help}"));
        return None;
    };
    let conv = gathering(arguments, first.channels, outputs);
    let timing = timing.then(conv.timing());
    Some(Box::new(Head { channels, conv, timing }))
}

struct Head {
    /// Of the frame that passes on.
    channels: usize,
    conv: Conv,
    /// Of its answer.
    timing: Timing,
}

impl Layer for Head {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn history(&self) -> usize {
        self.conv.history()
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

    fn states(&self) -> Vec<State> {
        self.conv.states()
    }

    fn activation(&self) -> Option<Activation> {
        self.conv.activation()
    }

    /// A line of the sum, not of the frame.
    fn push(&self, names: &Names<'_>) -> TokenStream {
        self.conv.push(names)
    }

    fn tap(&self) -> Option<usize> {
        Some(self.conv.outputs())
    }

    fn gathered(&self) -> Option<Timing> {
        Some(self.timing)
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        self.conv.rest(given)
    }

    fn summary(&self) -> Summary {
        let mut summary = self.conv.summary();
        summary.flags.insert(0, format!("out={}", self.conv.outputs()));
        summary.flags.retain(|flag| flag != "causal");
        summary
    }
}
