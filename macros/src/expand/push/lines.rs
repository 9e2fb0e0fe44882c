//! What a layer's line is made of.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::expand::items::Items;
use crate::expand::weights;
use crate::layer::{Activation, Names};
use crate::model::{NamedLayer, Net};
use crate::names::weights_module;

/// Makes lines, and knows the functions of the runtime that they name.
pub(super) struct Lines<'a> {
    net: &'a Net<'a>,
    functions: Vec<&'static str>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(net: &'a Net<'a>) -> Self {
        Self { net, functions: Vec::new() }
    }

    /// The layer's line. A layer that takes an activation of channels applies it to its sums itself.
    pub(super) fn line(
        &mut self,
        layer: &NamedLayer<'_>,
        this: &TokenStream,
        branches: &[TokenStream],
        line: impl Fn(&Names<'_>) -> TokenStream,
    ) -> TokenStream {
        let module = weights_module(&self.net.ast.name);
        let (state, weights) = match &layer.name {
            Some(name) => {
                let weights = weights::static_name(name);
                (quote!(#this.#name), quote!(#module::#weights))
            }
            None => (TokenStream::new(), TokenStream::new()),
        };
        let activation = layer.layer.activation().filter(|activation| activation.is_of_channels());
        let activation = match activation {
            _ if !layer.takes_activation() => TokenStream::new(),
            Some(activation) => {
                self.name(activation.function());
                activation.expression()
            }
            None => {
                self.name("linear");
                quote!(linear)
            }
        };
        layer.layer.functions().into_iter().for_each(|function| self.name(function));
        let (frame, frames) = (&Items::frame(), &Items::frames());
        let (state, weights, activation) = (&state, &weights, &activation);
        line(&Names { frame, frames, activation, state, weights, branches })
    }

    /// The activation that is left to be applied to the layer's line.
    pub(super) fn rest(&mut self, layer: &NamedLayer<'_>) -> Option<Activation> {
        let activation = layer.layer.activation()?;
        if layer.takes_activation() && activation.is_of_channels() {
            return None;
        }
        self.name(activation.function());
        Some(activation)
    }

    pub(super) fn name(&mut self, function: &'static str) {
        self.functions.push(function);
    }

    /// The `use` of the functions.
    pub(super) fn uses(&self) -> TokenStream {
        let krate = self.net.ast.krate();
        let mut functions = self.functions.clone();
        functions.sort_unstable();
        functions.dedup();
        let functions: Vec<_> =
            functions.into_iter().map(|function| Ident::new(function, Span::call_site())).collect();
        match functions.as_slice() {
            [] => TokenStream::new(),
            [function] => quote!(use #krate::#function;),
            functions => quote!(use #krate::{#(#functions),*};),
        }
    }
}
