//! The module with a `static` for each file.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::derives::cfgs;
use crate::emit::docs::line;
use crate::emit::names::{Names, field_name};
use crate::emit::start::at_rest_type;
use crate::emit::{Network, integer, weights};
use crate::eval::Steady;
use crate::graph::{Graph, Value};
use crate::integers::Integers;
use crate::names::weights_module;
use crate::numbers::nested;

/// The module with the `static`s.
pub(in crate::emit) fn module(network: &Network<'_>, names: &Names) -> TokenStream {
    let (ast, graph) = (network.ast, network.graph);
    let private = integer::private(ast);
    let made = Made { network, names };
    let (layers, start) =
        (made.weighted(graph, network.integers), made.started(graph, network.integers));
    let rest = made.steady(network.steady);
    let tables = network.integers.map(|integers| integer::weights::tables(&private, integers));
    let structure = |name: &str, doc: &str, fields: &[Field]| {
        let (name, doc) = (format_ident!("{name}"), line(doc));
        let fields = fields.iter().map(|(field, ty, _)| quote!(pub(super) #field: #ty,));
        let fields: Vec<_> = fields.collect();
        (!fields.is_empty()).then(|| quote!(#doc pub(super) struct #name { #(#fields)* }))
    };
    let structs = [
        structure("Layers", "The weights of each layer.", &layers),
        structure("Start", "The state before the first frame, where the file has it.", &start),
        structure("SteadyState", "The state under constant input.", &rest),
    ];
    let [has_layers, has_start, has_rest] =
        [layers.is_empty(), start.is_empty(), rest.is_empty()].map(|is_empty| !is_empty);
    let declared = [
        has_layers.then(|| quote!(pub(super) layers: Layers,)),
        has_start.then(|| quote!(pub(super) start: Start,)),
        has_rest.then(|| quote!(pub(super) steady_state: SteadyState,)),
    ];
    let literal = |name: &str, fields: Vec<Field>| {
        let name = format_ident!("{name}");
        let fields = fields.into_iter().map(|(field, _, number)| quote!(#field: #number,));
        quote!(#name { #(#fields)* })
    };
    let statics = network.captures.iter().map(|capture| {
        let name = capture.name;
        let layers = has_layers.then(|| {
            let layers = literal("Layers", made.weighted(capture.graph, capture.integers));
            quote!(layers: #layers,)
        });
        let start = has_start.then(|| {
            let start = literal("Start", made.started(capture.graph, capture.integers));
            quote!(start: #start,)
        });
        let rest = has_rest.then(|| {
            let rest = literal("SteadyState", made.steady(capture.steady));
            quote!(steady_state: #rest,)
        });
        quote! {
            pub(super) static #name: Weights = Weights {
                #layers
                #start
                #rest
            };
        }
    });
    let first = (has_start).then(|| {
        let start = literal("Start", start.clone());
        let doc = line("What a new network starts from: that of the first file.");
        quote!(#doc pub(super) const START: Start = #start;)
    });
    let (cfgs, module) = (cfgs(ast), weights_module(&ast.name));
    quote! {
        #(#cfgs)*
        #[allow(dead_code, clippy::approx_constant, reason = "a trained weight may be near one")]
        mod #module {
            /// What one file has.
            pub(super) struct Weights {
                #(#declared)*
            }
            #(#structs)*
            #first
            #(#statics)*
            #tables
        }
    }
}

/// A field's name, its type and its value.
type Field = (Ident, TokenStream, TokenStream);

/// Makes the fields of one file.
struct Made<'a> {
    network: &'a Network<'a>,
    names: &'a Names,
}

impl Made<'_> {
    /// What `of` makes of each node.
    fn each(&self, of: impl Fn(Value) -> Option<Field>) -> Vec<Field> {
        self.network.graph.lines().into_iter().filter_map(of).collect()
    }

    fn private(&self) -> TokenStream {
        integer::private(self.network.ast)
    }

    fn weighted(&self, graph: &Graph, integers: Option<&Integers>) -> Vec<Field> {
        let private = self.private();
        self.each(|value| {
            if let Some(integers) = integers {
                let (ty, number) = integer::weights::weights(&private, graph, integers, value)?;
                return Some((integer::field_name(self.names, value), ty, number));
            }
            let name = field_name(graph.layer(value)?.name.as_ref()?);
            let (ty, number) = weights::weights(&private, &graph[value])?;
            Some((name, ty, number))
        })
    }

    fn started(&self, graph: &Graph, integers: Option<&Integers>) -> Vec<Field> {
        let private = self.private();
        self.each(|value| {
            let node = &graph[value];
            let (ty, number) = match integers {
                Some(integers) => integer::start(&private, node, &integers.arithmetic[value])?,
                None => weights::start(&private, node)?,
            };
            Some((self.names.field(value)?.clone(), ty, number))
        })
    }

    fn steady(&self, steady: Option<&Steady>) -> Vec<Field> {
        self.each(|value| {
            let state = steady?.states[value].as_ref()?;
            let (ty, number) = if self.network.ast.is_integer() {
                integer::steady(&self.private(), &self.network.graph[value], state)
            } else {
                (at_rest_type(state), nested(&state.shape, &state.numbers))
            };
            Some((self.names.field(value)?.clone(), ty, number))
        })
    }
}
