//! Sums of what several layers of a stack give, and layers that see another frame beside the one that they take.

use super::bias::BIAS;
use super::conv::{GROUPS, OUT};
use super::taps::{DILATION, K};
use super::{Arguments, Branches, Key, Kind, Outputs, Takes, Weights};
use crate::errors::Message;
use crate::frontend::build::skips::{Conditioned, Head, Mixin, Skip, Skips};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const SKIPS: Kind = Kind {
    outputs: Outputs::Hidden,
    branches: Branches::Skips,
    ..Kind::plain(
        kind::SKIPS,
        "`skips < layers >`: the sum of the frames at each `skip` among the layers.",
        skips,
    )
};
pub(super) const SKIP: Kind = Kind {
    keras: Some("conv1d"),
    off_path: true,
    keys: &[
        Key {
            doc: "the channels of a trained 1x1 convolution before the sum; no convolution when left out",
            takes: Takes::OptionalCount,
            ..OUT
        },
        GROUPS,
    ],
    weights: Weights::With(keys::OUT),
    field_prefix: Some("skip"),
    ..Kind::plain(
        kind::SKIP,
        "`skip()`, `skip(out=16)`: adds its input to the sum of the surrounding `skips`, and passes its input on.",
        skip,
    )
};
pub(super) const HEAD: Kind = Kind {
    keras: Some("conv1d"),
    off_path: true,
    keys: &[
        OUT,
        Key { doc: "the taps of the kernel, 1 when left out", takes: Takes::OptionalCount, ..K },
        DILATION,
    ],
    flags: &[BIAS],
    activations: 1,
    weights: Weights::Always,
    ..Kind::plain(
        kind::HEAD,
        "`head(out=2)`: a convolution, causal, of what the `skip`s before it add up to; those behind it add to its output. The frame passes on.",
        head,
    )
};

pub(super) const CONDITIONED: Kind = Kind {
    branches: Branches::Conditioned,
    ..Kind::plain(
        kind::CONDITIONED,
        "`conditioned < layers >`: each `mixin` among the layers adds a convolution of the input frame; in `conditioned < condition | layers >`, of the output of the first branch.",
        conditioned,
    )
};
pub(super) const MIXIN: Kind = Kind {
    keras: Some("conv1d"),
    off_path: true,
    keys: &[GROUPS],
    activations: 1,
    weights: Weights::Always,
    ..Kind::plain(
        kind::MIXIN,
        "`mixin()`: adds a trained 1x1 convolution, without a bias, of the condition of the surrounding `conditioned`.",
        mixin,
    )
};

fn skip(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let projection = match (arguments.count(keys::OUT), arguments.count(keys::GROUPS)) {
        (None, None) => None,
        (None, Some(_)) => {
            let text = "`groups` needs `out`: a `skip` without `out` has no convolution";
            let message = Message::new(text).help("add `out=…`");
            lower.report(&arguments.written(keys::GROUPS), message);
            return None;
        }
        (Some(outputs), groups) => Some([outputs, groups.unwrap_or(1)]),
    };
    lower.add(arguments, &Skip { projection })
}

fn head(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Head {
        taps: arguments.count(keys::K).unwrap_or(1),
        dilation: arguments.count(keys::DILATION).unwrap_or(1),
        outputs: arguments.count(keys::OUT)?,
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}

fn skips(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Skips { sum: arguments.sum })
}

fn conditioned(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let output = arguments.branches.last()?.value;
    let reads_condition = arguments.reads_condition;
    lower.add(arguments, &Conditioned { output, reads_condition })
}

fn mixin(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    if let Some(condition) = lower.builder.scopes.condition() {
        // A mistake may hide its channels.
        lower.channels(condition)?;
    }
    let groups = arguments.count(keys::GROUPS).unwrap_or(1);
    lower.add(arguments, &Mixin { groups, activation: arguments.activation() })
}
