//! What a layer's line is made of.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ast::Weights;
use crate::expand::items::Items;
use crate::expand::weights;
use crate::layer::{Activation, Names, condition};
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
        let state = layer.name.as_ref().map(|name| quote!(#this.#name)).unwrap_or_default();
        let (weights, activation) = (self.weights(layer), self.of_sums(layer));
        layer.layer.functions().into_iter().for_each(|function| self.name(function));
        let (frame, frames) = match layer.through {
            Some(_) => (&condition(), &condition()),
            None => (&Items::frame(), &Items::frames()),
        };
        let (state, weights, activation) = (&state, &weights, &activation);
        line(&Names { frame, frames, activation, state, weights, branches })
    }

    /// What stands before a layer's line, and the line, of one frame of several, with all of its activation.
    pub(super) fn of_frame(
        &mut self,
        layer: &NamedLayer<'_>,
        branches: &[TokenStream],
    ) -> (TokenStream, TokenStream) {
        let this = Ident::new("net", Span::mixed_site()).into_token_stream();
        let before = self.line(layer, &this, branches, |names| layer.layer.before(names));
        let line = self.line(layer, &this, branches, |names| layer.layer.push(names));
        let line = match self.rest(layer).map(Activation::expression) {
            Some(activation) => {
                self.name("activate");
                quote!(activate(#line, #activation))
            }
            None => line,
        };
        (before, line)
    }

    /// The line of a convolution and what is mixed into its sums.
    pub(super) fn mixed(&mut self, conv: &NamedLayer<'_>, mixin: &NamedLayer<'_>) -> TokenStream {
        let (weights, frame, condition) = (self.weights(conv), Items::frame(), condition());
        let state = conv.name.as_ref().map(|name| quote!(self.#name));
        let (mixin, activation) = (self.weights_reference(mixin), self.of_sums(mixin));
        quote!(#weights.push_mixed(&mut #state, #frame, (#mixin, #condition), #activation))
    }

    /// The product that makes the frame of a convolution of the condition, where that takes the condition itself. Of one
    /// channel: each sum of it is one product then, to which another may be added before or after.
    pub(super) fn product(&self, conv: &NamedLayer<'_>) -> Option<&'a NamedLayer<'a>> {
        self.net.layers.get(conv.through?).filter(|product| product.layer.inputs() == 1)
    }

    /// What the methods of a layer's weights are called on: the path of their `static`.
    ///
    /// Of `#[weights = zeros]`, the compiler is not to see that the numbers are zeros: it would leave out what trained
    /// weights take, and the network would say nothing about instructions and code.
    pub(super) fn weights(&self, layer: &NamedLayer<'_>) -> TokenStream {
        let (module, name) = (weights_module(&self.net.ast.name), layer.name.as_ref());
        let Some(name) = name.map(weights::static_name) else { return TokenStream::new() };
        match self.net.ast.attributes.weights {
            Some(Weights::Zeros(_)) => quote!(::core::hint::black_box(&#module::#name)),
            _ => quote!(#module::#name),
        }
    }

    /// A reference to them, as an argument.
    pub(super) fn weights_reference(&self, layer: &NamedLayer<'_>) -> TokenStream {
        let weights = self.weights(layer);
        match self.net.ast.attributes.weights {
            Some(Weights::Zeros(_)) => weights,
            _ => quote!(&#weights),
        }
    }

    /// The activation of a layer's sums.
    pub(super) fn of_sums(&mut self, layer: &NamedLayer<'_>) -> TokenStream {
        let activation = layer.layer.activation().filter(|activation| activation.is_of_channels());
        match activation {
            _ if !layer.takes_activation() => TokenStream::new(),
            Some(activation) => {
                self.name(activation.function());
                activation.expression()
            }
            None => {
                self.name("linear");
                quote!(linear)
            }
        }
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
