//! The graph to Rust that a careful person would have written. It only prints.

mod block;
mod buffers;
mod captures;
mod cost;
mod derives;
mod docs;
mod editor;
mod fallback;
mod gather;
pub(crate) mod integer;
mod items;
mod line;
mod metadata;
mod names;
mod push;
mod ranges;
mod recorded;
mod start;
pub(crate) mod state;
mod tracked;
mod types;
pub(crate) mod weights;

#[cfg(test)]
pub(crate) use self::block::FRAMES;
pub(crate) use self::captures::Capture;
pub(crate) use self::derives::is_derived;

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

pub(crate) use self::fallback::fallback;
use self::items::{Frame, Items, Output};
use self::line::Lines;
use self::names::Names;
use self::start::Start;
use crate::eval::Steady;
use crate::frontend::ast;
use crate::frontend::weights::{Metadata, Reference};
use crate::graph::Graph;
use crate::integers::Integers;
use crate::names::weights_module;
use crate::numbers::count;

/// Channels of a frame, by the name that a model has for them.
pub(crate) type Ranges = Vec<(String, Range<usize>)>;

/// What is printed.
pub(crate) struct Network<'a> {
    pub(crate) ast: &'a ast::Net,
    pub(crate) graph: &'a Graph,
    /// Its integers, where it has some and they are there.
    pub(crate) integers: Option<&'a Integers>,
    /// Whether every tensor is there. Without, which is where something is wrong with the file, there is nothing that `push`
    /// could do.
    pub(crate) has_weights: bool,
    /// What it begins with, where that is its steady state.
    pub(crate) steady: Option<&'a Steady>,
    pub(crate) run: Option<&'a Reference>,
    /// What a capture's file says of its signal.
    pub(crate) metadata: Option<&'a Metadata>,
    /// The output in the steady state, where that is known.
    pub(crate) at_rest: Option<&'a [f64]>,
    /// The weights files, where there are several.
    pub(crate) captures: &'a [Capture<'a>],
    /// How far the outputs of a window are from those of the model alone.
    pub(crate) apart: Option<f64>,
    /// `INPUT` and `OUTPUT`, each with the channels that a model's own inputs or outputs have, where there are several.
    pub(crate) named: &'a [(&'static str, Ranges); 2],
    /// The files of the recorded run, where it has a folder of its own.
    pub(crate) run_files: Vec<String>,
    /// Whether each weights file is UTF-8.
    pub(crate) are_text: &'a [bool],
}

/// The struct of a network, what belongs to it, and at the end its weights.
pub(crate) fn expand(network: &Network<'_>) -> TokenStream {
    let Network { ast, graph, has_weights, .. } = *network;
    let (private, names) = (integer::private(ast), Names::of(graph));
    let fields = graph.lines().into_iter().filter_map(|value| {
        let (field, state) = (names.field(value)?, state::of(graph, value)?);
        let layer = graph.layer(value).and_then(|layer| layer.name.as_ref())?.unraw();
        let doc =
            docs::line(&format!("{}.", state.doc.replace(state::LAYER, &format!("`{layer}`"))));
        let (ty, arguments) =
            (format_ident!("{}", state.ty), state.arguments.into_iter().map(count));
        Some(quote!(#doc #field: #private::#ty<#(#arguments),*>,))
    });
    let module = weights_module(&ast.name);
    let hides_weights = matches!(ast.attributes.weights, Some(ast::Weights::Zeros(_)));
    let are_loaded = has_weights && !network.captures.is_empty();
    let lines = || {
        let lines = Lines::new(graph, network.integers, &names, &module, hides_weights);
        if are_loaded { lines.of_loaded() } else { lines }
    };
    let wanted = ast.attributes.block.unwrap_or_default();
    let mut is_commented = false;
    let [push, push_block] = if has_weights {
        let push_block = match network.integers {
            Some(integers) => integer::push_block(&mut lines(), integers, &private, wanted),
            None => block::push_block(&mut lines(), &private, wanted),
        };
        is_commented = push_block.is_some();
        let push_block = push_block.unwrap_or_else(|| block::frame_by_frame(&private));
        let bodies = [push::push(&mut lines(), &private), push_block];
        if are_loaded { bodies.map(|body| captures::bound(&names, body)) } else { bodies }
    } else {
        [fallback::push(), fallback::push_block()]
    };
    let clock = graph.clock();
    let items = Items {
        ast,
        docs: docs::net(network),
        summary: docs::summary(graph),
        fields: captures::field(network, &names).into_iter().chain(fields).collect(),
        input: Frame::Of(graph.inputs()),
        output: Output {
            channels: graph.outputs(),
            frames: clock.frames,
            is_integer: ast.is_integer(),
        },
        receptive_field: clock.reach().saturating_add(1),
        macs: graph.sum(|value| graph.macs(value)),
        // All files have the same tables.
        weight_bytes: weights::bytes(graph, None)
            .saturating_mul(network.captures.len().max(1))
            .saturating_add(network.integers.map_or(0, integer::weights::table_bytes)),
        start: Start::of(network, &names),
        push_docs: docs::push(network),
        push,
        push_block,
        is_commented,
        self_test: ast.attributes.self_test.as_ref().map(|_| match network.run {
            Some(_) if has_weights => recorded::self_test(network, &names),
            _ => fallback::self_test(ast),
        }),
        of_trait: metadata::of_trait(network),
    };
    let mut expansion = items.into_token_stream();
    expansion.extend(metadata::constants(network));
    expansion.extend(metadata::at_rest(network));
    expansion.extend(ranges::ranges(network));
    if ast.is_integer() {
        expansion.extend(integer::items(ast, network.integers.map(|integers| (graph, integers))));
    }
    if are_loaded {
        expansion.extend(captures::items(network, &names));
        expansion.extend(captures::module(network, &names));
        let runs = network.captures.iter();
        expansion.extend(runs.filter_map(|capture| recorded::of_capture(network, capture, &names)));
    } else if has_weights {
        expansion.extend(match network.integers {
            Some(integers) => integer::weights::module(network, integers, &names),
            None => weights::module(network),
        });
        expansion.extend(start::module(network, &names));
        expansion.extend(network.run.map(|run| recorded::module(network, run)));
    } else {
        expansion.extend(captures::fallback(ast));
    }
    expansion.extend(editor::editor(ast));
    if has_weights {
        expansion.extend(tracked::files(network));
    }
    expansion
}

/// The mistakes of a network, which are none where the network is switched off.
pub(crate) fn errors(ast: &ast::Net, errors: &[TokenStream]) -> TokenStream {
    let mut cfgs = TokenStream::new();
    derives::cfgs(ast).for_each(|cfg| cfg.to_tokens(&mut cfgs));
    quote!(#(#cfgs #errors)*)
}
