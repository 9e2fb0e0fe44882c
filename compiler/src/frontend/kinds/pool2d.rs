//! Pools over time and the features of a frame: over the features of each frame first, and then over the frames.

use super::features::{self, FEATURE_K, FEATURE_PAD, FEATURE_PADDING, FEATURE_STRIDE, FEATURES};
use super::taps::{K, PAD, PADDING, STRIDE, Taps};
use super::window::COUNT_INCLUDE_PAD;
use super::{Arguments, Key, Kind, Outputs};
use crate::frontend::lower::Lower;
use crate::graph::{FeaturePool, FeatureReduction, Op, Pool, Reduction, Value};

pub(super) const MAX_POOL2D: Kind = Kind {
    flags: &[PADDING, FEATURE_PADDING],
    field_prefix: Some("max_pool"),
    ..kind(
        "max_pool2d",
        "`max_pool2d(k=1, features=20, feature_k=2)`: the maximum of each channel over windows of frames and features.",
        |arguments, lower| pool(arguments, Reduction::Max, lower),
    )
};
pub(super) const AVG_POOL2D: Kind = Kind {
    flags: &[PADDING, FEATURE_PADDING, COUNT_INCLUDE_PAD],
    field_prefix: Some("avg_pool"),
    ..kind(
        "avg_pool2d",
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
    let [features, channels] = features::features(arguments, lower)?;
    let (k, feature_k) = (arguments.count("k")?, arguments.count("feature_k")?);
    let stride = arguments.count("stride").unwrap_or(k);
    let windows = features::windows(arguments, features, feature_k, lower)?;
    let taps = Taps::strided(arguments, k, stride, lower)?;
    let moves = |size: usize, stride: usize| size > 1 || stride > 1;
    if !moves(k, stride) && !moves(feature_k, windows.stride) {
        let message = format!("`{}` of one number does nothing", arguments.kind.name);
        lower.report(&arguments.layer.kind, format!("{message}\nhelp: remove the layer"));
        return None;
    }
    let counts_padding = arguments.flag("count_include_pad");
    let mut flags = vec![format!("k={k}"), format!("stride={stride}")];
    flags.extend(features::flags(arguments));
    flags.extend(taps.padding_flag());
    flags.extend(counts_padding.then(|| "count_include_pad".to_owned()));
    lower.describe(None, None, flags);
    let mut value = arguments.frame?;
    let outputs = windows.positions.saturating_mul(channels);
    if moves(feature_k, windows.stride) {
        let pool = FeaturePool {
            reduction: match reduction {
                Reduction::Max => FeatureReduction::Max,
                Reduction::Mean => FeatureReduction::Mean,
            },
            features,
            channels,
            taps: windows.span,
            stride: windows.stride,
            zeros: windows.zeros,
            positions: windows.positions,
            counts_padding,
        };
        value = lower.op(Op::PoolFeatures(pool), vec![value], outputs);
    }
    if moves(k, stride) {
        let pool = Pool { reduction, window: taps.window, counts_padding };
        value = lower.op(Op::Pool(pool), vec![value], outputs);
    }
    Some(value)
}
