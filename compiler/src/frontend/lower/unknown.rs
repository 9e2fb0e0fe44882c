//! Words that are no layer kind.

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::frontend::kinds::KINDS;
use crate::suggest::{list, suggestion};

/// What frameworks call a kind, without the `1d` behind it, where that is not near its name here.
const FOREIGN: [(&[&str], &str); 13] = [
    (&["add"], "sum"),
    (&["multiply", "mul"], "product"),
    (&["concatenate", "cat"], "concat"),
    (&["linear", "fully_connected"], "dense"),
    (&["glu"], "gated(linear, sigmoid)"),
    (&["averagepooling", "avgpool"], "avg_pool"),
    (&["maxpooling", "maxpool"], "max_pool"),
    (&["globalaveragepooling", "adaptiveavgpool"], "global_avg"),
    (&["batchnormalization"], "batch_norm"),
    (&["layernormalization"], "layer_norm"),
    (&["upsampling"], "upsample"),
    (&["cropping"], "delay"),
    (&["swish"], "silu"),
];

/// Layers that do nothing once a network is trained.
const OF_TRAINING: [&str; 4] = ["dropout", "spatialdropout", "gaussiannoise", "identity"];

/// Reports a word that is no kind, with the one that may be meant.
pub(super) fn report(kind: &Ident, errors: &mut Errors) {
    let word = kind.to_string();
    let plain = word.to_lowercase().replace('_', "");
    let plain = plain.trim_end_matches("1d");
    let foreign = FOREIGN.iter().find(|(words, _)| words.contains(&plain));
    let help = if let Some((_, name)) = foreign {
        format!("help: that is `{name}` here")
    } else if OF_TRAINING.contains(&plain) {
        "help: leave it out: it does nothing in a trained network".to_owned()
    } else {
        suggestion(&word, KINDS.iter().map(|kind| kind.name)).unwrap_or_else(|| {
            let layers = KINDS.iter().filter(|kind| kind.activation.is_none());
            let names = list(layers.map(|kind| kind.name));
            format!("note: the kinds are {names}, and activations such as `relu`")
        })
    };
    errors.report(kind, format!("no layer kind `{word}`\n{help}"));
}
