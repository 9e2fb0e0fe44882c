//! Layers one after the other: each takes the channels that the one before it gives.

use proc_macro2::Ident;

use super::around::{Around, Before};
use super::{branches, kinds, parts, upsampled};
use crate::ast::{self, Math};
use crate::errors::Errors;
use crate::layer::{self, Arguments, Branch, Branches, Kind, Layer, Outputs, Takes, Timing};
use crate::model::{Fate, NamedLayer};
use crate::numbers::plural;

/// The channels that reach a layer.
#[derive(Clone)]
pub(super) enum Channels {
    /// The network's own input: the first layer says how many.
    Input,
    Known {
        count: usize,
        /// The layer that gives them.
        giver: String,
    },
    /// A mistake that has been reported hides them.
    Unknown,
}

impl Channels {
    pub(super) fn count(&self) -> Option<usize> {
        match self {
            Self::Known { count, .. } => Some(*count),
            Self::Input | Self::Unknown => None,
        }
    }

    /// The channels behind a layer.
    fn after(self, ast: &ast::Layer, checked: &CheckedLayer) -> Self {
        let name = checked.name.as_ref().unwrap_or(&ast.kind);
        match (checked.outputs, self) {
            (Some(count), Self::Known { giver, .. })
                if checked.kind.is_some_and(|kind| kind.activation.is_some()) =>
            {
                Self::Known { count, giver }
            }
            (Some(count), _) => Self::Known { count, giver: name.to_string() },
            (None, _) => Self::Unknown,
        }
    }
}

/// What is known of a chain.
pub(super) struct CheckedChain {
    pub(super) inputs: Option<usize>,
    pub(super) outputs: Option<usize>,
    /// Of its layers that are right.
    pub(super) timing: Timing,
}

impl CheckedChain {
    fn channels(&self) -> Channels {
        self.outputs
            .map_or(Channels::Unknown, |count| Channels::Known { count, giver: String::new() })
    }
}

struct CheckedLayer {
    name: Option<Ident>,
    kind: Option<&'static Kind>,
    layer: Option<Box<dyn Layer>>,
    inputs: Option<usize>,
    outputs: Option<usize>,
}

/// The chains of a network, from the outermost on.
pub(super) struct Chains<'a, 'e> {
    /// A name for each layer, in the order of `layers`.
    names: std::vec::IntoIter<Option<Ident>>,
    /// What has been checked, those of branches before the layer that brings them together; `None` for what is wrong.
    pub(super) layers: Vec<Option<NamedLayer<'a>>>,
    /// How many layers the one at hand is a branch in.
    depth: usize,
    /// The frames that a push gives them.
    frames: usize,
    around: Around<'a>,
    math: Math,
    /// Whether all of them could be made out.
    are_whole: bool,
    errors: &'e mut Errors,
}

impl<'a, 'e> Chains<'a, 'e> {
    pub(super) fn new(names: Vec<Option<Ident>>, net: &ast::Net, errors: &'e mut Errors) -> Self {
        Self {
            names: names.into_iter(),
            layers: Vec::new(),
            depth: 0,
            frames: 1,
            around: Around::default(),
            math: net.math(),
            are_whole: net.layers_are_whole,
            errors,
        }
    }

    /// Checks layers that take `channels`. `before` is what lies between them and the layers around them.
    pub(super) fn chain(
        &mut self,
        layers: &'a [ast::Layer],
        mut channels: Channels,
        before: Before,
    ) -> CheckedChain {
        let mut chain = CheckedChain {
            inputs: channels.count(),
            outputs: channels.count(),
            timing: Timing::AT_ONCE,
        };
        let mut places = Vec::new();
        let around = self.frames;
        for ast in layers {
            let frames = chain.timing.frames;
            self.frames = around.saturating_mul(frames);
            let checked = self.layer(ast, &channels, before.then(chain.timing));
            if matches!(channels, Channels::Input) {
                chain.inputs = checked.inputs;
                self.around.input_is(checked.inputs);
            }
            // Where the last layer hides its own, those before it are the best guess.
            chain.outputs = checked.outputs.or(chain.outputs);
            channels = channels.after(ast, &checked);
            let timing = checked.layer.as_ref().map_or(Timing::AT_ONCE, |layer| layer.timing());
            places.push(self.layers.len());
            let mut fits = upsampled::fits(ast, self.depth, frames, timing, self.errors);
            if fits {
                chain.timing = chain.timing.then(timing);
            }
            if let Some(layer) = &checked.layer {
                let (before, place) = (before.then(chain.timing), self.layers.len());
                fits &= self.around.add(ast, layer.as_ref(), before, place, self.errors);
            }
            let named = checked.layer.filter(|_| fits).map(|layer| NamedLayer {
                ast,
                name: checked.name,
                layer,
                frames: self.frames,
                fate: Fate::Line,
                through: None,
            });
            self.layers.push(named);
        }
        self.frames = around;
        parts::find(&mut self.layers, &places);
        chain
    }

    fn layer(&mut self, ast: &'a ast::Layer, channels: &Channels, before: Before) -> CheckedLayer {
        let kind = layer::kind(&ast.kind);
        let said = said(ast, kind);
        let given = channels;
        let mut channels = channels.clone();
        // Of a stack, it says what its layers take.
        let is_input = matches!(channels, Channels::Input) && !ast.branches.is_empty();
        if let Some(count) = said.filter(|_| is_input || ast.stands_for.is_some()) {
            channels = Channels::Known { count, giver: ast.kind.to_string() };
        }
        let takes = kind.map(|kind| kind.branches);
        let is_conditioned = takes == Some(Branches::Conditioned);
        let mut chains: Vec<CheckedChain> = Vec::new();
        self.depth += 1;
        let mut inside = self.around.enter(takes, before);
        for (place, branch) in ast.branches.iter().enumerate() {
            if is_conditioned && place + 1 == ast.branches.len() {
                match chains.last() {
                    Some(chain) => self.around.give(chain.channels(), chain.timing),
                    None => self.around.give(channels.clone(), Timing::AT_ONCE),
                }
                inside = Before::START;
            }
            let chain = self.chain(branch, channels.clone(), inside);
            if let (Channels::Input, Some(count)) = (&channels, chain.inputs) {
                channels = Channels::Known { count, giver: ast.kind.to_string() };
            }
            chains.push(chain);
        }
        self.depth -= 1;
        let taps = self.around.leave(takes);
        let tapped = taps.iter().flat_map(|(taps, _)| taps).map(|tap| tap.channels).next();
        let condition = if is_conditioned && !ast.branches.is_empty() {
            self.around.take(&self.layers)
        } else {
            self.around.condition(before)
        };
        let name = self.names.next().flatten();
        let Some(kind) = kind.filter(|_| ast.arguments.is_some()) else {
            if ast.arguments.is_some() {
                kinds::unknown(&ast.kind, self.errors);
            }
            let count = |key| ast.number(key).and_then(ast::Number::count);
            let inputs = said.or(channels.count());
            let is_activation = kind.is_some_and(|kind| kind.activation.is_some());
            let outputs = if is_activation { inputs } else { count("out") };
            return CheckedLayer { name, kind, layer: None, inputs, outputs };
        };
        let needs_in = matches!(channels, Channels::Input)
            && ast.branches.iter().all(Vec::is_empty)
            && kind.input_key.is_none();
        let (mut arguments, complete) =
            Arguments::check(ast, kind, self.math, needs_in, self.errors);
        let complete = inputs(
            &mut arguments,
            name.as_ref(),
            if ast.stands_for.is_some() { given } else { &channels },
            self.errors,
        ) && complete;
        let complete = branches::count(ast, kind, self.are_whole, self.errors) && complete;
        let known = chains.iter().map(|chain| {
            let outputs = chain.outputs.or(arguments.inputs)?;
            Some(Branch { outputs, timing: chain.timing })
        });
        let known: Option<Vec<_>> = known.collect();
        let branches_are_right = ast.branches.is_empty() || self.are_right(&ast.branches);
        let layer = match known {
            Some(branches) if complete && branches_are_right => {
                arguments.branches = branches;
                arguments.condition = condition;
                let (taps, places) = match taps {
                    Some((taps, places)) => (taps, Some(places)),
                    None => (self.around.taps(), None),
                };
                arguments.taps = taps;
                let layer = (kind.build)(&arguments, self.errors);
                if let (Some(layer), Some(places)) = (&layer, places) {
                    parts::tapped(&mut self.layers, &places, layer.delays());
                }
                layer
            }
            _ => None,
        };
        let outputs = match (&layer, kind.outputs) {
            (Some(layer), _) => Some(layer.outputs()),
            (None, Outputs::Inputs) => match (kind.branches, chains.as_slice()) {
                (Branches::Conditioned, [.., chain]) | (_, [chain, ..]) => chain.outputs,
                (_, []) => written_outputs(ast).or(arguments.inputs),
            },
            (None, Outputs::Key(name)) => {
                let key = kind.keys.iter().find(|key| key.name == name);
                let optional = key.is_some_and(|key| key.takes == Takes::OptionalCount);
                let otherwise = arguments.input_key().or(arguments.inputs);
                arguments.count(name).or(otherwise.filter(|_| optional))
            }
            (None, Outputs::Hidden) => tapped,
        };
        CheckedLayer { name, kind: Some(kind), layer, inputs: arguments.inputs, outputs }
    }

    /// Whether the layers of branches that have just been checked are right.
    fn are_right(&self, branches: &[Vec<ast::Layer>]) -> bool {
        let mut walked = Vec::new();
        branches.iter().flatten().for_each(|layer| layer.walk(&mut walked));
        self.layers.iter().rev().take(walked.len()).all(Option::is_some)
    }
}

/// The channels of its output that a layer states, where its kind has no key for them: `linear(out=3)`.
fn written_outputs(ast: &ast::Layer) -> Option<usize> {
    let keys = ["out", "units", "out_features", "out_channels"];
    keys.into_iter().find_map(|key| ast.number(key)).and_then(ast::Number::count)
}

/// The channels that a layer says it takes.
fn said(ast: &ast::Layer, kind: Option<&Kind>) -> Option<usize> {
    let other = || ast.number(kind?.input_key?);
    ast.number(layer::IN.name).or_else(other).and_then(ast::Number::count)
}

/// Settles the channels that a layer takes: what reaches it, with which what it says has to agree.
fn inputs(
    arguments: &mut Arguments<'_>,
    name: Option<&Ident>,
    channels: &Channels,
    errors: &mut Errors,
) -> bool {
    let stack = arguments.layer.stands_for;
    let said = arguments.count(layer::IN.name);
    arguments.inputs = channels.count().or(said).or(arguments.input_key());
    if let (Channels::Known { count, giver }, Some(said)) = (channels, said)
        && *count != said
    {
        let name = name.map_or_else(|| arguments.layer.written(), ToString::to_string);
        let taken = plural(said, "channel");
        let message = format!("`{name}` takes {taken}, but `{giver}` gives {count}");
        let help = match stack {
            Some(_) => format!("help: put `dense(out={said})` before it"),
            None => format!("help: write `in={count}`"),
        };
        errors.report(&arguments.written(layer::IN.name), format!("{message}\n{help}"));
        return false;
    }
    arguments.inputs.is_some()
}
