//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

use super::bias::BIAS;
use super::conv::{GROUPS, OUT};
use super::features::{
    self, FEATURE_DILATION, FEATURE_K, FEATURE_PAD, FEATURE_PADDING, FEATURE_STRIDE, FEATURES,
};
use super::taps::{self, DILATION, K, PAD, PADDING, STRIDE};
use super::{Arguments, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::build::conv2d::{Channels, Conv2d};
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
        FEATURE_DILATION,
        FEATURE_PAD,
        GROUPS,
    ],
    ..kind(
        kind::CONV2D,
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

fn conv2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let groups = arguments.count(keys::GROUPS).unwrap_or(1);
    build(arguments, Channels::Groups { outputs: arguments.count(keys::OUT)?, groups }, lower)
}

fn depthwise2d(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    build(arguments, Channels::Depthwise { outputs: arguments.count(keys::OUT) }, lower)
}

fn build(arguments: &Arguments<'_>, channels: Channels, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Conv2d {
        taps: taps::of(arguments, arguments.count(keys::K)?, lower)?,
        features: arguments.count(keys::FEATURES)?,
        feature_taps: features::taps(arguments, 1, lower)?,
        channels,
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}
