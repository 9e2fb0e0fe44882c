//! Layers that see another frame beside the one that they take.

use proc_macro2::{Ident, Span, TokenStream};

use super::{Arguments, Branches, Given, Kind, Layer, Names, Rest, Summary, Timing};
use crate::errors::Errors;

pub(super) const CONDITIONED: Kind = Kind {
    branches: Branches::Conditioned,
    ..Kind::plain(
        "conditioned",
        "`conditioned < layers >`: each `mixin` among the layers adds a convolution of the input frame; in `conditioned < condition | layers >`, of the output of the first branch.",
        conditioned,
    )
};

/// The variable of the condition.
pub(crate) fn condition() -> Ident {
    Ident::new("condition", Span::mixed_site())
}

fn conditioned(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let (condition, layers) = (arguments.condition?, arguments.branches.last()?);
    let kind = &arguments.layer.kind;
    if !condition.is_aligned {
        let message = "the condition of `conditioned` does not have a frame at every push";
        let help =
            "help: write `causal`, without `stride`, in the layers that compute the condition";
        errors.report(kind, format!("{message}\n{help}"));
        return None;
    }
    if !condition.is_seen {
        let message = "`conditioned` has no `mixin` among its layers";
        let help = "help: write `mixin()` after the layer to which the condition is added";
        errors.report(kind, format!("{message}\n{help}"));
        return None;
    }
    let (inputs, outputs, timing) = (arguments.inputs?, layers.outputs, layers.timing);
    Some(Box::new(Conditioned { inputs, outputs, timing }))
}

struct Conditioned {
    inputs: usize,
    outputs: usize,
    timing: Timing,
}

impl Layer for Conditioned {
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

    fn push(&self, names: &Names<'_>) -> TokenStream {
        names.branches.first().cloned().unwrap_or_default()
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        Rest::of(given.branches.last().cloned().unwrap_or_default())
    }

    fn summary(&self) -> Summary {
        Summary::default()
    }
}
