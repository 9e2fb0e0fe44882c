//! Tokens to [`ast`](crate::frontend::ast). A mistake is reported and stepped over, so that one compile shows them all.

mod arguments;
mod attributes;
mod header;
mod layers;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::Token;
use syn::parse::ParseStream;

use crate::errors::{Errors, Message};
use crate::frontend::ast::Net;
use crate::frontend::kinds::write_out;

/// The next network of `input`, or `None` where not even its name can be made out.
pub(crate) fn net(input: ParseStream<'_>, errors: &mut Errors) -> Option<Net> {
    let attributes = attributes::parse(input, errors);
    let visibility = header::visibility(input, errors);
    let Some(name) = header::name(input, errors) else {
        while !(input.is_empty() || starts_net(input)) {
            next(input);
        }
        return None;
    };
    let before = errors.len();
    // A weights file may say the layers.
    let are_written = attributes.weights.is_none()
        || !(input.is_empty() || input.peek(Token![;]) || starts_net(input));
    let layers = if are_written { layers::parse(input, &name, errors) } else { Vec::new() };
    let layers_are_whole = errors.len() == before;
    while input.peek(Token![>]) {
        let stray = next(input);
        // One that is wrong for another reason may leave some behind.
        if errors.len() == before {
            errors.report(&stray, Message::new("this `>` closes nothing").help("remove this `>`"));
        }
    }
    if input.peek(Token![where]) {
        let clause = next(input);
        errors.report(
            &clause,
            Message::new("a network cannot have a `where` clause").help("remove the clause"),
        );
        while !(input.is_empty() || input.peek(Token![;]) || starts_net(input)) {
            next(input);
        }
    }
    if input.peek(Token![;]) {
        next(input);
    }
    let words = Vec::new();
    let mut net =
        Net { attributes, visibility, name, layers, words, are_written, layers_are_whole };
    net.words = words_of(&net);
    write_out(&mut net);
    Some(net)
}

fn words_of(net: &Net) -> Vec<(Ident, Vec<Ident>)> {
    let words = net.walk().into_iter().map(|layer| {
        let keys = layer.arguments.iter().flatten().map(|argument| argument.key.clone());
        (layer.kind.clone(), keys.collect())
    });
    words.collect()
}

/// How deep brackets nest at most: deeper than in any network.
pub(crate) const NESTING: usize = 32;

/// Reports a delimiter that is nested too deep. Behind this, a pass may call itself for each level.
pub(crate) fn nesting(tokens: TokenStream, errors: &mut Errors) {
    fn below(tokens: TokenStream, levels: usize) -> Option<Span> {
        tokens.into_iter().find_map(|token| match token {
            TokenTree::Group(group) if levels == 0 => Some(group.span_open()),
            TokenTree::Group(group) => below(group.stream(), levels - 1),
            _ => None,
        })
    }
    if let Some(span) = below(tokens, NESTING) {
        errors.report_at(span, format!("brackets are nested more than {NESTING} deep"));
    }
}

/// The tokens without the invisible groups that a `macro_rules!` macro puts around what it passes on.
pub(crate) fn flat(tokens: TokenStream) -> TokenStream {
    let mut flattened = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flattened.extend(flat(group.stream()));
            }
            // A group that is made anew has one span for both its delimiters.
            TokenTree::Group(group) if has_invisible_groups(group.stream()) => {
                let mut inner = Group::new(group.delimiter(), flat(group.stream()));
                inner.set_span(group.span());
                flattened.extend([TokenTree::Group(inner)]);
            }
            token => flattened.extend([token]),
        }
    }
    flattened
}

fn has_invisible_groups(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::None || has_invisible_groups(group.stream())
        }
        _ => false,
    })
}

/// Whether a network may start here.
fn starts_net(input: ParseStream<'_>) -> bool {
    input.peek(Token![#]) || input.peek(Token![pub]) || input.peek(Token![struct])
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
