//! Normalisation over groups of channels of each frame, all of its features together.

use super::affine::{EPSILON, NO_CENTER, NO_SCALE};
use super::conv::GROUPS;
use super::features::{self, FEATURES};
use super::layer_norm::{epsilon, normalised};
use super::{Arguments, Key, Kind, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{GroupNorm, Op, Value};
use crate::numbers::plural;

pub(super) const GROUP_NORM: Kind = Kind {
    keys: &[
        EPSILON,
        Key {
            doc: "the features of a frame, 1 when left out; each has `in / features` channels",
            takes: Takes::OptionalCount,
            ..FEATURES
        },
        Key {
            doc: "the groups of channels, 1 when left out; each is normalised by itself",
            aliases: &["num_groups"],
            ..GROUPS
        },
    ],
    flags: &[NO_SCALE, NO_CENTER],
    weights: Weights::Unless(&["no_scale", "no_center"]),
    field_prefix: Some("norm"),
    ..Kind::plain(
        "group_norm",
        "`group_norm(features=20, groups=2, epsilon=0.001)`: normalisation over the features and a group of channels of each frame.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let epsilon = epsilon(arguments, lower)?;
    let [features, channels] = match arguments.count("features") {
        Some(_) => features::features(arguments, lower)?,
        None => [1, arguments.inputs?],
    };
    let groups = arguments.count("groups").unwrap_or(1);
    if !channels.is_multiple_of(groups) {
        let channels = plural(channels, "channel");
        let message = format!("the {channels} of a feature cannot be split into {groups} groups");
        lower.report(&arguments.written("groups"), message);
        return None;
    }
    let norm = GroupNorm { blocks: 1, features, channels, groups, epsilon };
    let mut flags = Vec::new();
    flags.extend((features > 1).then(|| format!("features={features}")));
    flags.extend((groups > 1).then(|| format!("groups={groups}")));
    normalised(arguments, Op::GroupNorm(norm), epsilon, channels, flags, lower)
}
