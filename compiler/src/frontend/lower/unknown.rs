//! Words that are no layer kind.

use proc_macro2::Ident;

use crate::errors::{Errors, Hint, Message};
use crate::frontend::framework_names::{self, Meaning, other_activation};
use crate::frontend::kinds::{self, KINDS};
use crate::suggest::{list, suggestion};

/// Reports a word that is no kind, with what to write instead.
pub(super) fn report(kind: &Ident, errors: &mut Errors) {
    let word = kind.to_string();
    let hint = match framework_names::meaning(&word) {
        Some(Meaning::Here(name)) => Hint::help(format!("write `{name}` instead")),
        Some(Meaning::Help(help)) => Hint::help(*help),
        Some(Meaning::OtherActivation) => other_activation(&word),
        Some(Meaning::OtherLayer) => Hint::note(format!("`{word}` is not served; {}", layers())),
        None => instead(&word),
    };
    errors.report(kind, Message::new(format!("no layer kind `{word}`")).hint(hint));
}

/// The kind that is spelt otherwise here, or one that is spelt like it.
fn instead(word: &str) -> Hint {
    if let Some(kind) = kinds::meant(word) {
        return Hint::help(format!("write `{}` instead", kind.name));
    }
    suggestion(word, KINDS.iter().map(|kind| kind.name))
        .unwrap_or_else(|| Hint::note(format!("{}, and activations such as `relu`", layers())))
}

fn layers() -> String {
    let layers = KINDS.iter().filter(|kind| kind.activation.is_none());
    format!("the kinds are {}", list(layers.map(|kind| kind.name)))
}
