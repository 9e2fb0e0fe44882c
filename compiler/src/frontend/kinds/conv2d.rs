//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

use super::bias::BIAS;
use super::conv::OUT;
use super::taps::{self, DILATION, K, PAD, PADDING, STRIDE};
use super::{Arguments, Flag, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::build::conv2d::Conv2d;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

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
        kind::CONV2D,
        "`conv2d(k=3, features=40, feature_k=3, in=40, out=8)`: a convolution over time and the features of a frame.",
        conv2d,
    )
};
pub(super) const DEPTHWISE2D: Kind = Kind {
    keras: Some("depthwise_conv2d"),
    keys: &[K, FEATURES, FEATURE_K, FEATURE_STRIDE, DILATION, STRIDE, PAD],
    ..kind(
        kind::DEPTHWISE2D,
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
    name: keys::FEATURES,
    doc: "the features of a frame; each has `in / features` channels",
    takes: Takes::Count,
    aliases: &["bands", "bins"],
};
const FEATURE_K: Key = Key {
    name: keys::FEATURE_K,
    doc: "the features that the kernel spans",
    takes: Takes::Count,
    aliases: &["kernel_width"],
};
const FEATURE_STRIDE: Key = Key {
    name: keys::FEATURE_STRIDE,
    doc: "the input features per output feature, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
const FEATURE_PADDING: &[Flag] = &[
    Flag { name: keys::FEATURE_VALID, doc: "no padding over the features" },
    Flag { name: keys::FEATURE_SAME, doc: "zeros on both sides of the features, as Keras' `same`" },
];

fn conv2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Some(arguments.count(keys::OUT)?), lower)
}

fn depthwise2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, None, lower)
}

fn build(
    arguments: &Arguments<'_>,
    outputs: Option<usize>,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let spec = Conv2d {
        taps: taps::of(arguments, arguments.count(keys::K)?, lower)?,
        features: arguments.count(keys::FEATURES)?,
        feature_taps: arguments.count(keys::FEATURE_K)?,
        feature_stride: arguments.count(keys::FEATURE_STRIDE).unwrap_or(1),
        is_feature_same: arguments.flag(keys::FEATURE_SAME),
        outputs,
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}
