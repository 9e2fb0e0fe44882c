//! Several weights files of one network: a `static` with the weights of each. The network has the number of the one that is
//! loaded, which is 0 at first: the `static` of a cold network is all zeros, and takes no flash.

mod statics;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

pub(super) use self::statics::module;
use super::derives::cfgs;
use super::docs::line;
use super::metadata::{output_at_rest, value};
use super::names::{Names, local};
use super::{Network, types};
use crate::eval::Steady;
use crate::frontend::ast;
use crate::frontend::weights::{Metadata, Reference};
use crate::graph::Graph;
use crate::integers::Integers;
use crate::names::weights_module;
use crate::numbers::count;

/// One of the files.
pub(crate) struct Capture<'a> {
    /// Its constant.
    pub(crate) name: &'a Ident,
    /// The file as messages name it.
    pub(crate) shown: &'a str,
    /// The graph of the network, with the tensors of this file.
    pub(crate) graph: &'a Graph,
    pub(crate) steady: Option<&'a Steady>,
    pub(crate) at_rest: Option<&'a [f64]>,
    pub(crate) run: Option<&'a Reference>,
    pub(crate) integers: Option<&'a Integers>,
    pub(crate) metadata: Option<&'a Metadata>,
}

/// The type of the weights: `AmpWeights` for `Amp`.
pub(crate) fn type_name(ast: &ast::Net) -> Ident {
    format_ident!("{}Weights", ast.name)
}

/// The variable in `push` that the weights are in.
pub(super) fn variable() -> Ident {
    local("weights")
}

/// The body of a method, in which they are there where it reads them.
pub(super) fn bound(names: &Names, body: TokenStream) -> TokenStream {
    let (variable, field) = (variable(), names.weights());
    if !reads(body.clone(), &variable) {
        return body;
    }
    let is_use = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "use");
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(end) if end.as_char() == ';');
    let mut body: Vec<TokenTree> = body.into_iter().collect();
    // Items come before statements.
    let end = body.iter().position(is_end).filter(|_| body.first().is_some_and(is_use));
    let lines = body.split_off(end.map_or(0, |end| end + 1));
    let (uses, lines) = (TokenStream::from_iter(body), TokenStream::from_iter(lines));
    quote! {
        #uses
        let #variable = &self.#field.weights().layers;
        #lines
    }
}

/// Whether a variable is among the tokens.
fn reads(tokens: TokenStream, variable: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *variable,
        TokenTree::Group(group) => reads(group.stream(), variable),
        _ => false,
    })
}

/// The field of the network.
pub(super) fn field(network: &Network<'_>, names: &Names) -> Option<TokenStream> {
    if network.captures.is_empty() {
        return None;
    }
    let (ty, field) = (type_name(network.ast), names.weights());
    let doc = line("The weights that are loaded.");
    Some(quote!(#doc #field: #ty,))
}

/// The type of the weights, a constant for each file, and `load`.
pub(super) fn items(network: &Network<'_>, names: &Names) -> Option<TokenStream> {
    let (ast, captures) = (network.ast, network.captures);
    if captures.is_empty() {
        return None;
    }
    let (name, ty, visibility) = (&ast.name, type_name(ast), &ast.visibility);
    let cfgs: Vec<_> = cfgs(ast).collect();
    let (module, krate, str) = (weights_module(name), ast.krate(), types::str());
    let doc = line(&format!("The weights of one file, for [`{name}::load`]."));
    let title = ty.to_string();
    let metadata =
        chosen(captures, |capture| value(ast, &capture.metadata.cloned().unwrap_or_default()));
    let file = chosen(captures, |capture| {
        let shown = capture.shown;
        quote!(#shown)
    });
    let at_rest = captures.iter().all(|capture| capture.at_rest.is_some()).then(|| {
        let (ty, _) = output_at_rest(network, &[]);
        let output = chosen(captures, |capture| {
            output_at_rest(network, capture.at_rest.unwrap_or_default()).1
        });
        quote! {
            /// The output in the steady state: the offset of a capture in silence.
            #[must_use]
            #visibility const fn output_at_rest(self) -> #ty {
                #output
            }
        }
    });
    let weights = chosen(captures, |capture| {
        let name = capture.name;
        quote!(&#module::#name)
    });
    let constants = constants(ast);
    let load = load(ast, names);
    Some(quote! {
        #(#cfgs)*
        #doc
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash,
        )]
        #visibility struct #ty(::core::primitive::u8);

        #(#cfgs)*
        #[allow(
            dead_code,
            clippy::match_same_arms,
            clippy::unused_self,
            reason = "files may have much alike, and a program may need none of this"
        )]
        impl #ty {
            // Where it is inlined, LLVM may write all that follows once for each file.
            #[inline(never)]
            const fn weights(self) -> &'static #module::Weights {
                #weights
            }

            /// The path of the file.
            #[must_use]
            #visibility const fn file(self) -> &'static #str {
                #file
            }

            /// What the file says of the signal.
            #[must_use]
            #visibility const fn metadata(self) -> #krate::Metadata {
                #metadata
            }

            #at_rest
        }

        #(#cfgs)*
        impl ::core::fmt::Debug for #ty {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.debug_tuple(#title).field(&self.file()).finish()
            }
        }

        #(#cfgs)*
        #[allow(dead_code, reason = "a program may need none of this")]
        impl #name {
            #constants

            #load
        }
    })
}

/// What is printed for the file that a value of the type means.
fn chosen(captures: &[Capture<'_>], of: impl Fn(&Capture<'_>) -> TokenStream) -> TokenStream {
    let Some((first, others)) = captures.split_first() else { return TokenStream::new() };
    let places = (1..=others.len()).map(count);
    if others.is_empty() {
        return of(first);
    }
    let (first, others) = (of(first), others.iter().map(&of));
    quote! {
        match self.0 {
            #(#places => #others,)*
            _ => #first,
        }
    }
}

/// A constant for each file, and a list of all.
fn constants(ast: &ast::Net) -> TokenStream {
    let (ty, visibility) = (type_name(ast), &ast.visibility);
    let constants = ast.attributes.files.iter().enumerate().map(|(place, file)| {
        let place = count(place);
        let (name, path) = (&file.name, file.file.path.as_deref().unwrap_or_default());
        let doc = line(&format!("The weights of `{path}`."));
        quote!(#doc #visibility const #name: #ty = #ty(#place);)
    });
    let names = ast.attributes.files.iter().map(|file| &file.name);
    let count = count(ast.attributes.files.len());
    quote! {
        #(#constants)*
        /// The weights of all files, in their order.
        #visibility const WEIGHTS: [#ty; #count] = [#(Self::#names),*];
    }
}

fn load(ast: &ast::Net, names: &Names) -> TokenStream {
    let (ty, visibility, field) = (type_name(ast), &ast.visibility, names.weights());
    quote! {
        /// Replaces the weights from the next push on. The state stays: the next outputs are computed from what the weights
        /// before made of the frames so far. Call [`reset`](Self::reset) afterwards to begin anew.
        #visibility const fn load(&mut self, weights: #ty) {
            self.#field = weights;
        }

        /// The weights that are loaded.
        #[must_use]
        #visibility const fn loaded(&self) -> #ty {
            self.#field
        }
    }
}

/// What a network with a mistake has of it.
pub(super) fn fallback(ast: &ast::Net) -> Option<TokenStream> {
    if ast.attributes.files.is_empty() {
        return None;
    }
    let (name, ty, visibility) = (&ast.name, type_name(ast), &ast.visibility);
    let cfgs: Vec<_> = cfgs(ast).collect();
    let (krate, str) = (ast.krate(), types::str());
    let constants = ast.attributes.files.iter().map(|file| {
        let name = &file.name;
        quote!(#visibility const #name: #ty = #ty;)
    });
    let names = ast.attributes.files.iter().map(|file| &file.name);
    let count = count(ast.attributes.files.len());
    Some(quote! {
        #(#cfgs)*
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash,
        )]
        #visibility struct #ty;

        #(#cfgs)*
        #[allow(dead_code)]
        impl #ty {
            #visibility const fn file(self) -> &'static #str { "" }
            #visibility const fn metadata(self) -> #krate::Metadata { #krate::Metadata::NONE }
        }

        #(#cfgs)*
        #[allow(dead_code)]
        impl #name {
            #(#constants)*
            #visibility const WEIGHTS: [#ty; #count] = [#(Self::#names),*];
            #visibility const fn load(&mut self, weights: #ty) { let _ = weights; }
            #visibility const fn loaded(&self) -> #ty { #ty }
        }
    })
}
