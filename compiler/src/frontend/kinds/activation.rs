//! Activations: a flag of a weighted layer, or a layer of their own.

use super::{Arguments, Key, Kind, Of, Takes};
use crate::frontend::ast::Math;
use crate::frontend::lower::Lower;
use crate::graph::activation::{self as function, MOST_PARAMETERS};
use crate::graph::{Activation, Op, Value};

pub(super) const LINEAR: Kind =
    activation("linear", "`linear()`, or the flag `linear`: `x`.", Of::Nothing, &[]);
pub(super) const RELU: Kind = activation(
    "relu",
    "`relu()`, or the flag `relu`: `max(x, 0)`.",
    Of::Number(&function::RELU, None),
    &[],
);
pub(super) const RELU6: Kind = activation(
    "relu6",
    "`relu6()`, or the flag `relu6`: `min(max(x, 0), 6)`.",
    Of::Number(&function::RELU6, None),
    &[],
);
pub(super) const LEAKY_RELU: Kind = activation(
    "leaky_relu",
    "`leaky_relu(slope=0.1)`, or the flag `leaky_relu=0.1`: `x`, and `0.1 * x` below zero.",
    Of::Number(&function::LEAKY_RELU, None),
    &[Key {
        name: "slope",
        doc: "the slope below zero",
        takes: Takes::Real,
        aliases: &["negative_slope", "alpha"],
    }],
);
pub(super) const LEAKY_HARD_TANH: Kind = activation(
    "leaky_hard_tanh",
    "`leaky_hard_tanh(min=-1.0, max=1.0, min_slope=0.01, max_slope=0.01)`, or the flag `leaky_hard_tanh=[-1.0, 1.0, 0.01, 0.01]`: `x`, bent to a slope below `min` and above `max`.",
    Of::Number(&function::LEAKY_HARD_TANH, None),
    &[
        real("min", "the number below which the slope is `min_slope`", &["min_val"]),
        real("max", "the number above which the slope is `max_slope`", &["max_val"]),
        real("min_slope", "the slope below `min`", &[]),
        real("max_slope", "the slope above `max`", &[]),
    ],
);
pub(super) const RATIONAL_TANH: Kind = activation(
    "rational_tanh",
    "`rational_tanh()`, or the flag `rational_tanh`: a rational function near the hyperbolic tangent, Neural Amp Modeler's `Fasttanh`.",
    Of::Number(&function::RATIONAL_TANH, None),
    &[],
);
pub(super) const ELU: Kind = activation(
    "elu",
    "`elu(alpha=1.0)`, or the flag `elu=1.0`: `x`, and `1.0 * (exp(x) - 1)` below zero.",
    Of::Number(&function::ELU, None),
    &[Key {
        name: "alpha",
        doc: "the limit below zero, made positive",
        takes: Takes::Real,
        aliases: &[],
    }],
);
pub(super) const TANH: Kind = activation(
    "tanh",
    "`tanh()`, or the flag `tanh`: the hyperbolic tangent.",
    Of::Number(&function::TANH, Some(&function::FAST_TANH)),
    &[],
);
pub(super) const SIGMOID: Kind = activation(
    "sigmoid",
    "`sigmoid()`, or the flag `sigmoid`: `1 / (1 + exp(-x))`.",
    Of::Number(&function::SIGMOID, Some(&function::FAST_SIGMOID)),
    &[],
);
pub(super) const SILU: Kind = activation(
    "silu",
    "`silu()`, or the flag `silu`: `x * sigmoid(x)`.",
    Of::Number(&function::SILU, Some(&function::FAST_SILU)),
    &[],
);
pub(super) const SELU: Kind = activation(
    "selu",
    "`selu()`, or the flag `selu`: `1.0507 * x`, and `1.7581 * (exp(x) - 1)` below zero.",
    Of::Number(&function::SELU, None),
    &[],
);
pub(super) const SOFTSIGN: Kind = activation(
    "softsign",
    "`softsign()`, or the flag `softsign`: `x / (1 + |x|)`.",
    Of::Number(&function::SOFTSIGN, None),
    &[],
);
pub(super) const HARD_TANH: Kind = activation(
    "hard_tanh",
    "`hard_tanh()`, or the flag `hard_tanh`: `x` cut off at -1 and at 1.",
    Of::Number(&function::HARD_TANH, None),
    &[],
);
pub(super) const HARD_SIGMOID: Kind = activation(
    "hard_sigmoid",
    "`hard_sigmoid()`, or the flag `hard_sigmoid`: `relu6(x + 3) / 6`.",
    Of::Number(&function::HARD_SIGMOID, None),
    &[],
);
pub(super) const HARD_SWISH: Kind = activation(
    "hard_swish",
    "`hard_swish()`, or the flag `hard_swish`: `x * relu6(x + 3) / 6`.",
    Of::Number(&function::HARD_SWISH, None),
    &[],
);
pub(super) const SOFTPLUS: Kind = activation(
    "softplus",
    "`softplus()`, or the flag `softplus`: `ln(1 + exp(x))`.",
    Of::Number(&function::SOFTPLUS, None),
    &[],
);
pub(super) const GELU: Kind = activation(
    "gelu",
    "`gelu()`, or the flag `gelu`: `x * (1 + erf(x / sqrt(2))) / 2`. `gelu_tanh` is its approximation.",
    Of::Number(&function::GELU, None),
    &[],
);
pub(super) const GELU_TANH: Kind = activation(
    "gelu_tanh",
    "`gelu_tanh()`, or the flag `gelu_tanh`: `x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2`, Keras' `gelu(approximate=True)` and PyTorch's `GELU(approximate=\"tanh\")`.",
    Of::Number(&function::GELU_TANH, Some(&function::FAST_GELU_TANH)),
    &[],
);
pub(super) const MISH: Kind = activation(
    "mish",
    "`mish()`, or the flag `mish`: `x * tanh(ln(1 + exp(x)))`.",
    Of::Number(&function::MISH, None),
    &[],
);
pub(super) const LOG_SIGMOID: Kind = activation(
    "log_sigmoid",
    "`log_sigmoid()`, or the flag `log_sigmoid`: `-ln(1 + exp(-x))`.",
    Of::Number(&function::LOG_SIGMOID, None),
    &[],
);
pub(super) const THRESHOLDED_RELU: Kind = activation(
    "thresholded_relu",
    "`thresholded_relu(theta=1.0)`, or the flag `thresholded_relu=1.0`: `x` above `theta`, else 0.",
    Of::Number(&function::THRESHOLDED_RELU, None),
    &[real("theta", "the number up to which the output is 0", &["threshold"])],
);
pub(super) const CLIP: Kind = activation(
    "clip",
    "`clip(min=0.0, max=1.0)`, or the flag `clip=[0.0, 1.0]`: `x` cut off at `min` and at `max`.",
    Of::Number(&function::CLIP, None),
    &[
        real("min", "the smallest output", &["min_val"]),
        real("max", "the largest output", &["max_val"]),
    ],
);
pub(super) const EXP: Kind = activation(
    "exp",
    "`exp()`, or the flag `exp`: the exponential function.",
    Of::Number(&function::EXP, None),
    &[],
);
pub(super) const LOG: Kind = activation(
    "log",
    "`log()`, or the flag `log`: the natural logarithm.",
    Of::Number(&function::LOG, None),
    &[],
);
pub(super) const ERF: Kind = activation(
    "erf",
    "`erf()`, or the flag `erf`: the error function.",
    Of::Number(&function::ERF, None),
    &[],
);
pub(super) const ABS: Kind =
    activation("abs", "`abs()`, or the flag `abs`: `|x|`.", Of::Number(&function::ABS, None), &[]);
pub(super) const SQUARE: Kind = activation(
    "square",
    "`square()`, or the flag `square`: `x * x`.",
    Of::Number(&function::SQUARE, None),
    &[],
);
pub(super) const SQRT: Kind = activation(
    "sqrt",
    "`sqrt()`, or the flag `sqrt`: the square root.",
    Of::Number(&function::SQRT, None),
    &[],
);
pub(super) const RECIPROCAL: Kind = activation(
    "reciprocal",
    "`reciprocal()`, or the flag `reciprocal`: `1 / x`.",
    Of::Number(&function::RECIPROCAL, None),
    &[],
);
pub(super) const POWER: Kind = activation(
    "power",
    "`power(exponent=1.5)`, or the flag `power=1.5`: `x` to the power of 1.5.",
    Of::Number(&function::POWER, None),
    &[real("exponent", "the exponent", &["p"])],
);
pub(super) const SOFTMAX: Kind = activation(
    "softmax",
    "`softmax()`, or the flag `softmax`: `exp(x)` of each channel, divided by their sum.",
    Of::Frame { is_log: false },
    &[],
);
pub(super) const LOG_SOFTMAX: Kind = activation(
    "log_softmax",
    "`log_softmax()`, or the flag `log_softmax`: the natural logarithm of `softmax`.",
    Of::Frame { is_log: true },
    &[],
);

const fn real(name: &'static str, doc: &'static str, aliases: &'static [&'static str]) -> Key {
    Key { name, doc, takes: Takes::Real, aliases }
}

const fn activation(name: &'static str, doc: &'static str, of: Of, keys: &'static [Key]) -> Kind {
    Kind { keys, activation: Some(of), ..Kind::plain(name, doc, lower) }
}

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let mut applied = Applied::of(arguments.kind, arguments.math);
    for (key, parameter) in arguments.kind.keys.iter().zip(&mut applied.parameters) {
        *parameter = arguments.real(key.name)?;
    }
    let values = arguments.kind.keys.iter().zip(applied.parameters);
    let flags = values.map(|(key, value)| format!("{}={value:?}", key.name)).collect();
    lower.describe(None, None, flags);
    Some(lower.activate(arguments.frame?, Some(applied)))
}

/// An activation with its parameters.
#[derive(Clone, Copy)]
pub(crate) struct Applied {
    pub(crate) kind: &'static Kind,
    math: Math,
    /// As many as the kind has keys, and zeros.
    pub(crate) parameters: [f32; MOST_PARAMETERS],
}

impl Applied {
    /// One without parameters.
    pub(crate) fn of(kind: &'static Kind, math: Math) -> Self {
        Self { kind, math, parameters: [0.0; MOST_PARAMETERS] }
    }

    /// The operation; `None` where it changes nothing.
    pub(crate) fn op(self) -> Option<Op> {
        match self.kind.activation? {
            Of::Nothing => None,
            Of::Number(exact, fast) => {
                let function = fast.filter(|_| self.math == Math::Fast).unwrap_or(exact);
                Some(Op::Map(Activation { function, parameters: self.parameters }))
            }
            Of::Frame { is_log } => Some(Op::Softmax { is_log }),
        }
    }

    /// Whether it is of each number by itself.
    pub(crate) fn is_of_numbers(self) -> bool {
        !matches!(self.kind.activation, Some(Of::Frame { .. }))
    }

    /// As the user writes it.
    pub(crate) fn flag(self) -> String {
        let name = self.kind.name;
        match self.parameters.get(..self.kind.keys.len()).unwrap_or_default() {
            [] => name.to_owned(),
            [parameter] => format!("{name}={parameter:?}"),
            parameters => format!("{name}={parameters:?}"),
        }
    }
}
