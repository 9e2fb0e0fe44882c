//! The names of layers: fields and statics in the expansion, and labels that find weights in the file.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;

use crate::errors::{Errors, Message};
use crate::frontend::ast;

use crate::frontend::build::limits::MOST_LAYERS;
use crate::frontend::kinds;
use crate::names::{steady_module, weights_module, word};

/// The modules of a network's numbers are its own among the networks `declared` before it, to which it is added.
pub(crate) fn own_module(net: &ast::Net, declared: &mut Vec<Ident>, errors: &mut Errors) {
    let has_weights = net.attributes.weights.is_some();
    let module = if has_weights { weights_module } else { steady_module };
    let (name, module) = (&net.name, module(&net.name));
    // Two of one name are for the compiler to refuse, or one of them is switched off.
    let is_same = |other: &&Ident| weights_module(other) == weights_module(name);
    let other = declared.iter().filter(is_same).find(|other| *other != name);
    let has_modules = has_weights || net.starts_at_rest();
    if let Some(other) = other.filter(|_| has_modules) {
        let text = format!("`{other}` and `{name}` would share the module `{module}`");
        errors.report(name, Message::new(text).help("rename one of them"));
    }
    if has_modules {
        declared.push(name.clone());
    }
}

/// A name for each layer that has a label or weights, or may keep something, in the order of the weights file.
///
/// ```text
/// conv(…); relu(); dense(…)               conv1, none, dense2: the first and the second layer of the file
/// taps: conv(…); relu(); mix: dense(…)    taps, none, mix
/// taps: conv(…); dense(…)                 refused: all weighted layers have labels, or none
/// delay(…); conv(…); delay(…)             delay1, conv1, delay2: layers without weights are counted by kind
/// ```
pub(super) fn check(layers: &[&ast::Layer], errors: &mut Errors) -> Vec<Option<Ident>> {
    let labelled = are_labelled(layers);
    let mut unlabelled = Namer::default();
    let mut stack_is_told = false;
    let mut names: Vec<Option<Ident>> = Vec::new();
    for layer in layers {
        let is_weighted = kinds::is_weighted(layer);
        names.push(match &layer.label {
            Some(label) => {
                unlabelled.labelled(is_weighted);
                Some(field(label, errors))
            }
            None if is_weighted => {
                // The layers that one stands for want one label.
                if labelled && !(layer.stands_for.is_some() && stack_is_told) {
                    let written = layer.written();
                    let text = format!("this `{written}` has no label, but other layers have one");
                    let help = "label every layer that has weights, or none";
                    errors.report(&layer.kind, Message::new(text).help(help));
                    stack_is_told = layer.stands_for.is_some();
                }
                unlabelled.next(&layer.kind, is_weighted)
            }
            None => unlabelled.next(&layer.kind, is_weighted),
        });
    }
    // Each label is compared with all before it, and more layers are refused anyway.
    for (place, layer) in layers.iter().enumerate().take(MOST_LAYERS) {
        let Some(label) = &layer.label else { continue };
        let others = names.iter().zip(layers).enumerate();
        let others = others.filter(|(other, (_, layer))| *other < place || layer.label.is_none());
        let mut others = others.filter_map(|(_, (name, _))| name.as_ref());
        distinct(label, &mut others, errors);
    }
    names
}

/// The names of layers without labels, one after the other.
#[derive(Default)]
pub(crate) struct Namer {
    /// The layers with weights so far.
    weighted: usize,
    /// Those without, of each kind that keeps something.
    counts: BTreeMap<&'static str, usize>,
}

impl Namer {
    /// Passes over a layer that has a label.
    fn labelled(&mut self, is_weighted: bool) {
        self.weighted += usize::from(is_weighted);
    }

    /// The name of the next layer; `None` where it needs none.
    pub(crate) fn next(&mut self, kind: &Ident, is_weighted: bool) -> Option<Ident> {
        if is_weighted {
            self.weighted += 1;
            return Some(format_ident!("{kind}{}", self.weighted));
        }
        let word = kinds::kind(kind)?.field_prefix?;
        let count = self.counts.entry(word).or_default();
        *count += 1;
        Some(format_ident!("{word}{count}"))
    }
}

/// Whether labels say which of a file's layers are whose. Labels of some layers that `from` names are for that alone.
pub(crate) fn are_labelled(layers: &[&ast::Layer]) -> bool {
    let is_named = |label: &Ident| {
        let froms = layers.iter().filter(|layer| layer.kind == "from");
        let mut names = froms.flat_map(|layer| layer.arguments.iter().flatten());
        names.any(|argument| argument.key.unraw() == label.unraw())
    };
    let labels = || {
        let weighted = layers.iter().filter(|layer| kinds::is_weighted(layer));
        weighted.map(|layer| layer.label.as_ref())
    };
    labels().flatten().next().is_some()
        && (labels().all(|label| label.is_some())
            || labels().flatten().any(|label| !is_named(label)))
}

/// A label as a field: a keyword of Rust serves as well, written raw.
fn field(label: &Ident, errors: &mut Errors) -> Ident {
    word(label).unwrap_or_else(|| {
        let message = Message::new(format!("`{label}` cannot be the name of a layer"));
        errors.report(label, message.help("write another name"));
        format_ident!("unnamed", span = label.span())
    })
}

fn distinct(label: &Ident, others: &mut dyn Iterator<Item = &Ident>, errors: &mut Errors) {
    let text = label.unraw().to_string();
    let upper = text.to_uppercase();
    let Some(other) =
        others.map(|other| other.unraw().to_string()).find(|other| other.to_uppercase() == upper)
    else {
        return;
    };
    let text = if other == text {
        format!("two layers are named `{text}`")
    } else {
        format!("`{other}` and `{text}` would share the static `{upper}`")
    };
    errors.report(label, Message::new(text).help("rename one of them"));
}
