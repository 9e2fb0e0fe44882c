//! Tokens to [`ast`](crate::ast). A mistake is reported and stepped over, so that one compile shows them all.

mod arguments;
mod attributes;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
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
    Some(Net {
        attributes,
        weights,
        visibility,
        name,
        layers,
    })
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
    match &keyword {
        TokenTree::Ident(word) if word == "struct" => {}
        found => {
            let found = shown(found);
            errors.report(
                &keyword,
                format!("expected `struct`, found `{found}`\n{EXAMPLE}"),
            );
            if !matches!(keyword, TokenTree::Ident(_)) {
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
            errors.report(&found, message);
        }
        None => errors.report(&keyword, "expected the network's name after this"),
    }
    None
}

/// `< layer; layer >`
fn layers(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> Vec<Layer> {
    let mut layers = Vec::new();
    if !input.peek(Token![<]) {
        let message = format!("expected `<` and the layers after `{name}`");
        match next(input) {
            Some(found) => errors.report(&found, format!("{message}, found `{}`", shown(&found))),
            None => errors.report(name, message),
        }
        return layers;
    }
    let mut last = next(input);
    while !(input.is_empty() || input.peek(Token![>])) {
        last = ahead(input);
        layers.extend(layer(input, errors));
        if input.peek(Token![;]) {
            last = next(input);
        } else if let Some(found) = ahead(input).filter(|_| !input.peek(Token![>])) {
            errors.report(&found, format!("expected `;` before `{}`", shown(&found)));
            if !matches!(found, TokenTree::Ident(_)) {
                skip_layer(input);
            }
        }
    }
    match next(input) {
        Some(end) if layers.is_empty() && errors.is_empty() => {
            let help = "help: add one, such as `conv(k=3, in=1, out=4, relu)`";
            errors.report(&end, format!("`{name}` has no layers\n{help}"));
        }
        Some(_) => {}
        None => errors.report(&last, "expected `>` after this, at the end of the layers"),
    }
    layers
}

/// `label: kind(arguments)`. Where it is wrong, the rest of it is stepped over.
fn layer(input: ParseStream<'_>, errors: &mut Errors) -> Option<Layer> {
    let mut kind = word(input, errors, "a layer")?;
    let mut label = None;
    if input.peek(Token![:]) {
        next(input);
        label = Some(kind);
        kind = word(input, errors, "a layer kind")?;
    }
    match ahead(input) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            next(input);
            Some(Layer {
                label,
                kind,
                arguments: arguments::parse(group.stream(), errors),
            })
        }
        _ => {
            errors.report(
                &kind,
                format!("expected `(` after `{kind}`\nhelp: write `{kind}(…)`"),
            );
            skip_layer(input);
            None
        }
    }
}

/// A word, which may be a keyword of Rust.
fn word(input: ParseStream<'_>, errors: &mut Errors, what: &str) -> Option<Ident> {
    if let Ok(word) = input.call(Ident::parse_any) {
        return Some(word);
    }
    match ahead(input) {
        Some(found) => errors.report(
            &found,
            format!("expected {what}, found `{}`", shown(&found)),
        ),
        None => errors.report_at(input.span(), format!("expected {what}")),
    }
    skip_layer(input);
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
