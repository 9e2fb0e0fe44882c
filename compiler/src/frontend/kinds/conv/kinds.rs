//! The layer kinds that are convolutions, and what is checked of their arguments.

use super::Conv;
use crate::errors::Errors;
use crate::frontend::kinds::bias::BIAS;
use crate::frontend::kinds::taps::{DILATION, K, PAD, PADDING, Padding, STRIDE};
use crate::frontend::kinds::{Arguments, Key, Kind, Layer, Outputs, Takes, Taps, Weights};

pub(in crate::frontend::kinds) const OUT: Key = Key {
    name: "out",
    doc: "the channels of its output",
    takes: Takes::Count,
    aliases: &["filters", "out_channels", "out_features", "outputs", "units"],
};
pub(in crate::frontend::kinds) const GROUPS: Key = Key {
    name: "groups",
    doc: "the groups of channels, 1 when left out; output group `g` reads only input group `g`",
    takes: Takes::OptionalCount,
    aliases: &[],
};

/// `out` where it may be left out.
const MULTIPLE: Key = Key {
    doc: "the channels of its output, a multiple of `in`; `in` when left out",
    takes: Takes::OptionalCount,
    ..OUT
};

pub(in crate::frontend::kinds) const CONV: Kind = Kind {
    keras: Some("conv1d"),
    keys: &[K, OUT, DILATION, STRIDE, PAD, GROUPS],
    flags: &[PADDING, BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain("conv", "`conv(k=3, in=2, out=4)`: a convolution over time.", conv)
};

pub(in crate::frontend::kinds) const DEPTHWISE: Kind = Kind {
    keras: Some("depthwise_conv1d"),
    keys: &[K, MULTIPLE, DILATION, STRIDE, PAD],
    flags: &[PADDING, BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain(
        "depthwise",
        "`depthwise(k=3)`: a convolution over time with as many groups as channels.",
        depthwise,
    )
};

pub(in crate::frontend::kinds) const DENSE: Kind = Kind {
    keras: Some("dense"),
    keys: &[OUT],
    flags: &[BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain("dense", "`dense(out=4)`: a convolution with one tap.", dense)
};

fn conv(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let groups = arguments.count("groups").unwrap_or(1);
    let (inputs, outputs) = (arguments.inputs?, arguments.count("out")?);
    are_split([("in", inputs), ("out", outputs)], groups, arguments, errors)?;
    build(arguments, arguments.count("k")?, outputs, groups, None, errors)
}

/// Whether the `groups` of a layer divide what it takes and what it gives.
pub(in crate::frontend::kinds) fn are_split(
    channels: [(&str, usize); 2],
    groups: usize,
    arguments: &Arguments<'_>,
    errors: &mut Errors,
) -> Option<()> {
    let (key, count) = match channels.iter().find(|(_, count)| !count.is_multiple_of(groups)) {
        Some(one) => *one,
        None => return Some(()),
    };
    let message = format!("`{key}={count}` cannot be split into {groups} groups");
    let [(one, inputs), (other, outputs)] = channels;
    let help = format!("help: `groups` must divide both `{one}={inputs}` and `{other}={outputs}`");
    errors.report(&arguments.written("groups"), format!("{message}\n{help}"));
    None
}

fn depthwise(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let inputs = arguments.inputs?;
    let taps = arguments.count("k")?;
    let outputs = arguments.count("out").unwrap_or(inputs);
    if !outputs.is_multiple_of(inputs) {
        let below = outputs / inputs * inputs;
        let help = match below {
            0 => format!("help: write `out={inputs}`"),
            _ => format!("help: write `out={below}` or `out={}`", below + inputs),
        };
        let message = format!("`out={outputs}` is not a multiple of the {inputs} input channels");
        errors.report(&arguments.written("out"), format!("{message}\n{help}"));
        return None;
    }
    // Keras' DepthwiseConv1D saves (k, in, multiplier): the same numbers in the same order.
    let also = Some(vec![taps, inputs, outputs / inputs]);
    build(arguments, taps, outputs, inputs, also, errors)
}

fn dense(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let (inputs, outputs) = (arguments.inputs?, arguments.count("out")?);
    // Keras' Dense saves (in, out).
    build(arguments, 1, outputs, 1, Some(vec![inputs, outputs]), errors)
}

/// What the kinds have in common.
fn build(
    arguments: &Arguments<'_>,
    taps: usize,
    outputs: usize,
    groups: usize,
    also: Option<Vec<usize>>,
    errors: &mut Errors,
) -> Option<Box<dyn Layer>> {
    Some(Box::new(Conv {
        time: Taps::of(arguments, taps, errors)?,
        inputs: arguments.inputs?,
        outputs,
        groups,
        bias: !arguments.flag("no_bias"),
        shifted: false,
        activation: arguments.activations.first().copied(),
        condition: None,
        also,
    }))
}

/// One tap and a bias, every push answered.
pub(in crate::frontend::kinds) fn projection(inputs: usize, outputs: usize) -> Conv {
    Conv {
        time: Taps::ONE,
        inputs,
        outputs,
        groups: 1,
        bias: true,
        shifted: false,
        activation: None,
        condition: None,
        also: Some(vec![inputs, outputs]),
    }
}

/// The same without a bias.
pub(in crate::frontend::kinds) fn mixing(inputs: usize, outputs: usize) -> Conv {
    Conv { bias: false, ..projection(inputs, outputs) }
}

impl Conv {
    /// The same in groups.
    pub(in crate::frontend::kinds) fn in_groups(self, groups: usize) -> Self {
        // Dense layers have none.
        let also = self.also.filter(|_| groups == 1);
        Self { groups, also, ..self }
    }
}

/// Taps of so many channels, as the arguments say, with zeros before the first.
pub(in crate::frontend::kinds) fn gathering(
    arguments: &Arguments<'_>,
    inputs: usize,
    outputs: usize,
) -> Conv {
    let count = arguments.count("k").unwrap_or(1);
    let dilation = arguments.count("dilation").unwrap_or(1);
    let time = Taps { count, dilation, stride: 1, padding: Padding::Causal };
    Conv {
        time,
        bias: !arguments.flag("no_bias"),
        activation: arguments.activations.first().copied(),
        condition: None,
        ..projection(inputs, outputs)
    }
}
