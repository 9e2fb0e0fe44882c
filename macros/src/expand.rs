//! [`model`](crate::model) to Rust that a careful person would have written.

mod derives;
mod docs;
mod editor;
mod fallback;
mod items;
mod push;
mod recorded;
mod start;
mod weights;

pub(crate) use self::derives::is_derived;
#[cfg(test)]
pub(crate) use self::push::ANSWERS;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

pub(crate) use self::fallback::fallback;
use self::items::{Frame, Items, Output};
use self::start::Start;
use crate::ast;
use crate::layer::LAYER;
use crate::model::Net;
use crate::numbers::{count, float, rounded};
use crate::tensor::Tensor;
use crate::weights::Reference;

/// The struct of a network, what belongs to it, and at the end its weights. Without them, which is where something is
/// wrong with the file, there is nothing that `push` could do.
pub(crate) fn expand(
    net: &Net<'_>,
    tensors: Option<&[Vec<Tensor>]>,
    rest: Option<&[Vec<Option<Tensor>>]>,
    run: Option<&Reference>,
    rate: Option<f64>,
) -> TokenStream {
    let krate = net.ast.krate();
    let fields = net.fields();
    let declared = fields.iter().map(|(name, state)| {
        let doc =
            docs::line(&format!("{}.", state.doc.replace(LAYER, &format!("`{}`", name.unraw()))));
        let (ty, arguments) = (format_ident!("{}", state.name), state.arguments.iter());
        let arguments = arguments.copied().map(count);
        quote!(#doc #name: #krate::#ty<#(#arguments),*>)
    });
    let items = Items {
        ast: net.ast,
        docs: docs::net(net),
        summary: docs::summary(net),
        fields: quote!(#(#declared,)*),
        input: Frame::Of(net.inputs),
        output: Output { channels: net.outputs, frames: net.timing.frames },
        receptive_field: net.timing.reach().saturating_add(1),
        macs: net.macs(),
        weight_bytes: net.weight_bytes(),
        start: Start::of(net, &fields, tensors, rest),
        push_docs: docs::push(net),
        push: if tensors.is_some() { push::push(net) } else { fallback::push() },
        push_block: if tensors.is_some() { push::push_block(net) } else { fallback::push_block() },
        self_test: net.ast.attributes.self_test.as_ref().map(|_| match run {
            Some(_) if tensors.is_some() => recorded::self_test(net, tensors.unwrap_or_default()),
            _ => fallback::self_test(net.ast),
        }),
    };
    let mut expansion = items.into_token_stream();
    expansion.extend(rate.map(|rate| sample_rate(net.ast, rate)));
    if let Some(tensors) = tensors {
        expansion.extend(weights::module(net, tensors));
    }
    if let Some(rest) = rest.filter(|_| tensors.is_some()) {
        expansion.extend(start::module(net, rest));
    }
    if let Some(run) = run.filter(|_| tensors.is_some()) {
        expansion.extend(recorded::module(net, run));
    }
    expansion.extend(editor::editor(net.ast));
    expansion.extend(tensors.and_then(|_| weights::tracked(net.ast)));
    expansion
}

/// The constant that says what a network is made for.
fn sample_rate(ast: &ast::Net, rate: f64) -> TokenStream {
    let (cfgs, name, visibility) = (items::cfgs(ast), &ast.name, &ast.visibility);
    let rate = float(rounded(rate));
    quote! {
        #(#cfgs)*
        impl #name {
            /// Frames per second that the weights file is made for.
            #visibility const SAMPLE_RATE: f32 = #rate;
        }
    }
}

/// The mistakes of a network, which are none where the network is switched off.
pub(crate) fn errors(ast: &ast::Net, errors: &[TokenStream]) -> TokenStream {
    let mut cfgs = TokenStream::new();
    items::cfgs(ast).for_each(|cfg| cfg.to_tokens(&mut cfgs));
    quote!(#(#cfgs #errors)*)
}
