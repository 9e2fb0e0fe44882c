//! [`ast`] to [`model`]: every kind, key and shape is proven here.

mod budget;
mod limits;
mod names;

use proc_macro2::Ident;

use crate::ast;
use crate::errors::Errors;
use crate::layer::{self, Arguments, KINDS, Key, Layer, Role, Takes};
use crate::model::{self, NamedLayer, Net};
use crate::numbers::plural;
use crate::suggest::{list, suggestion};

/// What is known of a network, right or wrong.
pub(crate) struct Checked<'a> {
    /// `None` where a mistake was reported.
    pub(crate) net: Option<Net<'a>>,
    pub(crate) inputs: Option<usize>,
    pub(crate) outputs: Option<usize>,
}

pub(crate) fn check<'a>(ast: &'a ast::Net, errors: &mut Errors) -> Checked<'a> {
    let limits = budget::read(ast, errors);
    let before = errors.len();
    limits::layers(ast, errors);
    let names = names::check(ast, errors);
    let mut layers = Vec::new();
    let mut inputs = None;
    let mut channels = Channels::Input;
    for (ast, name) in ast.layers.iter().zip(names) {
        let checked = layer(ast, name.as_ref(), &channels, errors);
        if matches!(channels, Channels::Input) {
            inputs = checked.inputs;
        }
        channels = channels.after(ast, name.as_ref(), &checked);
        layers.extend(checked.layer.map(|layer| NamedLayer { ast, name, layer }));
    }
    let outputs = channels.count();
    let complete =
        errors.len() == before && ast.layers_are_whole && layers.len() == ast.layers.len();
    let net = inputs.zip(outputs).filter(|_| complete).map(|(inputs, outputs)| {
        let timing = model::chain(layers.iter().map(|layer| layer.layer.timing()));
        Net { ast, layers, timing, inputs, outputs }
    });
    let net = net.filter(|net| limits::check(net, errors) && budget::check(net, &limits, errors));
    Checked { net, inputs, outputs }
}

/// The channels that reach a layer.
enum Channels {
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

    /// The channels behind a layer.
    fn after(self, ast: &ast::Layer, name: Option<&Ident>, checked: &CheckedLayer) -> Self {
        match (checked.outputs, self) {
            (Some(count), Self::Known { giver, .. })
                if matches!(checked.role, Some(Role::Activation(_))) =>
            {
                Self::Known { count, giver }
            }
            (Some(count), _) => Self::Known { count, giver: name.unwrap_or(&ast.kind).to_string() },
            (None, _) => Self::Unknown,
        }
    }
}

struct CheckedLayer {
    layer: Option<Box<dyn Layer>>,
    role: Option<Role>,
    inputs: Option<usize>,
    outputs: Option<usize>,
}

fn layer(
    ast: &ast::Layer,
    name: Option<&Ident>,
    channels: &Channels,
    errors: &mut Errors,
) -> CheckedLayer {
    let Some(kind) = layer::kind(&ast.kind).filter(|_| ast.arguments.is_some()) else {
        if ast.arguments.is_some() {
            unknown_kind(&ast.kind, errors);
        }
        let count = |key| ast.number(key).and_then(ast::Number::count);
        let inputs = count(layer::IN.name).or(channels.count());
        return CheckedLayer { layer: None, role: None, inputs, outputs: count("out") };
    };
    let is_first = matches!(channels, Channels::Input);
    let (mut arguments, complete) = Arguments::check(ast, kind, is_first, errors);
    let complete = inputs(&mut arguments, name, channels, errors) && complete;
    let layer = if complete { (kind.build)(&arguments, errors) } else { None };
    let outputs = match (&layer, kind.keys.iter().find(|key| key.name == "out")) {
        (Some(layer), _) => Some(layer.outputs()),
        (None, Some(Key { takes: Takes::Count, .. })) => arguments.count("out"),
        (None, Some(_)) => arguments.count("out").or(arguments.inputs),
        (None, None) => arguments.inputs,
    };
    CheckedLayer { layer, role: Some(kind.role), inputs: arguments.inputs, outputs }
}

/// Settles the channels that a layer takes: what reaches it, with which what it says has to agree.
fn inputs(
    arguments: &mut Arguments<'_>,
    name: Option<&Ident>,
    channels: &Channels,
    errors: &mut Errors,
) -> bool {
    let said = arguments.count(layer::IN.name);
    arguments.inputs = channels.count().or(said);
    if let (Channels::Known { count, giver }, Some(said)) = (channels, said)
        && *count != said
    {
        let name = name.map_or_else(|| arguments.kind.name.to_owned(), ToString::to_string);
        let taken = plural(said, "channel");
        let message = format!("`{name}` takes {taken}, but `{giver}` gives {count}");
        let help = format!("help: write `in={count}`");
        errors.report(&arguments.written(layer::IN.name), format!("{message}\n{help}"));
        return false;
    }
    arguments.inputs.is_some()
}

fn unknown_kind(kind: &Ident, errors: &mut Errors) {
    let word = kind.to_string();
    let kinds = || KINDS.iter().map(|kind| kind.name);
    let help = suggestion(&word, kinds())
        .unwrap_or_else(|| format!("note: the kinds are {}", list(kinds())));
    errors.report(kind, format!("no layer kind `{word}`\n{help}"));
}
