//! The compiler behind the `streaming_net!` macro of the crate `streaming-net`, as a library: the macro, tests and fuzzers call
//! it.
//!
//! ```text
//! tokens ─parse─► ast ─lower─┐
//!                            ├─build─► graph ─align─► fold ► compose ► fuse ► inline ► check limits ─emit─► Rust
//! file ────────read──────────┤           │                                   eval (f64)
//!                            └─tensors─bind
//! ```
//!
//! Each pass reports its mistakes into `errors::Errors` and goes on. Where there are any, the type is declared without
//! weights, so that a mistake in a network is not followed by others where it is used.

#![cfg_attr(
    not(test),
    deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)
)]

mod captures;
mod clock;
mod emit;
mod errors;
mod eval;
mod frontend;
mod graph;
mod integers;
mod names;
mod numbers;
mod passes;
#[cfg(feature = "report")]
pub mod report;
mod suggest;
mod tensor;
#[cfg(feature = "report")]
mod written;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser as _};

use crate::emit::Network;
use crate::errors::{Errors, Message};
use crate::eval::Steady;
use crate::frontend::lower::{Lowered, lower};
pub use crate::frontend::weights::Folders;
use crate::frontend::weights::{File, Metadata, Reference, RunFiles, Source, Store};
use crate::frontend::{
    agreement, ast, budget, editor_words as editor, number_type, parse, reference, start, weights,
};
use crate::graph::Graph;
use crate::integers::Integers;
#[cfg(feature = "report")]
use crate::report::Compiled;
#[cfg(feature = "report")]
pub use crate::written::{NamedTensor, Weights, Written};

/// Takes what there is to know of a text beside its Rust.
trait Observer {
    /// The mistakes of the text, or of one network of it.
    fn mistakes(&mut self, errors: &Errors);

    /// A network whose shape is known. `unchanged` is its graph before the rewrites, where it is complete.
    fn network(&mut self, network: &Network<'_>, is_complete: bool, unchanged: Option<&Graph>);
}

/// The modules that expansions name for editors: one for each layer kind.
#[must_use]
pub fn editor_words() -> TokenStream {
    editor::modules()
}

/// The expansion of every network in `input`, the text between the braces of a `streaming_net!`. Mistakes are
/// `compile_error!`s among it, at their spans.
#[must_use]
pub fn expand(input: TokenStream, folders: &Folders) -> TokenStream {
    expand_and_report(input, folders, None)
}

/// The same, with what there is to know of each network, and its mistakes.
#[cfg(feature = "report")]
#[must_use]
pub fn compile(input: TokenStream, folders: &Folders) -> Compiled {
    let mut compiled = Compiled::default();
    compiled.rust = expand_and_report(input, folders, Some(&mut compiled));
    compiled
}

fn expand_and_report(
    input: TokenStream,
    folders: &Folders,
    mut observer: Option<&mut dyn Observer>,
) -> TokenStream {
    let mut errors = Errors::default();
    parse::nesting(input.clone(), &mut errors);
    if let Some(observer) = &mut observer {
        observer.mistakes(&errors);
    }
    if let Some(errors) = errors.finish() {
        return errors.into_iter().collect();
    }
    let parser = |input: ParseStream<'_>| {
        let mut declared = Vec::new();
        let mut expansion = net(input, folders, &mut declared, &mut observer);
        while !input.is_empty() {
            expansion.extend(net(input, folders, &mut declared, &mut observer));
        }
        Ok(expansion)
    };
    parser.parse2(parse::flat(input)).unwrap_or_else(|error| error.to_compile_error())
}

/// The expansion of the next network. `declared` are the names of those before it.
fn net(
    input: ParseStream<'_>,
    folders: &Folders,
    declared: &mut Vec<Ident>,
    observer: &mut Option<&mut dyn Observer>,
) -> TokenStream {
    let mut errors = Errors::default();
    let Some(ast) = parse::net(input, &mut errors) else {
        if let Some(observer) = observer {
            observer.mistakes(&errors);
        }
        return errors.finish().into_iter().flatten().collect();
    };
    frontend::names::own_module(&ast, declared, &mut errors);
    if let Some(ast::Weights::Zeros(word)) = &ast.attributes.weights {
        weights::check_zeros(&ast, word, &mut errors);
    }
    captures::words(&ast, &mut errors);
    let first = ast.attributes.weights.as_ref().and_then(ast::Weights::file);
    let limits = OnceCell::new();
    let keeps = observer.is_some();
    let first = of_file(&ast, first, folders, &limits, keeps, &mut errors);
    // Where something is wrong with the first one, it may be wrong with all.
    let is_right = first.is_right && errors.len() == 0;
    let others = ast.attributes.files.iter().skip(1).filter(|_| is_right);
    let others =
        others.map(|named| of_file(&ast, Some(&named.file), folders, &limits, false, &mut errors));
    let mut all: Vec<_> = [first].into_iter().chain(others.collect::<Vec<_>>()).collect();
    captures::check(&ast, &all, &mut errors);
    captures::quantise(&ast, &mut all, folders, &mut errors);
    let Some(first) = all.first() else { return TokenStream::new() };
    if let Some(observer) = observer {
        observer.mistakes(&errors);
    }
    let errors = errors.finish();
    let has_several = errors.is_none() && all.len() == ast.attributes.files.len();
    let captures = if has_several { captures::of(&ast, &all) } else { Vec::new() };
    let metadata = captures::metadata(&all);
    let are_text: Vec<_> = all.iter().map(|file| file.is_text).collect();
    let mut expansion = if first.is_right {
        let network = Network {
            ast: &ast,
            graph: &first.graph,
            has_weights: errors.is_none(),
            steady: first.steady.as_ref().filter(|_| ast.starts_at_rest()),
            at_rest: first.at_rest(),
            run: first.run.as_ref(),
            metadata: metadata.as_ref(),
            captures: &captures,
            integers: first.integers.as_ref(),
            apart: first.apart,
            named: &first.named,
            run_files: first.run_files.clone(),
            are_text: &are_text,
        };
        if let Some(observer) = observer {
            observer.network(&network, first.is_complete, first.unchanged.as_ref());
        }
        emit::expand(&network)
    } else {
        emit::fallback(&ast, first.inputs, first.outputs, first.graph.clock().frames)
    };
    expansion.extend(emit::errors(&ast, &errors.unwrap_or_default()));
    expansion
}

/// A network with the weights of one file.
struct OfFile {
    graph: Graph,
    /// With its tensors, before the rewrites, where it is complete and somebody wants to know it.
    unchanged: Option<Graph>,
    /// Whether its layers are right, so that its shape is known.
    is_right: bool,
    /// Whether it has all its tensors too.
    is_complete: bool,
    /// The channels, as far as they are known.
    inputs: Option<usize>,
    outputs: Option<usize>,
    steady: Option<Steady>,
    run: Option<Reference>,
    metadata: Option<Metadata>,
    integers: Option<Integers>,
    /// The input of the steady state.
    silence: Vec<f64>,
    apart: Option<f64>,
    named: [(&'static str, emit::Ranges); 2],
    run_files: Vec<String>,
    /// The file as messages name it.
    shown: String,
    /// Whether the file is UTF-8.
    is_text: bool,
}

impl OfFile {
    /// The output in the steady state, where there is one.
    fn at_rest(&self) -> Option<&[f64]> {
        self.steady.as_ref().map(|steady| steady.output.as_slice())
    }
}

/// Compiles a network with the weights of `weights_file`. `limits` are those of the network, once they are read. Its graph as it
/// was before the rewrites is there if `keeps_unchanged`.
fn of_file<'n>(
    ast: &'n ast::Net,
    weights_file: Option<&ast::WeightsFile>,
    folders: &Folders,
    limits: &OnceCell<Vec<budget::Limit<'n>>>,
    keeps_unchanged: bool,
    errors: &mut Errors,
) -> OfFile {
    let read = |needed, errors: &mut Errors| File::read(ast, weights_file, needed, folders, errors);
    let (mut file, mut required) = (None, None);
    if !ast.are_written {
        required = file.insert(read(None, errors)).require_graph(ast, errors);
    }
    let limits = limits.get_or_init(|| budget::read(ast, errors));
    let before = errors.len();
    let mut lowered = if ast.are_written { lower(ast, errors) } else { Lowered::of_file(required) };
    lowered.graph.is_integer = ast.is_integer();
    passes::align::align(&mut lowered.graph, errors);
    let mut is_right = lowered.is_right && errors.len() == before;
    let mut silence = None;
    if is_right {
        silence = start::silence(ast, lowered.graph.inputs(), errors);
        let mut rewritten = lowered.graph.clone();
        number_type::rewrite(ast, &mut rewritten, errors);
        is_right = number_type::check(ast, &rewritten, errors)
            && passes::limits::check(&rewritten, &ast.name, errors)
            && budget::check(ast, &rewritten, limits, errors);
    }
    let mut file = file.unwrap_or_else(|| {
        let weights = |value| lowered.graph[value].weight_count();
        let needed = lowered.is_right.then(|| lowered.graph.sum(weights));
        read(needed, errors)
    });
    // Of layers that are written: those of the file are not taken yet.
    let said = file.take_graph();
    let File { source, mut store, run: run_files } = file;
    // Where messages say that the recorded run is.
    let recorded_in = match (&run_files, &source) {
        (Some(files), _) => Some((files.shown.as_str(), &files.written)),
        (None, Some(source)) => Some((source.shown.as_str(), &source.written)),
        (None, None) => None,
    };
    let model = store.as_mut().and_then(|store| store.model.take());
    let named = named(model.as_deref());
    let metadata = store.as_mut().and_then(|store| store.metadata.take());
    let mut run = store.as_mut().and_then(|store| store.reference.take());
    let agrees = match (said, &source) {
        (Some(said), Some(source)) if is_right => {
            agreement::check(ast, &mut lowered, said, source, errors)
        }
        _ => true,
    };
    bind(ast, &mut lowered, is_right, store.filter(|_| agrees), source.as_ref(), errors);
    let mut graph = lowered.graph;
    let (mut steady, mut apart) = (None, None);
    let frame = silence.clone().unwrap_or_else(|| vec![0.0; graph.inputs()]);
    let is_complete = is_right && errors.len() == 0;
    let mut unchanged = (is_complete && keeps_unchanged).then(|| graph.clone());
    if let Some(graph) = &mut unchanged {
        number_type::approximate(ast, graph);
    }
    if is_complete {
        let exact = number_type::exact(ast, &graph);
        number_type::rewrite(ast, &mut graph, errors);
        let as_trained = exact.as_ref().unwrap_or(&graph);
        // Some affine operations fold by their numbers: the copy without tensors folded all of them.
        budget::check(ast, &graph, limits, errors);
        steady = match silence {
            Some(silence) if errors.len() == 0 => eval::steady(&graph, &silence, errors),
            // Of a capture, the offset in silence is known where there is one.
            None if metadata.is_some() => eval::steady_or_none(&graph, &vec![0.0; graph.inputs()]),
            _ => None,
        };
        if let Some((model, (shown, written))) = model.as_ref().zip(recorded_in) {
            match model.reference(as_trained) {
                Ok(Some((reference, off))) => (run, apart) = (Some(reference), off),
                Ok(None) => {}
                Err(why) => {
                    errors.report(written, format!("the recorded run in `{shown}` {why}"));
                }
            }
        }
        if let Some((run, place)) = run.as_mut().zip(recorded_in) {
            reference::check(ast, as_trained, run, place, errors);
            if let Some(exact) = &exact {
                reference::widen(run, exact, &graph);
            }
        }
    }
    if run.is_none() && errors.len() == 0 {
        missing_run(ast, source.as_ref(), model.is_some(), errors);
    }
    OfFile {
        graph,
        unchanged,
        is_right,
        is_complete,
        inputs: lowered.inputs,
        outputs: lowered.outputs,
        steady,
        run,
        metadata,
        integers: None,
        silence: frame,
        apart,
        named,
        run_files: run_files.as_ref().map(RunFiles::names).unwrap_or_default(),
        is_text: source.as_ref().is_some_and(|source| str::from_utf8(&source.bytes).is_ok()),
        shown: source.map(|source| source.shown).unwrap_or_default(),
    }
}

/// The channels of a model's own inputs and outputs, as the constants that they become are called.
fn named(model: Option<&dyn weights::Model>) -> [(&'static str, emit::Ranges); 2] {
    let ranges = model.map(|model| (model.inputs().to_vec(), model.outputs().to_vec()));
    let (inputs, outputs) = ranges.unwrap_or_default();
    [("INPUT", inputs), ("OUTPUT", outputs)]
}

/// Reports a `#[self_test]` of a network that has no recorded run.
fn missing_run(ast: &ast::Net, source: Option<&Source>, is_onnx: bool, errors: &mut Errors) {
    let (Some(word), Some(source)) = (&ast.attributes.self_test, source) else { return };
    let text = format!("`{}` has no recorded run to test against", source.shown);
    let help = if is_onnx {
        "name the folder of one: `#[reference = \"test_data_set_0\"]`, or remove `#[self_test]`"
    } else {
        "add one to the file as its `reference`, or remove `#[self_test]`"
    };
    errors.report(word, Message::new(text).help(help));
}

/// Gives each node the tensors that the weights file has for its layer.
fn bind(
    ast: &ast::Net,
    lowered: &mut Lowered<'_>,
    is_right: bool,
    store: Option<Store>,
    source: Option<&Source>,
    errors: &mut Errors,
) {
    let Some(needs) = lowered.needs(ast, is_right) else { return };
    let tensors = match (store, source) {
        (Some(store), Some(source)) => weights::bind(ast, &needs, store, source, errors),
        _ => match &ast.attributes.weights {
            Some(ast::Weights::Zeros(word)) => weights::zeros(ast, &needs, word, errors),
            Some(ast::Weights::File(_)) => Vec::new(),
            None => {
                weights::none(ast, errors);
                needs.iter().map(|_| Vec::new()).collect()
            }
        },
    };
    let bound = needs.into_iter().zip(tensors).filter_map(|(needs, tensors)| {
        let needs = needs?;
        let layer = lowered.graph.layers.get(needs.layer.0)?;
        Some((layer.weighted?, needs.without_file().unwrap_or(tensors)))
    });
    for (value, tensors) in bound.collect::<Vec<_>>() {
        lowered.graph[value].tensors = tensors;
    }
}
