//! Any bytes as the weights file of one network. What is accepted is what another reader of JSON finds there, number for
//! number.

#![no_main]

mod oracle;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use serde_json::Value;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(oracle::folder);

fuzz_target!(|bytes: &[u8]| {
    fs::write(FOLDER.join("net.json"), bytes).unwrap();
    let expansion = oracle::expand(
        quote! {
            #[weights = "net.json"]
            struct Net < conv(k=2, in=1, out=3); dense(out=1) >
        },
        &FOLDER,
    );
    if oracle::errors(expansion.clone()) > 0 {
        return;
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let file: Value = serde_json::from_slice(bytes).expect("what was accepted is JSON");
    if file["layers"][0]["type"].is_string() {
        // One of RTNeural's, whose arrays have no names.
        return;
    }
    let mut expected = Vec::new();
    for layer in file["layers"].as_array().expect("a list of layers") {
        numbers(&layer["kernel"], &mut expected);
        numbers(&layer["bias"], &mut expected);
    }
    let mut found = Vec::new();
    floats(weights(expansion), &mut found);
    assert!(expected.len() == 13 && same(&expected, &found), "{expected:?} became {found:?}");
});

/// Bit for bit, for -0.0 is not 0.0.
fn same(left: &[f32], right: &[f32]) -> bool {
    left.iter().map(|x| x.to_bits()).eq(right.iter().map(|x| x.to_bits()))
}

fn numbers(value: &Value, into: &mut Vec<f32>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| numbers(value, into)),
        value => into.push(value.as_f64().expect("a number") as f32),
    }
}

/// The module of the weights.
fn weights(expansion: TokenStream) -> TokenStream {
    let mut tokens = expansion
        .into_iter()
        .skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "net_weights"));
    match tokens.nth(1) {
        Some(TokenTree::Group(module)) => module.stream(),
        _ => panic!("no module of weights"),
    }
}

/// The literals that are no counts, with their signs.
fn floats(tokens: TokenStream, into: &mut Vec<f32>) {
    let mut negative = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => floats(group.stream(), into),
            TokenTree::Literal(literal) if literal.to_string().contains(['.', 'e']) => {
                let number: f32 = literal.to_string().parse().unwrap();
                into.push(if negative { -number } else { number });
            }
            _ => {}
        }
        negative = matches!(token, TokenTree::Punct(punct) if punct.as_char() == '-');
    }
}
