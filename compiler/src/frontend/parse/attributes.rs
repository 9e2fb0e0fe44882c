//! The attributes of a network: the macro's own, and those that go on to the struct.

mod bare;
mod files;
mod model;
mod numbers;
mod start;
mod values;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Lit, Token};

use super::{ahead, next};
use crate::errors::{Errors, Message};
use crate::frontend::ast::{Attribute, Attributes, Folder, Weights, WeightsFile};
use crate::frontend::kinds::{Key, Takes};
use crate::suggest::nearest;

/// Those that the macro reads itself.
const OWN: [&str; 19] = [
    "weights",
    "submodel",
    "slim",
    "budget",
    "start",
    "math",
    "block",
    "self_test",
    "crate",
    "time",
    "window",
    "hop",
    "carry",
    "input",
    "shape",
    "state",
    "reference",
    "numbers",
    "calibrate",
];

const SUBMODEL: Key = Key {
    name: "submodel",
    doc: "the number of one of the models in the file, from 0",
    takes: Takes::Size,
    aliases: &[],
};
const SLIM: Key = Key {
    name: "slim",
    doc: "the channels to keep of a slimmable model",
    takes: Takes::Count,
    aliases: &[],
};

pub(super) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Attributes {
    let mut attributes = Attributes::default();
    while input.peek(Token![#]) || bare::is_ahead(input) {
        if let Some(body) = bare::body(input) {
            let before = errors.len();
            attribute(&mut attributes, &body, TokenStream::new(), errors);
            if errors.len() == before {
                bare::report(&body, errors);
            }
            continue;
        }
        let mut tokens = next(input).into_token_stream();
        if input.peek(Token![!]) {
            let inner = next(input);
            errors.report(
                &inner,
                Message::new("an attribute of a network must not have a `!`").help("write `#[…]`"),
            );
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
        attribute(&mut attributes, &body, tokens, errors);
    }
    attributes
}

/// `tokens` are all of `#[body]`.
fn attribute(attributes: &mut Attributes, body: &Group, tokens: TokenStream, errors: &mut Errors) {
    let Attributes {
        weights,
        files: listed,
        submodel,
        slim,
        budget,
        start,
        math,
        block,
        onnx,
        reference,
        numbers,
        calibrate,
        onnx_words,
        self_test,
        krate,
        passed_on,
    } = attributes;
    let mut rest = body.stream().into_iter();
    let name = match rest.next() {
        Some(TokenTree::Ident(name)) => name.unraw(),
        _ => return pass_on(passed_on, None, body, tokens, errors),
    };
    let text = name.to_string();
    match text.as_str() {
        "weights" if weights.is_none() => {
            let mut rest = rest.peekable();
            let list = rest.next_if(files::is_list);
            *weights = Some(match list {
                Some(TokenTree::Group(list)) => files::read(&name, &list, listed, errors),
                _ => values::weights(&name, rest, errors),
            });
        }
        "submodel" if submodel.is_none() => {
            *submodel = Some(values::choice(&SUBMODEL, name, body.stream(), errors));
        }
        "slim" if slim.is_none() => {
            *slim = Some(values::choice(&SLIM, name, body.stream(), errors));
        }
        "budget" if budget.is_none() => *budget = Some(values::budget(&name, rest, errors)),
        "start" if start.is_none() => *start = Some(start::start(&name, rest, errors)),
        "math" if math.is_none() => *math = Some(values::math(&name, rest, errors)),
        "numbers" if numbers.is_none() => {
            *numbers = Some(numbers::numbers(&name, rest.collect(), errors));
        }
        "calibrate" if calibrate.is_none() => {
            *calibrate = Some(values::calibrate(&name, rest, errors));
        }
        "block" if block.is_none() => *block = Some(values::block(&name, rest, errors)),
        "self_test" if self_test.is_none() => {
            if let Some(token) = rest.next() {
                errors.report(
                    &token,
                    Message::new("`self_test` takes no value").help("write `#[self_test]`"),
                );
            }
            *self_test = Some(name);
        }
        name_of_model
            if model::NAMES.iter().any(|(own, _)| *own == name_of_model)
                && !onnx_words.contains(&name) =>
        {
            model::parse(onnx, &name, rest.collect(), errors);
            onnx_words.push(name);
        }
        "reference" if reference.is_none() => {
            *reference = Some(values::reference(&name, rest, errors));
            onnx_words.push(name);
        }
        "crate" if krate.is_none() => *krate = Some(values::krate(&name, rest, errors)),
        _ if OWN.contains(&text.as_str()) => {
            errors.report(
                &name,
                Message::new(format!("`{text}` is given twice")).help("remove one of them"),
            );
        }
        _ => match nearest(&text, OWN) {
            Some(meant) => {
                let help = format!("did you mean `{meant}`?");
                errors.report(
                    &name,
                    Message::new(format!("a network has no attribute `{text}`")).help(help),
                );
                // What it is meant for is not missing.
                let tokens = name.into_token_stream();
                let file = WeightsFile { folder: Folder::Manifest, path: None, tokens };
                weights.get_or_insert(Weights::File(file));
            }
            None => pass_on(passed_on, Some(name), body, tokens, errors),
        },
    }
}

/// An attribute for the struct, where it is one: else the compiler would not find the struct behind it.
fn pass_on(
    passed_on: &mut Vec<Attribute>,
    name: Option<Ident>,
    body: &Group,
    tokens: TokenStream,
    errors: &mut Errors,
) {
    match attribute_of_rust.parse2(body.stream()) {
        Ok(()) => passed_on.push(Attribute { name, tokens }),
        Err(_) => {
            errors.report(
                body,
                Message::new("this is not an attribute")
                    .help("write an attribute such as `#[derive(PartialEq)]`"),
            );
        }
    }
}

/// What may stand between the brackets: a path, and behind it nothing, a group, or `=` and a literal or a macro call.
fn attribute_of_rust(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<Option<Token![::]>>()?;
    path(input)?;
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return if input.is_empty() { Ok(()) } else { input.parse::<Group>().map(drop) };
    }
    if input.peek(Lit) {
        return input.parse::<Lit>().map(drop);
    }
    input.parse::<Option<Token![::]>>()?;
    // The name of a macro is no keyword: `unsafe` and others begin something else.
    while input.peek2(Token![::]) {
        input.call(Ident::parse_any)?;
        input.parse::<Token![::]>()?;
    }
    input.parse::<Ident>()?;
    input.parse::<Token![!]>()?;
    input.parse::<Group>().map(drop)
}

/// `word::word`, and its first word.
pub(super) fn path(input: ParseStream<'_>) -> syn::Result<Ident> {
    let first = segment(input)?;
    while input.parse::<Option<Token![::]>>()?.is_some() {
        segment(input)?;
    }
    Ok(first)
}

/// A word of a path: a name, or one of the keywords that stand in paths and attributes.
fn segment(input: ParseStream<'_>) -> syn::Result<Ident> {
    let keywords = ["crate", "self", "super", "Self", "unsafe"];
    let word = input.fork().call(Ident::parse_any)?;
    if keywords.iter().any(|keyword| word == keyword) {
        input.call(Ident::parse_any)
    } else {
        input.parse()
    }
}
