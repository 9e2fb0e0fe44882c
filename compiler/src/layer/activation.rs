//! Activations: a flag of a weighted layer, or a layer of their own.

pub(super) mod function;

pub(super) use self::function::Parameters;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{Arguments, AtOnce, Given, Key, Kind, Layer, Names, Of, Rest, Summary, Takes};
use crate::ast::Math;
use crate::errors::Errors;
use crate::numbers::float;

pub(super) const LINEAR: Kind = activation(
    "linear",
    "`linear()`, or the flag `linear`: `x`.",
    Of::Channel(function::linear),
    &[],
);
pub(super) const RELU: Kind = activation(
    "relu",
    "`relu()`, or the flag `relu`: `max(x, 0)`.",
    Of::Channel(function::relu),
    &[],
);
pub(super) const RELU6: Kind = activation(
    "relu6",
    "`relu6()`, or the flag `relu6`: `min(max(x, 0), 6)`.",
    Of::Channel(function::relu6),
    &[],
);
pub(super) const LEAKY_RELU: Kind = activation(
    "leaky_relu",
    "`leaky_relu(slope=0.1)`, or the flag `leaky_relu=0.1`: `x`, and `0.1 * x` below zero.",
    Of::Channel(function::leaky_relu),
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
    Of::Channel(function::leaky_hard_tanh),
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
    Of::Channel(function::rational_tanh),
    &[],
);
pub(super) const ELU: Kind = activation(
    "elu",
    "`elu(alpha=1.0)`, or the flag `elu=1.0`: `x`, and `1.0 * (exp(x) - 1)` below zero.",
    Of::Channel(function::elu),
    &[Key {
        name: "alpha",
        doc: "the limit below zero, made positive",
        takes: Takes::Real,
        aliases: &[],
    }],
);
pub(super) const TANH: Kind = Kind {
    fast: Some(&activation("fast_tanh", "", Of::Channel(function::fast_tanh), &[])),
    ..activation(
        "tanh",
        "`tanh()`, or the flag `tanh`: the hyperbolic tangent.",
        Of::Channel(function::tanh),
        &[],
    )
};
pub(super) const SIGMOID: Kind = Kind {
    fast: Some(&activation("fast_sigmoid", "", Of::Channel(function::fast_sigmoid), &[])),
    ..activation(
        "sigmoid",
        "`sigmoid()`, or the flag `sigmoid`: `1 / (1 + exp(-x))`.",
        Of::Channel(function::sigmoid),
        &[],
    )
};
pub(super) const SILU: Kind = Kind {
    fast: Some(&activation("fast_silu", "", Of::Channel(function::fast_silu), &[])),
    ..activation(
        "silu",
        "`silu()`, or the flag `silu`: `x * sigmoid(x)`.",
        Of::Channel(function::silu),
        &[],
    )
};
pub(super) const SELU: Kind = activation(
    "selu",
    "`selu()`, or the flag `selu`: `1.0507 * x`, and `1.7581 * (exp(x) - 1)` below zero.",
    Of::Channel(function::selu),
    &[],
);
pub(super) const SOFTSIGN: Kind = activation(
    "softsign",
    "`softsign()`, or the flag `softsign`: `x / (1 + |x|)`.",
    Of::Channel(function::softsign),
    &[],
);
pub(super) const HARD_TANH: Kind = activation(
    "hard_tanh",
    "`hard_tanh()`, or the flag `hard_tanh`: `x` cut off at -1 and at 1.",
    Of::Channel(function::hard_tanh),
    &[],
);
pub(super) const HARD_SIGMOID: Kind = activation(
    "hard_sigmoid",
    "`hard_sigmoid()`, or the flag `hard_sigmoid`: `relu6(x + 3) / 6`.",
    Of::Channel(function::hard_sigmoid),
    &[],
);
pub(super) const HARD_SWISH: Kind = activation(
    "hard_swish",
    "`hard_swish()`, or the flag `hard_swish`: `x * relu6(x + 3) / 6`.",
    Of::Channel(function::hard_swish),
    &[],
);
pub(super) const SOFTMAX: Kind = activation(
    "softmax",
    "`softmax()`, or the flag `softmax`: `exp(x)` of each channel, divided by their sum.",
    Of::Frame(function::softmax),
    &[],
);

const fn real(name: &'static str, doc: &'static str, aliases: &'static [&'static str]) -> Key {
    Key { name, doc, takes: Takes::Real, aliases }
}

const fn activation(name: &'static str, doc: &'static str, of: Of, keys: &'static [Key]) -> Kind {
    Kind { keys, activation: Some(of), ..Kind::plain(name, doc, build) }
}

fn build(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    let kind = arguments.kind;
    let mut activation = Activation::of(kind, arguments.math);
    for (key, parameter) in kind.keys.iter().zip(&mut activation.parameters) {
        *parameter = arguments.real(key.name)?;
    }
    Some(Box::new(ActivationLayer { channels: arguments.inputs?, activation }))
}

/// Numbers that an activation takes at most.
const MOST_PARAMETERS: usize = 4;

/// A function of the runtime that changes a frame in place, or one that makes such a function from parameters.
#[derive(Clone, Copy)]
pub(crate) struct Activation {
    pub(crate) kind: &'static Kind,
    math: Math,
    /// As many as the kind has keys, and zeros.
    pub(crate) parameters: [f32; MOST_PARAMETERS],
}

impl Activation {
    /// One without parameters.
    pub(crate) fn of(kind: &'static Kind, math: Math) -> Self {
        Self { kind, math, parameters: [0.0; MOST_PARAMETERS] }
    }

    fn parameters(&self) -> &[f32] {
        self.parameters.get(..self.kind.keys.len()).unwrap_or_default()
    }

    /// The kind whose function it is.
    fn meant(self) -> &'static Kind {
        self.kind.fast.filter(|_| self.math == Math::Fast).unwrap_or(self.kind)
    }

    /// The function's name.
    pub(crate) fn function(self) -> &'static str {
        self.meant().name
    }

    /// The function that changes a frame, as an expression.
    pub(crate) fn expression(self) -> TokenStream {
        let function = Ident::new(self.function(), Span::call_site());
        let parameters: Vec<_> = self.parameters().iter().copied().map(float).collect();
        if parameters.is_empty() {
            return function.into_token_stream();
        }
        quote!(#function(#(#parameters),*))
    }

    /// Whether it can be applied to some channels of a frame.
    pub(crate) fn is_of_channels(self) -> bool {
        matches!(self.kind.activation, Some(Of::Channel(_)))
    }

    /// Of a number, in f64.
    pub(crate) fn of_one(self, x: f64) -> f64 {
        let mut frame = [x];
        self.apply(&mut frame);
        let [y] = frame;
        y
    }

    /// Changes a frame in f64.
    pub(crate) fn apply(self, frame: &mut [f64]) {
        let parameters = self.parameters.map(f64::from);
        match self.meant().activation {
            Some(Of::Channel(function)) => {
                for x in frame {
                    *x = function(*x, parameters);
                }
            }
            Some(Of::Frame(function)) => function(frame),
            None => {}
        }
    }

    /// As the user writes it.
    pub(crate) fn flag(self) -> String {
        let name = self.kind.name;
        match self.parameters() {
            [] => name.to_owned(),
            [parameter] => format!("{name}={parameter:?}"),
            parameters => format!("{name}={parameters:?}"),
        }
    }
}

struct ActivationLayer {
    channels: usize,
    activation: Activation,
}

impl Layer for ActivationLayer {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn at_once(&self) -> Option<AtOnce> {
        Some(AtOnce { saved: 0, is_copied: false, copied: 0 })
    }

    fn activation(&self) -> Option<Activation> {
        Some(self.activation)
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        names.frame.to_token_stream()
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        Rest::of(given.frames.clone())
    }

    fn summary(&self) -> Summary {
        let parameters = self.activation.kind.keys.iter().zip(self.activation.parameters());
        let flags = parameters.map(|(key, value)| format!("{}={value:?}", key.name)).collect();
        Summary { flags, ..Summary::default() }
    }
}
