//! Layers that bring branches together.

use super::{Arguments, Branches, Flag, Kind, Outputs, Weights};
use crate::errors::Message;
use crate::frontend::ast::{self, Number};
use crate::frontend::build::branches::{Gated, Join, Joined, Residual};
use crate::frontend::build::{Applied, Place, Spec, activation};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const RESIDUAL: Kind = Kind {
    keras: Some("conv1d"),
    flags: &[
        &[Flag {
            name: keys::PROJECT,
            doc: "a trained 1x1 convolution of the input adapts its channels and stride to the block",
        }],
        &[Flag {
            name: keys::CENTER,
            doc: "adds the frame in the middle of the frames that the block spans, for valid padding",
        }],
    ],
    branches: Branches::One,
    weights: Weights::With(keys::PROJECT),
    field_prefix: Some("block"),
    ..Kind::plain(
        kind::RESIDUAL,
        "`residual < layer; layer >`: adds the input to the output of the layers.",
        residual,
    )
};
pub(super) const SUM: Kind = Kind {
    branches: Branches::Several,
    field_prefix: Some("sum"),
    ..Kind::plain(
        kind::SUM,
        "`sum < layers | layers >`: the sum of the outputs of the branches, which all take the same input.",
        sum,
    )
};
pub(super) const PRODUCT: Kind = Kind {
    branches: Branches::Several,
    field_prefix: Some("product"),
    ..Kind::plain(
        kind::PRODUCT,
        "`product < layers | layers >`: the product of the outputs of the branches, which all take the same input.",
        product,
    )
};
pub(super) const CONCAT: Kind = Kind {
    branches: Branches::Several,
    field_prefix: Some("concat"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        kind::CONCAT,
        "`concat < layers | layers >`: the channels of all branches, one branch after the other.",
        concat,
    )
};
/// Two branches, or the two halves of a frame's channels.
pub(super) const GATED: Kind = Kind {
    branches: Branches::TwoOrNone,
    activations: 2,
    field_prefix: Some("gated"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        kind::GATED,
        "`gated < layers | layers >`, or `gated()` for the halves of a frame: tanh of the first times sigmoid of the second.",
        gated,
    )
};

pub(super) const BLENDED: Kind = Kind {
    branches: Branches::TwoOrNone,
    activations: 2,
    field_prefix: Some("blended"),
    outputs: Outputs::Hidden,
    ..Kind::plain(
        kind::BLENDED,
        "`blended < layers | layers >`, or `blended()` for the halves `a` and `b` of a frame: `g * tanh(a) + (1 - g) * a` with `g = sigmoid(b)`.",
        gated,
    )
};

fn residual(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let [block] = arguments.branches.as_slice() else { return None };
    let [projects, is_centred] = [keys::PROJECT, keys::CENTER].map(|flag| arguments.flag(flag));
    add(arguments, &Residual { block: *block, projects, is_centred }, lower)
}

fn sum(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    join(arguments, Join::Sum, lower)
}

fn product(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    join(arguments, Join::Product, lower)
}

fn concat(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    join(arguments, Join::Concat, lower)
}

pub(super) fn join(arguments: &Arguments<'_>, how: Join, lower: &mut Lower<'_>) -> Option<Value> {
    add(arguments, &Joined { how, branches: arguments.branches.clone() }, lower)
}

fn gated(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let activations = match arguments.activations.as_slice() {
        [active, gate] => [*active, *gate],
        [] => [&activation::TANH, &activation::SIGMOID].map(Applied::of),
        [only, ..] => {
            let (name, gated) = (only.form.word, arguments.kind.name);
            let text = format!("`{gated}` takes two activations, but has only `{name}`");
            let help = format!("write `{gated}({}, sigmoid)`", only.flag());
            lower.report(&arguments.written(name), Message::new(text).help(help));
            return None;
        }
    };
    let blends = arguments.kind.name == BLENDED.name;
    add(arguments, &Gated { blends, activations, branches: arguments.branches.clone() }, lower)
}

/// Adds a layer. A branch that is wrong is put right at its last number, where there is one.
fn add(arguments: &Arguments<'_>, spec: &dyn Spec, lower: &mut Lower<'_>) -> Option<Value> {
    let wrong = match spec.add(&mut lower.builder) {
        Ok(value) => return Some(value),
        Err(wrong) => wrong,
    };
    let Place::Branch(place) = wrong.place else {
        lower.wrong(arguments, wrong);
        return None;
    };
    let layers = arguments.layer.branches.get(place).map(Vec::as_slice).unwrap_or_default();
    if let Some((key, number)) = outputs(layers) {
        let first = arguments.branches.first()?.outputs;
        let message = Message::new(wrong.message.text).help(format!("write `{key}={first}`"));
        lower.report(&number.tokens, message);
    } else {
        let last = layers.last().map_or(&arguments.layer.kind, |layer| &layer.kind);
        lower.report(last, wrong.message);
    }
    None
}

/// The number that says the channels of the last of some layers, with its key.
fn outputs(layers: &[ast::Layer]) -> Option<(&'static str, &Number)> {
    let said = layers.iter().rev().find_map(|layer| {
        let outputs = super::kind(&layer.kind)?.outputs;
        (outputs != Outputs::Inputs || !layer.branches.is_empty()).then_some((layer, outputs))
    });
    match said? {
        (layer, Outputs::Key(key)) => Some((key, layer.number(key)?)),
        _ => None,
    }
}
