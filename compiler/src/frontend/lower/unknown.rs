//! Words that are no layer kind.

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::frontend::framework_names::{self, Meaning, other_activation, plain};
use crate::frontend::kinds::KINDS;
use crate::suggest::{list, suggestion};

/// Reports a word that is no kind, with what to write instead.
pub(super) fn report(kind: &Ident, errors: &mut Errors) {
    let word = kind.to_string();
    let help = match framework_names::meaning(&word) {
        Some(Meaning::Here(name)) => format!("help: write `{name}` instead"),
        Some(Meaning::Help(help)) => format!("help: {help}"),
        Some(Meaning::OtherActivation) => other_activation(&word),
        Some(Meaning::OtherLayer) => format!("note: `{word}` is not served; {}", layers()),
        None => spelt_otherwise(&word).unwrap_or_else(|| {
            suggestion(&word, KINDS.iter().map(|kind| kind.name)).unwrap_or_else(|| {
                let layers = layers();
                format!("note: {layers}, and activations such as `relu`")
            })
        }),
    };
    errors.report(kind, format!("no layer kind `{word}`\n{help}"));
}

/// A kind of this name but for case and underscores: `BatchNorm`, `LeakyReLU`.
fn spelt_otherwise(word: &str) -> Option<String> {
    let kind = KINDS.iter().find(|kind| plain(kind.name) == plain(word))?;
    Some(format!("help: write `{}` instead", kind.name))
}

fn layers() -> String {
    let layers = KINDS.iter().filter(|kind| kind.activation.is_none());
    format!("the kinds are {}", list(layers.map(|kind| kind.name)))
}
