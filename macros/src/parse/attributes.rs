//! The attributes of a network, `#[weights = …]` among them.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{LitStr, Token, parenthesized};

use super::{ahead, next};
use crate::ast::{Attribute, Folder, Weights};
use crate::errors::Errors;
use crate::suggest::suggestion;

pub(super) fn parse(
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> (Vec<Attribute>, Option<Weights>) {
    let mut attributes = Vec::new();
    let mut weights = None;
    while input.peek(Token![#]) {
        let mut tokens = next(input).into_token_stream();
        if input.peek(Token![!]) {
            let inner = next(input);
            errors.report(&inner, "an attribute of a network has no `!`\nhelp: write `#[…]`");
        }
        let Some(TokenTree::Group(body)) = ahead(input) else {
            errors.report(&tokens, "expected `[` after `#`");
            continue;
        };
        tokens.extend(next(input));
        if body.delimiter() != Delimiter::Bracket {
            errors.report_at(body.span_open(), "expected `[` after `#`");
            continue;
        }
        let mut body = body.stream().into_iter();
        let name = match body.next() {
            Some(TokenTree::Ident(name)) => Some(name.unraw()),
            _ => None,
        };
        match name {
            Some(name) if name == "weights" && weights.is_some() => {
                errors.report(&name, "`weights` is given twice");
            }
            Some(name) if name == "weights" => weights = Some(self::weights(&name, body, errors)),
            Some(name) if suggestion(&name.to_string(), ["weights"]).is_some() => {
                let help = "help: did you mean `weights`?";
                errors.report(&name, format!("a network has no attribute `{name}`\n{help}"));
                let tokens = name.to_token_stream();
                weights = Some(Weights { folder: Folder::Manifest, path: None, tokens });
            }
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
    const HELP: &str = "help: write `#[weights = \"weights/net.json\"]`";
    const NOTE: &str = "note: the path starts at the folder of Cargo.toml";
    let equals = rest.next();
    let tokens: TokenStream = rest.collect();
    let mut weights = if let Ok(path) = syn::parse2::<LitStr>(tokens.clone()) {
        Weights { folder: Folder::Manifest, path: Some(path.value()), tokens }
    } else if let Ok(path) = out_dir.parse2(tokens.clone()) {
        Weights { folder: Folder::OutDir, path: Some(path.value()), tokens }
    } else {
        Weights { folder: Folder::Manifest, path: None, tokens }
    };
    if weights.tokens.is_empty() {
        weights.tokens = name.to_token_stream();
    }
    if !matches!(&equals, Some(TokenTree::Punct(punct)) if punct.as_char() == '=') {
        let found = equals.map_or_else(|| name.to_token_stream(), TokenTree::into);
        errors.report(&found, format!("expected `=` after `weights`\n{HELP}"));
        weights.path = None;
    } else if weights.path.as_ref().is_none_or(|path| path.trim().is_empty()) {
        errors.report(&weights.tokens, format!("expected a path in quotes\n{HELP}\n{NOTE}"));
        weights.path = None;
    }
    weights
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
