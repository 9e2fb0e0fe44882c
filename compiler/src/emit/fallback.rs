use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::block::parameters;
use super::captures;
use super::editor::editor;
use super::integer;
use super::items::{Frame, Items, Output};
use super::names::local;
use super::start::Start;
use crate::frontend::ast;

/// What a network with mistakes expands to beside them: the same type with the best shape that is known, so that code
/// which uses it gives no errors of its own, and editors complete it.
pub(crate) fn fallback(
    ast: &ast::Net,
    inputs: Option<usize>,
    outputs: Option<usize>,
    frames: usize,
) -> TokenStream {
    let items = Items {
        ast,
        docs: Vec::new(),
        summary: String::new(),
        fields: TokenStream::new(),
        input: inputs.map_or(Frame::Any, Frame::Of),
        output: Output { channels: outputs.unwrap_or(1), frames, is_integer: ast.is_integer() },
        receptive_field: 1,
        macs: 0,
        weight_bytes: 0,
        start: Start { cold: quote!(Self {}), reset: TokenStream::new(), image: 0 },
        push_docs: vec!["Takes the next frame.".to_owned()],
        push: push(),
        push_block: push_block(),
        is_commented: false,
        self_test: ast.attributes.self_test.as_ref().map(|_| self_test(ast)),
        of_trait: TokenStream::new(),
    };
    let mut expansion = items.into_token_stream();
    if ast.is_integer() {
        expansion.extend(integer::items(ast, None));
    }
    expansion.extend(captures::fallback(ast));
    expansion.extend(editor(ast));
    expansion
}

/// A `self_test` that cannot be.
pub(super) fn self_test(ast: &ast::Net) -> TokenStream {
    let (krate, visibility) = (ast.krate(), &ast.visibility);
    quote! {
        /// Replays the recorded run.
        ///
        /// # Errors
        ///
        /// When an output is off.
        #visibility fn self_test(&mut self) -> ::core::result::Result<(), #krate::Mismatch> {
            ::core::unreachable!()
        }
    }
}

/// The body of a `push` that cannot be.
pub(super) fn push() -> TokenStream {
    let frame = local("frame");
    quote! {
        let _ = #frame;
        ::core::unreachable!()
    }
}

/// The body of a `push_block` that cannot be.
pub(super) fn push_block() -> TokenStream {
    let [_, frames, outputs] = parameters();
    quote! {
        let _ = (#frames, #outputs);
        ::core::unreachable!()
    }
}
