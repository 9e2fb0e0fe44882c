//! Transposed convolutions: several frames for one.

use super::bias::BIAS;
use super::conv::OUT;
use super::taps::K;
use super::{Arguments, Key, Kind, Outputs, Takes, Weights};
use crate::frontend::build::conv_transpose::ConvTranspose;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const CONV_TRANSPOSE: Kind = Kind {
    keras: Some("conv1d_transpose"),
    keys: &[
        K,
        OUT,
        Key {
            name: keys::STRIDE,
            doc: "the output frames per input frame",
            takes: Takes::Count,
            aliases: &["strides"],
        },
    ],
    flags: &[BIAS],
    activations: 1,
    outputs: Outputs::Key(keys::OUT),
    weights: Weights::Always,
    ..Kind::plain(
        kind::CONV_TRANSPOSE,
        "`conv_transpose(k=4, out=2, stride=2)`: a transposed convolution; a push gives `stride` frames.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = ConvTranspose {
        taps: arguments.count(keys::K)?,
        outputs: arguments.count(keys::OUT)?,
        stride: arguments.count(keys::STRIDE)?,
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}
