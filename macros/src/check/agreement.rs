//! Whether layers that are written are those that the weights file says.

use proc_macro2::TokenStream;

use super::all_layers;
use crate::ast;
use crate::errors::Errors;
use crate::model::{Fate, NamedLayer, Net};
use crate::numbers::plural;
use crate::weights::Source;

/// Reports the first layer that is another than the file's. Whether there is none.
pub(crate) fn check(
    net: &Net<'_>,
    topology: Vec<ast::Layer>,
    source: &Source,
    errors: &mut Errors,
) -> bool {
    let file = ast::Net {
        attributes: ast::Attributes::default(),
        visibility: TokenStream::new(),
        name: net.ast.name.clone(),
        layers: topology,
        words: Vec::new(),
        are_written: true,
        layers_are_whole: true,
    };
    let before = errors.len();
    let (layers, _) = all_layers(&file, errors);
    if errors.len() > before {
        return false;
    }
    let written = rows(net.layers.iter().zip(net.ast.depths()));
    let said = rows(layers.iter().flatten().zip(file.depths()));
    let (name, shown) = (&net.ast.name, &source.shown);
    let help = format!("help: leave the list out: `struct {name};`");
    let differing = written.iter().zip(&said).find(|(written, said)| written.0 != said.0);
    if let Some(((_, written), (_, said))) = differing {
        let message = format!("`{shown}` has another layer here: `{}`", said.ast.text());
        errors.report(&written.ast.kind, format!("{message}\n{help}"));
        return false;
    }
    if written.len() != said.len() {
        let count = plural(written.len(), "layer");
        let message = format!("`{name}` has {count}, but `{shown}` says {}", said.len());
        errors.report(name, format!("{message}\n{help}"));
        return false;
    }
    true
}

/// What makes two layers the same, however they are written.
#[derive(PartialEq)]
struct Row {
    depth: usize,
    /// Where it has no taps: `dense(…)` is `conv(k=1, …)`.
    kind: Option<String>,
    inputs: usize,
    outputs: usize,
    taps: Option<usize>,
    dilation: Option<usize>,
    flags: Vec<String>,
}

/// The layers, without activations that are part of others.
fn rows<'a>(
    layers: impl Iterator<Item = (&'a NamedLayer<'a>, usize)>,
) -> Vec<(Row, &'a NamedLayer<'a>)> {
    let own = layers
        .filter(|(layer, _)| !(layer.is_activation() && matches!(layer.fate, Fate::Part { .. })));
    let rows = own.map(|(named, depth)| {
        let (layer, summary) = (&named.layer, named.layer.summary());
        let row = Row {
            depth,
            kind: summary.taps.is_none().then(|| named.ast.kind.to_string()),
            inputs: layer.inputs(),
            outputs: layer.outputs(),
            taps: summary.taps,
            dilation: summary.dilation.filter(|_| summary.taps != Some(1)),
            flags: summary.flags,
        };
        (row, named)
    });
    rows.collect()
}
