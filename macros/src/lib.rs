//! The [`streaming_net!`] macro. All that an expansion needs is in the crate `streaming-net`, which is the one to depend
//! on.
//!
//! ```text
//! tokens ─parse─► ast ─check─► model ─┐
//! file ──read──► weights::Store ──────┴─bind─► fold ─► rest ─► expand ─► tokens
//! ```
//!
//! Each pass reports its mistakes into `errors::Errors` and goes on. Where there are any, the type is declared without
//! weights, so that a mistake in a network is not followed by others where it is used.

#![cfg_attr(
    not(test),
    deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)
)]

mod ast;
mod check;
mod editor_words;
mod errors;
mod expand;
mod fold;
mod framework_names;
mod layer;
mod model;
mod names;
mod numbers;
mod parse;
mod rest;
mod suggest;
mod tensor;
mod weights;

#[cfg(test)]
mod tests;

#[cfg(fuzzing)]
pub mod fuzzing;

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser as _};

use crate::ast::Weights;
use crate::errors::Errors;
use crate::weights::{File, Folders};

// The package in `fuzz/` compiles this file as an ordinary library, where no macro can be.
#[cfg(not(fuzzing))]
#[doc = include_str!("streaming_net.md")]
#[proc_macro]
pub fn streaming_net(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let folders = Folders {
        manifest: std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default().into(),
        out: std::env::var_os("OUT_DIR").map(Into::into),
        working: std::env::current_dir().unwrap_or_default(),
    };
    nets(input.into(), &folders).into()
}

/// What expansions name for editors. The crate `streaming-net` calls it, once.
#[cfg(not(fuzzing))]
#[doc(hidden)]
#[proc_macro]
pub fn editor_words(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    editor_words::modules().into()
}

/// The expansion of every network in `input`.
fn nets(input: TokenStream, folders: &Folders) -> TokenStream {
    let mut errors = Errors::default();
    parse::nesting(input.clone(), &mut errors);
    if let Some(errors) = errors.finish() {
        return errors.into_iter().collect();
    }
    let parser = |input: ParseStream<'_>| {
        let mut declared = Vec::new();
        let mut expansion = net(input, folders, &mut declared);
        while !input.is_empty() {
            expansion.extend(net(input, folders, &mut declared));
        }
        Ok(expansion)
    };
    parser.parse2(parse::flat(input)).unwrap_or_else(|error| error.to_compile_error())
}

/// The expansion of the next network: parse, check, bind weights, fold, rest, expand. `declared` are the names of those before it.
fn net(input: ParseStream<'_>, folders: &Folders, declared: &mut Vec<Ident>) -> TokenStream {
    let mut errors = Errors::default();
    let Some(mut ast) = parse::net(input, &mut errors) else {
        return errors.finish().into_iter().flatten().collect();
    };
    check::own_module(&ast, declared, &mut errors);
    if let Some(Weights::Zeros(word)) = &ast.attributes.weights {
        weights::check_zeros(&ast, word, &mut errors);
    }
    let mut file = None;
    if !ast.are_written {
        let read = File::read(&ast, folders, &mut errors);
        file = Some(weights::take_layers(&mut ast, read, &mut errors));
    }
    let checked = check::check(&ast, &mut errors);
    let File { source, store } = file.unwrap_or_else(|| File::read(&ast, folders, &mut errors));
    let mut store = store;
    let sample_rate = store.as_ref().and_then(|store| store.sample_rate);
    let run = store.as_mut().and_then(|store| store.reference.take());
    let topology = store.as_mut().and_then(|store| store.topology.take());
    let agrees = match (topology, &checked.net, &source) {
        (Some(topology), Some(net), Some(source)) => {
            check::check_agreement(net, &topology, source, &mut errors)
        }
        _ => true,
    };
    let mut tensors = match (checked.layers(&ast), store, &source) {
        (Some(layers), Some(store), Some(source)) if agrees => {
            weights::bind(&ast, &layers, store, source, &mut errors)
        }
        (Some(layers), ..) => match &ast.attributes.weights {
            None => weights::none(&ast, &mut errors),
            Some(Weights::Zeros(word)) => weights::zeros(&ast, &layers, word, &mut errors),
            Some(Weights::File(_)) => Vec::new(),
        },
        (None, ..) => Vec::new(),
    };
    let mut rest = None;
    if let (Some(net), 0) = (&checked.net, errors.len()) {
        fold::fold(net, &mut tensors, &mut errors);
        if errors.len() == 0 {
            rest = rest::rest(net, &tensors, &mut errors);
        }
        if let Some((run, source)) = run.as_ref().zip(source.as_ref()) {
            check::check_reference(net, run, source, &mut errors);
        }
    }
    if let (Some(word), Some(source), None) = (&ast.attributes.self_test, &source, &run)
        && errors.len() == 0
    {
        let message = format!("`{}` has no recorded run to test against", source.shown);
        errors.report(
            word,
            format!(
                "{message}\nhelp: add one to the file as its `reference`, or remove `#[self_test]`"
            ),
        );
    }
    let errors = errors.finish();
    let tensors = errors.is_none().then_some(tensors.as_slice());
    let mut expansion = match &checked.net {
        Some(net) => expand::expand(net, tensors, rest.as_deref(), run.as_ref(), sample_rate),
        None => expand::fallback(&ast, checked.inputs, checked.outputs, checked.frames),
    };
    expansion.extend(expand::errors(&ast, &errors.unwrap_or_default()));
    expansion
}
