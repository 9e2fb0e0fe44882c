//! Layers one after the other, and layers of layers: what is known of each where those before it are right, and where they are
//! not.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;

use super::{Lower, branches, unknown};
use crate::errors::{Errors, Message};
use crate::frontend::ast;
use crate::frontend::build::{Branch, Said, Scope};
use crate::frontend::keys;
use crate::frontend::kinds::{self, Arguments, Branches, Kind, Outputs, Takes};
use crate::frontend::needs::Needs;
use crate::graph::Value;
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
    fn count(&self) -> Option<usize> {
        match self {
            Self::Known { count, .. } => Some(*count),
            Self::Input | Self::Unknown => None,
        }
    }
}

/// The frame that reaches a layer.
#[derive(Clone)]
pub(super) struct From {
    pub(super) value: Value,
    pub(super) channels: Channels,
}

/// What is known of a chain.
pub(super) struct Chain {
    pub(super) value: Value,
    inputs: Option<usize>,
    pub(super) outputs: Option<usize>,
}

/// What is known of a layer.
struct Lowering {
    name: Option<Ident>,
    kind: Option<&'static Kind>,
    value: Value,
    inputs: Option<usize>,
    outputs: Option<usize>,
}

/// Layers one after the other: each takes the channels that the one before it gives.
pub(super) struct Chains<'a, 'l, 'e> {
    pub(super) lower: &'l mut Lower<'e>,
    /// A name for each layer of [`ast::Net::walk`].
    pub(super) names: std::vec::IntoIter<Option<Ident>>,
    pub(super) needs: Vec<Option<Needs<'a>>>,
}

impl<'a> Chains<'a, '_, '_> {
    pub(super) fn chain(
        &mut self,
        layers: &'a [ast::Layer],
        mut from: From,
        is_branch: bool,
    ) -> Chain {
        let count = from.channels.count();
        let mut chain = Chain { value: from.value, inputs: count, outputs: count };
        for (place, layer) in layers.iter().enumerate() {
            let lowering = self.layer(layer, &from, is_branch && place == 0);
            if matches!(from.channels, Channels::Input) {
                chain.inputs = lowering.inputs;
                self.lower.input_is(lowering.inputs);
            }
            // Where the last layer hides its own, those before it are the best guess.
            chain.outputs = lowering.outputs.or(chain.outputs);
            chain.value = lowering.value;
            if let Some(label) = &layer.label {
                self.lower.labels.insert(label.unraw().to_string(), lowering.value);
            }
            from = From { value: lowering.value, channels: after(from.channels, layer, &lowering) };
        }
        chain
    }

    fn layer(&mut self, ast: &'a ast::Layer, from: &From, is_first_of_branch: bool) -> Lowering {
        let kind = kinds::kind(&ast.kind);
        let said = said(ast, kind);
        let mut channels = from.channels.clone();
        // Of a stack, it says what its layers take.
        let is_input = matches!(channels, Channels::Input) && !ast.branches.is_empty();
        if let Some(count) = said.filter(|_| is_input || ast.stands_for.is_some()) {
            channels = Channels::Known { count, giver: ast.kind.to_string() };
        }
        if from.value == Value::INPUT {
            self.lower.input_is(channels.count());
        }
        let takes = kind.map(|kind| kind.branches);
        let (chains, sum, reads_condition) = self.branches(ast, takes, from.value, &mut channels);
        let name = self.names.next().flatten();
        let Some(kind) = kind.filter(|_| ast.arguments.is_some()) else {
            if ast.arguments.is_some() {
                unknown::report(&ast.kind, self.lower.errors);
            }
            let count = |key| ast.number(key).and_then(ast::Number::count);
            let inputs = said.or(channels.count());
            let is_activation = kind.is_some_and(|kind| kind.activation.is_some());
            let outputs = if is_activation { inputs } else { count(keys::OUT) };
            return self.wrong(from.value, name, kind, [inputs, outputs]);
        };
        let needs_in = matches!(channels, Channels::Input)
            && ast.branches.iter().all(Vec::is_empty)
            && kind.input_key.is_none()
            && !kind.takes_label;
        let (mut arguments, is_complete) = Arguments::check(ast, kind, needs_in, self.lower.errors);
        let given = if ast.stands_for.is_some() { &from.channels } else { &channels };
        let is_complete =
            inputs(&mut arguments, name.as_ref(), given, self.lower.errors) && is_complete;
        let is_complete =
            branches::count(ast, kind, self.lower.is_whole, self.lower.errors) && is_complete;
        let known = chains.iter().map(|chain| {
            let outputs = chain.outputs.or(arguments.inputs)?;
            Some(Branch { outputs, value: chain.value })
        });
        let known: Option<Vec<_>> = known.collect();
        let are_right = ast.branches.is_empty() || self.are_right(&ast.branches);
        let mut value = None;
        if let Some(branches) = known.filter(|_| is_complete && are_right) {
            (arguments.branches, arguments.sum) = (branches, sum);
            arguments.reads_condition = reads_condition;
            arguments.is_first_of_branch = is_first_of_branch;
            if matches!(from.channels, Channels::Input) {
                self.lower.input_is(arguments.inputs);
            }
            let frame = self.frame(from.value, arguments.inputs);
            value = self.operations(&arguments, frame, name.as_ref());
        }
        let outputs = match (value, kind.outputs) {
            (Some(value), _) => self.lower.channels(value),
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
            (None, Outputs::Hidden) => sum.and_then(|sum| self.lower.channels(sum)),
        };
        match value {
            Some(value) => {
                Lowering { name, kind: Some(kind), value, inputs: arguments.inputs, outputs }
            }
            None => self.wrong(from.value, name, Some(kind), [arguments.inputs, outputs]),
        }
    }

    /// The chains of a layer's branches; what they add up as skips; whether they read the condition that the layer gives.
    fn branches(
        &mut self,
        ast: &'a ast::Layer,
        takes: Option<Branches>,
        value: Value,
        channels: &mut Channels,
    ) -> (Vec<Chain>, Option<Value>, bool) {
        let is_conditioned = takes == Some(Branches::Conditioned) && !ast.branches.is_empty();
        let mut chains: Vec<Chain> = Vec::new();
        let scope = match takes {
            Some(Branches::One) => Scope::Block,
            Some(Branches::Skips) => Scope::Skips,
            _ => Scope::Branches,
        };
        self.lower.builder.depth += 1;
        self.lower.builder.scopes.push(scope);
        for (place, branch) in ast.branches.iter().enumerate() {
            if is_conditioned && place + 1 == ast.branches.len() {
                let condition = chains.last().map_or(value, |chain| chain.value);
                self.lower.builder.scopes.push_condition(condition);
            }
            let chain = self.chain(branch, From { value, channels: channels.clone() }, true);
            if let (Channels::Input, Some(count)) = (&*channels, chain.inputs) {
                *channels = Channels::Known { count, giver: ast.kind.to_string() };
            }
            chains.push(chain);
        }
        let builder = &mut self.lower.builder;
        builder.depth -= 1;
        let sum = builder.scopes.pop(scope);
        let output = chains.last().map(|chain| sum.unwrap_or(chain.value));
        let reads_condition =
            is_conditioned && builder.scopes.pop_condition(&builder.graph, output);
        (chains, sum, reads_condition)
    }

    /// The frame that a layer takes: where a mistake hides its channels, those that the layer says it takes.
    fn frame(&mut self, value: Value, inputs: Option<usize>) -> Value {
        match self.lower.channels(value) {
            Some(_) => value,
            None if value == Value::INPUT => value,
            None => self.lower.unknown(value, inputs),
        }
    }

    /// Adds the operations of a layer, whose arguments are right, to the graph.
    fn operations(
        &mut self,
        arguments: &Arguments<'a>,
        frame: Value,
        name: Option<&Ident>,
    ) -> Option<Value> {
        let ast = arguments.layer;
        let (kind, origin) = (ast.kind.to_string(), ast.kind.to_token_stream());
        let said = Said {
            kind: kind.clone(),
            name: name.cloned(),
            origin: origin.clone(),
            history_origin: HISTORY
                .into_iter()
                .find_map(|key| Some(ast.number(key)?.tokens.clone())),
            has_branches: !ast.branches.is_empty(),
            stands_for: ast.stands_for,
        };
        self.lower.builder.begin(said, frame, arguments.inputs?);
        let value = (arguments.kind.lower)(arguments, self.lower)?;
        match self.lower.builder.end(value) {
            Ok((layer, conventions)) => {
                let (ast, name) = (Some(ast), name.cloned());
                self.needs.push(Some(Needs { kind, origin, ast, name, conventions, layer }));
                Some(value)
            }
            Err(wrong) => {
                self.lower.wrong(arguments, wrong);
                None
            }
        }
    }

    fn wrong(
        &mut self,
        input: Value,
        name: Option<Ident>,
        kind: Option<&'static Kind>,
        [inputs, outputs]: [Option<usize>; 2],
    ) -> Lowering {
        self.needs.push(None);
        let value = self.lower.unknown(input, outputs);
        Lowering { name, kind, value, inputs, outputs }
    }

    /// Whether the layers of branches that have just been lowered are right.
    fn are_right(&self, branches: &[Vec<ast::Layer>]) -> bool {
        let mut walked = Vec::new();
        branches.iter().flatten().for_each(|layer| layer.walk(&mut walked));
        self.needs.iter().rev().take(walked.len()).all(Option::is_some)
    }
}

/// Keys that say how much a layer keeps.
const HISTORY: [&str; 4] = [keys::DILATION, keys::K, keys::FRAMES, keys::SIZE];

/// The channels behind a layer.
fn after(before: Channels, ast: &ast::Layer, lowering: &Lowering) -> Channels {
    let name = lowering.name.as_ref().unwrap_or(&ast.kind);
    match (lowering.outputs, before) {
        (Some(count), Channels::Known { giver, .. })
            if lowering.kind.is_some_and(|kind| kind.activation.is_some()) =>
        {
            Channels::Known { count, giver }
        }
        (Some(count), _) => Channels::Known { count, giver: name.to_string() },
        (None, _) => Channels::Unknown,
    }
}

/// The channels that a layer says it takes.
fn said(ast: &ast::Layer, kind: Option<&Kind>) -> Option<usize> {
    let other = || ast.number(kind?.input_key?);
    ast.number(keys::IN).or_else(other).and_then(ast::Number::count)
}

/// The channels of its output that a layer states, where its kind has no key for them: `linear(out=3)`.
fn written_outputs(ast: &ast::Layer) -> Option<usize> {
    let keys = [keys::OUT, keys::UNITS, "out_features", "out_channels"];
    keys.into_iter().find_map(|key| ast.number(key)).and_then(ast::Number::count)
}

/// Settles the channels that a layer takes: what reaches it, with which what it says has to agree.
fn inputs(
    arguments: &mut Arguments<'_>,
    name: Option<&Ident>,
    channels: &Channels,
    errors: &mut Errors,
) -> bool {
    let stack = arguments.layer.stands_for;
    let said = arguments.count(keys::IN);
    arguments.inputs = channels.count().or(said).or(arguments.input_key());
    if let (Channels::Known { count, giver }, Some(said)) = (channels, said)
        && *count != said
    {
        let name = name.map_or_else(|| arguments.layer.written(), ToString::to_string);
        let taken = plural(said, "channel");
        let text = format!("`{name}` takes {taken}, but `{giver}` gives {count}");
        let help = match stack {
            Some(_) => format!("put `dense(out={said})` before it"),
            None => format!("write `in={count}`"),
        };
        errors.report(&arguments.written(keys::IN), Message::new(text).help(help));
        return false;
    }
    arguments.inputs.is_some()
}
