//! Convolutions over time.

use super::bias::{self, BIAS};
use super::taps::{DILATION, K, PAD, PADDING, STRIDE, Taps};
use super::{Arguments, Convention, Dimension, Key, Kind, Outputs, Shape, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Conv, Node, Op, Value, Window};
use crate::tensor::{Tensor, kernel_permuted};

pub(super) const OUT: Key = Key {
    name: "out",
    doc: "the channels of its output",
    takes: Takes::Count,
    aliases: &["filters", "out_channels", "out_features", "outputs", "units"],
};
pub(super) const GROUPS: Key = Key {
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

pub(super) const CONV: Kind = Kind {
    keras: Some("conv1d"),
    keys: &[K, OUT, DILATION, STRIDE, PAD, GROUPS],
    flags: &[PADDING, BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain("conv", "`conv(k=3, in=2, out=4)`: a convolution over time.", conv)
};

pub(super) const DEPTHWISE: Kind = Kind {
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

pub(super) const DENSE: Kind = Kind {
    keras: Some("dense"),
    keys: &[OUT],
    flags: &[BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain("dense", "`dense(out=4)`: a convolution with one tap.", dense)
};

fn conv(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let groups = arguments.count("groups").unwrap_or(1);
    let (inputs, outputs) = (arguments.inputs?, arguments.count("out")?);
    are_split([("in", inputs), ("out", outputs)], groups, arguments, lower)?;
    build(arguments, arguments.count("k")?, outputs, groups, None, lower)
}

/// Whether the `groups` of a layer divide what it takes and what it gives.
pub(super) fn are_split(
    channels: [(&str, usize); 2],
    groups: usize,
    arguments: &Arguments<'_>,
    lower: &mut Lower<'_>,
) -> Option<()> {
    let (key, count) = match channels.iter().find(|(_, count)| !count.is_multiple_of(groups)) {
        Some(one) => *one,
        None => return Some(()),
    };
    let message = format!("`{key}={count}` cannot be split into {groups} groups");
    let [(one, inputs), (other, outputs)] = channels;
    let help = format!("help: `groups` must divide both `{one}={inputs}` and `{other}={outputs}`");
    lower.report(&arguments.written("groups"), format!("{message}\n{help}"));
    None
}

fn depthwise(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
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
        lower.report(&arguments.written("out"), format!("{message}\n{help}"));
        return None;
    }
    // Keras' DepthwiseConv1D saves (k, in, multiplier): the same numbers in the same order.
    let also = Some(vec![taps, inputs, outputs / inputs]);
    build(arguments, taps, outputs, inputs, also, lower)
}

fn dense(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (inputs, outputs) = (arguments.inputs?, arguments.count("out")?);
    // Keras' Dense saves (in, out).
    build(arguments, 1, outputs, 1, Some(vec![inputs, outputs]), lower)
}

/// What the kinds have in common. `also` is another shape that Keras' kernel may have.
fn build(
    arguments: &Arguments<'_>,
    taps: usize,
    outputs: usize,
    groups: usize,
    also: Option<Vec<usize>>,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let taps = Taps::of(arguments, taps, lower)?;
    let conv = Conv { window: taps.window, inputs: arguments.inputs?, outputs, groups };
    let has_bias = !arguments.flag("no_bias");
    lower.describe(Some(&taps), None, flags(&taps, groups, has_bias, arguments));
    let sums = convolution(arguments.frame?, conv, has_bias, also, lower);
    Some(lower.activate(sums, arguments.activations.first().copied()))
}

/// The flags of a convolution, as a user would write them.
pub(super) fn flags(
    taps: &Taps,
    groups: usize,
    has_bias: bool,
    arguments: &Arguments<'_>,
) -> Vec<String> {
    let mut flags = taps.flags();
    if groups > 1 {
        flags.push(format!("groups={groups}"));
    }
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags.extend(arguments.activations.first().map(|activation| activation.flag()));
    flags
}

/// Adds a convolution of `frame` to the graph, whose weights are the layer's.
pub(super) fn convolution(
    frame: Value,
    conv: Conv,
    has_bias: bool,
    also: Option<Vec<usize>>,
    lower: &mut Lower<'_>,
) -> Value {
    let node = Node { has_bias, ..lower.node(Op::Conv(conv), vec![frame], conv.outputs) };
    lower.weighted(node, conventions(&conv, has_bias, also))
}

/// A convolution of one tap, at every push.
pub(super) fn pointwise(inputs: usize, outputs: usize, groups: usize) -> Conv {
    Conv { window: Window::NEWEST, inputs, outputs, groups }
}

/// Adds a convolution of one tap to the graph. Dense layers, which have no groups, are saved as (in, out).
pub(super) fn projection(frame: Value, conv: Conv, has_bias: bool, lower: &mut Lower<'_>) -> Value {
    let also = (conv.groups == 1).then(|| vec![conv.inputs, conv.outputs]);
    convolution(frame, conv, has_bias, also, lower)
}

fn conventions(conv: &Conv, has_bias: bool, also: Option<Vec<usize>>) -> Vec<Convention> {
    let dimensions = || {
        let inputs = if conv.groups == 1 { "in" } else { "in/groups" };
        vec![
            Dimension::new("k", conv.window.taps, "k"),
            Dimension::new(inputs, conv.inputs / conv.groups, "in"),
            Dimension::new("out", conv.outputs, "out"),
        ]
    };
    let is_linear = conv.window.taps == 1 && conv.groups == 1;
    let linear = is_linear.then(|| vec![conv.outputs, conv.inputs]);
    let bias = has_bias.then_some(conv.outputs);
    let keras = Shape { also, ..Shape::new("kernel", dimensions()) };
    let pytorch = dimensions().into_iter().rev().collect();
    let pytorch = Shape { also: linear, ..Shape::new("weight", pytorch) };
    let [keras, pytorch] = [keras, pytorch].map(|kernel| bias::convention(kernel, bias));
    vec![keras, Convention { canonical: Box::new(of_pytorch), ..pytorch }]
}

/// PyTorch's (out, in, k) or (out, in) to Keras' (k, in, out) or (in, out).
fn of_pytorch(tensors: Vec<Tensor>) -> Vec<Tensor> {
    let dimensions = tensors.first().map_or(0, |kernel| kernel.shape.len());
    kernel_permuted(tensors, &(0..dimensions).rev().collect::<Vec<_>>())
}
