//! What an expansion has to be, whatever was written.

#![allow(dead_code, reason = "a target uses some of it")]

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use streaming_net_compiler::Folders;

/// A folder of this process for a weights file: a crate's folder, as far as the macro is concerned.
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("streaming-net-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The expansion of a macro call, which is Rust: items, and an error for each mistake.
pub fn expand(input: TokenStream, folder: &Path) -> TokenStream {
    let folders = Folders { manifest: folder.into(), out: None, working: folder.into() };
    let expansion = streaming_net_compiler::expand(input, &folders);
    assert!(!expansion.is_empty(), "a network vanished");
    if let Err(error) = syn::parse2::<syn::File>(expansion.clone()) {
        panic!("{error} in {expansion}");
    }
    expansion
}

/// How many mistakes were reported.
pub fn errors(expansion: TokenStream) -> usize {
    let errors = expansion.into_iter().map(|token| match token {
        TokenTree::Ident(word) => usize::from(word == "compile_error"),
        TokenTree::Group(group) => errors(group.stream()),
        _ => 0,
    });
    errors.sum()
}
