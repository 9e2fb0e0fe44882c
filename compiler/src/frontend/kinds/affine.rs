//! Layers that multiply every channel by a number and add one to it. The layer beside them takes their numbers, where it
//! can.

use super::{Arguments, Flag, Key, Kind, Takes, Weights};
use crate::frontend::build::affine::{BatchNorm, Bias, Scale};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const BATCH_NORM: Kind = Kind {
    keras: Some("batch_normalization"),
    keys: &[EPSILON],
    flags: &[NO_SCALE, NO_CENTER],
    ..kind(
        kind::BATCH_NORM,
        "`batch_norm(epsilon=0.001)`: batch normalisation with the statistics of the training, folded into the layer before or after it.",
        batch_norm,
    )
};
pub(super) const SCALE: Kind =
    kind(kind::SCALE, "`scale()`: multiplies each channel by a trained number.", scale);
pub(super) const BIAS: Kind =
    kind(kind::BIAS, "`bias()`: adds a trained number to each channel.", bias);

/// Frameworks differ in what they take when it is not said.
pub(super) const EPSILON: Key = Key {
    name: keys::EPSILON,
    doc: "the number added to the variance: by default 0.001 in Keras and 0.00001 in PyTorch",
    takes: Takes::Real,
    aliases: &["eps"],
};
pub(super) const NO_SCALE: &[Flag] =
    &[Flag { name: keys::NO_SCALE, doc: "trained without a scale (`gamma`)" }];
pub(super) const NO_CENTER: &[Flag] =
    &[Flag { name: keys::NO_CENTER, doc: "trained without an offset (`beta`)" }];

const fn kind(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    Kind { activations: 1, weights: Weights::Always, ..Kind::plain(name, doc, lower) }
}

fn batch_norm(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = BatchNorm {
        epsilon: arguments.real(keys::EPSILON)?,
        scales: !arguments.flag(keys::NO_SCALE),
        shifts: !arguments.flag(keys::NO_CENTER),
        activation: arguments.activation(),
    };
    lower.add(arguments, &spec)
}

fn scale(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Scale { activation: arguments.activation() })
}

fn bias(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Bias { activation: arguments.activation() })
}
