//! Networks with several weights files: whether the files have one shape, and what all of them say.

use crate::OfFile;
use crate::emit::Capture;
use crate::errors::{Errors, Message};
use crate::eval;
use crate::frontend::weights::{Folders, Metadata};
use crate::frontend::{agreement, ast, number_type};
use crate::graph::Graph;
use crate::integers::Quality;

/// Reports attributes that belong to one file.
pub(crate) fn words(ast: &ast::Net, errors: &mut Errors) {
    let attributes = &ast.attributes;
    if attributes.files.is_empty() {
        return;
    }
    let reference = attributes.onnx_words.iter().filter(|word| *word == "reference");
    for word in attributes.self_test.iter().chain(reference) {
        let text = format!("`{word}` is for one weights file, and `{}` has a list", ast.name);
        let help = format!("remove `{word}`: each file's own recorded run is a test");
        errors.report(word, Message::new(text).help(help));
    }
}

/// Reports the first file whose network is another than that of the first.
pub(crate) fn check(ast: &ast::Net, all: &[OfFile], errors: &mut Errors) {
    let Some((first, others)) = all.split_first().filter(|_| errors.len() == 0) else { return };
    let files = ast.attributes.files.iter().skip(1);
    for (named, other) in files.zip(others) {
        if are_alike(&first.graph, &other.graph) {
            continue;
        }
        let (one, two) = (&first.shown, &other.shown);
        let text = match agreement::first_difference(&first.graph, &other.graph) {
            Some(layers) => {
                let [own, theirs] =
                    layers.map(|layer| layer.unwrap_or_else(|| "no further layer".to_owned()));
                format!("`{two}` has {theirs}, but `{one}` has {own}: they need one shape")
            }
            None => format!("`{two}` and `{one}` compile to different operations"),
        };
        let (inputs, outputs) = (first.graph.inputs(), first.graph.outputs());
        let help = format!(
            "declare a network for each shape, and take them as `&mut dyn DynStreamingNet<[f32; {inputs}], [f32; {outputs}]>`"
        );
        errors.report(&named.file.tokens, Message::new(text).help(help));
        return;
    }
}

/// Makes integers of a network that wants them: those of all files have the same scales. The first has the quality of all.
pub(crate) fn quantise(ast: &ast::Net, all: &mut [OfFile], folders: &Folders, errors: &mut Errors) {
    if errors.len() > 0 || !all.iter().all(|own| own.is_right) {
        return;
    }
    let files = all.iter_mut().map(|own| (&mut own.graph, own.run.as_ref())).collect();
    let Some(integers) = number_type::quantised(ast, files, folders, errors) else { return };
    let quality = integers.iter().map(|integers| integers.quality).reduce(Quality::worst_of);
    for (own, integers) in all.iter_mut().zip(integers) {
        if own.steady.is_some() {
            own.steady = eval::integer::steady(&own.graph, &integers, &own.silence);
        }
        own.integers = Some(integers);
    }
    let first = all.first_mut().and_then(|own| own.integers.as_mut());
    if let (Some(first), Some(quality)) = (first, quality) {
        first.quality = quality;
    }
}

/// Whether two graphs differ in nothing but their tensors' numbers.
fn are_alike(one: &Graph, other: &Graph) -> bool {
    let shapes = |graph: &Graph| -> Vec<Vec<Vec<usize>>> {
        let lines = graph.lines().into_iter();
        lines
            .map(|value| graph[value].tensors.iter().map(|own| own.shape.clone()).collect())
            .collect()
    };
    one.to_string() == other.to_string() && shapes(one) == shapes(other)
}

/// The files as they are printed: none where there is no list.
pub(crate) fn of<'a>(ast: &'a ast::Net, all: &'a [OfFile]) -> Vec<Capture<'a>> {
    let files = ast.attributes.files.iter().zip(all);
    let capture = |(named, own): (&'a ast::NamedFile, &'a OfFile)| Capture {
        name: &named.name,
        shown: named.file.path.as_deref().unwrap_or_default(),
        graph: &own.graph,
        steady: own.steady.as_ref().filter(|_| ast.starts_at_rest()),
        at_rest: own.at_rest(),
        run: own.run.as_ref(),
        integers: own.integers.as_ref(),
        metadata: own.metadata.as_ref(),
    };
    files.map(capture).collect()
}

/// What all files say alike.
pub(crate) fn metadata(all: &[OfFile]) -> Option<Metadata> {
    let said: Option<Vec<_>> = all.iter().map(|own| own.metadata.clone()).collect();
    said?.into_iter().reduce(|one, other| one.common(&other))
}
