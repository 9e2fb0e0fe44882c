//! The layers of a network, between `<` and `>`.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Token, token};

use super::{ahead, arguments, next, shown, start, starts_net};
use crate::ast::Layer;
use crate::errors::Errors;

const HELP: &str = "help: the layers stand between `<` and `>`";

/// `< layer; layer >`
pub(super) fn parse(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> Vec<Layer> {
    generics(input, errors);
    if !input.peek(Token![<]) {
        let Some(found) = ahead(input) else {
            errors.report(name, format!("expected `<` after `{name}`\n{HELP}"));
            return Vec::new();
        };
        let message = format!("expected `<` after `{name}`, found `{}`", shown(&found));
        errors.report_at(start(&found), format!("{message}\n{HELP}"));
        match found {
            TokenTree::Group(group) => {
                next(input);
                let parser = |input: ParseStream<'_>| Ok(chain(input, errors));
                return parser.parse2(group.stream()).unwrap_or_default();
            }
            TokenTree::Punct(punct) if punct.as_char() != ';' => next(input),
            // `struct Net static <`
            TokenTree::Ident(_) if input.peek2(Token![<]) => next(input),
            _ => None,
        };
        if !input.peek(Token![<]) {
            return Vec::new();
        }
    }
    let open = next(input);
    let before = errors.len();
    let layers = chain(input, errors);
    if input.peek(Token![>]) {
        let close = next(input);
        if layers.is_empty() && errors.len() == before {
            let help = "help: add one, such as `conv(k=3, in=1, out=4, relu)`";
            errors.report(&close, format!("`{name}` has no layers\n{help}"));
        }
    } else {
        errors.report(&open, "this `<` is not closed: expected `>` behind the layers");
    }
    layers
}

/// `<T> < layers >`: a network is not generic.
fn generics(input: ParseStream<'_>, errors: &mut Errors) {
    let ahead = input.fork();
    let mut generics = TokenStream::new();
    generics.extend(next(&ahead));
    while !(ahead.is_empty() || ahead.peek(Token![>]) || ahead.peek(token::Paren)) {
        generics.extend(next(&ahead));
    }
    generics.extend(next(&ahead));
    if input.peek(Token![<]) && ahead.peek(Token![<]) {
        let count = generics.clone().into_iter().count();
        errors.report(&generics, "a network has no generic parameters\nhelp: remove them");
        (0..count).for_each(|_| drop(next(input)));
    }
}

/// `layer; layer`, up to a `>`, the next network or the end.
fn chain(input: ParseStream<'_>, errors: &mut Errors) -> Vec<Layer> {
    let mut layers = Vec::new();
    while !(input.is_empty() || input.peek(Token![>]) || starts_another(input)) {
        if input.peek(Token![;]) {
            let semicolon = next(input);
            errors.report(&semicolon, "expected a layer, found `;`\nhelp: remove this `;`");
            continue;
        }
        layers.push(layer(input, errors));
        separator(input, errors);
    }
    layers
}

/// The `;` behind a layer, or what stands in its place.
fn separator(input: ParseStream<'_>, errors: &mut Errors) {
    if input.peek(Token![;]) {
        next(input);
    } else if let Some(found) = ahead(input).filter(|_| !input.peek(Token![>])) {
        match &found {
            TokenTree::Ident(_) => {
                let message = format!("expected `;` before `{found}`\nhelp: write `; {found}`");
                errors.report(&found, message);
            }
            TokenTree::Punct(_) if starts_net(input) => {}
            TokenTree::Punct(_) => {
                let wrong = puncts(input);
                let shown: String =
                    wrong.clone().into_iter().map(|token| token.to_string()).collect();
                let help = "help: layers are separated by `;`";
                errors.report(&wrong, format!("expected `;`, found `{shown}`\n{help}"));
            }
            TokenTree::Group(_) | TokenTree::Literal(_) => {
                let message = format!("expected `;` before `{}`", shown(&found));
                errors.report_at(start(&found), message);
                skip_layer(input);
            }
        }
    }
}

/// Takes punctuation that belongs together, such as `->`.
fn puncts(input: ParseStream<'_>) -> TokenStream {
    let mut puncts = TokenStream::new();
    while let Some(TokenTree::Punct(punct)) = ahead(input) {
        puncts.extend(next(input));
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    puncts
}

/// Whether the next network starts here, so that a `>` is missing.
fn starts_another(input: ParseStream<'_>) -> bool {
    let behind = input.fork();
    while behind.peek(Token![#]) {
        next(&behind);
        next(&behind);
    }
    behind.peek(Token![pub]) || behind.peek(Token![struct])
}

/// `label: kind(arguments)`. Where it is wrong, the rest of it is stepped over.
fn layer(input: ParseStream<'_>, errors: &mut Errors) -> Layer {
    while input.peek(Token![#]) {
        let hash = next(input);
        let help = "help: comments among the layers are written `//`";
        errors.report(&hash, format!("a layer has no attributes or documentation\n{help}"));
        if matches!(ahead(input), Some(TokenTree::Group(_))) {
            next(input);
        }
    }
    let (mut label, mut kind) = (None, word(input, errors, "a layer"));
    if kind.is_some() && (input.peek(Token![:]) || input.peek(Token![=])) {
        let punct = puncts(input);
        if punct.to_string() != ":" {
            errors.report(
                &punct,
                format!("expected `:`, found `{punct}`\nhelp: write `label: kind(…)`"),
            );
        }
        label = kind;
        kind = word(input, errors, "a layer kind");
    }
    let Some(kind) = kind else {
        skip_layer(input);
        let kind = Ident::new("unreadable", Span::call_site());
        return Layer { label, kind, arguments: None };
    };
    let kind = kind.unraw();
    let arguments = match ahead(input) {
        Some(TokenTree::Group(group)) => {
            next(input);
            if group.delimiter() != Delimiter::Parenthesis {
                let found = shown(&TokenTree::Group(group.clone()));
                let message = format!("expected `(` after `{kind}`, found `{found}`");
                errors.report_at(group.span_open(), message);
            }
            Some(arguments::parse(group.stream(), errors))
        }
        _ => {
            errors.report(&kind, format!("expected `(` after `{kind}`\nhelp: write `{kind}(…)`"));
            skip_layer(input);
            None
        }
    };
    Layer { label, kind, arguments }
}

/// A word, which may be a keyword of Rust.
fn word(input: ParseStream<'_>, errors: &mut Errors, what: &str) -> Option<Ident> {
    if let Ok(word) = input.call(Ident::parse_any) {
        return Some(word);
    }
    match ahead(input) {
        Some(found) => {
            let message = format!("expected {what}, found `{}`", shown(&found));
            errors.report_at(start(&found), message);
        }
        None => errors.report_at(input.span(), format!("expected {what}")),
    }
    None
}

/// Steps over the rest of a layer, up to its `;` or the `>` behind it.
fn skip_layer(input: ParseStream<'_>) {
    let mut depth = 0_usize;
    while !(input.is_empty() || depth == 0 && (input.peek(Token![;]) || input.peek(Token![>]))) {
        if input.peek(Token![<]) {
            depth += 1;
        } else if input.peek(Token![>]) {
            depth -= 1;
        }
        next(input);
    }
}
