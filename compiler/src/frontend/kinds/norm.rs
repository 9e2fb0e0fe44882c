//! Normalisation over the channels of each frame, and the rectifier with trained slopes.

use super::affine::{EPSILON, NO_CENTER, NO_SCALE};
use super::{Arguments, Flag, Kind, Weights};
use crate::frontend::build::norm::{LayerNorm, Prelu};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const LAYER_NORM: Kind = Kind {
    keras: Some("layer_normalization"),
    keys: &[EPSILON],
    flags: &[NO_SCALE, NO_CENTER],
    weights: Weights::Unless(&[keys::NO_SCALE, keys::NO_CENTER]),
    field_prefix: Some("norm"),
    ..Kind::plain(
        kind::LAYER_NORM,
        "`layer_norm(epsilon=0.001)`: normalisation over the channels of each frame.",
        layer_norm,
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
    let spec = LayerNorm {
        epsilon: arguments.real(keys::EPSILON)?,
        scales: !arguments.flag(keys::NO_SCALE),
        shifts: !arguments.flag(keys::NO_CENTER),
    };
    lower.add(arguments, &spec)
}

fn prelu(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Prelu { is_shared: arguments.flag(keys::SHARED) })
}
