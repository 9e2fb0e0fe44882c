//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

use super::bias::{self, BIAS};
use super::conv::{GROUPS, OUT, are_split};
use super::features::{
    self, FEATURE_DILATION, FEATURE_K, FEATURE_PAD, FEATURE_PADDING, FEATURE_STRIDE, FEATURES,
};
use super::taps::{DILATION, K, PAD, PADDING, STRIDE, Taps};
use super::{Applied, Arguments, Convention, Dimension, Key, Kind, Outputs, Shape, Takes, Weights};
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
        FEATURE_DILATION,
        FEATURE_PAD,
        GROUPS,
    ],
    ..kind(
        "conv2d",
        "`conv2d(k=3, features=40, feature_k=3, in=40, out=8)`: a convolution over time and the features of a frame.",
        conv2d,
    )
};
pub(super) const DEPTHWISE2D: Kind = Kind {
    keras: Some("depthwise_conv2d"),
    keys: &[
        K,
        FEATURES,
        FEATURE_K,
        FEATURE_STRIDE,
        Key {
            doc: "the channels of each output feature, a multiple of its channels; as many when left out",
            takes: Takes::OptionalCount,
            ..OUT
        },
        DILATION,
        STRIDE,
        PAD,
        FEATURE_DILATION,
        FEATURE_PAD,
    ],
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

fn conv2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Channels::Groups, lower)
}

fn depthwise2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Channels::Depthwise, lower)
}

/// Which channels an output sees.
#[derive(Clone, Copy, PartialEq)]
enum Channels {
    /// Those of its group.
    Groups,
    /// One.
    Depthwise,
}

/// The outputs of a depthwise convolution: a multiple of its channels.
fn multiple(arguments: &Arguments<'_>, channels: usize, lower: &mut Lower<'_>) -> Option<usize> {
    let outputs = arguments.count("out").unwrap_or(channels);
    if outputs.is_multiple_of(channels) {
        return Some(outputs);
    }
    let help = match outputs / channels * channels {
        0 => format!("help: write `out={channels}`"),
        below => format!("help: write `out={below}` or `out={}`", below + channels),
    };
    let message =
        format!("`out={outputs}` is not a multiple of the {channels} channels of a feature");
    lower.report(&arguments.written("out"), format!("{message}\n{help}"));
    None
}

/// What the kinds have in common.
fn build(arguments: &Arguments<'_>, layer: Channels, lower: &mut Lower<'_>) -> Option<Value> {
    let [features, channels] = features::features(arguments, lower)?;
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
    let groups = arguments.count("groups").unwrap_or(1);
    let (outputs, groups) = match layer {
        Channels::Depthwise => (multiple(arguments, channels, lower)?, channels),
        Channels::Groups => {
            let outputs = arguments.count("out")?;
            are_split([("in / features", channels), ("out", outputs)], groups, arguments, lower)?;
            (outputs, groups)
        }
    };
    let windows = features::windows(arguments, features, 1, lower)?;
    let taps = Taps::of(arguments, arguments.count("k")?, lower)?;
    let conv = Conv2d {
        window: taps.window,
        features,
        feature_taps: arguments.count("feature_k")?,
        feature_stride: windows.stride,
        feature_dilation: arguments.count("feature_dilation").unwrap_or(1),
        positions: windows.positions,
        feature_zeros: windows.zeros,
        channels,
        outputs,
        groups,
        is_transposed: false,
    };
    let has_bias = !arguments.flag("no_bias");
    let mut flags = features::flags(arguments);
    flags.extend((groups > 1 && layer == Channels::Groups).then(|| format!("groups={groups}")));
    flags.extend(taps.flags());
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags.extend(activation.map(Applied::flag));
    lower.describe(Some(&taps), None, flags);
    let all = conv.positions.saturating_mul(conv.outputs);
    let node = lower.node(Op::Conv2d(conv), vec![arguments.frame?], all);
    let sums = lower.weighted(
        Node { has_bias, ..node },
        conventions(&conv, layer == Channels::Depthwise, has_bias),
    );
    Some(lower.activate(sums, activation))
}

fn conventions(conv: &Conv2d, is_depthwise: bool, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 4]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.window.taps, "k");
    let width = || Dimension::new("feature_k", conv.feature_taps, "feature_k");
    // Keras has a multiplier in the last place: the same numbers in the same order.
    let (keras, [of_group, outputs]) = if is_depthwise {
        let multiplier = conv.outputs / conv.channels;
        let inputs = Dimension::new("in/features", conv.channels, "in");
        let name = if multiplier == 1 { "1" } else { "out*features/in" };
        let keras = [taps(), width(), inputs.clone(), Dimension::new(name, multiplier, "out")];
        // PyTorch has a group for each channel.
        let all = Dimension { name: if multiplier == 1 { inputs.name } else { "out" }, ..inputs };
        let all = Dimension { length: conv.outputs, ..all };
        (keras, [Dimension::new("1", 1, "out"), all])
    } else {
        let name = if conv.groups == 1 { "in/features" } else { "in/features/groups" };
        let of_group = Dimension::new(name, conv.channels / conv.groups, "in");
        let outputs = Dimension::new("out", conv.outputs, "out");
        ([taps(), width(), of_group.clone(), outputs.clone()], [of_group, outputs])
    };
    let pytorch = [outputs, of_group, taps(), width()];
    let pytorch = Convention {
        canonical: Box::new(|tensors| kernel_permuted(tensors, &[2, 3, 1, 0])),
        ..convention("weight", pytorch)
    };
    vec![convention("kernel", keras), pytorch]
}
