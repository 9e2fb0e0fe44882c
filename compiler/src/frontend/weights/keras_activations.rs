//! Activations by the names that Keras gives them, which RTNeural's files have too.

use crate::frontend::build::activation::{self as form, Of};
use crate::frontend::build::{Applied, Wrong};

/// The one of that name, with the number that it has in Keras where none is given. `None` for others.
pub(super) fn named(name: &str) -> Result<Option<Applied>, Wrong> {
    let (form, number) = match name {
        "" | "linear" => (&form::LINEAR, None),
        "relu" => (&form::RELU, None),
        "relu6" => (&form::RELU6, None),
        "leaky_relu" => (&form::LEAKY_RELU, Some(0.2)),
        "elu" => (&form::ELU, Some(1.0)),
        "tanh" => (&form::TANH, None),
        "sigmoid" => (&form::SIGMOID, None),
        "silu" | "swish" => (&form::SILU, None),
        "selu" => (&form::SELU, None),
        "softsign" => (&form::SOFTSIGN, None),
        "hard_tanh" => (&form::HARD_TANH, None),
        "hard_sigmoid" => (&form::HARD_SIGMOID, None),
        "hard_silu" | "hard_swish" => (&form::HARD_SWISH, None),
        "softmax" => (&form::SOFTMAX, None),
        "log_softmax" => (&form::LOG_SOFTMAX, None),
        "softplus" => (&form::SOFTPLUS, None),
        "gelu" => (&form::GELU, None),
        "mish" => (&form::MISH, None),
        "log_sigmoid" => (&form::LOG_SIGMOID, None),
        "exponential" => (&form::EXP, None),
        _ => return Ok(None),
    };
    Applied::with(form, number.as_slice()).map(Some)
}

/// What a layer ends in: nothing where that changes nothing.
pub(super) fn ending(activation: Applied) -> Option<Applied> {
    Some(activation).filter(|activation| !matches!(activation.form.of, Of::Nothing))
}
