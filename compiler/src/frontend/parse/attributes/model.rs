//! What is said of a model beside its file: `#[time = 2]`, `#[window = 64]`, `#[hop = 16]`, `#[carry]`,
//! `#[input(sr = 16000)]`, `#[shape(input = [1, 576])]`, `#[state(h = "hn")]`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Lit, LitInt, LitStr, Token, bracketed, parenthesized};

use crate::errors::Errors;
use crate::frontend::ast::Words;

/// The names of these attributes, each with what to write.
pub(super) const NAMES: [(&str, &str); 7] = [
    ("time", "`#[time = 2]`, the axis of time in the model's input, counted from 0"),
    ("window", "`#[window = 64]`, the frames that the model takes at once"),
    ("hop", "`#[hop = 16]`, the pushes from one output of a window to the next"),
    ("carry", "`#[carry]`, without a value"),
    ("input", "`#[input(sr = 16000)]`, the value of an input that is a constant"),
    ("shape", "`#[shape(input = [1, 576])]`, the shape of an input"),
    ("state", "`#[state(h = \"hn\")]`, an input and the output that is its next value"),
];

/// What follows the name.
pub(super) fn parse(words: &mut Words, name: &Ident, body: TokenStream, errors: &mut Errors) {
    let parsed = match name.to_string().as_str() {
        "time" => syn::parse2(body.clone()).map(|Size(axis)| words.time = Some(axis)),
        "window" => syn::parse2(body.clone()).map(|Size(frames)| words.window = Some(frames)),
        "hop" => syn::parse2(body.clone()).map(|Size(pushes)| words.hop = Some(pushes)),
        "carry" => syn::parse2(body.clone()).map(|Nothing| words.carries = true),
        "input" => syn::parse2(body.clone()).map(|List(values)| words.inputs = values),
        "shape" => syn::parse2(body.clone()).map(|List(shapes)| words.shapes = shapes),
        _ => syn::parse2(body.clone()).map(|List(states)| words.states = states),
    };
    let is_zero = words.window == Some(0) || words.hop == Some(0);
    if parsed.is_err() || is_zero {
        let help = NAMES.iter().find(|(own, _)| name == own).map_or("", |(_, help)| help);
        let found = if body.is_empty() { name.to_token_stream() } else { body };
        let message = format!("`{name}` does not have its value\nhelp: write {help}");
        errors.report(&found, message);
        (words.window, words.hop) =
            (words.window.filter(|frames| *frames > 0), words.hop.filter(|pushes| *pushes > 0));
    }
}

/// `= 64`
struct Size(usize);

impl Parse for Size {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![=]>()?;
        Ok(Self(input.parse::<LitInt>()?.base10_parse()?))
    }
}

struct Nothing;

impl Parse for Nothing {
    fn parse(_: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self)
    }
}

/// `(name = value, …)`
struct List<T>(Vec<(String, T)>);

impl<T: Said> Parse for List<T> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        parenthesized!(content in input);
        let entry = |input: ParseStream<'_>| {
            // Names of a model need not be identifiers.
            let name = if input.peek(LitStr) {
                input.parse::<LitStr>()?.value()
            } else {
                input.call(syn::ext::IdentExt::parse_any).map(|name: Ident| name.to_string())?
            };
            input.parse::<Token![=]>()?;
            Ok((name, T::parse(input)?))
        };
        let entries = Punctuated::<_, Token![,]>::parse_terminated_with(&content, entry)?;
        let entries: Vec<_> = entries.into_iter().collect();
        if entries.is_empty() { Err(content.error("empty")) } else { Ok(Self(entries)) }
    }
}

/// A value of such a list.
trait Said: Sized {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self>;
}

impl Said for String {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(input.parse::<LitStr>()?.value())
    }
}

impl Said for f64 {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let sign = if input.parse::<Option<Token![-]>>()?.is_some() { -1.0 } else { 1.0 };
        let number: f64 = match input.parse::<Lit>()? {
            Lit::Int(number) => number.base10_parse()?,
            Lit::Float(number) => number.base10_parse()?,
            Lit::Bool(truth) => f64::from(u8::from(truth.value)),
            _ => return Err(input.error("no number")),
        };
        Ok(sign * number)
    }
}

impl Said for Vec<usize> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        bracketed!(content in input);
        let lengths = Punctuated::<LitInt, Token![,]>::parse_terminated(&content)?;
        lengths.iter().map(LitInt::base10_parse).collect()
    }
}
