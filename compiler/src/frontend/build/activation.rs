//! Activations: at the end of a layer, or a layer of their own.

use super::{Builder, Spec, Wrong, limits};
use crate::frontend::keys;
use crate::graph::activation::{self as function, Function, MOST_PARAMETERS};
use crate::graph::{Activation, Op, Value};

/// An activation, without its parameters.
#[derive(Debug)]
pub(crate) struct Form {
    /// The word for it.
    pub(crate) word: &'static str,
    /// The keys of its parameters.
    pub(crate) keys: &'static [&'static str],
    pub(crate) of: Of,
}

/// What an activation is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of {
    /// It changes nothing.
    Nothing,
    /// Each number of a frame by itself.
    Number(&'static Function),
    /// The whole frame: softmax, or the logarithm of that.
    Frame { is_log: bool },
}

const fn number(word: &'static str, function: &'static Function) -> Form {
    Form { word, keys: &[], of: Of::Number(function) }
}

pub(crate) static LINEAR: Form = Form { word: "linear", keys: &[], of: Of::Nothing };
pub(crate) static RELU: Form = number("relu", &function::RELU);
pub(crate) static RELU6: Form = number("relu6", &function::RELU6);
pub(crate) static LEAKY_RELU: Form =
    Form { keys: &[keys::SLOPE], ..number("leaky_relu", &function::LEAKY_RELU) };
pub(crate) static LEAKY_HARD_TANH: Form = Form {
    keys: &[keys::MIN, keys::MAX, keys::MIN_SLOPE, keys::MAX_SLOPE],
    ..number("leaky_hard_tanh", &function::LEAKY_HARD_TANH)
};
pub(crate) static RATIONAL_TANH: Form = number("rational_tanh", &function::RATIONAL_TANH);
pub(crate) static ELU: Form = Form { keys: &[keys::ALPHA], ..number("elu", &function::ELU) };
pub(crate) static TANH: Form = number("tanh", &function::TANH);
pub(crate) static SIGMOID: Form = number("sigmoid", &function::SIGMOID);
pub(crate) static SILU: Form = number("silu", &function::SILU);
pub(crate) static SELU: Form = number("selu", &function::SELU);
pub(crate) static SOFTSIGN: Form = number("softsign", &function::SOFTSIGN);
pub(crate) static HARD_TANH: Form = number("hard_tanh", &function::HARD_TANH);
pub(crate) static HARD_SIGMOID: Form = number("hard_sigmoid", &function::HARD_SIGMOID);
pub(crate) static HARD_SWISH: Form = number("hard_swish", &function::HARD_SWISH);
pub(crate) static SOFTMAX: Form =
    Form { word: "softmax", keys: &[], of: Of::Frame { is_log: false } };

pub(crate) static LOG_SOFTMAX: Form =
    Form { word: "log_softmax", keys: &[], of: Of::Frame { is_log: true } };
pub(crate) static SOFTPLUS: Form = number("softplus", &function::SOFTPLUS);
pub(crate) static GELU: Form = number("gelu", &function::GELU);
pub(crate) static GELU_TANH: Form = number("gelu_tanh", &function::GELU_TANH);
pub(crate) static MISH: Form = number("mish", &function::MISH);
pub(crate) static LOG_SIGMOID: Form = number("log_sigmoid", &function::LOG_SIGMOID);
pub(crate) static THRESHOLDED_RELU: Form =
    Form { keys: &[keys::THETA], ..number("thresholded_relu", &function::THRESHOLDED_RELU) };
pub(crate) static CLIP: Form =
    Form { keys: &[keys::MIN, keys::MAX], ..number("clip", &function::CLIP) };
pub(crate) static EXP: Form = number("exp", &function::EXP);
pub(crate) static LOG: Form = number("log", &function::LOG);
pub(crate) static ERF: Form = number("erf", &function::ERF);
pub(crate) static ABS: Form = number("abs", &function::ABS);
pub(crate) static SQUARE: Form = number("square", &function::SQUARE);
pub(crate) static SQRT: Form = number("sqrt", &function::SQRT);
pub(crate) static RECIPROCAL: Form = number("reciprocal", &function::RECIPROCAL);
pub(crate) static POWER: Form =
    Form { keys: &[keys::EXPONENT], ..number("power", &function::POWER) };

/// An activation with its parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Applied {
    pub(crate) form: &'static Form,
    /// As many as the form has keys, and zeros.
    pub(crate) parameters: [f32; MOST_PARAMETERS],
}

impl Applied {
    /// One without parameters.
    pub(crate) fn of(form: &'static Form) -> Self {
        Self { form, parameters: [0.0; MOST_PARAMETERS] }
    }

    /// One with a number for each of its keys.
    pub(crate) fn with(form: &'static Form, numbers: &[f64]) -> Result<Self, Wrong> {
        let mut applied = Self::of(form);
        for ((key, number), parameter) in form.keys.iter().zip(numbers).zip(&mut applied.parameters)
        {
            *parameter = limits::real(key, *number)?;
        }
        Ok(applied)
    }

    /// The operation; `None` where it changes nothing.
    pub(super) fn op(self) -> Option<Op> {
        match self.form.of {
            Of::Nothing => None,
            Of::Number(function) => {
                Some(Op::Map(Activation { function, parameters: self.parameters }))
            }
            Of::Frame { is_log } => Some(Op::Softmax { is_log }),
        }
    }

    /// Whether it is of each number by itself.
    pub(super) fn is_of_numbers(self) -> bool {
        !matches!(self.form.of, Of::Frame { .. })
    }

    /// As a user writes it behind another layer.
    pub(crate) fn flag(self) -> String {
        let word = self.form.word;
        match self.parameters() {
            [] => word.to_owned(),
            [parameter] => format!("{word}={parameter:?}"),
            parameters => format!("{word}={parameters:?}"),
        }
    }

    fn parameters(&self) -> &[f32] {
        self.parameters.get(..self.form.keys.len()).unwrap_or_default()
    }
}

impl Spec for Applied {
    fn kind(&self) -> &'static str {
        self.form.word
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let values = self.form.keys.iter().zip(self.parameters());
        builder.describe(values.map(|(key, value)| format!("{key}={value:?}")).collect());
        Ok(builder.activate(builder.frame(), Some(*self)))
    }
}
