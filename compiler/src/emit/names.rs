//! The names in an expansion: local variables, fields, statics.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;

use super::state;
use crate::graph::{Graph, Op, Table, Value};

/// A local variable of the expansion. No item of the user's crate has such a name, which a pattern would mean instead.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

/// The names of a graph's values.
pub(crate) struct Names {
    locals: Table<Ident>,
    fields: Table<Option<Ident>>,
    /// The field of the weights, where a network has several files: no layer has that name.
    weights: Ident,
}

impl Names {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut locals = graph.table(local("frame"));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for value in graph.printed() {
            let of_layer = graph.layer(value).map_or_else(
                || "value".to_owned(),
                |layer| {
                    layer
                        .name
                        .as_ref()
                        .map_or_else(|| layer.kind.clone(), |name| name.unraw().to_string())
                },
            );
            let name = match graph[value].op {
                Op::Round => format!("{of_layer}_rounded"),
                Op::Extend => format!("{of_layer}_extended"),
                _ => of_layer,
            };
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            locals[value] = match count {
                1 => local(&name),
                count => local(&format!("{name}_{count}")),
            };
        }
        let is_taken =
            graph.layers.iter().flat_map(|layer| &layer.name).any(|name| name == "weights");
        let weights = format_ident!("{}", if is_taken { "loaded_weights" } else { "weights" });
        Self { locals, fields: fields(graph), weights }
    }

    /// The variable that holds a value.
    pub(crate) fn local(&self, value: Value) -> &Ident {
        &self.locals[value]
    }

    /// The field of the weights, where a network has several files.
    pub(crate) fn weights(&self) -> &Ident {
        &self.weights
    }

    /// The field of what a node keeps.
    pub(crate) fn field(&self, value: Value) -> Option<&Ident> {
        self.fields[value].as_ref()
    }
}

/// A field for each node that keeps something: its layer's name, numbered where the layer has several.
fn fields(graph: &Graph) -> Table<Option<Ident>> {
    let mut fields = graph.table(None);
    let keeping: Vec<_> =
        graph.lines().into_iter().filter(|value| state::of(graph, *value).is_some()).collect();
    for value in &keeping {
        let layer = graph[*value].layer;
        let of_layer = || keeping.iter().filter(|other| graph[**other].layer == layer);
        let Some(name) = graph.layer(*value).and_then(|layer| layer.name.as_ref()) else {
            continue;
        };
        let place = of_layer().position(|other| other == value).unwrap_or_default();
        fields[*value] = Some(match of_layer().count() {
            1 => name.clone(),
            _ => format_ident!("{name}_{}", place + 1),
        });
    }
    fields
}

/// `CONV1` for `conv1`.
pub(crate) fn static_name(name: &Ident) -> Ident {
    format_ident!("{}", name.unraw().to_string().to_uppercase())
}

/// The field with the weights of a layer, where a network has several files.
pub(crate) fn field_name(name: &Ident) -> Ident {
    let lower = name.unraw().to_string().to_lowercase();
    crate::names::word(&format_ident!("{lower}")).unwrap_or_else(|| format_ident!("{lower}_"))
}

/// The constant that a layer's state starts from: `LSTM1_START` for `LSTM1`.
pub(crate) fn start_name(name: &Ident) -> Ident {
    format_ident!("{name}_START")
}
