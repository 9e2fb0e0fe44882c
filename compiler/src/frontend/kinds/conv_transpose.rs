//! Transposed convolutions: several frames for one.

use super::bias::BIAS;
use super::conv::OUT;
use super::taps::K;
use super::{Arguments, Flag, Key, Kind, Outputs, Takes, Weights};
use crate::errors::Message;
use crate::frontend::build::conv_transpose::{ConvTranspose, Cut};
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
        Key {
            name: keys::PAD,
            doc: "the output frames that are cut off before the first: PyTorch's `padding`",
            takes: Takes::OptionalCount,
            aliases: &["padding"],
        },
    ],
    flags: &[
        &[
            Flag { name: keys::VALID, doc: "no output frames are cut off" },
            Flag {
                name: keys::SAME,
                doc: "cuts off half of the output frames that are more than `stride` for each input frame, as Keras' `same`",
            },
        ],
        BIAS,
    ],
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
    let cut = match (arguments.flag(keys::SAME), arguments.count(keys::PAD)) {
        (true, Some(pad)) => {
            let text = format!("a layer can have `same` or `pad={pad}`, not both");
            let message = Message::new(text).help("remove one of them");
            lower.report(&arguments.written(keys::PAD), message);
            return None;
        }
        (true, None) => Cut::Same,
        (false, pad) => Cut::Frames(pad.unwrap_or_default()),
    };
    let spec = ConvTranspose {
        taps: arguments.count(keys::K)?,
        outputs: arguments.count(keys::OUT)?,
        stride: arguments.count(keys::STRIDE)?,
        cut,
        has_bias: !arguments.flag(keys::NO_BIAS),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}
