//! The arguments of a layer: `key = number` and flags.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Lit, Token};

use super::{ahead, next, shown, start};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::{Argument, Number, Value};
use crate::frontend::kinds;

/// The arguments of a layer of that kind. Numbers among them that have no key are reported once; then there is `None`, unless
/// the kind is unknown, which is reported later: beside the other arguments.
pub(super) fn of_layer(
    kind: &Ident,
    tokens: TokenStream,
    errors: &mut Errors,
) -> Option<Vec<Argument>> {
    let (numbers, others) = without_key(tokens.clone());
    if numbers.is_empty() {
        return Some(parse(tokens, errors));
    }
    let shown: Vec<_> = numbers.iter().map(|number| number.to_string().replace(' ', "")).collect();
    let known = kinds::kind(kind);
    let example = known.or_else(|| kinds::meant(&kind.to_string())).map_or_else(
        || "`key=3`".to_owned(),
        |kind| kind.doc.split_inclusive('`').take(2).collect(),
    );
    let help = format!("write each number with its key, as in {example}");
    let text = format!("expected keys and flags, found `{}`", shown.join(", "));
    errors.report(&numbers.into_iter().collect::<TokenStream>(), Message::new(text).help(help));
    known.is_none().then(|| parse(quote!(#(#others),*), errors))
}

/// The arguments that are numbers alone, and the others.
fn without_key(tokens: TokenStream) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_number_alone = |tokens: &&[TokenTree]| match tokens {
        [TokenTree::Punct(minus), number @ TokenTree::Literal(_)] => {
            minus.as_char() == '-' && is_number(number)
        }
        [number] => is_number(number),
        _ => false,
    };
    let (numbers, others) = tokens.split(is_comma).partition::<Vec<_>, _>(is_number_alone);
    let streams = |arguments: Vec<&[TokenTree]>| {
        arguments.into_iter().map(|tokens| tokens.iter().cloned().collect()).collect()
    };
    (streams(numbers), streams(others))
}

fn is_number(token: &TokenTree) -> bool {
    let literal = syn::parse2::<Lit>(token.to_token_stream());
    matches!(literal, Ok(Lit::Int(_) | Lit::Float(_)))
}

/// The arguments between parentheses.
pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            arguments.extend(argument(input, errors));
            if input.peek(Token![,]) {
                next(input);
            } else if let Some(found) = ahead(input) {
                let message = Message::new(format!("expected `,` before `{}`", shown(&found)));
                errors.report_at(start(&found), message.help("separate arguments by `,`"));
                match found {
                    TokenTree::Ident(_) => {}
                    TokenTree::Punct(punct) if punct.as_char() == ';' => drop(next(input)),
                    _ => {
                        skip_argument(input);
                        next(input);
                    }
                }
            }
        }
        Ok(())
    };
    // Every token is taken above, so the parser itself finds nothing wrong.
    parser.parse2(tokens).unwrap_or_default();
    arguments
}

fn argument(input: ParseStream<'_>, errors: &mut Errors) -> Option<Argument> {
    let Ok(key) = input.call(Ident::parse_any) else {
        if let Some(found) = ahead(input) {
            let text = shown(&found);
            let help = match &found {
                TokenTree::Literal(_) if text.starts_with('"') => {
                    Some(Hint::help(format!("write `{}`", text.trim_matches('"'))))
                }
                TokenTree::Literal(_) => Some(Hint::help(format!("write `key={text}`"))),
                _ => None,
            };
            let message =
                Message::new(format!("expected a key or a flag, found `{text}`")).hint(help);
            errors.report_at(start(&found), message);
        }
        skip_argument(input);
        return None;
    };
    let key = key.unraw();
    let Some(found) = ahead(input).filter(|_| !input.peek(Token![,])) else {
        return Some(Argument { key, value: None });
    };
    if input.peek(Token![=]) {
        next(input);
        let value = value(input, &found);
        return Some(Argument { key, value: Some(value) });
    }
    // `k: 3`, `k 3` and `k(3)`: the number is there, so the layer's shape is known.
    let is_colon = input.peek(Token![:]);
    let after = input.fork();
    if is_colon {
        next(&after);
    }
    let number = match (ahead(&after), is_colon) {
        (Some(TokenTree::Literal(_)), _) | (Some(TokenTree::Punct(_)), true) => {
            if is_colon {
                next(input);
            }
            value(input, &found)
        }
        _ if is_colon => {
            skip_argument(input);
            Value::Broken
        }
        _ => return Some(Argument { key, value: None }),
    };
    let written = match &number {
        Value::Number(number) => number.tokens.to_string().replace(' ', ""),
        _ => "…".to_owned(),
    };
    let message = Message::new(format!("expected `=` after `{key}`"))
        .help(format!("write `{key}={written}`"));
    errors.report_at(start(&found), message);
    // What is wrong with it has been said.
    let number = if matches!(number, Value::Other { .. }) { Value::Broken } else { number };
    Some(Argument { key, value: Some(number) })
}

/// What follows `key =`, up to the comma.
fn value(input: ParseStream<'_>, equals: &TokenTree) -> Value {
    let minus = if input.peek(Token![-]) { next(input) } else { None };
    let Some(found) = ahead(input).filter(|_| !input.peek(Token![,])) else {
        let tokens = minus.unwrap_or_else(|| equals.clone()).into_token_stream();
        return Value::Other { tokens, text: String::new(), problem: ", found nothing" };
    };
    if let (TokenTree::Group(group), None) = (&found, &minus)
        && group.delimiter() == Delimiter::Bracket
    {
        next(input);
        return list(group.stream());
    }
    let sign = if minus.is_some() { -1 } else { 1 };
    let mut tokens = minus.into_token_stream();
    let other = |tokens: TokenStream, problem| {
        let text = shown(&found).trim_matches('"').to_owned();
        Value::Other { tokens, text, problem }
    };
    let (suffix, whole, digits) = match input.parse::<Lit>() {
        Ok(Lit::Int(literal)) => {
            let whole = literal.base10_parse::<i128>().unwrap_or(i128::MAX);
            (literal.suffix().to_owned(), Some(whole), literal.base10_digits().to_owned())
        }
        Ok(Lit::Float(literal)) => {
            (literal.suffix().to_owned(), None, literal.base10_digits().to_owned())
        }
        Ok(Lit::Str(_)) => return other(found.to_token_stream(), ", found a string"),
        Err(_) if matches!(found, TokenTree::Ident(_)) => {
            next(input);
            return other(
                found.to_token_stream(),
                ": the macro cannot read constants, so write the number itself",
            );
        }
        _ => {
            skip_argument(input);
            return other(found.to_token_stream(), ": this is not a number");
        }
    };
    tokens.extend([found.clone()]);
    if !suffix.is_empty() {
        return Value::Other { tokens, text: digits, problem: ": a number must not have a suffix" };
    }
    let real = digits.parse().unwrap_or(f64::INFINITY);
    let whole = whole.map(|whole| i128::from(sign) * whole);
    Value::Number(Number { whole, real: f64::from(sign) * real, tokens })
}

/// The numbers between brackets, or the first thing there that is none.
fn list(tokens: TokenStream) -> Value {
    let mut numbers = Vec::new();
    let parser = |input: ParseStream<'_>| {
        let mut wrong = None;
        while let Some(found) = ahead(input).filter(|_| wrong.is_none()) {
            match value(input, &found) {
                Value::Number(number) => numbers.push(number),
                Value::List(_) => {
                    let (tokens, text) = (found.to_token_stream(), String::new());
                    wrong = Some(Value::Other {
                        tokens,
                        text,
                        problem: ", found a list inside the list",
                    });
                }
                other => wrong = Some(other),
            }
            if let Some(found) = ahead(input).filter(|_| wrong.is_none())
                && !matches!(next(input), Some(TokenTree::Punct(punct)) if punct.as_char() == ',')
            {
                let (tokens, text) = (found.to_token_stream(), String::new());
                wrong = Some(Value::Other { tokens, text, problem: ": expected `,` here" });
            }
        }
        while next(input).is_some() {}
        Ok(wrong)
    };
    let wrong = parser.parse2(tokens).unwrap_or(Some(Value::Broken));
    wrong.unwrap_or(Value::List(numbers))
}

/// Steps over the rest of an argument, up to its comma.
fn skip_argument(input: ParseStream<'_>) {
    while !(input.is_empty() || input.peek(Token![,])) {
        next(input);
    }
}
