//! The layers of a network, between `<` and `>`.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Token, token};

use super::{NESTING, ahead, arguments, next, shown, start, starts_net};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::Layer;

const HELP: &str = "write the layers between `<` and `>`";

/// `< layer; layer >`
pub(super) fn parse(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> Vec<Layer> {
    generics(input, errors);
    if !input.peek(Token![<]) {
        let Some(found) = ahead(input) else {
            errors.report(name, Message::new(format!("expected `<` after `{name}`")).help(HELP));
            return Vec::new();
        };
        let message = format!("expected `<` after `{name}`, found `{}`", shown(&found));
        errors.report_at(start(&found), Message::new(message).help(HELP));
        match found {
            TokenTree::Group(group) => {
                next(input);
                let parser = |input: ParseStream<'_>| Ok(chain(input, 0, errors));
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
    let layers = chain(input, 0, errors);
    if input.peek(Token![>]) {
        let close = next(input);
        if layers.is_empty() && errors.len() == before {
            let help = "add one, such as `conv(k=3, in=1, out=4, relu)`";
            errors.report(&close, Message::new(format!("`{name}` has no layers")).help(help));
        }
    } else {
        let is_nested = layers.iter().any(|layer| !layer.branches.is_empty());
        let help = is_nested.then(|| Hint::help("write one `>` for each `<`"));
        let message = Message::new("this `<` is not closed: expected `>` after the layers");
        errors.report(&open, message.hint(help));
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
    // A parenthesis belongs to a layer.
    let are_closed = ahead.peek(Token![>]);
    generics.extend(next(&ahead));
    if are_closed && input.peek(Token![<]) && ahead.peek(Token![<]) {
        let count = generics.clone().into_iter().count();
        errors.report(
            &generics,
            Message::new("a network cannot have generic parameters").help("remove the parameters"),
        );
        (0..count).for_each(|_| drop(next(input)));
    }
}

/// `layer; layer`, up to a `>` or, in a branch, a `|`, up to the next network or the end. `depth` is how many layers it is
/// a branch in.
fn chain(input: ParseStream<'_>, depth: usize, errors: &mut Errors) -> Vec<Layer> {
    let mut layers = Vec::new();
    while !(input.is_empty() || ends(input, depth) || starts_another(input)) {
        if input.peek(Token![;]) {
            let semicolon = next(input);
            errors.report(
                &semicolon,
                Message::new("expected a layer, found `;`").help("remove this `;`"),
            );
            continue;
        }
        layers.push(layer(input, depth, errors));
        separator(input, depth, errors);
    }
    layers
}

/// Whether a chain ends here.
fn ends(input: ParseStream<'_>, depth: usize) -> bool {
    input.peek(Token![>]) || depth > 0 && input.peek(Token![|])
}

/// `< chain | chain >` behind a layer's kind, one level deeper than the layer.
fn branches(
    input: ParseStream<'_>,
    kind: &Ident,
    depth: usize,
    errors: &mut Errors,
) -> Option<Vec<Vec<Layer>>> {
    if depth > NESTING {
        errors.report(kind, format!("layers are nested more than {NESTING} deep"));
        skip_layer(input);
        return None;
    }
    let open = next(input);
    let mut branches = vec![chain(input, depth, errors)];
    while input.peek(Token![|]) {
        next(input);
        branches.push(chain(input, depth, errors));
    }
    if input.peek(Token![>]) {
        next(input);
    } else {
        errors.report(
            &open,
            format!("this `<` is not closed: expected `>` after the layers of `{kind}`"),
        );
    }
    Some(branches)
}

/// The `;` behind a layer, or what stands in its place.
fn separator(input: ParseStream<'_>, depth: usize, errors: &mut Errors) {
    if input.peek(Token![;]) {
        next(input);
    } else if let Some(found) = ahead(input).filter(|_| !ends(input, depth)) {
        match &found {
            TokenTree::Ident(_) => {
                let message = Message::new(format!("expected `;` before `{found}`"))
                    .help(format!("write `; {found}`"));
                errors.report(&found, message);
            }
            TokenTree::Punct(_) if starts_net(input) => {}
            TokenTree::Punct(_) => {
                let wrong = puncts(input);
                let shown: String =
                    wrong.clone().into_iter().map(|token| token.to_string()).collect();
                let help = if shown == "|" {
                    "write branches inside a layer, such as `sum < layers | layers >`"
                } else {
                    "separate layers by `;`"
                };
                errors.report(
                    &wrong,
                    Message::new(format!("expected `;`, found `{shown}`")).help(help),
                );
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

/// `label: kind(arguments) < chain >`. Where it is wrong, the rest of it is stepped over.
fn layer(input: ParseStream<'_>, depth: usize, errors: &mut Errors) -> Layer {
    while input.peek(Token![#]) {
        let hash = next(input);
        let help = "write comments among the layers with `//`";
        errors.report(
            &hash,
            Message::new("a layer cannot have attributes or documentation").help(help),
        );
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
                Message::new(format!("expected `:`, found `{punct}`"))
                    .help("write `label: kind(…)`"),
            );
        }
        label = kind;
        kind = word(input, errors, "a layer kind");
    }
    let Some(kind) = kind else {
        skip_layer(input);
        let kind = Ident::new("unreadable", Span::call_site());
        return Layer { label, kind, arguments: None, branches: Vec::new(), stands_for: None };
    };
    let kind = kind.unraw();
    let arguments = match ahead(input) {
        Some(TokenTree::Group(group)) => {
            next(input);
            if has_layers(&group) {
                let found = shown(&TokenTree::Group(group.clone()));
                let help = format!("write `{kind} < layers >`, and `|` between branches");
                let message =
                    format!("expected `<` before the layers of `{kind}`, found `{found}`");
                errors.report_at(group.span_open(), Message::new(message).help(help));
                skip_layer(input);
                return Layer {
                    label,
                    kind,
                    arguments: None,
                    branches: Vec::new(),
                    stands_for: None,
                };
            }
            if group.delimiter() != Delimiter::Parenthesis {
                let found = shown(&TokenTree::Group(group.clone()));
                let message = format!("expected `(` after `{kind}`, found `{found}`");
                errors.report_at(group.span_open(), message);
            }
            arguments::of_layer(&kind, group.stream(), errors)
        }
        // A layer with branches may have no arguments.
        _ if input.peek(Token![<]) => Some(Vec::new()),
        _ => {
            errors.report(
                &kind,
                Message::new(format!("expected `(` after `{kind}`"))
                    .help(format!("write `{kind}(…)`")),
            );
            skip_layer(input);
            None
        }
    };
    let has_branches = arguments.is_some() && input.peek(Token![<]);
    let branches = has_branches.then(|| branches(input, &kind, depth + 1, errors));
    let (arguments, branches) = match branches {
        Some(None) => (None, Vec::new()),
        branches => (arguments, branches.flatten().unwrap_or_default()),
    };
    Layer { label, kind, arguments, branches, stands_for: None }
}

/// Whether layers stand between brackets, where arguments are due: `sum[dense(…)]`, not `conv[k(3)]`.
fn has_layers(group: &Group) -> bool {
    let mut before = None;
    group.stream().into_iter().any(|token| {
        let is_word = matches!(before.replace(token.clone()), Some(TokenTree::Ident(_)));
        match token {
            TokenTree::Group(inner) if is_word && inner.delimiter() == Delimiter::Parenthesis => {
                let mut tokens = inner.stream().into_iter();
                !matches!((tokens.next(), tokens.next()), (Some(TokenTree::Literal(_)), None))
            }
            _ => false,
        }
    })
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

/// Steps over the rest of a layer, up to its `;`, or the `|` or `>` behind it.
fn skip_layer(input: ParseStream<'_>) {
    let mut depth = 0_usize;
    let ends = || input.peek(Token![;]) || input.peek(Token![|]) || input.peek(Token![>]);
    while !(input.is_empty() || depth == 0 && ends()) {
        if input.peek(Token![<]) {
            depth += 1;
        } else if input.peek(Token![>]) {
            depth -= 1;
        }
        next(input);
    }
}
