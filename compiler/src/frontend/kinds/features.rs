//! The features of a frame, which lie one after the other, each with its channels, and how windows lie on them.

use super::{Arguments, Flag, Key, Takes};
use crate::errors::Message;
use crate::frontend::build::features::{FeaturePadding, FeatureTaps};
use crate::frontend::keys;
use crate::frontend::lower::Lower;

pub(super) const FEATURES: Key = Key {
    name: keys::FEATURES,
    doc: "the features of a frame; each has `in / features` channels",
    takes: Takes::Count,
    aliases: &["bands", "bins"],
};
pub(super) const FEATURE_K: Key = Key {
    name: keys::FEATURE_K,
    doc: "the features that the kernel spans",
    takes: Takes::Count,
    aliases: &["kernel_width"],
};
pub(super) const FEATURE_STRIDE: Key = Key {
    name: keys::FEATURE_STRIDE,
    doc: "the input features per output feature, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
pub(super) const FEATURE_DILATION: Key = Key {
    name: keys::FEATURE_DILATION,
    doc: "the distance between taps in features, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
pub(super) const FEATURE_PAD: Key = Key {
    name: keys::FEATURE_PAD,
    doc: "the zeros before the first feature, and as many after the last: PyTorch's `padding`",
    takes: Takes::OptionalCount,
    aliases: &[],
};
pub(super) const FEATURE_PADDING: &[Flag] = &[
    Flag { name: keys::FEATURE_VALID, doc: "no padding over the features" },
    Flag { name: keys::FEATURE_SAME, doc: "zeros on both sides of the features, as Keras' `same`" },
];

/// What the arguments say of a window over features, where `feature_stride` is `stride` if it is left out.
pub(super) fn taps(
    arguments: &Arguments<'_>,
    stride: usize,
    lower: &mut Lower<'_>,
) -> Option<FeatureTaps> {
    let is_same = arguments.flag(keys::FEATURE_SAME);
    let places = [keys::FEATURE_PAD, keys::FEATURE_OUTPUT_PAD];
    let given = places.into_iter().find_map(|key| Some((key, arguments.count(key)?)));
    if let Some((key, zeros)) = given.filter(|_| is_same) {
        let text = format!("a layer can have `feature_same` or `{key}={zeros}`, not both");
        lower.report(&arguments.written(key), Message::new(text).help("remove one of them"));
        return None;
    }
    let padding = if is_same {
        FeaturePadding::Same
    } else {
        FeaturePadding::Places(arguments.count(keys::FEATURE_PAD).unwrap_or_default())
    };
    Some(FeatureTaps {
        count: arguments.count(keys::FEATURE_K)?,
        dilation: arguments.count(keys::FEATURE_DILATION).unwrap_or(1),
        stride: arguments.count(keys::FEATURE_STRIDE).unwrap_or(stride),
        padding,
    })
}
