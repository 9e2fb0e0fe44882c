//! The arguments of a layer: `key = number` and flags.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser as _};
use syn::{Lit, Token};

use super::{ahead, next, shown, start};
use crate::ast::{Argument, Number, Value};
use crate::errors::Errors;

/// The arguments between a layer's parentheses.
pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            arguments.extend(argument(input, errors));
            if let Some(found) = ahead(input).filter(|_| !input.peek(Token![,])) {
                errors.report_at(start(&found), format!("expected `,` before `{}`", shown(&found)));
                if matches!(found, TokenTree::Ident(_)) {
                    continue;
                }
                skip_argument(input);
            }
            next(input);
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
            let found_text = shown(&found);
            let help = match found {
                TokenTree::Literal(_) => format!("\nhelp: write `key={found_text}`"),
                _ => String::new(),
            };
            errors.report_at(
                start(&found),
                format!("expected a key or a flag, found `{found_text}`{help}"),
            );
        }
        skip_argument(input);
        return None;
    };
    let key = key.unraw();
    if input.peek(Token![:]) {
        let colon = next(input);
        let help = format!(
            "help: write `{key}={}`",
            ahead(input).as_ref().map_or_else(|| "…".to_owned(), shown)
        );
        errors.report(&colon, format!("expected `=` after `{key}`\n{help}"));
        skip_argument(input);
        return Some(Argument { key, value: Some(Value::Broken) });
    }
    if !input.peek(Token![=]) {
        return Some(Argument { key, value: None });
    }
    let equals = next(input);
    let value = match number(input, &key, equals.as_ref(), errors) {
        Some(number) => Value::Number(number),
        None => Value::Broken,
    };
    Some(Argument { key, value: Some(value) })
}

/// The number after `key =`.
fn number(
    input: ParseStream<'_>,
    key: &Ident,
    equals: Option<&TokenTree>,
    errors: &mut Errors,
) -> Option<Number> {
    let minus = if input.peek(Token![-]) { next(input) } else { None };
    let Some(found) = ahead(input).filter(|_| !input.peek(Token![,])) else {
        errors.report(&minus.or(equals.cloned()), format!("expected a number after `{key}=`"));
        return None;
    };
    let sign = if minus.is_some() { -1 } else { 1 };
    let (suffix, whole, real) = match input.parse::<Lit>() {
        Ok(Lit::Int(literal)) => {
            let whole = literal.base10_parse::<i128>().unwrap_or(i128::MAX);
            (literal.suffix().to_owned(), Some(whole), literal.base10_digits().parse())
        }
        Ok(Lit::Float(literal)) => {
            (literal.suffix().to_owned(), None, literal.base10_digits().parse())
        }
        other => {
            let what = match (&other, &found) {
                (Ok(Lit::Str(_)), _) => "expected a number, found a string",
                (Err(_), TokenTree::Ident(_)) => {
                    "expected a number; the value of a constant is not known to the macro"
                }
                _ => "expected a number",
            };
            errors.report_at(start(&found), what);
            skip_argument(input);
            return None;
        }
    };
    let real: f64 = real.unwrap_or(f64::INFINITY);
    if !suffix.is_empty() {
        let number = shown(&found);
        let number = number.strip_suffix(&suffix).unwrap_or(&number);
        errors.report(&found, format!("a number here has no suffix\nhelp: write `{number}`"));
        return None;
    }
    let mut tokens = minus.into_token_stream();
    tokens.extend([found]);
    let whole = whole.map(|whole| i128::from(sign) * whole);
    Some(Number { whole, real: f64::from(sign) * real, tokens })
}

/// Steps over the rest of an argument, up to its comma.
fn skip_argument(input: ParseStream<'_>) {
    while !(input.is_empty() || input.peek(Token![,])) {
        next(input);
    }
}
