//! The files that cargo watches.

use proc_macro2::TokenStream;
use quote::quote;

use super::derives::cfgs;
use super::{Network, types};
use crate::frontend::ast::{self, Folder};

/// Makes cargo build again when the weights file, or one of the recorded run, changes. It is the last item: where it prints
/// files in full, they are out of the way.
pub(super) fn files(network: &Network<'_>) -> TokenStream {
    let attributes = &network.ast.attributes;
    let cfgs = cfgs(network.ast);
    let several = attributes.files.iter().skip(1).map(|file| &file.file);
    let weights =
        attributes.weights.as_ref().and_then(ast::Weights::file).into_iter().chain(several);
    let weights = weights.zip(network.are_text.iter().copied());
    let weights =
        weights.filter_map(|(file, is_text)| Some((file.folder, file.path.clone()?, is_text)));
    let of_run = attributes.reference.iter().flat_map(|folder| {
        let path = folder.path.as_deref().unwrap_or_default().trim_end_matches('/');
        network.run_files.iter().map(move |name| (folder.folder, format!("{path}/{name}"), false))
    });
    let frames = attributes.calibrate.iter();
    let frames = frames.filter_map(|file| Some((file.folder, file.path.clone()?, false)));
    let files: Vec<_> = weights.chain(of_run).chain(frames).map(file).collect();
    if files.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #(#cfgs)*
        #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
        const _: () = {
            #(#files)*
        };
    }
}

/// Only text can be the message of `env!`, which is gone when the macro is expanded. rust-analyzer does not know that `env!` has
/// a message.
fn file((folder, path, is_text): (Folder, String, bool)) -> TokenStream {
    let (folder, path) = match folder {
        Folder::Manifest => ("CARGO_MANIFEST_DIR", format!("/{path}")),
        Folder::OutDir => ("OUT_DIR", path),
    };
    let path = quote!(::core::concat!(::core::env!(#folder), #path));
    let (str, u8) = (types::str(), types::u8());
    if is_text {
        quote! {
            /// Cargo rebuilds when this file changes: `env!` reads it as its error message, which is never shown.
            #[cfg(not(rust_analyzer))]
            const _: &#str = ::core::env!(#folder, ::core::include_str!(#path));
        }
    } else {
        quote! {
            /// Cargo rebuilds when this file changes.
            const _: &[#u8] = ::core::include_bytes!(#path);
        }
    }
}
