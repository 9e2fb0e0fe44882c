//! Reductions of the numbers of each frame: over its features, over the channels of each feature, or over all of them.

use super::features::{self, FEATURES};
use super::{Arguments, Flag, Key, Kind, Outputs, Takes};
use crate::frontend::lower::Lower;
use crate::graph::{FeaturePool, FeatureReduction, Op, Value};

pub(super) const REDUCE_MEAN: Kind = kind(
    "reduce_mean",
    "`reduce_mean(features=20)`: the mean of each channel over the features of a frame; `reduce_mean()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Mean, lower),
);
pub(super) const REDUCE_SUM: Kind = kind(
    "reduce_sum",
    "`reduce_sum(features=20)`: the sum of each channel over the features of a frame; `reduce_sum()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Sum, lower),
);
pub(super) const REDUCE_MAX: Kind = kind(
    "reduce_max",
    "`reduce_max(features=20)`: the maximum of each channel over the features of a frame; `reduce_max()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Max, lower),
);
pub(super) const REDUCE_MIN: Kind = kind(
    "reduce_min",
    "`reduce_min(features=20)`: the minimum of each channel over the features of a frame; `reduce_min()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Min, lower),
);

const fn kind(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    const KEYS: &[Key] = &[Key {
        doc: "the features of a frame, 1 when left out; each has `in / features` channels",
        takes: Takes::OptionalCount,
        ..FEATURES
    }];
    const OVER: &[&[Flag]] = &[&[
        Flag { name: "over_features", doc: "one number for each channel" },
        Flag { name: "over_channels", doc: "one number for each feature" },
    ]];
    Kind { keys: KEYS, flags: OVER, outputs: Outputs::Hidden, ..Kind::plain(name, doc, lower) }
}

fn reduce(
    arguments: &Arguments<'_>,
    reduction: FeatureReduction,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let is_over_channels = arguments.flag("over_channels");
    let mut flags = Vec::new();
    let [blocks, numbers, channels] = if arguments.count("features").is_some() {
        let [features, channels] = features::features(arguments, lower)?;
        flags.push(format!("features={features}"));
        if is_over_channels { [features, channels, 1] } else { [1, features, channels] }
    } else {
        [1, arguments.inputs?, 1]
    };
    if numbers == 1 {
        let message = format!("`{}` of one number does nothing", arguments.kind.name);
        lower.report(&arguments.layer.kind, format!("{message}\nhelp: remove the layer"));
        return None;
    }
    flags.extend(is_over_channels.then(|| "over_channels".to_owned()));
    lower.describe(None, None, flags);
    let pool = FeaturePool::reduce(reduction, blocks, numbers, channels);
    let outputs = blocks.saturating_mul(channels);
    Some(lower.op(Op::PoolFeatures(pool), vec![arguments.frame?], outputs))
}
