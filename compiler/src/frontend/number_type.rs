//! `#[numbers = "i16"]`: what a network of integers is made for, and whether it can be one.

use super::ast::{self, Math, Number, Numbers};
use super::budget;
use super::weights::{self, Folders, Reference};
use crate::errors::{Errors, Message};
use crate::graph::Graph;
use crate::integers::Integers;
use crate::passes::{self, quantise};

/// The rewrites that a network's numbers want.
pub(crate) fn rewrite(net: &ast::Net, graph: &mut Graph, errors: &mut Errors) {
    if !net.is_integer() {
        approximate(net, graph);
        return passes::rewrite(graph, errors);
    }
    passes::rewrite_integers(graph, errors);
    quantise::separate(graph, full_scale(net).is_some());
}

/// Puts the approximations in their places that a network asks for.
pub(crate) fn approximate(net: &ast::Net, graph: &mut Graph) {
    if net.math() == Math::Fast {
        passes::approximate::approximate(graph);
    }
}

/// What [`rewrite`] would make of a network without its approximations, where it has some: the functions that it was trained with.
pub(crate) fn exact(net: &ast::Net, graph: &Graph) -> Option<Graph> {
    let is_fast = net.math() == Math::Fast && !net.is_integer();
    is_fast.then(|| {
        let (mut graph, mut errors) = (graph.clone(), Errors::default());
        passes::rewrite(&mut graph, &mut errors);
        // They are reported of the other.
        drop(errors.finish());
        graph
    })
}

/// Whether a network can have the numbers that it asks for. What it cannot have is reported.
pub(crate) fn check(net: &ast::Net, graph: &Graph, errors: &mut Errors) -> bool {
    let Some(Numbers::I16 { word, .. }) = &net.attributes.numbers else {
        if let Some(file) = &net.attributes.calibrate {
            let text = "`calibrate` is for a network of integers";
            let help = "write `#[numbers = \"i16\"]`, or remove `calibrate`";
            errors.report(&file.tokens, Message::new(text).help(help));
        }
        return true;
    };
    let before = errors.len();
    for (is_given, attribute) in [
        (
            net.starts_at_rest()
                && graph.lines().iter().any(|value| graph[*value].clock.frames > 1),
            "`#[start = \"rest\"]` of a network with several frames at a push",
        ),
        (net.math() == Math::Fast, "`#[math = \"fast\"]`"),
    ] {
        if is_given {
            let text = format!("{attribute} is not available in `i16`");
            errors.report(word, Message::new(text).help("remove one of them"));
        }
    }
    quantise::check(graph, errors) && errors.len() == before
}

/// Graphs that differ in their tensors alone, each with its recorded run: one of each weights file.
pub(crate) type Files<'a> = Vec<(&'a mut Graph, Option<&'a Reference>)>;

/// The integers of a network that wants them, for each of its weights files.
pub(crate) fn quantised(
    net: &ast::Net,
    files: Files<'_>,
    folders: &Folders,
    errors: &mut Errors,
) -> Option<Vec<Integers>> {
    let Some(Numbers::I16 { word, .. }) = &net.attributes.numbers else { return None };
    let inputs = files.first().map_or(0, |(graph, _)| graph.inputs());
    let calibration = match &net.attributes.calibrate {
        Some(_) => Some(weights::frames(net, inputs, folders, errors)?),
        None => None,
    };
    let (mut graphs, runs): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    let frames = runs.iter().map(|run| calibration.as_ref().or(run.map(|run| &run.input)));
    let Some(frames) = frames.collect::<Option<Vec<_>>>() else {
        let text = format!("`{}` has no frames from which the ranges of its values come", net.name);
        let message = Message::new(text)
            .help("export the model with a recorded run: `streaming_net.export` in Python records one")
            .help("or save frames that are typical of its input, `np.savez(\"frames.npz\", input=frames)`, and write `#[calibrate = \"frames.npz\"]`")
            .help("or write the frames as JSON, `{ \"input\": [[0.5], …] }`, and `#[calibrate = \"frames.json\"]`");
        errors.report(word, message);
        return None;
    };
    let mut all = quantise::quantise_all(&mut graphs, &frames, full_scale(net), errors)?;
    for ((integers, graph), run) in all.iter_mut().zip(&graphs).zip(&runs) {
        if let (Some(_), Some(run)) = (&calibration, run) {
            integers.replayed = quantise::replay(graph, integers, &run.input, &run.output);
        }
        budget::check_snr(net, integers.quality, errors);
    }
    Some(all)
}

/// What full scale of the input means, where that is said.
fn full_scale(net: &ast::Net) -> Option<f64> {
    match &net.attributes.numbers {
        Some(Numbers::I16 { input, .. }) => input.as_ref().and_then(Number::real).map(f64::from),
        _ => None,
    }
}
