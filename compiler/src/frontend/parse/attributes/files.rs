//! The list in `#[weights("clean.nam", lead = "amps/2.nam")]`.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::values;
use crate::errors::{Errors, Message};
use crate::frontend::ast::{Folder, NamedFile, Weights, WeightsFile};
use crate::names::{upper_snake, word};

const HELP: &str = "write `#[weights(\"clean.nam\", \"lead.nam\")]`, or with names `#[weights(clean = \"1.nam\", lead = \"2.nam\")]`";

/// Files of a network at most.
const MOST: usize = 64;

/// Constants of a network, which no file can be named.
const TAKEN: [&str; 18] = [
    "INPUTS",
    "OUTPUTS",
    "RECEPTIVE_FIELD",
    "MACS",
    "STATE_BYTES",
    "WEIGHT_BYTES",
    "SUMMARY",
    "WEIGHTS",
    "METADATA",
    "NAME",
    "SAMPLE_RATE",
    "LOUDNESS",
    "INPUT_LEVEL_DBU",
    "OUTPUT_LEVEL_DBU",
    "IN_GAIN_DB",
    "OUT_GAIN_DB",
    "OUTPUT_AT_REST",
    "START",
];

pub(super) fn is_list(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
}

/// The files of the list, into `files`. Gives the first.
pub(super) fn read(
    attribute: &Ident,
    list: &Group,
    files: &mut Vec<NamedFile>,
    errors: &mut Errors,
) -> Weights {
    let mut items = vec![TokenStream::new()];
    for token in list.stream() {
        match (&token, items.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => {
                items.push(TokenStream::new());
            }
            (_, Some(item)) => item.extend([token]),
            (_, None) => {}
        }
    }
    if items.last().is_some_and(TokenStream::is_empty) {
        items.pop();
    }
    if items.is_empty() || items.len() > MOST {
        let text = if items.is_empty() {
            "`weights` names no file".to_owned()
        } else {
            format!("`weights` names {} files, but the limit is {MOST}", items.len())
        };
        errors.report(list, Message::new(text).help(HELP));
        let tokens = list.to_token_stream();
        return Weights::File(WeightsFile { folder: Folder::Manifest, path: None, tokens });
    }
    for item in items {
        file(attribute, item, files, errors);
    }
    let first = files.first().map(|named| named.file.clone());
    let tokens = list.to_token_stream();
    Weights::File(first.unwrap_or(WeightsFile { folder: Folder::Manifest, path: None, tokens }))
}

/// `"path"`, `concat!(env!("OUT_DIR"), "/path")` or `name = "path"`
fn file(attribute: &Ident, item: TokenStream, files: &mut Vec<NamedFile>, errors: &mut Errors) {
    let tokens: Vec<TokenTree> = item.into_iter().collect();
    let (name, path) = match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Punct(equals), path @ ..]
            if equals.as_char() == '=' =>
        {
            (Some(name.clone()), path)
        }
        path => (None, path),
    };
    let path: TokenStream = path.iter().cloned().collect();
    let equals = TokenTree::Punct(Punct::new('=', Spacing::Alone));
    let written = name.as_ref().unwrap_or(attribute);
    let file = values::file(written, Some(equals), path, HELP, errors);
    let Some(path) = &file.path else {
        files.push(NamedFile { name: Ident::new("_BROKEN", Span::call_site()), file });
        return;
    };
    let stem = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let text =
        name.as_ref().map_or_else(|| upper_snake(stem), |name| upper_snake(&name.to_string()));
    let text = text.trim_matches('_');
    let starts_wrong = text.chars().next().is_none_or(|first| first.is_ascii_digit());
    let text = if starts_wrong { format!("_{text}") } else { text.to_owned() };
    let span = name.as_ref().map_or_else(|| span(&file.tokens), Ident::span);
    let is_taken = TAKEN.contains(&text.as_str());
    let is_twice = files.iter().any(|other| other.name == text);
    if is_taken || is_twice || text == "_" {
        let why = match (is_taken, is_twice) {
            (true, _) => "which is another constant of the network",
            (_, true) => "as another file's is",
            _ => "which is no name",
        };
        let message = format!("the constant of `{path}` would be `{text}`, {why}");
        let help = format!("name it: `lead = {path:?}`");
        errors.report(&file.tokens, Message::new(message).help(help));
    }
    let name = word(&Ident::new(&text, span)).unwrap_or_else(|| Ident::new("_FILE", span));
    files.push(NamedFile { name, file });
}

fn span(tokens: &TokenStream) -> Span {
    tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}
