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
pub(super) const SOFTPLUS: Kind =
    activation(&form::SOFTPLUS, "`softplus()`, or the flag `softplus`: `ln(1 + exp(x))`.", &[]);
pub(super) const GELU: Kind = activation(
    &form::GELU,
    "`gelu()`, or the flag `gelu`: `x * (1 + erf(x / sqrt(2))) / 2`. `gelu_tanh` is its approximation.",
    &[],
);
pub(super) const GELU_TANH: Kind = activation(
    &form::GELU_TANH,
    "`gelu_tanh()`, or the flag `gelu_tanh`: `x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2`, Keras' `gelu(approximate=True)` and PyTorch's `GELU(approximate=\"tanh\")`.",
    &[],
);
pub(super) const MISH: Kind =
    activation(&form::MISH, "`mish()`, or the flag `mish`: `x * tanh(ln(1 + exp(x)))`.", &[]);
pub(super) const LOG_SIGMOID: Kind = activation(
    &form::LOG_SIGMOID,
    "`log_sigmoid()`, or the flag `log_sigmoid`: `-ln(1 + exp(-x))`.",
    &[],
);
pub(super) const THRESHOLDED_RELU: Kind = activation(
    &form::THRESHOLDED_RELU,
    "`thresholded_relu(theta=1.0)`, or the flag `thresholded_relu=1.0`: `x` above `theta`, else 0.",
    &[real(keys::THETA, "the number up to which the output is 0", &["threshold"])],
);
pub(super) const CLIP: Kind = activation(
    &form::CLIP,
    "`clip(min=0.0, max=1.0)`, or the flag `clip=[0.0, 1.0]`: `x` cut off at `min` and at `max`.",
    &[
        real(keys::MIN, "the smallest output", &["min_val"]),
        real(keys::MAX, "the largest output", &["max_val"]),
    ],
);
pub(super) const EXP: Kind =
    activation(&form::EXP, "`exp()`, or the flag `exp`: the exponential function.", &[]);
pub(super) const LOG: Kind =
    activation(&form::LOG, "`log()`, or the flag `log`: the natural logarithm.", &[]);
pub(super) const ERF: Kind =
    activation(&form::ERF, "`erf()`, or the flag `erf`: the error function.", &[]);
pub(super) const ABS: Kind = activation(&form::ABS, "`abs()`, or the flag `abs`: `|x|`.", &[]);
pub(super) const SQUARE: Kind =
    activation(&form::SQUARE, "`square()`, or the flag `square`: `x * x`.", &[]);
pub(super) const SQRT: Kind =
    activation(&form::SQRT, "`sqrt()`, or the flag `sqrt`: the square root.", &[]);
pub(super) const RECIPROCAL: Kind =
    activation(&form::RECIPROCAL, "`reciprocal()`, or the flag `reciprocal`: `1 / x`.", &[]);
pub(super) const POWER: Kind = activation(
    &form::POWER,
    "`power(exponent=1.5)`, or the flag `power=1.5`: `x` to the power of 1.5.",
    &[real(keys::EXPONENT, "the exponent", &["p"])],
);
pub(super) const SOFTMAX: Kind = activation(
    &form::SOFTMAX,
    "`softmax()`, or the flag `softmax`: `exp(x)` of each channel, divided by their sum.",
    &[],
);
pub(super) const LOG_SOFTMAX: Kind = activation(
    &form::LOG_SOFTMAX,
    "`log_softmax()`, or the flag `log_softmax`: the natural logarithm of `softmax`.",
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
