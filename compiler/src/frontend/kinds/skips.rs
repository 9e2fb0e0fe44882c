//! Sums of what several layers of a stack give.

use proc_macro2::Ident;

use super::bias::BIAS;
use super::conv::{self, GROUPS, OUT, are_split, convolution, pointwise, projection};
use super::taps::{DILATION, K, Taps};
use super::{Arguments, Branches, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Conv, Op, Value};
use crate::numbers::plural;

pub(super) const SKIPS: Kind = Kind {
    outputs: Outputs::Hidden,
    branches: Branches::Skips,
    ..Kind::plain(
        "skips",
        "`skips < layers >`: the sum of what `skip` takes among the layers.",
        skips,
    )
};
pub(super) const SKIP: Kind = Kind {
    keras: Some("conv1d"),
    off_path: true,
    keys: &[
        Key {
            doc: "the channels of a trained 1x1 convolution before the sum, none when left out",
            takes: Takes::OptionalCount,
            ..OUT
        },
        GROUPS,
    ],
    weights: Weights::With("out"),
    field_prefix: Some("skip"),
    ..Kind::plain(
        "skip",
        "`skip()`, `skip(out=16)`: adds its input to the sum of the `skips` around it, and passes it on.",
        skip,
    )
};
pub(super) const HEAD: Kind = Kind {
    keras: Some("conv1d"),
    off_path: true,
    keys: &[
        OUT,
        Key { doc: "the kernel's taps, 1 when left out", takes: Takes::OptionalCount, ..K },
        DILATION,
    ],
    flags: &[BIAS],
    activations: 1,
    weights: Weights::Always,
    ..Kind::plain(
        "head",
        "`head(out=2)`: a convolution, causal, of what the `skip`s before it add up to; those behind it add to its output. The frame passes on.",
        head,
    )
};

fn skip(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (channels, frame) = (arguments.inputs?, arguments.frame?);
    let mut skipped = frame;
    match (arguments.count("out"), arguments.count("groups")) {
        (None, None) => lower.describe(None, None, Vec::new()),
        (None, Some(_)) => {
            let message = "`groups` are those of a convolution\nhelp: write `out=…` too";
            lower.report(&arguments.written("groups"), message);
            return None;
        }
        (Some(outputs), groups) => {
            let groups = groups.unwrap_or(1);
            are_split([("in", channels), ("out", outputs)], groups, arguments, lower)?;
            lower.describe(None, None, vec![format!("out={outputs}")]);
            skipped = projection(frame, pointwise(channels, outputs, groups), true, lower);
        }
    }
    let Some((sum, first)) = sum_so_far(arguments, lower)? else {
        lower.scopes.set_sum(skipped, &arguments.layer.kind);
        return Some(frame);
    };
    let [channels, others] = [skipped, sum].map(|value| lower.graph[value].channels);
    if channels != others {
        let written = &arguments.layer.kind;
        let before = if first == "skip" { "first".to_owned() } else { format!("`{first}`") };
        let channels = plural(channels, "channel");
        let message = format!("this `{written}` adds {channels} to the {others} of the {before}");
        lower.report(written, format!("{message}\nhelp: give all of them the same `out`"));
        return None;
    }
    let sum = lower.op(Op::Add { centre: 0 }, vec![sum, skipped], channels);
    lower.scopes.set_sum(sum, &first);
    Some(frame)
}

fn head(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (frame, outputs) = (arguments.frame?, arguments.count("out")?);
    let Some((sum, _)) = sum_so_far(arguments, lower)? else {
        let message = "`head` has no `skip` before it";
        let help = "help: among the layers of `skips`, put it behind the `skip`s that it takes";
        lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
        return None;
    };
    let taps = Taps::causal(
        arguments.count("k").unwrap_or(1),
        arguments.count("dilation").unwrap_or(1),
    );
    let has_bias = !arguments.flag("no_bias");
    let mut flags = vec![format!("out={outputs}")];
    flags.extend(conv::flags(&taps, 1, has_bias, arguments));
    flags.retain(|flag| flag != "causal");
    lower.describe(Some(&taps), None, flags);
    let inputs = lower.graph[sum].channels;
    let head = Conv { window: taps.window, inputs, outputs, groups: 1 };
    let head = convolution(sum, head, has_bias, Some(vec![inputs, outputs]), lower);
    let head = lower.activate(head, arguments.activations.first().copied());
    lower.scopes.set_sum(head, &arguments.layer.kind);
    Some(frame)
}

fn skips(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.describe(None, None, Vec::new());
    if let Some(sum) = arguments.sum {
        return Some(sum);
    }
    let message = "`skips` has no `skip` among its layers";
    let help = "help: write `skip()` behind the layer that is to be added";
    lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
    None
}

/// The sum that a layer adds to, with the word of the layer that began it; `None` where the layer begins it. Where there is no
/// such sum, that is reported.
fn sum_so_far(
    arguments: &Arguments<'_>,
    lower: &mut Lower<'_>,
) -> Option<Option<(Value, Ident)>> {
    let written = &arguments.layer.kind;
    if let Some(sum) = lower.scopes.sum() {
        return Some(sum.clone());
    }
    let message = if lower.scopes.are_within_skips() {
        format!(
            "this `{written}` is in a branch, where no `skips` looks for it\nhelp: put it among the layers of `skips`, or of a `residual` there"
        )
    } else {
        format!(
            "this `{written}` has no `skips` around it\nhelp: write `skips < layers >` around the layers that are tapped"
        )
    };
    lower.report(written, message);
    None
}
