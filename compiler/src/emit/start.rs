//! How a network begins: what makes a new one, and what makes it as new again.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::captures;
use super::derives::cfgs;
use super::docs::line;
use super::names::{Names, local, start_name, static_name};
use super::{Network, integer, state, types, weights};
use crate::frontend::ast;
use crate::graph::Value;
use crate::names::{steady_module, weights_module};
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
    pub(super) fn of(network: &Network<'_>, names: &Names) -> Self {
        let (ast, graph) = (network.ast, network.graph);
        let private = integer::private(ast);
        let initial = fields(network, names).map(|(value, name)| {
            let ty = state::of(graph, value).map_or("", |state| state.ty);
            let ty = format_ident!("{ty}");
            let start =
                start(network, names, value).unwrap_or_else(|| quote!(#private::#ty::new()));
            quote!(#name: #start)
        });
        let loaded = network.captures.first().map(|first| {
            let (field, first) = (names.weights(), first.name);
            quote!(#field: Self::#first,)
        });
        let cold = quote!(Self { #loaded #(#initial),* });
        let module = steady_module(&ast.name);
        let several = !network.captures.is_empty();
        let loaded = captures::variable();
        let reset = match network.steady.filter(|_| network.has_weights) {
            Some(steady) => {
                let filled = fields(network, names).map(|(value, name)| {
                    let constant = static_name(name);
                    let numbers = steady.states[value].as_ref().map(|_| {
                        if several {
                            quote!(&#loaded.steady_state.#name)
                        } else {
                            quote!(&#module::#constant)
                        }
                    });
                    quote!(self.#name.fill(#numbers);)
                });
                let filled: TokenStream = filled.collect();
                let weights = names.weights();
                let bound = several.then(|| quote!(let #loaded = self.#weights.weights();));
                quote!(#bound #filled)
            }
            // A mistake hides what it would be.
            None if ast.starts_at_rest() => TokenStream::new(),
            None => forget(network, names, &quote!(self)),
        };
        Self { cold, reset, image: graph.sum(|value| state::bytes_of(graph, value)) }
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
        let net = local("net");
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

/// The nodes that keep something, and their fields.
fn fields<'a>(network: &Network<'a>, names: &'a Names) -> impl Iterator<Item = (Value, &'a Ident)> {
    let values = network.graph.lines().into_iter();
    values.filter_map(|value| Some((value, names.field(value)?)))
}

/// What a field starts from, where the weights file says it.
fn start(network: &Network<'_>, names: &Names, value: Value) -> Option<TokenStream> {
    let (ast, graph) = (network.ast, network.graph);
    if let Some(integers) = network.integers {
        integer::start(&integer::private(ast), &graph[value], &integers.arithmetic[value])?;
    } else {
        weights::start(&ast.private(), &graph[value])?;
    }
    let (module, name) = (weights_module(&ast.name), graph.layer(value)?.name.as_ref()?);
    if !network.captures.is_empty() {
        let field = names.field(value)?;
        return Some(quote!(#module::START.#field));
    }
    let name =
        if ast.is_integer() { integer::static_name(names, value) } else { static_name(name) };
    let start = start_name(&name);
    Some(quote!(#module::#start))
}

/// Makes every field as it is in a network that has seen no frame.
pub(super) fn forget(network: &Network<'_>, names: &Names, net: &TokenStream) -> TokenStream {
    let weights = names.weights();
    let lines = fields(network, names).map(|(value, name)| match start(network, names, value) {
        Some(_) if !network.captures.is_empty() => {
            quote!(#net.#name = ::core::clone::Clone::clone(&#net.#weights.weights().start.#name);)
        }
        Some(start) => quote!(#net.#name = #start;),
        None => quote!(#net.#name.reset();),
    });
    lines.collect()
}

/// The numbers of a network in its steady state.
pub(super) fn module(network: &Network<'_>, names: &Names) -> Option<TokenStream> {
    let steady = network.steady?;
    if !network.captures.is_empty() {
        return None;
    }
    let constants = fields(network, names).filter_map(|(value, name)| {
        let state = steady.states[value].as_ref()?;
        let (ty, numbers) = if network.ast.is_integer() {
            integer::steady(&integer::private(network.ast), &network.graph[value], state)
        } else {
            (at_rest_type(state), nested(&state.shape, &state.numbers))
        };
        let name = static_name(name);
        Some(quote!(pub(super) const #name: #ty = #numbers;))
    });
    let constants: Vec<_> = constants.collect();
    let (cfgs, module) = (cfgs(network.ast), steady_module(&network.ast.name));
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

/// The type of the numbers of a state.
pub(super) fn at_rest_type(Tensor { shape, .. }: &Tensor) -> TokenStream {
    let of = |ty, length: &usize| {
        let length = count(*length);
        quote!([#ty; #length])
    };
    shape.iter().rev().fold(types::f32(), of)
}
