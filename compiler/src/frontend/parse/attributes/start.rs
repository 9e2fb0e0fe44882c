//! `#[start = "rest"]` and `#[start(rest = [0.5, 0.0])]`: what a network begins with.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::LitStr;

use crate::errors::{Errors, Message};
use crate::frontend::ast::{Argument, Number, Start, Value};
use crate::frontend::parse::{arguments, shown};

const HELP: &str = "write `#[start = \"rest\"]`, or `#[start(rest = [0.5])]` with one number for each channel of the constant input";

/// What follows the name. Where that is wrong, the type has all that one at rest has.
pub(super) fn start(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> Start {
    match rest.next() {
        Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => {
            return word(name, rest.collect(), errors);
        }
        Some(TokenTree::Group(group)) if has_key(&group) => {
            let arguments = arguments::parse(group.stream(), errors);
            if let Some(more) = rest.next() {
                errors.report(&more, format!("expected `]` before `{}`", shown(&more)));
            }
            if let Some(other) = arguments.get(1) {
                errors.report(&other.key, Message::new("`start` takes only `rest`").help(HELP));
            }
            let frame = arguments.first().and_then(|argument| frame(argument, errors));
            return Start::Rest { frame };
        }
        found => {
            let found = found.map_or_else(|| name.to_token_stream(), TokenTree::into);
            errors.report(&found, Message::new("expected `=` after `start`").help(HELP));
        }
    }
    Start::Rest { frame: None }
}

/// `(key …)`
fn has_key(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Parenthesis && matches!(first, Some(TokenTree::Ident(_)))
}

/// The word in quotes.
fn word(name: &Ident, written: TokenStream, errors: &mut Errors) -> Start {
    let text = syn::parse2::<LitStr>(written.clone()).map(|literal| literal.value());
    let message = match text.as_deref() {
        Ok("cold") => return Start::Cold,
        Ok("rest") => return Start::Rest { frame: None },
        Ok(text) => format!("`start` must be `\"cold\"` or `\"rest\"`, not `\"{text}\"`").into(),
        Err(_) => Message::new("expected a word in quotes").help(HELP),
    };
    let found = if written.is_empty() { name.to_token_stream() } else { written };
    errors.report(&found, message);
    Start::Rest { frame: None }
}

/// The numbers of `rest = [0.5, 0.0]`.
fn frame(argument: &Argument, errors: &mut Errors) -> Option<Vec<Number>> {
    const EACH: &str = "one number for each channel";
    if argument.key != "rest" {
        errors.report(
            &argument.key,
            Message::new(format!("`start` has no `{}`", argument.key)).help(HELP),
        );
        return None;
    }
    let (found, message) = match &argument.value {
        Some(Value::List(numbers)) if !numbers.is_empty() => return Some(numbers.clone()),
        Some(Value::Broken) => return None,
        Some(Value::Number(number)) => {
            let help = format!("write `rest = [{}]`, {EACH}", number.tokens);
            (number.tokens.clone(), Message::new("`rest` takes a list of numbers").help(help))
        }
        Some(Value::Other { tokens, problem, .. }) => {
            let message = format!("expected a list of numbers after `rest=`{problem}");
            (tokens.clone(), Message::new(message).help(format!("write `rest = [0.5]`, {EACH}")))
        }
        Some(Value::List(_)) | None => (
            argument.key.to_token_stream(),
            Message::new("`rest` needs a list of numbers").help(HELP),
        ),
    };
    errors.report(&found, message);
    None
}
