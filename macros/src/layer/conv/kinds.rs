//! The layer kinds that are convolutions, and what is checked of their arguments.

use super::Conv;
use crate::errors::Errors;
use crate::layer::{Arguments, Key, Kind, Layer, Role, Takes};

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
    doc: "the frames from tap to tap",
    takes: Takes::OptionalCount,
    aliases: &["dilation_rate"],
};
const STRIDE: Key = Key {
    name: "stride",
    doc: "the input frames for one output",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};
const GROUPS: Key = Key {
    name: "groups",
    doc: "the groups of channels",
    takes: Takes::OptionalCount,
    aliases: &[],
};

const PADDING: &[&str] = &["valid", "causal"];

pub(in crate::layer) const CONV: Kind = Kind {
    name: "conv",
    keys: &[K, OUT, DILATION, STRIDE, GROUPS],
    flags: &[PADDING, &["no_bias"]],
    role: Role::Weighted,
    build: conv,
};

/// As many groups as channels. `out` is a multiple of `in`, and equal to it when left out.
pub(in crate::layer) const DEPTHWISE: Kind = Kind {
    name: "depthwise",
    keys: &[K, Key { takes: Takes::OptionalCount, ..OUT }, DILATION, STRIDE],
    flags: &[PADDING, &["no_bias"]],
    role: Role::Weighted,
    build: depthwise,
};

/// One tap.
pub(in crate::layer) const DENSE: Kind = Kind {
    name: "dense",
    keys: &[OUT],
    flags: &[&["no_bias"]],
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
