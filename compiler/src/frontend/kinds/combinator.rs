//! Layers that bring branches together.

use quote::ToTokens;

use super::conv::projection;
use super::{Applied, Arguments, Branches, Flag, Kind, Outputs, Weights, activations, kind};
use crate::clock::Clock;
use crate::frontend::ast::{self, Number};
use crate::frontend::lower::Lower;
use crate::graph::{Conv, Op, Value, Window};
use crate::numbers::plural;
use crate::passes::align::clock_since;

pub(super) const RESIDUAL: Kind = Kind {
    keras: Some("conv1d"),
    flags: &[
        &[Flag {
            name: "project",
            doc: "a trained 1x1 convolution of the input adapts its channels and stride to the block",
        }],
        &[Flag {
            name: "center",
            doc: "adds the frame in the middle of the frames that the block spans, for valid padding",
        }],
    ],
    branches: Branches::One,
    weights: Weights::With("project"),
    field_prefix: Some("block"),
    ..Kind::plain(
        "residual",
        "`residual < layer; layer >`: adds the input to the output of the layers.",
        residual,
    )
};
pub(super) const SUM: Kind = Kind {
    branches: Branches::Several,
    field_prefix: Some("sum"),
    ..Kind::plain(
        "sum",
        "`sum < layers | layers >`: the sum of the outputs of the branches, which all take the same input.",
        sum,
    )
};
pub(super) const PRODUCT: Kind = Kind {
    branches: Branches::Several,
    field_prefix: Some("product"),
    ..Kind::plain(
        "product",
        "`product < layers | layers >`: the product of the outputs of the branches, which all take the same input.",
        product,
    )
};
pub(super) const CONCAT: Kind = Kind {
    branches: Branches::Several,
    field_prefix: Some("concat"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "concat",
        "`concat < layers | layers >`: the channels of all branches, one branch after the other.",
        concat,
    )
};
/// Two branches, or the two halves of a frame's channels.
pub(super) const GATED: Kind = Kind {
    branches: Branches::TwoOrNone,
    activations: 2,
    field_prefix: Some("gated"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "gated",
        "`gated < layers | layers >`, or `gated()` for the halves of a frame: tanh of the first times sigmoid of the second.",
        gated,
    )
};

pub(super) const BLENDED: Kind = Kind {
    branches: Branches::TwoOrNone,
    activations: 2,
    field_prefix: Some("blended"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "blended",
        "`blended < layers | layers >`, or `blended()` for the halves `a` and `b` of a frame: `g * tanh(a) + (1 - g) * a` with `g = sigmoid(b)`.",
        gated,
    )
};

fn residual(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let [block] = arguments.branches.as_slice() else { return None };
    let (inputs, outputs, frame) = (arguments.inputs?, block.outputs, arguments.frame?);
    let projects = arguments.flag("project");
    let kind = &arguments.layer.kind;
    if inputs != outputs && !projects {
        let message = format!(
            "`residual` adds its input of {} to the {outputs} of its block",
            plural(inputs, "channel")
        );
        let help = format!(
            "help: write `residual(project)`, or end the block with a layer of `out={inputs}`"
        );
        lower.report(kind, format!("{message}\n{help}"));
        return None;
    }
    let own = clock_since(&lower.graph, block.value, frame);
    let stride = own.stride;
    if stride > 1 && !projects {
        let message = format!(
            "`residual` adds every frame of its input to a block that gives an output for one in {stride}"
        );
        lower.report(
            kind,
            format!(
                "{message}\nhelp: write `residual(project)`, whose convolution has the same stride"
            ),
        );
        return None;
    }
    let input_stride = lower.graph[frame].clock.stride;
    let centre = if arguments.flag("center") { centre(arguments, own, lower)? } else { 0 };

    let flags = ["project", "center"].into_iter().filter(|flag| arguments.flag(flag));
    lower.describe(None, None, flags.map(ToOwned::to_owned).collect());
    let mut first = frame;
    if projects {
        // The first input frame that is taken is the one that the block's first output belongs to.
        let skipped = own.first.saturating_sub(own.lag.saturating_add(centre));
        let skipped = if stride > 1 { skipped } else { 0 };
        let window = Window { stride, skipped, ..Window::NEWEST };
        let conv = Conv { window, inputs, outputs, groups: 1 };
        first = projection(frame, conv, true, lower);
    }
    let centre = centre.saturating_mul(input_stride);
    Some(lower.op(Op::Add { centre }, vec![first, block.value], outputs))
}

/// How many frames before its newest one the middle of a block's taps is.
fn centre(arguments: &Arguments<'_>, block: Clock, lower: &mut Lower<'_>) -> Option<usize> {
    let Clock { first, past, lag, .. } = block;
    let message = if lag > 0 || past != first {
        "`center` needs a block with valid padding, but this block has other padding\nhelp: remove `center`".to_owned()
    } else if !first.is_multiple_of(2) {
        let frames = plural(first, "frame");
        let message = format!(
            "`center` needs a middle frame, but the block shortens its input by {frames}, an odd number"
        );
        format!("{message}\nhelp: use an odd `k` or an even `dilation`")
    } else {
        return Some(first / 2);
    };
    lower.report(&arguments.written("center"), message);
    None
}

fn sum(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let outputs = same_channels(arguments, lower)?;
    lower.describe(None, None, Vec::new());
    combine(arguments, |_| (Op::Add { centre: 0 }, outputs), lower)
}

fn product(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let outputs = same_channels(arguments, lower)?;
    lower.describe(None, None, Vec::new());
    combine(arguments, |_| (Op::Multiply, outputs), lower)
}

fn concat(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.describe(None, None, Vec::new());
    combine(arguments, |[left, right]| (Op::Concat, left.saturating_add(right)), lower)
}

/// The branches, two by two. `op` gives the operation, and the channels of its output, for those of the two.
pub(super) fn combine(
    arguments: &Arguments<'_>,
    op: impl Fn([usize; 2]) -> (Op, usize),
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let values = arguments.branches.iter().map(|branch| branch.value);
    values.reduce(|left, right| {
        let (op, channels) = op([left, right].map(|value| lower.graph[value].channels));
        lower.op(op, vec![left, right], channels)
    })
}

fn gated(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let named = |name: &str| {
        let kind = activations().find(|kind| kind.name == name);
        kind.map(|kind| Applied::of(kind, arguments.math))
    };
    let [active, gate] = match arguments.activations.as_slice() {
        [active, gate] => [*active, *gate],
        [] => [named("tanh")?, named("sigmoid")?],
        [only, ..] => {
            let name = only.kind.name;
            let gated = arguments.kind.name;
            let message = format!("`{gated}` takes two activations, but has only `{name}`");
            let help = format!("help: write `{gated}({}, sigmoid)`", only.flag());
            lower.report(&arguments.written(name), format!("{message}\n{help}"));
            return None;
        }
    };
    let flags = [active, gate].map(Applied::flag);
    let flags = if flags == ["tanh", "sigmoid"] { Vec::new() } else { flags.to_vec() };
    let [first, second] = if arguments.branches.is_empty() {
        halves(arguments, lower)?
    } else {
        same_channels(arguments, lower)?;
        let mut values = arguments.branches.iter().map(|branch| branch.value);
        [values.next()?, values.next()?]
    };
    lower.describe(None, None, flags);
    let channels = lower.graph[first].channels;
    let (activated, gate) =
        (lower.activate(first, Some(active)), lower.activate(second, Some(gate)));
    Some(if arguments.kind.name == GATED.name {
        lower.op(Op::Multiply, vec![activated, gate], channels)
    } else {
        lower.op(Op::Blend, vec![first, activated, gate], channels)
    })
}

/// The two halves of a frame's channels.
fn halves(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<[Value; 2]> {
    let (inputs, frame) = (arguments.inputs?, arguments.frame?);
    if !inputs.is_multiple_of(2) {
        let (name, halved) = (arguments.kind.name, plural(inputs, "channel"));
        let message = format!("`{name}` splits its input into halves, but the input has {halved}");
        let help = "help: give it an even number of channels";
        lower.report(&arguments.written("in"), format!("{message}\n{help}"));
        return None;
    }
    let half = inputs / 2;
    Some([0, half].map(|start| lower.op(Op::Slice { start }, vec![frame], half)))
}

/// The channels that all branches give.
pub(super) fn same_channels(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<usize> {
    let first = arguments.branches.first()?.outputs;
    let mut others = arguments.branches.iter().map(|branch| branch.outputs).enumerate();
    let Some((place, other)) = others.find(|(_, outputs)| *outputs != first) else {
        return Some(first);
    };
    let name = arguments.kind.name;
    let (branch, other) = (place + 1, plural(other, "channel"));
    let message = format!("branch {branch} of `{name}` gives {other}, but branch 1 gives {first}");
    let layers = arguments.layer.branches.get(place).map(Vec::as_slice).unwrap_or_default();
    if let Some((key, number)) = outputs(layers) {
        lower.report(&number.tokens, format!("{message}\nhelp: write `{key}={first}`"));
    } else {
        let help = format!("help: end branch {branch} with `dense(out={first})`");
        lower.report(&last(arguments, place), format!("{message}\n{help}"));
    }
    None
}

/// The number that says the channels of the last of some layers, with its key.
fn outputs(layers: &[ast::Layer]) -> Option<(&'static str, &Number)> {
    let said = layers.iter().rev().find_map(|layer| {
        let outputs = kind(&layer.kind)?.outputs;
        (outputs != Outputs::Inputs || !layer.branches.is_empty()).then_some((layer, outputs))
    });
    match said? {
        (layer, Outputs::Key(key)) => Some((key, layer.number(key)?)),
        _ => None,
    }
}

/// What a mistake of a branch is reported at: its last layer, or the combinator where it is the input itself.
fn last(arguments: &Arguments<'_>, branch: usize) -> impl ToTokens {
    let layers = arguments.layer.branches.get(branch);
    layers
        .and_then(|layers| layers.last())
        .map_or(&arguments.layer.kind, |layer| &layer.kind)
        .clone()
}
