//! [`model`](crate::model) to Rust that a careful person would have written.

mod derives;
mod docs;
mod editor;
mod fallback;
mod items;
mod push;
mod recorded;
mod weights;

#[cfg(test)]
pub(crate) use self::push::ANSWERS;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

pub(crate) use self::fallback::fallback;
use self::items::{Frame, Items, Output};
use crate::ast;
use crate::model::{Fate, Net};
use crate::names::weights_module;
use crate::numbers::count;
use crate::tensor::Tensor;
use crate::weights::Reference;

/// The struct of a network, what belongs to it, and at the end its weights. Without them, which is where something is
/// wrong with the file, there is nothing that `push` could do.
pub(crate) fn expand(
    net: &Net<'_>,
    tensors: Option<&[Vec<Tensor>]>,
    run: Option<&Reference>,
) -> TokenStream {
    let krate = net.ast.krate();
    let (mut names, mut types, mut docs, mut initial) = (vec![], vec![], vec![], vec![]);
    let (mut reset, starts) = (vec![], starts(net, tensors));
    for (name, state) in net.fields() {
        let (ty, arguments) =
            (format_ident!("{}", state.name), state.arguments.into_iter().map(count));
        docs.push(docs::line(&format!("Of `{}`: {}.", name.unraw(), state.doc)));
        types.push(quote!(#krate::#ty<#(#arguments),*>));
        if starts.contains(&name) {
            let module = weights_module(&net.ast.name);
            let start = weights::start_name(&weights::static_name(&name));
            initial.push(quote!(#module::#start));
            reset.push(quote!(self.#name = #module::#start;));
        } else {
            initial.push(quote!(#krate::#ty::new()));
            reset.push(quote!(self.#name.reset();));
        }
        names.push(name);
    }
    let items = Items {
        ast: net.ast,
        docs: docs::net(net),
        summary: docs::summary(net),
        fields: quote!(#(#docs #names: #types,)*),
        input: Frame::Of(net.inputs),
        output: Output { channels: net.outputs, frames: net.timing.frames },
        receptive_field: net.timing.reach().saturating_add(1),
        macs: net.macs(),
        weight_bytes: net.weight_bytes(),
        new: quote!(Self { #(#names: #initial,)* }),
        push_docs: docs::push(net),
        push: if tensors.is_some() { push::push(net) } else { fallback::push() },
        push_block: if tensors.is_some() { push::push_block(net) } else { fallback::push_block() },
        self_test: net.ast.attributes.self_test.as_ref().map(|_| match run {
            Some(_) if tensors.is_some() => recorded::self_test(net),
            _ => fallback::self_test(net.ast),
        }),
        reset: quote!(#(#reset)*),
    };
    let mut expansion = items.into_token_stream();
    if let Some(tensors) = tensors {
        expansion.extend(weights::module(net, tensors));
    }
    if let Some(run) = run.filter(|_| tensors.is_some()) {
        expansion.extend(recorded::module(net, run));
    }
    expansion.extend(editor::editor(net.ast));
    expansion.extend(tensors.and_then(|_| weights::tracked(net.ast)));
    expansion
}

/// The fields whose state the weights file has.
fn starts(net: &Net<'_>, tensors: Option<&[Vec<Tensor>]>) -> Vec<Ident> {
    let layers = net.layers.iter().zip(tensors.into_iter().flatten());
    let starting = layers.filter(|(layer, tensors)| {
        layer.fate == Fate::Line && layer.layer.start(&net.ast.krate(), tensors).is_some()
    });
    starting.filter_map(|(layer, _)| layer.name.clone()).collect()
}

/// The mistakes of a network, which are none where the network is switched off.
pub(crate) fn errors(ast: &ast::Net, errors: &[TokenStream]) -> TokenStream {
    let mut cfgs = TokenStream::new();
    items::cfgs(ast).for_each(|cfg| cfg.to_tokens(&mut cfgs));
    quote!(#(#cfgs #errors)*)
}
