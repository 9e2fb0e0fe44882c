//! What stands before a network's layers: visibility and name.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Token, token};

use super::{next, shown, start};
use crate::errors::Errors;

const EXAMPLE: &str =
    "help: a network is written `pub struct Name < conv(k=3, in=1, out=4, relu) >`";

pub(super) fn visibility(input: ParseStream<'_>) -> TokenStream {
    let mut visibility = TokenStream::new();
    if input.peek(Token![pub]) {
        visibility.extend(next(input));
        if input.peek(token::Paren) {
            visibility.extend(next(input));
        }
    }
    visibility
}

/// `struct Name`
pub(super) fn name(input: ParseStream<'_>, errors: &mut Errors) -> Option<Ident> {
    let Some(keyword) = next(input) else {
        errors.report_at(Span::call_site(), format!("expected a network\n{EXAMPLE}"));
        return None;
    };
    match keyword {
        TokenTree::Ident(word) if word == "struct" => {}
        // `public struct Name`, `unsafe struct Name`
        TokenTree::Ident(word) if input.peek(Token![struct]) => {
            let message = format!("`{word}` is not expected before `struct`");
            errors.report(&word, format!("{message}\n{EXAMPLE}"));
            next(input);
        }
        // `pub Name < … >`
        TokenTree::Ident(name) if input.peek(Token![<]) => {
            let help = format!("help: write `struct {name}`");
            errors.report(&name, format!("expected `struct` before `{name}`\n{help}"));
            return Some(name);
        }
        found => {
            let message = format!("expected `struct`, found `{}`", shown(&found));
            errors.report_at(start(&found), format!("{message}\n{EXAMPLE}"));
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
        None => errors.report_at(input.span(), format!("expected the network's name\n{EXAMPLE}")),
    }
    None
}
