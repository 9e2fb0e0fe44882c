//! Attributes without their brackets: `weights = "net.json"; struct Net < … >`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Token, token};

use super::OWN;
use crate::errors::{Errors, Message};
use crate::frontend::parse::{next, starts_net};

/// Whether one of the macro's own attributes starts here without `#[`.
pub(super) fn is_ahead(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let Ok(name) = ahead.call(Ident::parse_any) else { return false };
    let has_value = ahead.peek(Token![=]) || ahead.peek(token::Paren);
    OWN.iter().any(|own| name == own) && (has_value || name == "self_test")
}

/// What would stand between the brackets, up to a `;` or a `,`, which goes with it, the next attribute or the network.
pub(super) fn body(input: ParseStream<'_>) -> Option<Group> {
    if !is_ahead(input) {
        return None;
    }
    let mut body = TokenStream::from_iter(next(input));
    while !(input.is_empty() || starts_net(input) || is_ahead(input)) {
        let token = next(input);
        if matches!(&token, Some(TokenTree::Punct(punct)) if [';', ','].contains(&punct.as_char()))
        {
            break;
        }
        body.extend(token);
    }
    Some(Group::new(Delimiter::Bracket, body))
}

pub(super) fn report(body: &Group, errors: &mut Errors) {
    let mut tokens = body.stream().into_iter();
    let name = tokens.next().map(|name| name.to_string()).unwrap_or_default();
    let value = tokens.collect::<TokenStream>().to_string().replace(":: ", "::");
    let space = if value.starts_with('=') { " " } else { "" };
    let message = format!("the attribute `{name}` needs `#[` and `]` around it");
    errors.report(
        &body.stream(),
        Message::new(message).help(format!("write `#[{name}{space}{value}]`")),
    );
}
