//! Which tensor of the file belongs to which layer.

use std::fmt::Write as _;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;

use super::{Entry, Source, Store, Tensor, shape};
use crate::ast::{Argument, Value};
use crate::errors::Errors;
use crate::layer::Shape;
use crate::model::{NamedLayer, Net};
use crate::suggest::{list, suggestion};

/// The tensors of each layer, in the order in which it needs them; none for a layer without weights.
pub(crate) fn bind(
    net: &Net<'_>,
    store: Store,
    source: &Source,
    errors: &mut Errors,
) -> Vec<Vec<Tensor>> {
    let weighted = |layer: &&NamedLayer<'_>| !layer.layer.tensors().is_empty();
    let labelled = net
        .layers
        .iter()
        .filter(weighted)
        .any(|layer| layer.ast.label.is_some());
    let mut entries: Vec<Option<Entry>> = store.layers.into_iter().map(Some).collect();
    let needed = net.layers.iter().filter(weighted).count();
    if !labelled && entries.len() != needed {
        let message = format!("`{}` has {needed} layers with weights", net.ast.name);
        let found = format!("`{}` has {}", source.shown, entries.len());
        errors.report(&source.written, format!("{message}, but {found}"));
        return Vec::new();
    }
    let mut bound = Vec::new();
    let mut position = 0;
    for layer in &net.layers {
        let Some(name) = layer.name.as_ref().filter(|_| weighted(&layer)) else {
            bound.push(Vec::new());
            continue;
        };
        let place = if labelled {
            named(name, &entries, source, errors)
        } else {
            Some(position)
        };
        position += 1;
        let entry = place
            .and_then(|place| entries.get_mut(place))
            .and_then(Option::take);
        bound.push(
            entry
                .map(|entry| tensors(layer, name, entry, errors))
                .unwrap_or_default(),
        );
    }
    for entry in entries.iter().flatten() {
        let name = entry.name.as_deref().unwrap_or("without a name");
        let message = format!(
            "`{}` has a layer `{name}`, which no layer uses",
            source.shown
        );
        errors.report(&source.written, message);
    }
    bound
}

/// The place of the file's layer of that name.
fn named(
    name: &Ident,
    entries: &[Option<Entry>],
    source: &Source,
    errors: &mut Errors,
) -> Option<usize> {
    let name = name.unraw();
    let names = || {
        entries
            .iter()
            .flatten()
            .filter_map(|entry| entry.name.as_deref())
    };
    let is_it = |entry: &Option<Entry>| {
        entry
            .as_ref()
            .and_then(|entry| entry.name.as_deref())
            .is_some_and(|other| name == *other)
    };
    let place = entries.iter().position(is_it);
    if place.is_none() {
        let word = name.to_string();
        let help = suggestion(&word, names()).unwrap_or_else(|| match names().count() {
            0 => "help: give each of its layers a `name`, or none of these a label".to_owned(),
            _ => format!("note: it has {}", list(names())),
        });
        let message = format!("`{}` has no layer `{word}`", source.shown);
        errors.report(&name.into_token_stream(), format!("{message}\n{help}"));
    }
    place
}

/// The tensors that one layer needs, out of its entry.
fn tensors(
    layer: &NamedLayer<'_>,
    name: &Ident,
    mut entry: Entry,
    errors: &mut Errors,
) -> Vec<Tensor> {
    let needs = layer.layer.tensors();
    let mut tensors = Vec::new();
    for need in &needs {
        let Some(place) = entry.tensors.iter().position(|(name, _)| name == need.name) else {
            let mut message = format!("`{name}` has no `{}` in the weights file", need.name);
            if need.name == "bias" {
                message.push_str("\nhelp: write `no_bias` where the layer was trained without one");
            }
            errors.report(&layer.ast.kind, message);
            continue;
        };
        let (_, tensor) = entry.tensors.swap_remove(place);
        check_shape(layer, name, need, &tensor, errors);
        tensors.push(tensor);
    }
    for (left, _) in &entry.tensors {
        let names = needs.iter().map(|need| need.name);
        let help = if left == "bias" {
            Some("help: remove `no_bias`, or the file's `bias`".to_owned())
        } else {
            suggestion(left, names)
        };
        let help = help.map(|help| format!("\n{help}")).unwrap_or_default();
        let message = format!("`{name}` does not use `{left}`, which the weights file gives it");
        errors.report(&layer.ast.kind, format!("{message}{help}"));
    }
    tensors
}

fn check_shape(
    layer: &NamedLayer<'_>,
    name: &Ident,
    need: &Shape,
    tensor: &Tensor,
    errors: &mut Errors,
) {
    let wanted: Vec<_> = need
        .dimensions
        .iter()
        .map(|dimension| dimension.length)
        .collect();
    if tensor.shape == wanted || need.also.as_ref() == Some(&tensor.shape) {
        return;
    }
    let order: Vec<_> = need
        .dimensions
        .iter()
        .map(|dimension| dimension.name)
        .collect();
    let mut message = format!(
        "`{name}` needs a `{}` of {}, but the file has one of {}",
        need.name,
        shape(&wanted),
        shape(&tensor.shape),
    );
    let _ = write!(message, "\nnote: the order is ({})", order.join(", "));
    if let (&[taps, inputs, outputs], true) = (wanted.as_slice(), need.name == "kernel")
        && tensor.shape == [outputs, inputs, taps]
    {
        message
            .push_str("\nhelp: the file's order looks like (out, in, k), PyTorch's: transpose it");
    }
    // The one argument that is wrong, if there is one and it is written; else the layer.
    let mut wrong = need.dimensions.iter().zip(&tensor.shape);
    let mut wrong = wrong
        .by_ref()
        .filter(|(dimension, found)| dimension.length != **found);
    let argument = match (wrong.next(), wrong.next()) {
        (Some((dimension, _)), None) if tensor.shape.len() == wanted.len() => layer
            .ast
            .arguments
            .iter()
            .find(|argument| argument.key == dimension.key),
        _ => None,
    };
    match argument {
        Some(Argument {
            value: Some(Value::Number(number)),
            ..
        }) => {
            errors.report(&number.tokens, message);
        }
        _ => errors.report(&layer.ast.kind, message),
    }
}
