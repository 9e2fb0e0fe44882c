//! [`model`](crate::model) to Rust that a careful person would have written.

mod docs;
mod fallback;
mod items;
mod weights;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

pub(crate) use self::fallback::fallback;
use self::items::{Frame, Items};
use crate::ast;
use crate::layer::Names;
use crate::model::Net;
use crate::numbers::count;
use crate::tensor::Tensor;

/// The struct of a network, what belongs to it, and at the end its weights. Without them, which is where something is
/// wrong with the file, there is nothing that `push` could do.
pub(crate) fn expand(net: &Net<'_>, tensors: Option<&[Vec<Tensor>]>) -> TokenStream {
    let (mut names, mut types, mut docs, mut initial) = (vec![], vec![], vec![], vec![]);
    for (name, state) in net.states() {
        let (ty, arguments) =
            (format_ident!("{}", state.name), state.arguments.into_iter().map(count));
        names.push(name);
        docs.push(docs::line(&format!("Of `{}`: {}.", name.unraw(), state.doc)));
        types.push(quote!(::streaming_net::#ty<#(#arguments),*>));
        initial.push(quote!(::streaming_net::#ty::new()));
    }
    let items = Items {
        ast: net.ast,
        docs: docs::net(net),
        fields: quote!(#(#docs #names: #types,)*),
        input: Frame::Of(net.inputs),
        output: net.outputs,
        receptive_field: net.timing.past + 1,
        macs: net.macs(),
        weight_bytes: net.weight_bytes(),
        new: quote!(Self { #(#names: #initial,)* }),
        push_docs: docs::push(net),
        push: if tensors.is_some() { push(net) } else { fallback::push() },
        reset: quote!(#(self.#names.reset();)*),
    };
    let mut expansion = items.into_token_stream();
    if let Some(tensors) = tensors {
        expansion.extend(weights::module(net, tensors));
        expansion.extend(weights::tracked(net.ast));
    }
    expansion
}

/// The mistakes of a network, which are none where the network is switched off.
pub(crate) fn errors(ast: &ast::Net, errors: &[TokenStream]) -> TokenStream {
    let mut cfgs = TokenStream::new();
    items::cfgs(ast).for_each(|cfg| cfg.to_tokens(&mut cfgs));
    quote!(#(#cfgs #errors)*)
}

/// The body of `push`: a line for each layer, in their order.
fn push(net: &Net<'_>) -> TokenStream {
    let frame = &Items::frame();
    let mut functions: Vec<Ident> = Vec::new();
    let mut lines = TokenStream::new();
    for layer in &net.layers {
        let module = weights::module_name(net.ast);
        let (state, weights) = match &layer.name {
            Some(name) => {
                let weights = weights::static_name(name);
                (quote!(self.#name), quote!(#module::#weights))
            }
            None => (TokenStream::new(), TokenStream::new()),
        };
        let mut line = layer.layer.push(&Names { frame, state: &state, weights: &weights });
        if let Some(activation) = layer.layer.activation() {
            line = activation.apply(&line);
            functions.push(activation.function());
        }
        lines.extend(quote!(let #frame = #line;));
    }
    functions.sort();
    functions.dedup();
    let functions = match functions.as_slice() {
        [] => TokenStream::new(),
        [function] => quote!(use ::streaming_net::#function;),
        functions => quote!(use ::streaming_net::{#(#functions),*};),
    };
    quote! {
        #functions
        #lines
        ::core::option::Option::Some(#frame)
    }
}
