//! Reductions of the numbers of each frame: over its features, over the channels of each feature, or over all of them.

use super::features::FEATURES;
use super::{Arguments, Flag, Key, Kind, Outputs, Takes};
use crate::frontend::build::reduce::Reduce;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::{FeatureReduction, Value};

pub(super) const REDUCE_MEAN: Kind = of(
    kind::REDUCE_MEAN,
    "`reduce_mean(features=20)`: the mean of each channel over the features of a frame; `reduce_mean()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Mean, lower),
);
pub(super) const REDUCE_SUM: Kind = of(
    kind::REDUCE_SUM,
    "`reduce_sum(features=20)`: the sum of each channel over the features of a frame; `reduce_sum()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Sum, lower),
);
pub(super) const REDUCE_MAX: Kind = of(
    kind::REDUCE_MAX,
    "`reduce_max(features=20)`: the maximum of each channel over the features of a frame; `reduce_max()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Max, lower),
);
pub(super) const REDUCE_MIN: Kind = of(
    kind::REDUCE_MIN,
    "`reduce_min(features=20)`: the minimum of each channel over the features of a frame; `reduce_min()`: of the whole frame.",
    |arguments, lower| reduce(arguments, FeatureReduction::Min, lower),
);

const fn of(
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
        Flag { name: keys::OVER_FEATURES, doc: "one number for each channel" },
        Flag { name: keys::OVER_CHANNELS, doc: "one number for each feature" },
    ]];
    Kind { keys: KEYS, flags: OVER, outputs: Outputs::Hidden, ..Kind::plain(name, doc, lower) }
}

fn reduce(
    arguments: &Arguments<'_>,
    reduction: FeatureReduction,
    lower: &mut Lower<'_>,
) -> Option<Value> {
    let spec = Reduce {
        reduction,
        features: arguments.count(keys::FEATURES),
        is_over_channels: arguments.flag(keys::OVER_CHANNELS),
    };
    lower.add(arguments, &spec)
}
