//! Whether layers that are written are those that the weights file says: graph against graph.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use super::ast;
use super::build::activation::{LINEAR, Of};
use super::keys::{self, kind};
use super::kinds::{self, Kind, Outputs};
use super::lower::Lowered;
use super::names::are_labelled;
use super::weights::{FileGraph, Source};
use crate::errors::{Errors, Message};
use crate::graph::{Conv, Conv2d, Graph, Layer, Op};
use crate::passes;

/// Reports the first layer that is another than the file's. Whether there is none. Of a file whose graph has its tensors,
/// the layers that are written take them.
pub(crate) fn check(
    net: &ast::Net,
    lowered: &mut Lowered<'_>,
    file: FileGraph,
    source: &Source,
    errors: &mut Errors,
) -> bool {
    let FileGraph { graph: mut said_graph, needs, unspecified } = file;
    let mut of_the_file = Errors::default();
    passes::align::align(&mut said_graph, &mut of_the_file);
    if of_the_file.finish().is_some() {
        // What it says is no network here; what is written is one.
        return true;
    }
    let [own, theirs] = [&lowered.graph, &said_graph].map(|graph| Meaning { graph, unspecified });
    let are_labelled = are_labelled(&net.walk());
    let ([output, weighted], [said, said_weighted]) = (own.values(), theirs.values());
    if output == said && (weighted == said_weighted || are_labelled) {
        if needs.is_empty() && weighted == said_weighted {
            take_tensors(lowered, &said_graph);
        }
        return true;
    }
    let (written, said) = (own.layers(), theirs.layers());
    let mut pairs = written.iter().zip(&said);
    let place = pairs.position(|(written, said)| written.meaning != said.meaning);
    let place = place.unwrap_or_else(|| written.len().min(said.len()));
    let (name, shown) = (&net.name, &source.shown);
    let help = format!("write `struct {name};` to take the layers from the file");
    match (written.get(place), said.get(place)) {
        (Some(written), Some(said)) => {
            let text = format!("found {}, but `{shown}` has {}", written.text, said.text);
            errors.report(&written.layer.origin, Message::new(text).help(help));
        }
        (Some(written), None) => {
            let text = format!("found {}, but `{shown}` ends here", written.text);
            errors.report(&written.layer.origin, Message::new(text).help(help));
        }
        (None, Some(said)) => {
            let text = format!("`{name}` ends here, but `{shown}` has {} next", said.text);
            errors.report(name, Message::new(text).help(help));
        }
        (None, None) => {
            let text =
                format!("`{name}` has the layers of `{shown}`, but connects them in another way");
            errors.report(name, Message::new(text).help(help));
        }
    }
    false
}

/// The first layers of two graphs that differ, as messages name them. `None` where the layers are the same.
pub(crate) fn first_difference(one: &Graph, other: &Graph) -> Option<[Option<String>; 2]> {
    let [one, other] = [one, other].map(|graph| Meaning { graph, unspecified: &[] }.layers());
    let place = (0..one.len().max(other.len())).find(|place| {
        let [one, other] = [&one, &other].map(|lines| lines.get(*place).map(|line| &line.meaning));
        one != other
    })?;
    Some([one, other].map(|lines| lines.get(place).map(|line| line.text.clone())))
}

/// Gives each layer with weights the tensors of the file's layer in the same place, after which it needs none.
fn take_tensors(lowered: &mut Lowered<'_>, file: &Graph) {
    let weighted = |graph: &Graph| -> Vec<_> {
        graph.layers.iter().filter_map(|layer| layer.weighted).collect()
    };
    for (own, theirs) in weighted(&lowered.graph).into_iter().zip(weighted(file)) {
        lowered.graph[own].tensors.clone_from(&file[theirs].tensors);
    }
    lowered.needs.clear();
}

/// A graph, and the keys and flags that files of a format have no word for.
struct Meaning<'g> {
    graph: &'g Graph,
    unspecified: &'static [&'static str],
}

/// A layer that is compared, or several that one could be written for.
struct Line<'g> {
    layer: &'g Layer,
    /// The same for layers that mean the same, however they are written.
    meaning: String,
    /// How messages name it.
    text: String,
}

impl<'g> Meaning<'g> {
    /// What the output means, and what the values with weights mean, in the order of the file: how each is made of the input.
    fn values(&self) -> [Vec<u64>; 2] {
        let mut values = self.graph.table(0);
        for value in self.graph.values() {
            let node = &self.graph[value];
            let mut inputs: Vec<_> = node.inputs.iter().map(|input| values[*input]).collect();
            if matches!(node.op, Op::Add { .. } | Op::Multiply) {
                inputs.sort_unstable();
            }
            let mut hasher = DefaultHasher::new();
            self.specified(&node.op).to_string().hash(&mut hasher);
            (node.channels, node.has_bias, inputs).hash(&mut hasher);
            values[value] = hasher.finish();
        }
        let weighted = self.graph.layers.iter().filter_map(|layer| layer.weighted);
        [vec![values[self.graph.output]], weighted.map(|value| values[value]).collect()]
    }

    /// An operation without what a file does not specify.
    fn specified(&self, op: &Op) -> Op {
        let mut op = op.clone();
        if let Op::Conv(Conv { window, .. }) | Op::Conv2d(Conv2d { window, .. }) = &mut op {
            if self.unspecified.contains(&keys::CAUSAL) {
                window.zeros = None;
            }
            if self.unspecified.contains(&keys::STRIDE) {
                window.stride = 1;
            }
        }
        op
    }

    /// The layers, with activations as flags of those before them.
    fn layers(&self) -> Vec<Line<'g>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        for layer in &self.graph.layers {
            let Some(kind) = kinds::named(&layer.kind) else { continue };
            let is_activation = kind.activation.is_some();
            let before = lines.last_mut().filter(|line| is_activation && line.takes(layer));
            match (kind.activation.map(|form| form.of), before) {
                (Some(Of::Nothing), _) => {}
                (_, Some(before)) => {
                    let flag = activation(layer);
                    let flagged = |text: &str, end: &str| {
                        let text = text.strip_suffix(end).unwrap_or(text);
                        let comma = if text.ends_with('(') { "" } else { ", " };
                        format!("{text}{comma}{flag}{end}")
                    };
                    before.meaning = flagged(&before.meaning, ")");
                    before.text = flagged(&before.text, ")`");
                }
                (_, None) => lines.push(self.line(layer, kind)),
            }
        }
        lines
    }

    fn line(&self, layer: &'g Layer, kind: &Kind) -> Line<'g> {
        let output = match kind.outputs {
            Outputs::Key(key) => Some(key),
            Outputs::Inputs | Outputs::Hidden => None,
        };
        let mut words = Vec::new();
        words.extend(layer.taps.map(|taps| format!("{}={taps}", keys::K)));
        words.extend((!layer.has_branches).then(|| format!("{}={}", keys::IN, layer.inputs)));
        words.extend(output.map(|key| format!("{key}={}", layer.outputs)));
        let dilation = layer.dilation.filter(|dilation| *dilation > 1 && layer.taps != Some(1));
        words.extend(dilation.map(|dilation| format!("{}={dilation}", keys::DILATION)));
        let is_specified = |word: &&String| {
            let key = word.split('=').next().unwrap_or_default();
            key != LINEAR.word && Some(key) != output && !self.unspecified.contains(&key)
        };
        words.extend(layer.flags.iter().filter(is_specified).cloned());
        let name = &layer.kind;
        let is_conv = [kind::DENSE, kind::DEPTHWISE].contains(&name.as_str());
        let meaning = format!("{}({})", if is_conv { kind::CONV } else { name }, words.join(", "));
        let one_tap = format!("{}=1", keys::K);
        words.retain(|word| name != kind::DENSE || *word != one_tap);
        Line { layer, meaning, text: format!("`{name}({})`", words.join(", ")) }
    }
}

impl Line<'_> {
    /// Whether an activation behind the layer could be a flag of it.
    fn takes(&self, activation: &Layer) -> bool {
        let own = kinds::named(&self.layer.kind);
        let words = self.meaning.trim_end_matches(')').split(['(', ',', '=']).map(str::trim);
        let mut names = words.filter_map(kinds::named).skip(1);
        activation.depth == self.layer.depth
            && own.is_some_and(|kind| kind.activations > 0)
            && !names.any(|kind| kind.activation.is_some())
    }
}

/// An activation as a flag.
fn activation(layer: &Layer) -> String {
    let values: Vec<_> =
        layer.flags.iter().filter_map(|flag| Some(flag.split_once('=')?.1)).collect();
    match values.as_slice() {
        [] => layer.kind.clone(),
        [value] => format!("{}={value}", layer.kind),
        values => format!("{}=[{}]", layer.kind, values.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use syn::parse::{ParseStream, Parser as _};

    use super::*;
    use crate::frontend::lower::lower;
    use crate::frontend::parse;
    use crate::graph::Value;
    use crate::tensor::Tensor;

    /// Whether layers that are written agree with a file's, whose nodes have their tensors, and the tensors that they take.
    fn taken(written: &str, said: &str) -> (bool, Vec<Vec<f64>>) {
        let mut errors = Errors::default();
        let mut net = |layers: &str| {
            let parse = |input: ParseStream<'_>| Ok(parse::net(input, &mut errors));
            parse.parse_str(&format!("struct Net < {layers} >")).unwrap().unwrap()
        };
        let [written, said] = [written, said].map(&mut net);
        let mut graph = lower(&said, &mut errors).graph;
        let weighted: Vec<_> = graph.layers.iter().filter_map(|layer| layer.weighted).collect();
        for (number, value) in [1.0, 2.0, 3.0].into_iter().zip(weighted) {
            graph[value].tensors = vec![Tensor { shape: vec![1], numbers: vec![number] }];
        }
        let file = FileGraph { graph, needs: Vec::new(), unspecified: &[] };
        let mut lowered = lower(&written, &mut errors);
        passes::align::align(&mut lowered.graph, &mut errors);
        let source =
            Source { bytes: Vec::new(), shown: "net.onnx".to_owned(), written: TokenStream::new() };
        let agrees = check(&written, &mut lowered, file, &source, &mut errors);
        assert_eq!(errors.finish().is_none(), agrees);
        let graph = &lowered.graph;
        let tensors = |value: Value| {
            graph[value].tensors.iter().flat_map(|tensor| tensor.numbers.clone()).collect()
        };
        let weighted = graph.layers.iter().filter_map(|layer| layer.weighted);
        (agrees, weighted.map(tensors).collect())
    }

    #[test]
    fn layers_that_are_written_take_the_tensors_of_a_graph() {
        let said = "conv(k=3, in=1, out=2); relu(); sum < dense(out=2) | dense(out=2, no_bias) >";
        let own = "conv(k=3, in=1, out=2, relu); sum < dense(out=2) | dense(out=2, no_bias) >";
        assert_eq!(taken(own, said), (true, vec![vec![1.0], vec![2.0], vec![3.0]]));
        let other = "conv(k=3, in=1, out=2, relu); sum < dense(out=2, no_bias) | dense(out=2) >";
        assert_eq!(taken(other, said), (false, vec![vec![]; 3]));
    }
}
