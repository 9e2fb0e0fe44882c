//! Taps of a chain, and their sum.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::conv::{Conv, GROUPS, OUT, are_split, projection};
use super::delay;
use super::{
    Arguments, Branches, Convention, Given, Key, Kind, Layer, Names, Outputs, Plain, Rest, State,
    Summary, Takes, Timing, Unaligned, Weights,
};
use crate::errors::Errors;
use crate::numbers::plural;
use crate::tensor::Tensor;

pub(super) const SKIPS: Kind = Kind {
    outputs: Outputs::Hidden,
    branches: Branches::Tapped,
    ..Kind::plain(
        "skips",
        "`skips < layers >`: the sum of the frames at each `skip` among the layers.",
        skips,
    )
};
pub(super) const SKIP: Kind = Kind {
    keras: Some("conv1d"),
    is_beside: true,
    keys: &[
        Key {
            doc: "the channels of a trained 1x1 convolution before the sum; no convolution when left out",
            takes: Takes::OptionalCount,
            ..OUT
        },
        GROUPS,
    ],
    weights: Weights::With("out"),
    counted_as: Some("skip"),
    ..Kind::plain(
        "skip",
        "`skip()`, `skip(out=16)`: adds its input to the sum of the surrounding `skips`, and passes its input on.",
        skip,
    )
};

fn skip(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let channels = arguments.inputs?;
    let projection = match (arguments.count("out"), arguments.count("groups")) {
        (None, None) => None,
        (None, Some(_)) => {
            let message = "`groups` needs `out`: a `skip` without `out` has no convolution\nhelp: add `out=…`";
            errors.report(&arguments.written("groups"), message);
            return None;
        }
        (Some(outputs), groups) => {
            let groups = groups.unwrap_or(1);
            are_split([("in", channels), ("out", outputs)], groups, arguments, errors)?;
            Some(projection(channels, outputs).in_groups(groups))
        }
    };
    Some(Box::new(Skip { channels, projection, pushes: 0 }))
}

struct Skip {
    channels: usize,
    projection: Option<Conv>,
    /// How long the sum waits for what it adds.
    pushes: usize,
}

impl Layer for Skip {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn macs(&self) -> usize {
        self.projection.as_ref().map_or(0, Layer::macs)
    }

    fn plain(&self) -> Option<Plain> {
        self.projection.as_ref()?.plain()
    }

    fn conventions(&self) -> Vec<Convention> {
        self.projection.as_ref().map(Layer::conventions).unwrap_or_default()
    }

    fn numbers(&self) -> usize {
        self.projection.as_ref().map_or(0, Layer::numbers)
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        self.projection.as_ref()?.weights(krate, tensors)
    }

    fn states(&self) -> Vec<State> {
        let channels = self.tap().unwrap_or_default();
        let waits = (self.pushes > 0).then(|| delay::state(channels, self.pushes, None));
        waits.into_iter().collect()
    }

    fn functions(&self) -> Vec<&'static str> {
        self.projection.iter().map(|_| "linear").collect()
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, weights, .. } = names;
        match self.projection {
            Some(_) => quote!(#weights.apply(#frame, linear)),
            None => frame.to_token_stream(),
        }
    }

    fn tap(&self) -> Option<usize> {
        Some(self.projection.as_ref().map_or(self.channels, Layer::outputs))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let projected = self.projection.as_ref().map(|projection| projection.rest(given).frames);
        let frames = projected.unwrap_or_else(|| given.frames.clone());
        let rest = Rest::of(frames.clone());
        if self.pushes > 0 { rest.keeping_frame(&frames) } else { rest }
    }

    fn wait(&mut self, pushes: usize) {
        self.pushes = pushes;
    }

    fn summary(&self) -> Summary {
        let flags = self.tap().filter(|_| self.projection.is_some());
        let flags = flags.map(|outputs| format!("out={outputs}")).into_iter().collect();
        Summary { flags, ..Summary::default() }
    }
}

fn skips(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let Some(first) = arguments.taps.first() else {
        let message = "`skips` has no `skip` among its layers";
        errors.report(
            &arguments.layer.kind,
            format!("{message}\nhelp: write `skip()` after each layer whose output is added"),
        );
        return None;
    };
    if let Some(other) = arguments.taps.iter().find(|tap| tap.channels != first.channels) {
        let (channels, others) = (plural(other.channels, "channel"), first.channels);
        let (written, before) = (other.written, first.written);
        let before =
            if before == "skip" { "first `skip`".to_owned() } else { format!("`{before}`") };
        let message = format!("this `{written}` adds {channels}, but the {before} adds {others}");
        errors.report(written, format!("{message}\nhelp: give both the same `out`"));
        return None;
    }
    let timings: Vec<_> = arguments.taps.iter().map(|tap| tap.timing).collect();
    let (timing, delays) = match Timing::together(&timings) {
        Ok(together) => together,
        Err(
            Unaligned::Stride { branch }
            | Unaligned::Lag { branch, .. }
            | Unaligned::Phase { branch, .. },
        ) => {
            let tap = arguments.taps.get(branch)?;
            errors.report(tap.written, "this `skip` does not have a frame at the same pushes as the other `skip`s\nhelp: use no `stride` between them");
            return None;
        }
    };
    let mut waiting = arguments.taps.iter().zip(&delays);
    if let Some((tap, _)) = waiting.find(|(tap, delay)| !tap.waits && **delay > 0) {
        let message = format!("this `{}` has its frame before the `skip`s after it", tap.written);
        errors.report(
            tap.written,
            format!("{message}\nhelp: write `causal` in the layers between them"),
        );
        return None;
    }
    Some(Box::new(Skips { inputs: arguments.inputs?, outputs: first.channels, timing, delays }))
}

struct Skips {
    inputs: usize,
    outputs: usize,
    timing: Timing,
    delays: Vec<usize>,
}

impl Layer for Skips {
    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn timing(&self) -> Timing {
        self.timing
    }

    fn history(&self) -> usize {
        0
    }

    fn delays(&self) -> &[usize] {
        &self.delays
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        names.branches.first().cloned().unwrap_or_default()
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        Rest::of(given.branches.first().cloned().unwrap_or_default())
    }

    fn summary(&self) -> Summary {
        Summary::default()
    }
}
