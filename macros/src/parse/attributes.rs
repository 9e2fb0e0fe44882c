//! The attributes of a network, `#[weights = …]` among them.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser as _};
use syn::{LitStr, Token, parenthesized};

use super::{ahead, next};
use crate::ast::{Attribute, Folder, Weights};
use crate::errors::Errors;

pub(super) fn parse(
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> (Vec<Attribute>, Option<Weights>) {
    let mut attributes = Vec::new();
    let mut weights = None;
    while input.peek(Token![#]) {
        let mut tokens = next(input).into_token_stream();
        let body = match ahead(input) {
            Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Bracket => body,
            _ => {
                errors.report(&tokens, "expected `[` after `#`");
                continue;
            }
        };
        tokens.extend(next(input));
        let mut body = body.stream().into_iter();
        let name = match body.next() {
            Some(TokenTree::Ident(name)) => Some(name),
            _ => None,
        };
        match name {
            Some(name) if name == "weights" && weights.is_some() => {
                errors.report(&name, "`weights` is given twice");
            }
            Some(name) if name == "weights" => weights = Some(self::weights(&name, body, errors)),
            name => attributes.push(Attribute { name, tokens }),
        }
    }
    (attributes, weights)
}

/// What follows the name in `#[weights = "path"]` and `#[weights = concat!(env!("OUT_DIR"), "/path")]`.
fn weights(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> Weights {
    let assigned = matches!(rest.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
    let tokens: TokenStream = rest.collect();
    let (folder, path) = if let Ok(path) = syn::parse2::<LitStr>(tokens.clone()) {
        (Folder::Manifest, Some(path.value()))
    } else if let Ok(path) = out_dir.parse2(tokens.clone()) {
        (Folder::OutDir, Some(path.value()))
    } else {
        (Folder::Manifest, None)
    };
    let tokens = if tokens.is_empty() { name.into_token_stream() } else { tokens };
    if path.is_none() || !assigned {
        let help = "help: write `#[weights = \"weights/net.json\"]`";
        let note = "note: the path starts at the folder of Cargo.toml";
        errors.report(&tokens, format!("expected a path in quotes\n{help}\n{note}"));
    }
    Weights { folder, path, tokens }
}

/// The path in `concat!(env!("OUT_DIR"), "/path")`.
fn out_dir(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let (concat, env);
    let call = |input: ParseStream<'_>, name: &str| {
        let found: Ident = input.parse()?;
        input.parse::<Token![!]>()?;
        if found == name { Ok(()) } else { Err(input.error("another macro")) }
    };
    call(input, "concat")?;
    parenthesized!(concat in input);
    call(&concat, "env")?;
    parenthesized!(env in concat);
    let variable: LitStr = env.parse()?;
    concat.parse::<Token![,]>()?;
    let path: LitStr = concat.parse()?;
    concat.parse::<Option<Token![,]>>()?;
    if variable.value() == "OUT_DIR" && path.value().starts_with('/') {
        Ok(path)
    } else {
        Err(concat.error("another folder"))
    }
}
