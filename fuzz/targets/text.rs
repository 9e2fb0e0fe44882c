//! Any text between the macro's braces: no panic, and an expansion that is Rust.

#![no_main]

mod oracle;

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

fuzz_target!(|text: &str| {
    let Ok(tokens) = text.parse::<TokenStream>() else { return };
    oracle::expand(tokens, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests"));
});
