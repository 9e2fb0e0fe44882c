//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

use super::bias::{self, BIAS};
use super::conv::OUT;
use super::taps::{DILATION, K, PAD, PADDING, STRIDE, Taps};
use super::{
    Applied, Arguments, Convention, Dimension, Flag, Key, Kind, Outputs, Shape, Takes, Weights,
};
use crate::frontend::lower::Lower;
use crate::graph::{Conv2d, Node, Op, Value};
use crate::tensor::kernel_permuted;

pub(super) const CONV2D: Kind = Kind {
    keras: Some("conv2d"),
    keys: &[
        K,
        FEATURES,
        FEATURE_K,
        FEATURE_STRIDE,
        Key { doc: "the channels of each output feature", ..OUT },
        DILATION,
        STRIDE,
        PAD,
    ],
    ..kind(
        "conv2d",
        "`conv2d(k=3, features=40, feature_k=3, in=40, out=8)`: a convolution over time and the features of a frame.",
        conv2d,
    )
};
pub(super) const DEPTHWISE2D: Kind = Kind {
    keras: Some("depthwise_conv2d"),
    keys: &[K, FEATURES, FEATURE_K, FEATURE_STRIDE, DILATION, STRIDE, PAD],
    ..kind(
        "depthwise2d",
        "`depthwise2d(k=3, features=20, feature_k=3)`: a convolution over time and features, separate for each channel.",
        depthwise2d,
    )
};

const fn kind(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    Kind {
        flags: &[PADDING, FEATURE_PADDING, BIAS],
        activations: 1,
        outputs: Outputs::Hidden,
        weights: Weights::Always,
        ..Kind::plain(name, doc, lower)
    }
}

const FEATURES: Key = Key {
    name: "features",
    doc: "the features of a frame; each has `in / features` channels",
    takes: Takes::Count,
    aliases: &["bands", "bins"],
};
const FEATURE_K: Key = Key {
    name: "feature_k",
    doc: "the features that the kernel spans",
    takes: Takes::Count,
    aliases: &["kernel_width"],
};
const FEATURE_STRIDE: Key = Key {
    name: "feature_stride",
    doc: "the input features per output feature, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
const FEATURE_PADDING: &[Flag] = &[
    Flag { name: "feature_valid", doc: "no padding over the features" },
    Flag { name: "feature_same", doc: "zeros on both sides of the features, as Keras' `same`" },
];

fn conv2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Some(arguments.count("out")?), lower)
}

fn depthwise2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, None, lower)
}

/// What the kinds have in common. A depthwise convolution has no `outputs` of its own.
fn build(
    arguments: &Arguments<'_>,
    outputs: Option<usize>,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let (inputs, features) = (arguments.inputs?, arguments.count("features")?);
    if !inputs.is_multiple_of(features) {
        let message =
            format!("a frame of {inputs} channels cannot be split into {features} features");
        let help =
            "help: `in` counts all channels of a frame: the channels of a feature times `features`";
        lower.report(&arguments.written("features"), format!("{message}\n{help}"));
        return None;
    }
    let activation = arguments.activations.first().copied();
    if let Some(activation) = activation.filter(|activation| !activation.is_of_numbers()) {
        let name = activation.kind.name;
        let message = format!(
            "`{name}` as a flag would apply to each feature by itself, which is not served"
        );
        let note = format!("note: `{name}()` as the next layer applies to the whole frame");
        lower.report(&arguments.written(name), format!("{message}\n{note}"));
        return None;
    }
    let (feature_taps, feature_stride) =
        (arguments.count("feature_k")?, arguments.count("feature_stride").unwrap_or(1));
    let (positions, feature_zeros) = positions(arguments, features, lower)?;
    let channels = inputs / features;
    let taps = Taps::of(arguments, arguments.count("k")?, lower)?;
    let conv = Conv2d {
        window: taps.window,
        features,
        feature_taps,
        feature_stride,
        positions,
        feature_zeros,
        channels,
        outputs: outputs.unwrap_or(channels),
        feature_dilation: 1,
        groups: if outputs.is_none() { channels } else { 1 },
        is_transposed: false,
    };
    let has_bias = !arguments.flag("no_bias");
    let mut flags = vec![format!("features={features}"), format!("feature_k={feature_taps}")];
    flags.extend((feature_stride > 1).then(|| format!("feature_stride={feature_stride}")));
    flags.extend(arguments.flag("feature_same").then(|| "feature_same".to_owned()));
    flags.extend(taps.flags());
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags.extend(activation.map(Applied::flag));
    lower.describe(Some(&taps), None, flags);
    let all = positions.saturating_mul(conv.outputs);
    let node = lower.node(Op::Conv2d(conv), vec![arguments.frame?], all);
    let sums =
        lower.weighted(Node { has_bias, ..node }, conventions(&conv, outputs.is_none(), has_bias));
    Some(lower.activate(sums, activation))
}

/// The features of the output, and the zeros before the first of the input.
fn positions(
    arguments: &Arguments<'_>,
    features: usize,
    lower: &mut Lower<'_>,
) -> Option<(usize, usize)> {
    let width = arguments.count("feature_k")?;
    let stride = arguments.count("feature_stride").unwrap_or(1);
    if arguments.flag("feature_same") {
        let positions = features.div_ceil(stride);
        let covered = (positions - 1).saturating_mul(stride).saturating_add(width);
        return Some((positions, covered.saturating_sub(features) / 2));
    }
    if let Some(free) = features.checked_sub(width) {
        return Some((free / stride + 1, 0));
    }
    let message = format!("`feature_k={width}` is more than the {features} features");
    let help = format!("help: write at most `feature_k={features}`, or `feature_same`");
    lower.report(&arguments.written("feature_k"), format!("{message}\n{help}"));
    None
}

fn conventions(conv: &Conv2d, is_depthwise: bool, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 4]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.window.taps, "k");
    let width = || Dimension::new("feature_k", conv.feature_taps, "feature_k");
    let inputs = || Dimension::new("in/features", conv.channels, "in");
    let outputs = || {
        let (name, outputs) = if is_depthwise { ("1", 1) } else { ("out", conv.outputs) };
        Dimension::new(name, outputs, "out")
    };
    let keras = convention("kernel", [taps(), width(), inputs(), outputs()]);
    let pytorch = if is_depthwise {
        Convention {
            canonical: Box::new(|tensors| kernel_permuted(tensors, &[2, 3, 0, 1])),
            ..convention("weight", [inputs(), outputs(), taps(), width()])
        }
    } else {
        Convention {
            canonical: Box::new(|tensors| kernel_permuted(tensors, &[2, 3, 1, 0])),
            ..convention("weight", [outputs(), inputs(), taps(), width()])
        }
    };
    vec![keras, pytorch]
}
