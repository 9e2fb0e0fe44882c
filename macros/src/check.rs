//! [`ast`] to [`model`]: every kind, key and shape is proven here.

mod budget;
mod limits;
mod names;

use proc_macro2::Ident;

pub(crate) use self::names::own_module;

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
    /// Then, those of its layers that are right.
    parts: Vec<Option<NamedLayer<'a>>>,
    pub(crate) inputs: Option<usize>,
    pub(crate) outputs: Option<usize>,
}

impl Checked<'_> {
    /// What the weights file is to be compared with: every layer that is right, each in its place. `None` where the
    /// places are not known, or nothing is wrong but the network as a whole.
    pub(crate) fn layers(&self, ast: &ast::Net) -> Option<Vec<Option<&NamedLayer<'_>>>> {
        if let Some(net) = &self.net {
            return Some(net.layers.iter().map(Some).collect());
        }
        let is_known = |layer: &ast::Layer| layer::kind(&layer.kind).is_some();
        let places_are_known = ast.layers_are_whole && ast.layers.iter().all(is_known);
        let some_are_wrong = self.parts.iter().any(Option::is_none);
        (places_are_known && some_are_wrong)
            .then(|| self.parts.iter().map(Option::as_ref).collect())
    }
}

pub(crate) fn check<'a>(ast: &'a ast::Net, errors: &mut Errors) -> Checked<'a> {
    let limits = budget::read(ast, errors);
    let before = errors.len();
    limits::layers(ast, errors);
    let names = names::check(ast, errors);
    let mut layers = Vec::new();
    let (mut inputs, mut outputs) = (None, None);
    let mut channels = Channels::Input;
    for (ast, name) in ast.layers.iter().zip(names) {
        let checked = layer(ast, name.as_ref(), &channels, errors);
        if matches!(channels, Channels::Input) {
            inputs = checked.inputs;
        }
        // Where the last layer hides its own, those before it are the best guess.
        outputs = checked.outputs.or(outputs);
        channels = channels.after(ast, name.as_ref(), &checked);
        layers.push(checked.layer.map(|layer| NamedLayer { ast, name, layer }));
    }
    let complete =
        errors.len() == before && ast.layers_are_whole && layers.iter().all(Option::is_some);
    let Some((inputs_of_net, outputs_of_net)) = inputs.zip(outputs).filter(|_| complete) else {
        return Checked { net: None, parts: layers, inputs, outputs };
    };
    let layers: Vec<_> = layers.into_iter().flatten().collect();
    let timing = model::chain(layers.iter().map(|layer| layer.layer.timing()));
    let net = Net { ast, layers, timing, inputs: inputs_of_net, outputs: outputs_of_net };
    let fits = limits::check(&net, errors) && budget::check(&net, &limits, errors);
    Checked { net: fits.then_some(net), parts: Vec::new(), inputs, outputs }
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
        let role = layer::kind(&ast.kind).map(|kind| kind.role);
        let outputs = if matches!(role, Some(Role::Activation(_))) { inputs } else { count("out") };
        return CheckedLayer { layer: None, role, inputs, outputs };
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
