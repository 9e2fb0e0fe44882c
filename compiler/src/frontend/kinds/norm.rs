//! Normalisations of each frame, and the rectifier with trained slopes.

use super::affine::{EPSILON, NO_CENTER, NO_SCALE};
use super::conv::GROUPS;
use super::features::FEATURES;
use super::{Arguments, Flag, Key, Kind, Takes, Weights};
use crate::frontend::build::norm::{GroupNorm, LayerNorm, Norm, Prelu};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const LAYER_NORM: Kind = Kind {
    keras: Some("layer_normalization"),
    keys: &[
        EPSILON,
        Key {
            doc: "the features of a frame, each of which is normalised by itself; 1 when left out",
            takes: Takes::OptionalCount,
            ..FEATURES
        },
    ],
    flags: &[NO_SCALE, NO_CENTER],
    weights: Weights::Unless(&[keys::NO_SCALE, keys::NO_CENTER]),
    field_prefix: Some("norm"),
    ..Kind::plain(
        kind::LAYER_NORM,
        "`layer_norm(epsilon=0.001)`: normalisation over the channels of each frame.",
        layer_norm,
    )
};

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
    weights: Weights::Unless(&[keys::NO_SCALE, keys::NO_CENTER]),
    field_prefix: Some("norm"),
    ..Kind::plain(
        kind::GROUP_NORM,
        "`group_norm(features=20, groups=2, epsilon=0.001)`: normalisation over the features and a group of channels of each frame.",
        group_norm,
    )
};

pub(super) const PRELU: Kind = Kind {
    keras: Some("p_re_lu"),
    flags: &[&[Flag { name: keys::SHARED, doc: "one slope for all channels" }]],
    weights: Weights::Always,
    ..Kind::plain(
        kind::PRELU,
        "`prelu()`: `x` from zero up, and below zero `x` times a trained slope of the channel.",
        prelu,
    )
};

fn layer_norm(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let features = arguments.count(keys::FEATURES);
    lower.add(arguments, &LayerNorm { features, norm: norm(arguments)? })
}

fn group_norm(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = GroupNorm {
        features: arguments.count(keys::FEATURES).unwrap_or(1),
        groups: arguments.count(keys::GROUPS).unwrap_or(1),
        norm: norm(arguments)?,
    };
    lower.add(arguments, &spec)
}

fn norm(arguments: &Arguments<'_>) -> Option<Norm> {
    Some(Norm {
        epsilon: arguments.real(keys::EPSILON)?,
        scales: !arguments.flag(keys::NO_SCALE),
        shifts: !arguments.flag(keys::NO_CENTER),
    })
}

fn prelu(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Prelu { is_shared: arguments.flag(keys::SHARED) })
}
