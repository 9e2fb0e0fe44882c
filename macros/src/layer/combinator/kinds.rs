//! The combinators, and what is checked of their branches.

use quote::ToTokens;

use super::{Combinator, How};
use crate::ast::{self, Number};
use crate::errors::Errors;
use crate::layer::conv::projection;
use crate::layer::{
    Activation, Arguments, Branches, Flag, Kind, Layer, Outputs, Timing, Unaligned, Weights,
    activations, kind,
};
use crate::numbers::plural;

pub(in crate::layer) const RESIDUAL: Kind = Kind {
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
    counted_as: Some("block"),
    ..Kind::plain(
        "residual",
        "`residual < layer; layer >`: adds the input to the output of the layers.",
        residual,
    )
};
pub(in crate::layer) const SUM: Kind = Kind {
    branches: Branches::Several,
    counted_as: Some("sum"),
    ..Kind::plain(
        "sum",
        "`sum < layers | layers >`: the sum of the outputs of the branches, which all take the same input.",
        sum,
    )
};
pub(in crate::layer) const PRODUCT: Kind = Kind {
    branches: Branches::Several,
    counted_as: Some("product"),
    ..Kind::plain(
        "product",
        "`product < layers | layers >`: the product of the outputs of the branches, which all take the same input.",
        product,
    )
};
pub(in crate::layer) const CONCAT: Kind = Kind {
    branches: Branches::Several,
    counted_as: Some("concat"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "concat",
        "`concat < layers | layers >`: the channels of all branches, one branch after the other.",
        concat,
    )
};
/// Two branches, or the two halves of a frame's channels.
pub(in crate::layer) const GATED: Kind = Kind {
    branches: Branches::TwoOrNone,
    activations: 2,
    counted_as: Some("gated"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "gated",
        "`gated < layers | layers >`, or `gated()` for the halves of a frame: tanh of the first times sigmoid of the second.",
        gated,
    )
};

pub(in crate::layer) const BLENDED: Kind = Kind {
    branches: Branches::TwoOrNone,
    activations: 2,
    counted_as: Some("blended"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "blended",
        "`blended < layers | layers >`, or `blended()` for the halves `a` and `b` of a frame: `g * tanh(a) + (1 - g) * a` with `g = sigmoid(b)`.",
        gated,
    )
};

fn residual(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let [block] = arguments.branches.as_slice() else { return None };
    let (inputs, outputs) = (arguments.inputs?, block.outputs);
    let projects = arguments.flag("project");
    let Timing { first, stride, .. } = block.timing;
    let kind = &arguments.layer.kind;
    if inputs != outputs && !projects {
        let message = format!(
            "`residual` adds its input of {} to the {outputs} of its block",
            plural(inputs, "channel")
        );
        let help = format!(
            "help: write `residual(project)`, or end the block with a layer of `out={inputs}`"
        );
        errors.report(kind, format!("{message}\n{help}"));
        return None;
    }
    if stride > 1 && !projects {
        let message = format!(
            "`residual` adds every frame of its input to a block that gives an output for one in {stride}"
        );
        errors.report(
            kind,
            format!(
                "{message}\nhelp: write `residual(project)`, whose convolution has the same stride"
            ),
        );
        return None;
    }
    let mut timing = block.timing;
    if arguments.flag("center") {
        let message = if timing.lag > 0 || timing.past != first {
            "`center` needs a block with valid padding, but this block has other padding\nhelp: remove `center`".to_owned()
        } else if !first.is_multiple_of(2) {
            let frames = plural(first, "frame");
            let message = format!(
                "`center` needs a middle frame, but the block shortens its input by {frames}, an odd number"
            );
            format!("{message}\nhelp: use an odd `k` or an even `dilation`")
        } else {
            String::new()
        };
        if !message.is_empty() {
            errors.report(&arguments.written("center"), message);
            return None;
        }
        timing.lag = first / 2;
    }
    let delay = timing.lag;
    timing.past = timing.past.max(delay);
    let flags = ["project", "center"].into_iter().filter(|flag| arguments.flag(flag));
    Some(Box::new(Combinator {
        how: How::Residual { projection: projects.then(|| projection(inputs, outputs)) },
        inputs,
        outputs,
        timing,
        channels: vec![inputs, outputs],
        delays: vec![delay, 0],
        flags: flags.map(ToOwned::to_owned).collect(),
    }))
}

fn sum(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let outputs = same_channels(arguments, errors)?;
    combine(arguments, How::Sum, outputs, Vec::new(), errors)
}

fn product(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let outputs = same_channels(arguments, errors)?;
    combine(arguments, How::Product, outputs, Vec::new(), errors)
}

fn concat(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let outputs = arguments.branches.iter().map(|branch| branch.outputs);
    let outputs = outputs.fold(0, usize::saturating_add);
    combine(arguments, How::Concat, outputs, Vec::new(), errors)
}

fn gated(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let named = |name: &str| {
        let kind = activations().find(|kind| kind.name == name);
        kind.map(|kind| Activation::of(kind, arguments.math))
    };
    let (value, gate) = match arguments.activations.as_slice() {
        [value, gate] => (*value, *gate),
        [] => (named("tanh")?, named("sigmoid")?),
        [only, ..] => {
            let name = only.kind.name;
            let gated = arguments.kind.name;
            let message = format!("`{gated}` takes two activations, but has only `{name}`");
            let help = format!("help: write `{gated}({}, sigmoid)`", only.flag());
            errors.report(&arguments.written(name), format!("{message}\n{help}"));
            return None;
        }
    };
    let flags = [value, gate].map(Activation::flag);
    let flags = if flags == ["tanh", "sigmoid"] { Vec::new() } else { flags.to_vec() };
    let is_gated = arguments.kind.name == GATED.name;
    let how = if is_gated { How::Gated(value, gate) } else { How::Blended(value, gate) };
    if !arguments.branches.is_empty() {
        let outputs = same_channels(arguments, errors)?;
        return combine(arguments, how, outputs, flags, errors);
    }
    let inputs = arguments.inputs?;
    if !inputs.is_multiple_of(2) {
        let (name, halved) = (arguments.kind.name, plural(inputs, "channel"));
        let message = format!("`{name}` splits its input into halves, but the input has {halved}");
        let help = "help: give it an even number of channels";
        errors.report(&arguments.written("in"), format!("{message}\n{help}"));
        return None;
    }
    Some(Box::new(Combinator {
        how,
        inputs,
        outputs: inputs / 2,
        timing: Timing::AT_ONCE,
        channels: Vec::new(),
        delays: Vec::new(),
        flags,
    }))
}

/// The channels that all branches give.
fn same_channels(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<usize> {
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
        errors.report(&number.tokens, format!("{message}\nhelp: write `{key}={first}`"));
    } else {
        let help = format!("help: end branch {branch} with `dense(out={first})`");
        errors.report(&last(arguments, place), format!("{message}\n{help}"));
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

/// The branches, each delayed until those of the same frame are there.
fn combine(
    arguments: &Arguments<'_>,
    how: How,
    outputs: usize,
    flags: Vec<String>,
    errors: &mut Errors,
) -> Option<Box<dyn Layer>> {
    let timings: Vec<_> = arguments.branches.iter().map(|branch| branch.timing).collect();
    match Timing::together(&timings) {
        Ok((timing, delays)) => Some(Box::new(Combinator {
            how,
            inputs: arguments.inputs?,
            outputs,
            timing,
            channels: arguments.branches.iter().map(|branch| branch.outputs).collect(),
            delays,
            flags,
        })),
        Err(unaligned) => {
            let name = arguments.kind.name;
            let (branch, message) = match unaligned {
                Unaligned::Stride { branch } => {
                    let most = timings.iter().map(|timing| timing.stride).max().unwrap_or(1);
                    let own = timings.get(branch).map_or(1, |timing| timing.stride);
                    let own = if own == 1 {
                        "every push".to_owned()
                    } else {
                        format!("one push in {own}")
                    };
                    let message = format!(
                        "branch {} of `{name}` gives an output at {own}, but another branch at one push in {most}",
                        branch + 1
                    );
                    (branch, format!("{message}\nhelp: give the branches the same `stride`"))
                }
                Unaligned::Lag { branch, apart } => {
                    let message = format!(
                        "the outputs of branch {} of `{name}` are {} apart from those of the other branches",
                        branch + 1,
                        plural(apart, "frame")
                    );
                    (branch, format!("{message}\nhelp: give the branches the same padding"))
                }
                Unaligned::Phase { branch, early } => {
                    let pushes = plural(early, "push");
                    let message = format!(
                        "branch {} of `{name}` gives its outputs {pushes} before the other branches",
                        branch + 1
                    );
                    (
                        branch,
                        format!(
                            "{message}\nhelp: start branch {} with `delay(frames={early})`",
                            branch + 1
                        ),
                    )
                }
            };
            errors.report(&last(arguments, branch), message);
            None
        }
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
