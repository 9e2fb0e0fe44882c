use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::items::cfgs;
use crate::ast;
use crate::names::word;

/// The words of a network where an editor looks for their meaning: hover and completion on kinds and keys. No compiler
/// sees it. An editor goes by the first token of a span, so this stands before the errors.
pub(super) fn editor(net: &ast::Net) -> TokenStream {
    let krate = net.krate();
    let layers = net.layers.iter().filter_map(|layer| {
        let kind = word(&layer.kind)?;
        let arguments = layer.arguments.iter().flatten();
        let arguments: Vec<Ident> = arguments.filter_map(|argument| word(&argument.key)).collect();
        Some(quote! {
            {
                use #krate::editor::#kind as kind;
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
