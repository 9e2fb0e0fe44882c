//! Whether layers that are written are those that the weights file says.

use std::ptr;

use proc_macro2::TokenStream;

use super::all_layers;
use crate::ast;
use crate::errors::Errors;
use crate::layer::{Outputs, kind};
use crate::model::{Fate, NamedLayer, Net};
use crate::weights::{Source, Topology};

/// Reports the first layer that is another than the file's. Whether there is none.
pub(crate) fn check(
    net: &Net<'_>,
    topology: &Topology,
    source: &Source,
    errors: &mut Errors,
) -> bool {
    let Ok(layers) = topology.layers(source) else { return true };
    let file = ast::Net {
        attributes: ast::Attributes::default(),
        visibility: TokenStream::new(),
        name: net.ast.name.clone(),
        layers,
        words: Vec::new(),
        are_written: true,
        layers_are_whole: true,
    };
    let mut of_the_file = Errors::default();
    let (layers, _) = all_layers(&file, &mut of_the_file);
    if of_the_file.finish().is_some() {
        // What it says is no network here; what is written is one.
        return true;
    }
    let own: Vec<_> = net.layers.iter().collect();
    let theirs: Vec<_> = layers.iter().flatten().collect();
    let (guessed, are_labelled) = (topology.guessed, own.iter().any(|layer| is_labelled(layer)));
    let written = Lines { layers: own, guessed, are_labelled }.chain(&net.ast.layers);
    let said = Lines { layers: theirs, guessed, are_labelled }.chain(&file.layers);
    let mut pairs = written.iter().zip(&said);
    let place = pairs.position(|(written, said)| written.meaning != said.meaning);
    let place = place.unwrap_or_else(|| written.len().min(said.len()));
    let (name, shown) = (&net.ast.name, &source.shown);
    let help = format!("help: write `struct {name};` to take the layers from the file");
    match (written.get(place), said.get(place)) {
        (None, None) => return true,
        (Some(written), Some(said)) => {
            let message = format!("found {}, but `{shown}` has {}", written.text, said.text);
            errors.report(&written.layer.kind, format!("{message}\n{help}"));
        }
        (Some(written), None) => {
            let message = format!("found {}, but `{shown}` ends here", written.text);
            errors.report(&written.layer.kind, format!("{message}\n{help}"));
        }
        (None, Some(said)) => {
            let message = format!("`{name}` ends here, but `{shown}` has {} next", said.text);
            errors.report(name, format!("{message}\n{help}"));
        }
    }
    false
}

fn is_labelled(layer: &NamedLayer<'_>) -> bool {
    layer.ast.label.is_some()
}

/// A layer, or what stands around its branches.
struct Line<'a> {
    layer: &'a ast::Layer,
    /// The same for layers that mean the same, however they are written.
    meaning: String,
    /// How messages name it.
    text: String,
}

/// What is compared of a network.
struct Lines<'a> {
    layers: Vec<&'a NamedLayer<'a>>,
    guessed: &'static [&'static str],
    /// Whether labels say whose weights are whose, so that what is added or multiplied may come in any order.
    are_labelled: bool,
}

impl<'a> Lines<'a> {
    fn chain(&self, layers: &'a [ast::Layer]) -> Vec<Line<'a>> {
        layers.iter().flat_map(|layer| self.layer(layer)).collect()
    }

    fn layer(&self, layer: &'a ast::Layer) -> Vec<Line<'a>> {
        let named = self.layers.iter().find(|named| ptr::eq(named.ast, layer));
        let Some(named) = named.filter(|named| !is_said_before(named)) else { return Vec::new() };
        let (mut meaning, text) = words(named, self.guessed);
        let mut branches: Vec<_> = layer.branches.iter().map(|branch| self.chain(branch)).collect();
        if meaning == "residual()" {
            "sum()".clone_into(&mut meaning);
            branches.push(Vec::new());
        }
        match meaning.as_str() {
            "sum()" | "product()" if self.are_labelled => {
                branches.sort_by_cached_key(|branch| -> Vec<_> {
                    branch.iter().map(|line| line.meaning.clone()).collect()
                });
            }
            // What has no weights may come first.
            "sum()" => branches.sort_by_key(|branch| !branch.is_empty()),
            _ => {}
        }
        let mark = |text: &str| Line { layer, meaning: text.to_owned(), text: text.to_owned() };
        let mut lines = vec![Line { layer, meaning, text }];
        for branch in branches {
            lines.push(mark("another branch"));
            lines.extend(branch);
        }
        lines.extend((!layer.branches.is_empty()).then(|| mark("the end of its branches")));
        lines
    }
}

/// Whether it is an activation that the layer before it ends in, or none.
fn is_said_before(layer: &NamedLayer<'_>) -> bool {
    let is_part = matches!(layer.fate, Fate::Part { .. });
    layer.ast.kind == "linear" || layer.is_activation() && is_part
}

/// What a layer means, and how messages name it: as a user would write it.
fn words(layer: &NamedLayer<'_>, guessed: &[&str]) -> (String, String) {
    let (name, summary) = (layer.ast.kind.to_string(), layer.layer.summary());
    let output = kind(&layer.ast.kind).and_then(|kind| match kind.outputs {
        Outputs::Key(key) => Some(key),
        _ => None,
    });
    let mut words = Vec::new();
    words.extend(summary.taps.map(|taps| format!("k={taps}")));
    if layer.ast.branches.is_empty() {
        words.push(format!("in={}", layer.layer.inputs()));
    }
    words.extend(output.map(|key| format!("{key}={}", layer.layer.outputs())));
    let dilation = summary.dilation.filter(|dilation| *dilation > 1 && summary.taps != Some(1));
    words.extend(dilation.map(|dilation| format!("dilation={dilation}")));
    let is_said = |word: &String| {
        let key = word.split('=').next().unwrap_or_default();
        key != "linear" && Some(key) != output && !guessed.contains(&key)
    };
    words.extend(summary.flags.into_iter().filter(is_said));
    let meant = if ["dense", "depthwise"].contains(&name.as_str()) { "conv" } else { &name };
    let meaning = format!("{meant}({})", words.join(", "));
    words.retain(|word| name != "dense" || word != "k=1");
    (meaning, format!("`{name}({})`", words.join(", ")))
}
