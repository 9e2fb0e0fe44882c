//! Activations by the names that Keras gives them, which RTNeural's files have too.

use super::words::{Given, Layer};

/// An activation, with the key and the value of its number where it has one.
#[derive(Clone, Copy)]
pub(super) struct Activation {
    pub(super) kind: &'static str,
    pub(super) parameter: Option<(&'static str, f64)>,
}

impl Activation {
    /// The one of that name, with the number that it has in Keras where none is given.
    pub(super) fn named(name: &str) -> Option<Self> {
        let kind = match name {
            "" | "linear" => "linear",
            "relu" => "relu",
            "relu6" => "relu6",
            "leaky_relu" => "leaky_relu",
            "elu" => "elu",
            "tanh" => "tanh",
            "sigmoid" => "sigmoid",
            "silu" | "swish" => "silu",
            "selu" => "selu",
            "softsign" => "softsign",
            "hard_tanh" => "hard_tanh",
            "hard_sigmoid" => "hard_sigmoid",
            "hard_silu" | "hard_swish" => "hard_swish",
            "softmax" => "softmax",
            "log_softmax" => "log_softmax",
            "softplus" => "softplus",
            "gelu" => "gelu",
            "mish" => "mish",
            "log_sigmoid" => "log_sigmoid",
            "exponential" => "exp",
            _ => return None,
        };
        let parameter = match kind {
            "leaky_relu" => Some(("slope", 0.2)),
            "elu" => Some(("alpha", 1.0)),
            _ => None,
        };
        Some(Self { kind, parameter })
    }

    /// As a layer of its own.
    pub(super) fn layer(self) -> Layer {
        let argument = self.parameter.map(|(key, number)| Given::Reals(key, vec![number]));
        Layer::new(self.kind).with(argument)
    }

    /// A layer that ends in it.
    pub(super) fn end(self, layer: Layer) -> Layer {
        match self {
            Self { kind: "linear", .. } => layer,
            Self { kind, parameter: None } => layer.flag_if(true, kind),
            Self { kind, parameter: Some((_, number)) } => {
                layer.with([Given::Reals(kind, vec![number])])
            }
        }
    }
}
