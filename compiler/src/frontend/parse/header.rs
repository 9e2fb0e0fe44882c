//! What stands before a network's layers: visibility and name.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Token, token};

use super::attributes::path;
use super::{ahead, next, shown, start};
use crate::errors::{Errors, Message};

const EXAMPLE: &str = "write a network as `pub struct Name < conv(k=3, in=1, out=4, relu) >`";

pub(super) fn visibility(input: ParseStream<'_>, errors: &mut Errors) -> TokenStream {
    let mut visibility = TokenStream::new();
    if input.peek(Token![pub]) {
        visibility.extend(next(input));
        if let Some(TokenTree::Group(scope)) = ahead(input).filter(|_| input.peek(token::Paren)) {
            next(input);
            match self::scope.parse2(scope.stream()) {
                Ok(()) => visibility.extend([TokenTree::Group(scope)]),
                Err(_) => {
                    let help = "write `pub`, `pub(crate)`, `pub(super)` or `pub(in crate::path)`";
                    errors.report(
                        &scope,
                        Message::new(format!("`pub({})` is not a visibility", scope.stream()))
                            .help(help),
                    );
                }
            }
        }
    }
    visibility
}

/// `crate`, `super`, `self` or `in path`
fn scope(input: ParseStream<'_>) -> syn::Result<()> {
    if input.parse::<Option<Token![in]>>()?.is_some() {
        input.parse::<Option<Token![::]>>()?;
        return path(input).map(drop);
    }
    let word = input.call(Ident::parse_any)?;
    if ["crate", "super", "self"].iter().any(|scope| word == scope) {
        Ok(())
    } else {
        Err(input.error("another word"))
    }
}

/// `struct Name`
pub(super) fn name(input: ParseStream<'_>, errors: &mut Errors) -> Option<Ident> {
    let Some(keyword) = next(input) else {
        errors.report_at(Span::call_site(), Message::new("expected a network").help(EXAMPLE));
        return None;
    };
    match keyword {
        TokenTree::Ident(word) if word == "struct" => {}
        // `public struct Name`, `unsafe struct Name`
        TokenTree::Ident(word) if input.peek(Token![struct]) => {
            let message = format!("`{word}` is not expected before `struct`");
            errors.report(&word, Message::new(message).help(EXAMPLE));
            next(input);
        }
        // `pub Name < … >`
        TokenTree::Ident(name) if input.peek(Token![<]) && is_name(&name) => {
            let help = format!("write `struct {name}`");
            errors.report(
                &name,
                Message::new(format!("expected `struct` before `{name}`")).help(help),
            );
            return Some(name);
        }
        found => {
            let message = format!("expected `struct`, found `{}`", shown(&found));
            errors.report_at(start(&found), Message::new(message).help(EXAMPLE));
            if !matches!(found, TokenTree::Ident(_)) {
                return None;
            }
        }
    }
    if let Ok(name) = input.parse() {
        return Some(name);
    }
    match next(input) {
        Some(found) => {
            let message = format!("expected the network's name, found `{}`", shown(&found));
            errors.report_at(start(&found), message);
        }
        None => errors
            .report_at(input.span(), Message::new("expected the network's name").help(EXAMPLE)),
    }
    None
}

/// Whether a struct can have that name.
fn is_name(word: &Ident) -> bool {
    syn::parse2::<Ident>(word.to_token_stream()).is_ok()
}
