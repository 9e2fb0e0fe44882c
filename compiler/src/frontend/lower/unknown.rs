//! Words that are no layer kind.

use proc_macro2::Ident;

use crate::errors::{Errors, Hint, Message};
use crate::frontend::framework_names::{self, Meaning, other_activation, plain};
use crate::frontend::kinds::KINDS;
use crate::suggest::{list, suggestion};

/// Reports a word that is no kind, with what to write instead.
pub(super) fn report(kind: &Ident, errors: &mut Errors) {
    let word = kind.to_string();
    let hint = match framework_names::meaning(&word) {
        Some(Meaning::Here(name)) => Hint::help(format!("write `{name}` instead")),
        Some(Meaning::Help(help)) => Hint::help(*help),
        Some(Meaning::OtherActivation) => other_activation(&word),
        Some(Meaning::OtherLayer) => Hint::note(format!("`{word}` is not served; {}", layers())),
        None => spelt_otherwise(&word).unwrap_or_else(|| {
            suggestion(&word, KINDS.iter().map(|kind| kind.name)).unwrap_or_else(|| {
                Hint::note(format!("{}, and activations such as `relu`", layers()))
            })
        }),
    };
    errors.report(kind, Message::new(format!("no layer kind `{word}`")).hint(hint));
}

/// A kind of this name but for case and underscores: `BatchNorm`, `LeakyReLU`.
fn spelt_otherwise(word: &str) -> Option<Hint> {
    let kind = KINDS.iter().find(|kind| plain(kind.name) == plain(word))?;
    Some(Hint::help(format!("write `{}` instead", kind.name)))
}

fn layers() -> String {
    let layers = KINDS.iter().filter(|kind| kind.activation.is_none());
    format!("the kinds are {}", list(layers.map(|kind| kind.name)))
}
