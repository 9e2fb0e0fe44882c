use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::derives::cfgs;
use crate::frontend::ast;
use crate::names::word;

/// The words of a network where an editor looks for their meaning: hover and completion on kinds and keys. No compiler
/// sees it. An editor goes by the first token of a span, so this stands before the errors.
pub(super) fn editor(net: &ast::Net) -> TokenStream {
    let private = net.private();
    let layers = net.words.iter().filter_map(|(kind, arguments)| {
        let kind = word(kind)?;
        let arguments: Vec<Ident> = arguments.iter().filter_map(word).collect();
        Some(quote! {
            {
                use #private::editor::#kind as kind;
                #(let _ = kind::ARGUMENTS.#arguments;)*
            }
        })
    });
    let cfgs = cfgs(net);
    quote! {
        #(#cfgs)*
        #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
        const _: () = {
            #[cfg(rust_analyzer)]
            {
                #(#layers)*
            }
        };
    }
}
