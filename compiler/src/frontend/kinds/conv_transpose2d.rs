//! Convolutions over time that are transposed over the features of a frame.

use super::bias::BIAS;
use super::conv::{GROUPS, OUT};
use super::features::{
    self, FEATURE_DILATION, FEATURE_K, FEATURE_PADDING, FEATURE_STRIDE, FEATURES,
};
use super::{Arguments, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::build::conv_transpose2d::ConvTranspose2d;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const CONV_TRANSPOSE2D: Kind = Kind {
    keras: Some("conv2d_transpose"),
    keys: &[
        FEATURES,
        FEATURE_K,
        Key { doc: "the output features per input feature, 1 when left out", ..FEATURE_STRIDE },
        Key { doc: "the channels of each output feature", ..OUT },
        FEATURE_DILATION,
        Key {
            name: keys::FEATURE_PAD,
            doc: "the output features that are cut off before the first, and as many after the last: PyTorch's `padding`",
            takes: Takes::OptionalCount,
            aliases: &["padding"],
        },
        Key {
            name: keys::FEATURE_OUTPUT_PAD,
            doc: "the output features after the last that are kept nevertheless: PyTorch's `output_padding`",
            takes: Takes::OptionalCount,
            aliases: &["output_padding"],
        },
        GROUPS,
    ],
    flags: &[FEATURE_PADDING, BIAS],
    activations: 1,
    outputs: Outputs::Hidden,
    weights: Weights::Always,
    ..Kind::plain(
        kind::CONV_TRANSPOSE2D,
        "`conv_transpose2d(features=10, feature_k=4, feature_stride=2, out=8)`: a convolution that is transposed over the features of each frame.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = ConvTranspose2d {
        features: arguments.count(keys::FEATURES)?,
        feature_taps: features::taps(arguments, 1, lower)?,
        kept: arguments.count(keys::FEATURE_OUTPUT_PAD).unwrap_or_default(),
        outputs: arguments.count(keys::OUT)?,
        groups: arguments.count(keys::GROUPS).unwrap_or(1),
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}
