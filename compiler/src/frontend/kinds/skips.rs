//! Sums of what several layers of a stack give.

use super::bias::BIAS;
use super::conv::{self, GROUPS, OUT, are_split, convolution, pointwise, projection};
use super::taps::{DILATION, K, Taps};
use super::{Arguments, Branches, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::lower::{Lower, Sum};
use crate::graph::{Conv, Op, Value};
use crate::numbers::plural;

pub(super) const SKIPS: Kind = Kind {
    outputs: Outputs::Hidden,
    branches: Branches::Skips,
    ..Kind::plain(
        "skips",
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
    weights: Weights::With("out"),
    field_prefix: Some("skip"),
    ..Kind::plain(
        "skip",
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
            let message = "`groups` needs `out`: a `skip` without `out` has no convolution\nhelp: add `out=…`";
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
    let (sum, first) = match sum_so_far(arguments, lower)? {
        Sum::Of(sum, first) => (sum, first),
        Sum::Empty => {
            lower.scopes.set_sum(skipped, &arguments.layer.kind);
            return Some(frame);
        }
    };
    let [channels, others] = [skipped, sum].map(|value| lower.graph[value].channels);
    if channels != others {
        let written = &arguments.layer.kind;
        let before = if first == "skip" { "first `skip`".to_owned() } else { format!("`{first}`") };
        let channels = plural(channels, "channel");
        let message = format!("this `{written}` adds {channels}, but the {before} adds {others}");
        lower.report(written, format!("{message}\nhelp: give both the same `out`"));
        return None;
    }
    let sum = lower.op(Op::Add { centre: 0 }, vec![sum, skipped], channels);
    lower.scopes.set_sum(sum, &first);
    Some(frame)
}

fn head(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (frame, outputs) = (arguments.frame?, arguments.count("out")?);
    let Sum::Of(sum, _) = sum_so_far(arguments, lower)? else {
        let message = "`head` has no `skip` before it";
        let help = "help: put `head` among the layers of `skips`, after the `skip`s that it reads";
        lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
        return None;
    };
    let taps =
        Taps::causal(arguments.count("k").unwrap_or(1), arguments.count("dilation").unwrap_or(1));
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
    let help = "help: write `skip()` after each layer whose output is added";
    lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
    None
}

/// The sum that a layer adds to. Where there is none, that is reported.
fn sum_so_far(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Sum> {
    let written = &arguments.layer.kind;
    if let Some(sum) = lower.scopes.sum() {
        return Some(sum.clone());
    }
    let message = if lower.scopes.are_within_skips() {
        format!(
            "this `{written}` is in a branch, and `skips` does not sum what is in branches\nhelp: put the `{written}` directly among the layers of `skips`, or of a `residual` there"
        )
    } else {
        format!(
            "this `{written}` is not inside a `skips`\nhelp: write `skips < layers >` around the layers whose outputs are summed"
        )
    };
    lower.report(written, message);
    None
}
