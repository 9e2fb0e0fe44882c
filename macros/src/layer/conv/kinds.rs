//! The layer kinds that are convolutions, and what is checked of their arguments.

use super::Conv;
use crate::errors::Errors;
use crate::layer::{Arguments, Flag, Key, Kind, Layer, Role, Takes};

const K: Key = Key {
    name: "k",
    doc: "the kernel's taps",
    takes: Takes::Count,
    aliases: &["kernel", "kernel_size", "taps"],
};
const OUT: Key = Key {
    name: "out",
    doc: "the channels of its output",
    takes: Takes::Count,
    aliases: &["filters", "out_channels", "out_features", "outputs", "units"],
};
const DILATION: Key = Key {
    name: "dilation",
    doc: "the frames from tap to tap, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &["dilation_rate"],
};
const STRIDE: Key = Key {
    name: "stride",
    doc: "the input frames for one output, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};
const GROUPS: Key = Key {
    name: "groups",
    doc: "the groups of channels, 1 when left out; output group `g` sees input group `g` alone",
    takes: Takes::OptionalCount,
    aliases: &[],
};

/// `out` where it may be left out.
const MULTIPLE: Key = Key {
    doc: "the channels of its output, a multiple of `in`, and `in` when left out",
    takes: Takes::OptionalCount,
    ..OUT
};

const PADDING: &[Flag] = &[
    Flag { name: "valid", doc: "no output before the taps are full" },
    Flag { name: "causal", doc: "zeros before the first frame, and an output for every frame" },
];
const BIAS: &[Flag] = &[Flag { name: "no_bias", doc: "trained without a bias" }];

pub(in crate::layer) const CONV: Kind = Kind {
    name: "conv",
    doc: "`conv(k=3, in=2, out=4)`: a convolution over time.",
    keys: &[K, OUT, DILATION, STRIDE, GROUPS],
    flags: &[PADDING, BIAS],
    role: Role::Weighted,
    build: conv,
};

pub(in crate::layer) const DEPTHWISE: Kind = Kind {
    name: "depthwise",
    doc: "`depthwise(k=3)`: a convolution over time with as many groups as channels.",
    keys: &[K, MULTIPLE, DILATION, STRIDE],
    flags: &[PADDING, BIAS],
    role: Role::Weighted,
    build: depthwise,
};

pub(in crate::layer) const DENSE: Kind = Kind {
    name: "dense",
    doc: "`dense(out=4)`: a convolution with one tap.",
    keys: &[OUT],
    flags: &[BIAS],
    role: Role::Weighted,
    build: dense,
};

fn conv(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let groups = arguments.count("groups").unwrap_or(1);
    let (inputs, outputs) = (arguments.inputs?, arguments.count("out")?);
    for (key, channels) in [("in", inputs), ("out", outputs)] {
        if !channels.is_multiple_of(groups) {
            let message = format!("`{key}={channels}` cannot be split into {groups} groups");
            let help = format!("help: `groups` divides both `in={inputs}` and `out={outputs}`");
            errors.report(&arguments.written("groups"), format!("{message}\n{help}"));
            return None;
        }
    }
    build(arguments, arguments.count("k")?, outputs, groups, None)
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
    build(arguments, taps, outputs, inputs, also)
}

fn dense(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    let (inputs, outputs) = (arguments.inputs?, arguments.count("out")?);
    // Keras' Dense saves (in, out).
    build(arguments, 1, outputs, 1, Some(vec![inputs, outputs]))
}

/// What the kinds have in common.
fn build(
    arguments: &Arguments<'_>,
    taps: usize,
    outputs: usize,
    groups: usize,
    also: Option<Vec<usize>>,
) -> Option<Box<dyn Layer>> {
    Some(Box::new(Conv {
        taps,
        inputs: arguments.inputs?,
        outputs,
        dilation: arguments.count("dilation").unwrap_or(1),
        stride: arguments.count("stride").unwrap_or(1),
        groups,
        causal: arguments.flag("causal"),
        bias: !arguments.flag("no_bias"),
        activation: arguments.activation,
        also,
    }))
}
