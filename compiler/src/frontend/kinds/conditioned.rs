//! Layers that see another frame beside the one that they take.

use super::conv::{self, GROUPS, are_split, pointwise, projection};
use super::taps::Taps;
use super::{Arguments, Branches, Kind, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Op, Value};

pub(super) const CONDITIONED: Kind = Kind {
    branches: Branches::Conditioned,
    ..Kind::plain(
        "conditioned",
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
        "mixin",
        "`mixin()`: adds a trained 1x1 convolution, without a bias, of the condition of the surrounding `conditioned`.",
        mixin,
    )
};

fn conditioned(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let output = arguments.branches.last()?.value;
    lower.describe(None, None, Vec::new());
    if arguments.reads_condition {
        return Some(output);
    }
    let message = "`conditioned` has no `mixin` among its layers";
    let help = "help: write `mixin()` after the layer to which the condition is added";
    lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
    None
}

fn mixin(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let written = &arguments.layer.kind;
    let (channels, frame) = (arguments.inputs?, arguments.frame?);
    let Some(condition) = lower.scopes.condition() else {
        let help = "help: write `conditioned < layers >` around the layers that read the condition";
        lower.report(written, format!("this `mixin` is not inside a `conditioned`\n{help}"));
        return None;
    };
    // A mistake may hide its channels.
    let inputs = lower.channels(condition)?;
    let groups = arguments.count("groups").unwrap_or(1);
    are_split([("condition", inputs), ("frame", channels)], groups, arguments, lower)?;
    let mut flags = conv::flags(&Taps::causal(1, 1), groups, true, arguments);
    flags.retain(|flag| flag != "causal");
    lower.describe(None, None, flags);
    let mixed = projection(condition, pointwise(inputs, channels, groups), false, lower);
    lower.scopes.condition_is_read(mixed);
    let sum = lower.op(Op::Add { centre: 0 }, vec![frame, mixed], channels);
    Some(lower.activate(sum, arguments.activations.first().copied()))
}
