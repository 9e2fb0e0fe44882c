//! Tokens to [`ast`](crate::ast). A mistake is reported and stepped over, so that one compile shows them all.

mod arguments;
mod attributes;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Token, token};

use crate::ast::{Layer, Net};
use crate::errors::Errors;

/// The next network of `input`, or `None` where not even its name can be made out.
pub(crate) fn net(input: ParseStream<'_>, errors: &mut Errors) -> Option<Net> {
    let (attributes, weights) = attributes::parse(input, errors);
    let visibility = visibility(input);
    let Some(name) = name(input, errors) else {
        skip_net(input);
        return None;
    };
    let layers = layers(input, &name, errors);
    if input.peek(Token![;]) {
        next(input);
    }
    Some(Net { attributes, weights, visibility, name, layers })
}

fn visibility(input: ParseStream<'_>) -> TokenStream {
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
fn name(input: ParseStream<'_>, errors: &mut Errors) -> Option<Ident> {
    const EXAMPLE: &str =
        "help: a network is written `pub struct Name < conv(k=3, in=1, out=4, relu) >`";
    let Some(keyword) = next(input) else {
        errors.report_at(Span::call_site(), format!("expected a network\n{EXAMPLE}"));
        return None;
    };
    if !matches!(&keyword, TokenTree::Ident(word) if word == "struct") {
        let message = format!("expected `struct`, found `{}`", shown(&keyword));
        errors.report_at(start(&keyword), format!("{message}\n{EXAMPLE}"));
        if !matches!(keyword, TokenTree::Ident(_)) {
            return None;
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
        None => errors.report(&keyword, "expected the network's name after this"),
    }
    None
}

/// `< layer; layer >`
fn layers(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> Vec<Layer> {
    const HELP: &str = "help: the layers stand between `<` and `>`";
    if input.peek(Token![<]) {
        let start = next(input);
        let layers = chain(input, errors);
        match next(input) {
            Some(end) if layers.is_empty() => no_layers(end.span(), name, errors),
            Some(_) => {}
            None => errors.report(&start, "this `<` is not closed: expected `>` behind the layers"),
        }
        return layers;
    }
    let Some(found) = next(input) else {
        errors.report(name, format!("expected `<` after `{name}`\n{HELP}"));
        return Vec::new();
    };
    let message = format!("expected `<` after `{name}`, found `{}`", shown(&found));
    errors.report_at(start(&found), format!("{message}\n{HELP}"));
    match found {
        TokenTree::Group(group) => {
            let parser = |input: ParseStream<'_>| Ok(chain(input, errors));
            parser.parse2(group.stream()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn no_layers(end: Span, name: &Ident, errors: &mut Errors) {
    let help = "help: add one, such as `conv(k=3, in=1, out=4, relu)`";
    errors.report_at(end, format!("`{name}` has no layers\n{help}"));
}

/// `layer; layer`, up to a `>` or the end.
fn chain(input: ParseStream<'_>, errors: &mut Errors) -> Vec<Layer> {
    let mut layers = Vec::new();
    while !(input.is_empty() || input.peek(Token![>])) {
        layers.push(layer(input, errors));
        if input.peek(Token![;]) {
            next(input);
        } else if let Some(found) = ahead(input).filter(|_| !input.peek(Token![>])) {
            errors.report_at(start(&found), format!("expected `;` before `{}`", shown(&found)));
            if !matches!(found, TokenTree::Ident(_)) {
                skip_layer(input);
            }
        }
    }
    layers
}

/// `label: kind(arguments)`. Where it is wrong, the rest of it is stepped over.
fn layer(input: ParseStream<'_>, errors: &mut Errors) -> Layer {
    let (mut label, mut kind) = (None, word(input, errors, "a layer"));
    if kind.is_some() && input.peek(Token![:]) {
        next(input);
        label = kind;
        kind = word(input, errors, "a layer kind");
    }
    let Some(kind) = kind else {
        skip_layer(input);
        let kind = Ident::new("unreadable", input.span());
        return Layer { label, kind, arguments: None };
    };
    let arguments = match ahead(input) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            next(input);
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

/// Steps over what is left of a network whose name is missing.
fn skip_net(input: ParseStream<'_>) {
    let net = |input: ParseStream<'_>| {
        input.peek(Token![#]) || input.peek(Token![pub]) || input.peek(Token![struct])
    };
    while !(input.is_empty() || net(input)) {
        next(input);
    }
}

/// Takes the next token, if there is one.
fn next(input: ParseStream<'_>) -> Option<TokenTree> {
    input.parse().ok()
}

/// The next token, which stays where it is.
fn ahead(input: ParseStream<'_>) -> Option<TokenTree> {
    input.cursor().token_tree().map(|(token, _)| token)
}

/// The span of a token: of a group, the opening delimiter alone.
fn start(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) => group.span_open(),
        token => token.span(),
    }
}

/// A token as a message shows it: of a group, the opening delimiter alone.
fn shown(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(".to_owned(),
            Delimiter::Brace => "{".to_owned(),
            Delimiter::Bracket => "[".to_owned(),
            Delimiter::None => group.stream().to_string(),
        },
        token => token.to_string(),
    }
}
