//! Activations: a flag of a weighted layer, or a layer of their own.

use super::{Arguments, Key, Kind, Takes};
use crate::frontend::build::Applied;
use crate::frontend::build::activation::{self as form, Form};
use crate::frontend::keys;
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const LINEAR: Kind =
    activation(&form::LINEAR, "`linear()`, or the flag `linear`: `x`.", &[]);
pub(super) const RELU: Kind =
    activation(&form::RELU, "`relu()`, or the flag `relu`: `max(x, 0)`.", &[]);
pub(super) const RELU6: Kind =
    activation(&form::RELU6, "`relu6()`, or the flag `relu6`: `min(max(x, 0), 6)`.", &[]);
pub(super) const LEAKY_RELU: Kind = activation(
    &form::LEAKY_RELU,
    "`leaky_relu(slope=0.1)`, or the flag `leaky_relu=0.1`: `x`, and `0.1 * x` below zero.",
    &[Key {
        name: keys::SLOPE,
        doc: "the slope below zero",
        takes: Takes::Real,
        aliases: &["negative_slope", "alpha"],
    }],
);
pub(super) const LEAKY_HARD_TANH: Kind = activation(
    &form::LEAKY_HARD_TANH,
    "`leaky_hard_tanh(min=-1.0, max=1.0, min_slope=0.01, max_slope=0.01)`, or the flag `leaky_hard_tanh=[-1.0, 1.0, 0.01, 0.01]`: `x`, bent to a slope below `min` and above `max`.",
    &[
        real(keys::MIN, "the number below which the slope is `min_slope`", &["min_val"]),
        real(keys::MAX, "the number above which the slope is `max_slope`", &["max_val"]),
        real(keys::MIN_SLOPE, "the slope below `min`", &[]),
        real(keys::MAX_SLOPE, "the slope above `max`", &[]),
    ],
);
pub(super) const RATIONAL_TANH: Kind = activation(
    &form::RATIONAL_TANH,
    "`rational_tanh()`, or the flag `rational_tanh`: a rational function near the hyperbolic tangent, Neural Amp Modeler's `Fasttanh`.",
    &[],
);
pub(super) const ELU: Kind = activation(
    &form::ELU,
    "`elu(alpha=1.0)`, or the flag `elu=1.0`: `x`, and `1.0 * (exp(x) - 1)` below zero.",
    &[Key {
        name: keys::ALPHA,
        doc: "the limit below zero, made positive",
        takes: Takes::Real,
        aliases: &[],
    }],
);
pub(super) const TANH: Kind =
    activation(&form::TANH, "`tanh()`, or the flag `tanh`: the hyperbolic tangent.", &[]);
pub(super) const SIGMOID: Kind =
    activation(&form::SIGMOID, "`sigmoid()`, or the flag `sigmoid`: `1 / (1 + exp(-x))`.", &[]);
pub(super) const SILU: Kind =
    activation(&form::SILU, "`silu()`, or the flag `silu`: `x * sigmoid(x)`.", &[]);
pub(super) const SELU: Kind = activation(
    &form::SELU,
    "`selu()`, or the flag `selu`: `1.0507 * x`, and `1.7581 * (exp(x) - 1)` below zero.",
    &[],
);
pub(super) const SOFTSIGN: Kind =
    activation(&form::SOFTSIGN, "`softsign()`, or the flag `softsign`: `x / (1 + |x|)`.", &[]);
pub(super) const HARD_TANH: Kind = activation(
    &form::HARD_TANH,
    "`hard_tanh()`, or the flag `hard_tanh`: `x` cut off at -1 and at 1.",
    &[],
);
pub(super) const HARD_SIGMOID: Kind = activation(
    &form::HARD_SIGMOID,
    "`hard_sigmoid()`, or the flag `hard_sigmoid`: `relu6(x + 3) / 6`.",
    &[],
);
pub(super) const HARD_SWISH: Kind = activation(
    &form::HARD_SWISH,
    "`hard_swish()`, or the flag `hard_swish`: `x * relu6(x + 3) / 6`.",
    &[],
);
pub(super) const SOFTMAX: Kind = activation(
    &form::SOFTMAX,
    "`softmax()`, or the flag `softmax`: `exp(x)` of each channel, divided by their sum.",
    &[],
);

const fn real(name: &'static str, doc: &'static str, aliases: &'static [&'static str]) -> Key {
    Key { name, doc, takes: Takes::Real, aliases }
}

const fn activation(form: &'static Form, doc: &'static str, keys: &'static [Key]) -> Kind {
    Kind { keys, activation: Some(form), ..Kind::plain(form.word, doc, lower) }
}

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let mut applied = Applied::of(arguments.kind.activation?);
    for (key, parameter) in arguments.kind.keys.iter().zip(&mut applied.parameters) {
        *parameter = arguments.real(key.name)?;
    }
    lower.add(arguments, &applied)
}
