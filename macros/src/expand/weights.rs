//! The weights as `static`s: they stay in flash, and the map file shows them by name.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::items::cfgs;
use crate::ast::{self, Folder};
use crate::model::{Fate, Net};
use crate::names::weights_module;
use crate::tensor::Tensor;

/// The module that holds them.
pub(super) fn module(net: &Net<'_>, tensors: &[Vec<Tensor>]) -> Option<TokenStream> {
    let krate = net.ast.krate();
    let statics: TokenStream = net
        .layers
        .iter()
        .zip(tensors)
        .filter(|(layer, _)| layer.fate == Fate::Line)
        .filter_map(|(layer, tensors)| {
            let name = static_name(layer.name.as_ref()?);
            let start = layer.layer.start(&krate, tensors).map(|(ty, value)| {
                let name = start_name(&name);
                quote!(pub(super) const #name: #ty = #value;)
            });
            let (ty, value) = layer.layer.weights(&krate, tensors)?;
            Some(quote!(pub(super) static #name: #ty = #value; #start))
        })
        .collect();
    let (cfgs, module) = (cfgs(net.ast), weights_module(&net.ast.name));
    (!statics.is_empty()).then(|| {
        quote! {
            #(#cfgs)*
            #[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
            mod #module {
                #statics
            }
        }
    })
}

/// An item that makes cargo build again when the weights file changes. It is the last one: where the file is printed in
/// full, it is out of the way.
pub(super) fn tracked(ast: &ast::Net) -> Option<TokenStream> {
    let weights = ast.attributes.weights.as_ref()?.file()?;
    let path = weights.path.as_deref()?;
    let (folder, path) = match weights.folder {
        Folder::Manifest => ("CARGO_MANIFEST_DIR", format!("/{path}")),
        Folder::OutDir => ("OUT_DIR", path.to_owned()),
    };
    let cfgs = cfgs(ast);
    Some(quote! {
        #(#cfgs)*
        const _: &[u8] =
            ::core::include_bytes!(::core::concat!(::core::env!(#folder), #path));
    })
}

/// The constant that a layer's state starts from: `LSTM1_START` for `LSTM1`.
pub(super) fn start_name(name: &Ident) -> Ident {
    format_ident!("{name}_START")
}

/// `CONV1` for `conv1`.
pub(super) fn static_name(name: &Ident) -> Ident {
    format_ident!("{}", name.unraw().to_string().to_uppercase())
}
