//! How a network begins: what makes a new one, and what makes it as new again.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::docs::line;
use super::items::cfgs;
use super::weights::{start_name, static_name};
use crate::ast;
use crate::layer::State;
use crate::model::{Fate, Net};
use crate::names::{rest_module, weights_module};
use crate::numbers::{count, nested, plural};
use crate::tensor::Tensor;

/// A network whose histories are zeros, and how an existing one begins anew.
pub(super) struct Start {
    pub(super) cold: TokenStream,
    pub(super) reset: TokenStream,
    /// Bytes of flash that a `static` takes, where not all of it is zeros.
    pub(super) image: usize,
}

impl Start {
    pub(super) fn of(
        net: &Net<'_>,
        fields: &[(Ident, State)],
        tensors: Option<&[Vec<Tensor>]>,
        rest: Option<&[Vec<Option<Tensor>>]>,
    ) -> Self {
        let krate = net.ast.krate();
        let starts = starts(net, tensors.unwrap_or_default());
        let initial = fields.iter().map(|(name, state)| {
            let ty = format_ident!("{}", state.name);
            let start = starts.iter().find(|(other, _)| other == name);
            let start = start.map(|(_, start)| start.clone());
            let start = start.unwrap_or_else(|| quote!(#krate::#ty::new()));
            quote!(#name: #start)
        });
        let cold = quote!(Self { #(#initial),* });
        let module = rest_module(&net.ast.name);
        let again = match rest {
            Some(rest) => {
                let filled = fields.iter().zip(rest.iter().flatten());
                let filled = filled.map(|((name, _), numbers)| {
                    let constant = static_name(name);
                    let numbers = numbers.as_ref().map(|_| quote!(&#module::#constant));
                    quote!(self.#name.fill(#numbers);)
                });
                filled.collect()
            }
            // A mistake hides what it would be.
            None if net.ast.starts_at_rest() => TokenStream::new(),
            None => forget(net, tensors.unwrap_or_default()),
        };
        Self { cold, reset: again, image: net.state_bytes() }
    }

    /// What makes a new one.
    pub(super) fn constructors(&self, net: &ast::Net) -> TokenStream {
        let (visibility, cold) = (&net.visibility, &self.cold);
        if !net.starts_at_rest() {
            return quote! {
                /// A network in its initial state, before the first frame.
                #[must_use]
                #visibility const fn new() -> Self {
                    #cold
                }
            };
        }
        let net = Ident::new("net", Span::mixed_site());
        let image = format!(
            "In a `static`, it takes {} of flash; a [`cold`](Self::cold) network takes none.",
            plural(self.image, "byte")
        );
        let image = line(&image);
        quote! {
            /// A network in its steady state, as if a constant input had been pushed forever.
            ///
            #image
            #[must_use]
            #visibility const fn new() -> Self {
                let mut #net = Self::cold();
                #net.reset();
                #net
            }

            /// A network before its first frame, with all state zero. [`reset`](Self::reset) brings it to the steady
            /// state.
            #[must_use]
            #visibility const fn cold() -> Self {
                #cold
            }
        }
    }

    /// What makes it as new.
    pub(super) fn reset(&self, net: &ast::Net) -> TokenStream {
        let (visibility, reset) = (&net.visibility, &self.reset);
        if net.starts_at_rest() {
            quote! {
                /// Returns to the steady state, as after [`new`](Self::new).
                #visibility const fn reset(&mut self) {
                    #reset
                }
            }
        } else {
            quote! {
                /// Returns to the initial state, as after [`new`](Self::new).
                #visibility fn reset(&mut self) {
                    #reset
                }
            }
        }
    }
}

/// Makes every field as it is in a network that has seen no frame.
pub(super) fn forget(net: &Net<'_>, tensors: &[Vec<Tensor>]) -> TokenStream {
    let starts = starts(net, tensors);
    let lines = net.fields().into_iter().map(|(name, _)| {
        match starts.iter().find(|(other, _)| *other == name) {
            Some((_, start)) => quote!(self.#name = #start;),
            None => quote!(self.#name.reset();),
        }
    });
    lines.collect()
}

/// The fields whose state the weights file has, and the constants with it.
fn starts(net: &Net<'_>, tensors: &[Vec<Tensor>]) -> Vec<(Ident, TokenStream)> {
    let module = weights_module(&net.ast.name);
    let layers = net.layers.iter().zip(tensors);
    let starting = layers.filter(|(layer, tensors)| {
        layer.fate == Fate::Line && layer.layer.start(&net.ast.krate(), tensors).is_some()
    });
    let named = starting.filter_map(|(layer, _)| layer.name.clone());
    let with_start = named.map(|name| {
        let start = start_name(&static_name(&name));
        (name, quote!(#module::#start))
    });
    with_start.collect()
}

/// The numbers of a network at rest.
pub(super) fn module(net: &Net<'_>, rest: &[Vec<Option<Tensor>>]) -> Option<TokenStream> {
    let fields = net.fields();
    let constants = fields.iter().zip(rest.iter().flatten()).filter_map(|((name, _), numbers)| {
        let Tensor { shape, numbers } = numbers.as_ref()?;
        let of = |ty, length: &usize| {
            let length = count(*length);
            quote!([#ty; #length])
        };
        let ty = shape.iter().rev().fold(quote!(f32), of);
        let (name, numbers) = (static_name(name), nested(shape, numbers));
        Some(quote!(pub(super) const #name: #ty = #numbers;))
    });
    let constants: Vec<_> = constants.collect();
    let (cfgs, module) = (cfgs(net.ast), rest_module(&net.ast.name));
    (!constants.is_empty()).then(|| {
        quote! {
            #(#cfgs)*
            #[allow(clippy::approx_constant, reason = "a number may be near one")]
            mod #module {
                #(#constants)*
            }
        }
    })
}
