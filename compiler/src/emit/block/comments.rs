//! Comments of the body: which layers the lines compute.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;

use super::Walk;
use crate::emit::docs;
use crate::graph::{Layer, LayerId, Value};

impl Walk<'_, '_> {
    /// The tokens of the line of a value, with a comment that names the layers whose operations the line computes: `before` is how
    /// many values were done before it. Lines of one layer have one comment.
    pub(in crate::emit) fn commented(
        &mut self,
        value: Value,
        before: usize,
        line: TokenStream,
    ) -> TokenStream {
        let mut computed = vec![value];
        computed.extend(self.done.iter().skip(before));
        let mut place = 0;
        while let Some(value) = computed.get(place) {
            let inlined = self.graph[*value].operands();
            let inlined = inlined.filter(|operand| self.graph[*operand].is_inline);
            computed.extend(inlined.collect::<Vec<_>>());
            place += 1;
        }
        let layers = self.graph.layers_of(&computed);
        if layers.iter().all(|layer| self.described.contains(layer)) {
            return line;
        }
        let shown = layers.iter().filter_map(|LayerId(place)| self.graph.layers.get(*place));
        let mut tokens = docs::line(&shown.map(described).collect::<Vec<_>>().join(", "));
        self.described = layers;
        tokens.extend(line);
        tokens
    }
}

/// A layer as the user would write it, behind its label.
fn described(layer: &Layer) -> String {
    let is_wide = layer.inputs != layer.outputs || layer.taps.is_some();
    let numbers = [
        ("k", layer.taps.filter(|taps| *taps > 1 || layer.kind == "conv")),
        ("in", is_wide.then_some(layer.inputs)),
        ("out", is_wide.then_some(layer.outputs)),
        ("dilation", layer.dilation.filter(|dilation| *dilation > 1)),
    ];
    let is_flag = |key: &str| layer.flags.iter().any(|flag| flag.split('=').next() == Some(key));
    let numbers = numbers.into_iter().filter(|(key, _)| !is_flag(key));
    let numbers = numbers.filter_map(|(key, number)| Some(format!("{key}={}", number?)));
    let arguments: Vec<_> = numbers.chain(layer.flags.iter().cloned()).collect();
    let label = layer.name.as_ref().map(|name| format!("`{}`: ", name.unraw())).unwrap_or_default();
    format!("{label}`{}({})`", layer.kind, arguments.join(", "))
}
