//! What the user derives for a network, and what is left to do.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::frontend::ast::{self, Attribute};

/// `Clone` and `Debug`, where the user does not derive them.
pub(super) fn missing(attributes: &[Attribute]) -> TokenStream {
    let traits = [("Clone", quote!(::core::clone::Clone)), ("Debug", quote!(::core::fmt::Debug))];
    let mut always = Vec::new();
    let mut sometimes = TokenStream::new();
    for (name, path) in traits {
        match derived(attributes, name) {
            Derived::Always => {}
            Derived::Never => always.push(path),
            Derived::If(predicates) => {
                sometimes.extend(quote!(#[cfg_attr(not(any(#(#predicates),*)), derive(#path))]));
            }
        }
    }
    let always = (!always.is_empty()).then(|| quote!(#[derive(#(#always),*)]));
    quote!(#always #sometimes)
}

/// When an item that stands for a derived trait is there: `None` where it never is, or the `cfg` that it needs.
pub(super) fn unless(attributes: &[Attribute], name: &str) -> Option<TokenStream> {
    match derived(attributes, name) {
        Derived::Always => None,
        Derived::Never => Some(TokenStream::new()),
        Derived::If(predicates) => Some(quote!(#[cfg(not(any(#(#predicates),*)))])),
    }
}

/// Whether the user derives a trait, if only sometimes.
pub(crate) fn is_derived(attributes: &[Attribute], name: &str) -> bool {
    !matches!(derived(attributes, name), Derived::Never)
}

/// When the user derives a trait.
enum Derived {
    Always,
    Never,
    /// Where one of these is so, by `#[cfg_attr(predicate, derive(…))]`.
    If(Vec<TokenStream>),
}

fn derived(attributes: &[Attribute], name: &str) -> Derived {
    let mut predicates = Vec::new();
    for attribute in attributes {
        if attribute.is("derive") && stands_in(attribute.tokens.clone(), name) {
            return Derived::Always;
        }
        if attribute.is("cfg_attr") {
            predicates.extend(predicate(attribute, name));
        }
    }
    if predicates.is_empty() { Derived::Never } else { Derived::If(predicates) }
}

/// The predicate of a `#[cfg_attr(predicate, derive(name))]`.
fn predicate(attribute: &Attribute, name: &str) -> Option<TokenStream> {
    let arguments =
        inner(inner(attribute.tokens.clone(), Delimiter::Bracket)?, Delimiter::Parenthesis)?;
    let mut arguments = arguments.into_iter();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
    let predicate: TokenStream = arguments.by_ref().take_while(|token| !is_comma(token)).collect();
    let attributes: Vec<TokenTree> = arguments.collect();
    let derives = attributes.windows(2).any(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Group(traits)] => {
            word == "derive" && stands_in(traits.stream(), name)
        }
        _ => false,
    });
    derives.then_some(predicate)
}

/// What is in the first group of that delimiter.
fn inner(tokens: TokenStream, delimiter: Delimiter) -> Option<TokenStream> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    })
}

fn stands_in(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => stands_in(group.stream(), name),
        _ => false,
    })
}

/// The `cfg` attributes of a network, which every item of it needs.
pub(super) fn cfgs(net: &ast::Net) -> impl Iterator<Item = &Attribute> {
    net.attributes.passed_on.iter().filter(|attribute| attribute.is("cfg"))
}

impl Attribute {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.as_ref().is_some_and(|own| own == name)
    }
}
