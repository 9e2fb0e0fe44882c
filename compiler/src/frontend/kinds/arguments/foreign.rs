//! Keys and flags as frameworks name them.

use crate::errors::Hint;
use crate::frontend::ast::{Argument, Value};
use crate::frontend::build::activation::LINEAR;
use crate::frontend::framework_names::{Meaning, meaning, other_activation, plain};
use crate::frontend::keys;
use crate::frontend::kinds::{Kind, Takes, activations};

/// The name of a framework's for one of `names`, with what a message says of it. An activation that is not served is for
/// none of them.
pub(super) fn of_a_framework(word: &str, names: &[&'static str]) -> Option<(&'static str, Hint)> {
    let takes_activations = names.contains(&"relu");
    let same = names.iter().find(|name| plain(name) == plain(word));
    let name = match meaning(word) {
        Some(Meaning::OtherActivation) if takes_activations => {
            return Some(("", other_activation(word)));
        }
        Some(Meaning::Here(here)) if same.is_none() => names.iter().find(|name| *name == here)?,
        _ => same?,
    };
    Some((name, Hint::help(format!("write `{}` instead", flag(name)))))
}

/// An activation as a flag, with the number that it needs.
fn flag(name: &str) -> String {
    let needs_number = activations()
        .any(|kind| kind.name == name && matches!(kind.keys, [key] if key.takes == Takes::Real));
    if needs_number { format!("{name}=…") } else { name.to_owned() }
}

/// What frameworks say by a key, and this macro by a flag.
pub(super) fn foreign(kind: &Kind, argument: &Argument) -> Option<Hint> {
    let text = match &argument.value {
        Some(Value::Other { text, .. }) => text.as_str(),
        _ => "",
    };
    let has = |flag| kind.flags().any(|other| other.name == flag);
    let word = argument.key.to_string();
    if kind.name == LINEAR.word && DENSE.contains(&word.as_str()) {
        let number = match &argument.value {
            Some(Value::Number(number)) => number.tokens.to_string(),
            _ => "…".to_owned(),
        };
        let out = if word.contains("bias") { "…" } else { number.as_str() };
        let help = format!("a layer with weights, PyTorch's `Linear`, is `dense(out={out})`");
        let help = format!("`linear` is the activation that changes nothing; {help}");
        return Some(Hint::Help(help));
    }
    Some(Hint::help(match (word.as_str(), text) {
        ("padding", _) if !has(keys::VALID) => return None,
        ("padding", keys::CAUSAL | keys::VALID | keys::SAME) => {
            format!("write the flag `{text}` instead")
        }
        ("padding", _) => {
            "write one of the flags `valid`, `causal` or `same`, or `pad=…`, the zeros before the first frame".to_owned()
        }
        ("activation", _) if kind.activations == 0 => return None,
        ("activation", text) => {
            let names: Vec<_> = kind.activations().map(|kind| kind.name).collect();
            match of_a_framework(text, &names) {
                Some(("", other)) => return Some(other),
                Some((name, _)) => format!("write the flag `{}` instead", flag(name)),
                None => "write the activation's name as a flag, such as `relu`".to_owned(),
            }
        }
        ("bias" | "use_bias", _) if !has(keys::NO_BIAS) => return None,
        ("bias" | "use_bias", "true" | "True") => {
            "leave it out: a layer has a bias unless the flag `no_bias` is given".to_owned()
        }
        ("bias" | "use_bias", _) => {
            "write the flag `no_bias` if the layer was trained without a bias".to_owned()
        }
        _ => return None,
    }))
}

/// What a layer with weights is given, which the activation `linear` has not.
const DENSE: [&str; 8] =
    ["out", "out_features", "outputs", "units", "filters", "bias", "use_bias", "no_bias"];
