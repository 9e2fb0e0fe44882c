//! Convolutions over time.

use super::bias::BIAS;
use super::taps::{self, DILATION, K, PAD, PADDING, STRIDE};
use super::{Arguments, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::build::conv::{Conv, Dense, Depthwise};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const OUT: Key = Key {
    name: keys::OUT,
    doc: "the channels of its output",
    takes: Takes::Count,
    aliases: &["filters", "out_channels", "out_features", "outputs", "units"],
};
pub(super) const GROUPS: Key = Key {
    name: keys::GROUPS,
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
    outputs: Outputs::Key(keys::OUT),
    weights: Weights::Always,
    ..Kind::plain(kind::CONV, "`conv(k=3, in=2, out=4)`: a convolution over time.", conv)
};

pub(super) const DEPTHWISE: Kind = Kind {
    keras: Some("depthwise_conv1d"),
    keys: &[K, MULTIPLE, DILATION, STRIDE, PAD],
    flags: &[PADDING, BIAS],
    activations: 1,
    outputs: Outputs::Key(keys::OUT),
    weights: Weights::Always,
    ..Kind::plain(
        kind::DEPTHWISE,
        "`depthwise(k=3)`: a convolution over time with as many groups as channels.",
        depthwise,
    )
};

pub(super) const DENSE: Kind = Kind {
    keras: Some("dense"),
    keys: &[OUT],
    flags: &[BIAS],
    activations: 1,
    outputs: Outputs::Key(keys::OUT),
    weights: Weights::Always,
    ..Kind::plain(kind::DENSE, "`dense(out=4)`: a convolution with one tap.", dense)
};

fn conv(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Conv {
        taps: taps::of(arguments, arguments.count(keys::K)?, lower)?,
        outputs: arguments.count(keys::OUT)?,
        groups: arguments.count(keys::GROUPS).unwrap_or(1),
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}

fn depthwise(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Depthwise {
        taps: taps::of(arguments, arguments.count(keys::K)?, lower)?,
        outputs: arguments.count(keys::OUT),
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}

fn dense(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Dense {
        outputs: arguments.count(keys::OUT)?,
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}
