//! `#[numbers = "i16"]` and `#[numbers(i16, input = 1.0)]`: what frames and weights are.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::LitStr;

use crate::errors::{Errors, Message};
use crate::frontend::ast::{Argument, Number, Numbers, Value};
use crate::frontend::parse::arguments;

const HELP: &str = "write `#[numbers = \"i16\"]`, or `#[numbers(i16, input = 1.0)]` with what full scale of the input means";

/// What follows the name. Where that is wrong, it is what was most likely meant.
pub(super) fn numbers(name: &Ident, rest: Vec<TokenTree>, errors: &mut Errors) -> Numbers {
    match rest.as_slice() {
        [TokenTree::Punct(equals), word] if equals.as_char() == '=' => {
            match text(word).as_deref() {
                Some("f32") => return Numbers::F32,
                Some("i16") => return integers(word.into_token_stream(), None),
                Some(other) => {
                    let text =
                        format!("`numbers` must be `\"f32\"` or `\"i16\"`, not `\"{other}\"`");
                    errors.report(word, text);
                    return Numbers::F32;
                }
                None => {}
            }
        }
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            if let Some(numbers) = list(&arguments::parse(group.stream(), errors), errors) {
                return numbers;
            }
        }
        _ => {}
    }
    let found: TokenStream = rest.into_iter().collect();
    let found = if found.is_empty() { name.to_token_stream() } else { found };
    errors.report(&found, Message::new("`numbers` does not have its value").help(HELP));
    Numbers::F32
}

fn integers(word: TokenStream, input: Option<Number>) -> Numbers {
    Numbers::I16 { word, input }
}

/// The word of a literal in quotes.
fn text(token: &TokenTree) -> Option<String> {
    syn::parse2::<LitStr>(token.to_token_stream()).map(|word| word.value()).ok()
}

/// What stands in parentheses, where the first word is a type of numbers.
fn list(arguments: &[Argument], errors: &mut Errors) -> Option<Numbers> {
    let (word, others) = arguments.split_first()?;
    if word.value.is_some() || (word.key != "i16" && word.key != "f32") {
        return None;
    }
    let mut input = None;
    for argument in others {
        let key = &argument.key;
        let text = match &argument.value {
            _ if key != "input" || word.key == "f32" => format!("`numbers` has no `{key}` here"),
            Some(Value::Number(number)) if number.real().is_some_and(|real| real > 0.0) => {
                if input.is_none() {
                    input = Some(number.clone());
                    continue;
                }
                format!("`{key}` is given twice")
            }
            Some(Value::Broken) => continue,
            _ => format!("`{key}` must be a number above 0"),
        };
        errors.report(key, Message::new(text).help(HELP));
    }
    let f32 = word.key == "f32";
    Some(if f32 { Numbers::F32 } else { integers(word.key.to_token_stream(), input) })
}
