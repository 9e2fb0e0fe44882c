//! Activations: a flag of a weighted layer, or a layer of their own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{Arguments, Key, Kind, Layer, Names, Role, Summary, Takes};
use crate::errors::Errors;
use crate::numbers::float;

pub(super) const RELU: Kind = activation("relu", &[]);
pub(super) const RELU6: Kind = activation("relu6", &[]);
pub(super) const LEAKY_RELU: Kind = activation(
    "leaky_relu",
    &[Key {
        name: "slope",
        doc: "the slope below zero",
        takes: Takes::Real,
        aliases: &["negative_slope", "alpha"],
    }],
);
pub(super) const ELU: Kind = activation(
    "elu",
    &[Key {
        name: "alpha",
        doc: "the limit below zero, made positive",
        takes: Takes::Real,
        aliases: &[],
    }],
);
pub(super) const TANH: Kind = activation("tanh", &[]);
pub(super) const SIGMOID: Kind = activation("sigmoid", &[]);
pub(super) const SOFTMAX: Kind = activation("softmax", &[]);

const fn activation(name: &'static str, keys: &'static [Key]) -> Kind {
    Kind { name, keys, flags: &[], role: Role::Activation, build }
}

fn build(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    let kind = arguments.kind;
    let parameter = match kind.keys.first() {
        Some(key) => Some(arguments.real(key.name)?),
        None => None,
    };
    let activation = Activation { kind, parameter };
    Some(Box::new(ActivationLayer { channels: arguments.inputs?, activation }))
}

/// A function of the runtime, applied to a whole frame.
#[derive(Clone, Copy)]
pub(crate) struct Activation {
    pub(crate) kind: &'static Kind,
    pub(crate) parameter: Option<f32>,
}

impl Activation {
    /// The function's name, which is the kind's.
    pub(crate) fn function(self) -> Ident {
        Ident::new(self.kind.name, Span::call_site())
    }

    /// The function applied to an expression.
    pub(crate) fn apply(self, frame: &TokenStream) -> TokenStream {
        let function = self.function();
        match self.parameter.map(float) {
            Some(parameter) => quote!(#function(#parameter, #frame)),
            None => quote!(#function(#frame)),
        }
    }

    /// As the user writes it.
    pub(crate) fn flag(self) -> String {
        match self.parameter {
            Some(parameter) => format!("{}={parameter:?}", self.kind.name),
            None => self.kind.name.to_owned(),
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

    fn activation(&self) -> Option<Activation> {
        Some(self.activation)
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        names.frame.to_token_stream()
    }

    fn summary(&self) -> Summary {
        let parameter = self.activation.parameter.zip(self.activation.kind.keys.first());
        let flags = parameter.map(|(value, key)| format!("{}={value:?}", key.name));
        Summary { taps: None, dilation: None, flags: flags.into_iter().collect() }
    }
}
