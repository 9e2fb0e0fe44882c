//! Pools over time and the features of a frame: over the features of each frame first, and then over the frames.

use super::features::{self, FEATURE_K, FEATURE_PAD, FEATURE_PADDING, FEATURE_STRIDE, FEATURES};
use super::taps::{self, K, PAD, PADDING, STRIDE};
use super::window::COUNT_INCLUDE_PAD;
use super::{Arguments, Key, Kind, Outputs};
use crate::frontend::build::pool2d::Pool2d;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::{Reduction, Value};

pub(super) const MAX_POOL2D: Kind = Kind {
    flags: &[PADDING, FEATURE_PADDING],
    field_prefix: Some("max_pool"),
    ..kind(
        kind::MAX_POOL2D,
        "`max_pool2d(k=1, features=20, feature_k=2)`: the maximum of each channel over windows of frames and features.",
        |arguments, lower| pool(arguments, Reduction::Max, lower),
    )
};
pub(super) const AVG_POOL2D: Kind = Kind {
    flags: &[PADDING, FEATURE_PADDING, COUNT_INCLUDE_PAD],
    field_prefix: Some("avg_pool"),
    ..kind(
        kind::AVG_POOL2D,
        "`avg_pool2d(k=1, features=20, feature_k=2)`: the mean of each channel over windows of frames and features.",
        |arguments, lower| pool(arguments, Reduction::Mean, lower),
    )
};

const fn kind(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    const KEYS: &[Key] = &[
        Key { doc: "the frames in a window", aliases: &["size", "pool_size", "kernel_size"], ..K },
        FEATURES,
        Key { doc: "the features in a window", ..FEATURE_K },
        Key {
            doc: "the frames from the start of one window to the next, `k` when left out",
            ..STRIDE
        },
        Key {
            doc: "the features from the start of one window to the next, `feature_k` when left out",
            ..FEATURE_STRIDE
        },
        PAD,
        Key {
            doc: "the places before the first feature, and as many after the last",
            ..FEATURE_PAD
        },
    ];
    Kind { keys: KEYS, outputs: Outputs::Hidden, ..Kind::plain(name, doc, lower) }
}

fn pool(arguments: &Arguments<'_>, reduction: Reduction, lower: &mut Lower<'_>) -> Option<Value> {
    let (k, feature_k) = (arguments.count(keys::K)?, arguments.count(keys::FEATURE_K)?);
    let stride = arguments.count(keys::STRIDE).unwrap_or(k);
    let spec = Pool2d {
        reduction,
        taps: taps::strided(arguments, k, stride, lower)?,
        features: arguments.count(keys::FEATURES)?,
        feature_taps: features::taps(arguments, feature_k, lower)?,
        counts_padding: arguments.flag(keys::COUNT_INCLUDE_PAD),
    };
    lower.add(arguments, &spec)
}
