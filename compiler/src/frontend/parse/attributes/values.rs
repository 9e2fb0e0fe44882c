//! What the macro's own attributes say.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser as _};
use syn::{LitStr, Token, parenthesized};

use super::path;
use crate::errors::{Errors, Message};
use crate::frontend::ast::{Block, Budget, Choice, Folder, Math, Weights, WeightsFile};
use crate::frontend::kinds::{Key, number};
use crate::frontend::parse::{arguments, shown};

/// The word for weights that no file has.
const ZEROS: &str = "zeros";

/// What follows the name in `#[budget(ram = 4096)]`.
pub(super) fn budget(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> Budget {
    const HELP: &str = "write `#[budget(ram = 4096, flash = 8192, macs = 1000)]`, with one or more of these limits, or `snr = 60` for a network of integers";
    let arguments = match rest.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            if group.stream().is_empty() {
                errors.report_at(group.span(), Message::new("this `budget` is empty").help(HELP));
            }
            arguments::parse(group.stream(), errors)
        }
        found => {
            let found = found.map_or_else(|| name.to_token_stream(), TokenTree::into);
            errors.report(&found, Message::new("expected `(` after `budget`").help(HELP));
            return Budget { arguments: Vec::new() };
        }
    };
    if let Some(more) = rest.next() {
        errors.report(&more, format!("expected `]` before `{}`", shown(&more)));
    }
    Budget { arguments }
}

/// `word = number`
pub(super) fn choice(key: &Key, word: Ident, body: TokenStream, errors: &mut Errors) -> Choice {
    let arguments = arguments::parse(body, errors);
    let number = match arguments.as_slice() {
        [argument] => number(key.name, key, argument, errors).cloned(),
        _ => {
            let name = key.name;
            let help = format!("write `#[{name} = …]`, {}", key.doc);
            errors.report(&word, Message::new(format!("`{name}` takes one number")).help(help));
            None
        }
    };
    Choice { word, number }
}

/// What follows the name in `#[math = "fast"]`.
pub(super) fn math(
    name: &Ident,
    rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> Math {
    let help = "write `#[math = \"fast\"]`, or `\"exact\"`";
    one_of(name, rest, [("exact", Math::Exact), ("fast", Math::Fast)], help, errors)
}

/// What follows the name in `#[block = "small"]`.
pub(super) fn block(
    name: &Ident,
    rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> Block {
    let help = "write `#[block = \"fast\"]`, or `\"small\"`";
    one_of(name, rest, [("fast", Block::Fast), ("small", Block::Small)], help, errors)
}

/// What one of two words means; where there is none of them, that is reported.
fn one_of<T: Default>(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    words: [(&str, T); 2],
    help: &str,
    errors: &mut Errors,
) -> T {
    let equals = rest.next();
    let written: TokenStream = rest.collect();
    if !matches!(&equals, Some(TokenTree::Punct(punct)) if punct.as_char() == '=') {
        let found = equals.map_or_else(|| name.to_token_stream(), TokenTree::into);
        errors.report(&found, Message::new(format!("expected `=` after `{name}`")).help(help));
        return T::default();
    }
    let word = syn::parse2::<LitStr>(written.clone()).map(|word| word.value());
    let [(one, _), (other, _)] = &words;
    let message = match &word {
        Ok(word) => {
            format!("`{name}` must be `\"{one}\"` or `\"{other}\"`, not `\"{word}\"`").into()
        }
        Err(_) => Message::new("expected a word in quotes").help(help),
    };
    let meant = words.into_iter().find(|(known, _)| word.as_deref().ok() == Some(*known));
    if let Some((_, meant)) = meant {
        return meant;
    }
    let found = if written.is_empty() { name.to_token_stream() } else { written };
    errors.report(&found, message);
    T::default()
}

/// What follows the name in `#[crate = ::path]`.
pub(super) fn krate(
    name: &Ident,
    rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> TokenStream {
    let mut rest = rest.peekable();
    let equals = rest.next_if(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == '='));
    let written: TokenStream = rest.collect();
    if equals.is_some() && absolute_path.parse2(written.clone()).is_ok() {
        return written;
    }
    let path = written.to_string().replace([' ', '"'], "");
    let is_name = syn::parse_str::<Ident>(&path).is_ok();
    let path = if is_name { format!("::{path}") } else { "::net".to_owned() };
    let help = format!("write `#[crate = {path}]`, or a path that starts with `crate::`");
    let found = if written.is_empty() { name.to_token_stream() } else { written };
    errors.report(&found, Message::new("expected an absolute path after `crate =`").help(help));
    // Of what is written, nothing is known.
    quote!(::streaming_net)
}

/// A path that means the same in every module.
fn absolute_path(input: ParseStream<'_>) -> syn::Result<()> {
    let from_root = input.parse::<Option<Token![::]>>()?.is_some();
    let first = path(input)?;
    if from_root || first == "crate" { Ok(()) } else { Err(input.error("relative")) }
}

/// What follows the name in `#[weights = "path"]`, `#[weights = concat!(env!("OUT_DIR"), "/path")]` and
/// `#[weights = zeros]`.
pub(super) fn weights(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> Weights {
    const HELP: &str =
        "write `#[weights = \"weights/net.json\"]`, or `#[weights = zeros]` without a file";
    let equals = rest.next();
    let tokens: TokenStream = rest.collect();
    let has_equals = matches!(&equals, Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
    let word = syn::parse2::<Ident>(tokens.clone()).ok();
    if let Some(word) = word.filter(|word| has_equals && word == ZEROS) {
        return Weights::Zeros(word);
    }
    Weights::File(file(name, equals, tokens, HELP, errors))
}

/// What follows the name in `#[reference = "path"]`.
pub(super) fn reference(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> WeightsFile {
    const HELP: &str =
        "write the folder of a recorded run: `#[reference = \"models/test_data_set_0\"]`";
    let equals = rest.next();
    file(name, equals, rest.collect(), HELP, errors)
}

/// What follows the name in `#[calibrate = "path"]`.
pub(super) fn calibrate(
    name: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &mut Errors,
) -> WeightsFile {
    const HELP: &str = "write a file of input frames: `#[calibrate = \"weights/frames.npz\"]`";
    let equals = rest.next();
    file(name, equals, rest.collect(), HELP, errors)
}

/// A path behind `=`.
pub(super) fn file(
    name: &Ident,
    equals: Option<TokenTree>,
    tokens: TokenStream,
    help: &str,
    errors: &mut Errors,
) -> WeightsFile {
    const NOTE: &str = "the path is relative to the folder of Cargo.toml";
    let has_equals = matches!(&equals, Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
    let (folder, path) = if let Ok(path) = syn::parse2::<LitStr>(tokens.clone()) {
        (Folder::Manifest, Some(path.value()))
    } else if let Ok(path) = out_dir.parse2(tokens.clone()) {
        (Folder::OutDir, Some(path.value()))
    } else {
        (Folder::Manifest, None)
    };
    let tokens = if tokens.is_empty() { name.to_token_stream() } else { tokens };
    let path = if !has_equals {
        let found = equals.map_or_else(|| name.to_token_stream(), TokenTree::into);
        errors.report(&found, Message::new(format!("expected `=` after `{name}`")).help(help));
        None
    } else if path.as_ref().is_none_or(|path| path.trim().is_empty()) {
        errors.report(&tokens, Message::new("expected a path in quotes").help(help).note(NOTE));
        None
    } else {
        path
    };
    WeightsFile { folder, path, tokens }
}

/// The path in `concat!(env!("OUT_DIR"), "/path")`.
fn out_dir(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let (concat, env);
    let call = |input: ParseStream<'_>, name: &str| {
        let found: Ident = input.parse()?;
        input.parse::<Token![!]>()?;
        if found == name { Ok(()) } else { Err(input.error("another macro")) }
    };
    call(input, "concat")?;
    parenthesized!(concat in input);
    call(&concat, "env")?;
    parenthesized!(env in concat);
    let variable: LitStr = env.parse()?;
    concat.parse::<Token![,]>()?;
    let path: LitStr = concat.parse()?;
    concat.parse::<Option<Token![,]>>()?;
    if variable.value() == "OUT_DIR" && path.value().starts_with('/') {
        Ok(path)
    } else {
        Err(concat.error("another folder"))
    }
}
