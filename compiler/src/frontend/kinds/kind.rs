//! What an entry of the table of layer kinds says.

use proc_macro2::Ident;

use super::{Arguments, KINDS};
use crate::frontend::ast;
use crate::frontend::build::activation::Form;
use crate::frontend::framework_names::{self, Meaning, plain};
use crate::frontend::keys;
use crate::frontend::lower::Lower;
use crate::graph::Value;

/// A layer kind as a user writes it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// An example of it, and what it is, for editors.
    pub(crate) doc: &'static str,
    /// The keys beside `in`, which every kind has.
    pub(crate) keys: &'static [Key],
    /// The one of them that says the channels of its input too.
    pub(crate) input_key: Option<&'static str>,
    /// The flags beside activations. Of those that stand together, the first is meant where none is given, and no two
    /// can be.
    pub(crate) flags: &'static [&'static [Flag]],
    /// The activations that it takes as flags, at most.
    pub(crate) activations: usize,
    /// Whether its one argument is the label of a layer.
    pub(crate) takes_label: bool,
    pub(crate) outputs: Outputs,
    pub(crate) weights: Weights,
    /// What Keras calls it in its weights files, where it has weights.
    pub(crate) keras: Option<&'static str>,
    /// Whether its weights are off the path of the frame that passes on: they take another one, or give another one.
    pub(crate) off_path: bool,
    pub(crate) branches: Branches,
    /// What the field of a layer without weights or label begins with, before its number; `None` where it keeps nothing.
    pub(crate) field_prefix: Option<&'static str>,
    /// Which one, where it is an activation.
    pub(crate) activation: Option<&'static Form>,
    /// Adds the layer's operations to the graph, from arguments whose keys, flags and numbers have been checked; gives its
    /// output. `None` where a mistake has been reported.
    pub(crate) lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
}

impl Kind {
    /// A kind that takes nothing but `in`.
    pub(super) const fn plain(
        name: &'static str,
        doc: &'static str,
        lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
    ) -> Self {
        Self {
            name,
            doc,
            keys: &[],
            input_key: None,
            flags: &[],
            activations: 0,
            takes_label: false,
            outputs: Outputs::Inputs,
            weights: Weights::None,
            keras: None,
            off_path: false,
            branches: Branches::None,
            field_prefix: None,
            activation: None,
            lower,
        }
    }

    pub(crate) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        self.flags.iter().copied().flatten()
    }

    /// The kinds that are flags of it as well.
    pub(crate) fn activations(&self) -> impl Iterator<Item = &'static Kind> + use<> {
        let takes_some = self.activations > 0;
        activations().filter(move |_| takes_some)
    }
}

/// What says the channels of a layer's output, where the layer is wrong.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Outputs {
    /// They are those of its input.
    Inputs,
    /// The number of this key, and where it is not given those of its input.
    Key(&'static str),
    /// Nothing that is as simple.
    Hidden,
}

/// Whether layers of a kind have an entry in the weights file.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Weights {
    None,
    Always,
    /// Where this key or flag is given.
    With(&'static str),
    /// Where not all of these flags are given.
    Unless(&'static [&'static str]),
    /// As many as the layers have that it stands for.
    OfLayers,
}

/// The chains between `<` and `>` that a kind takes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Branches {
    None,
    One,
    /// One, among whose layers are skips.
    Skips,
    /// Two or more.
    Several,
    /// Two, or none.
    TwoOrNone,
    /// One, whose layers see the frame in front of it, or two, where they see what the first gives.
    Conditioned,
}

pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What the number says, for messages and editors: "the taps of the kernel".
    pub(crate) doc: &'static str,
    pub(crate) takes: Takes,
    /// What frameworks call it.
    pub(crate) aliases: &'static [&'static str],
}

pub(crate) struct Flag {
    pub(crate) name: &'static str,
    /// What the flag says, for editors: "trained without a bias".
    pub(crate) doc: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Takes {
    /// A whole number from 1 to [`MOST`](crate::frontend::build::limits::MOST).
    Count,
    /// The same, and it may be left out.
    OptionalCount,
    /// A list of such numbers.
    Counts,
    /// A number that fits in f32.
    Real,
    /// A whole number from 0.
    Size,
}

/// The key that every kind has: the channels of the frames that the layer takes.
pub(crate) const IN: Key = Key {
    name: keys::IN,
    doc: "the channels of its input",
    takes: Takes::OptionalCount,
    aliases: &["in_channels", "in_features", "inputs", "input_size", "channels"],
};

/// The kind of that name.
pub(crate) fn kind(name: &Ident) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| name == kind.name)
}

/// The kind of that word.
pub(crate) fn named(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == word)
}

/// The kind that a word which is none stands for: a framework's name of it, or one spelt otherwise, as `BatchNorm` is.
pub(crate) fn meant(word: &str) -> Option<&'static Kind> {
    match framework_names::meaning(word) {
        Some(Meaning::Here(name)) => named(name),
        Some(_) => None,
        None => KINDS.iter().find(|kind| plain(kind.name) == plain(word)),
    }
}

/// Whether a layer has an entry in the weights file.
pub(crate) fn is_weighted(layer: &ast::Layer) -> bool {
    kind(&layer.kind).is_some_and(|kind| match kind.weights {
        Weights::None | Weights::OfLayers => false,
        Weights::Always => true,
        Weights::With(argument) => layer.argument(argument).is_some(),
        Weights::Unless(flags) => flags.iter().any(|flag| layer.argument(flag).is_none()),
    })
}

/// Whether a layer that is wrong has an entry in the weights file, or none, whatever puts it right.
pub(crate) fn has_known_place(layer: &ast::Layer) -> bool {
    kind(&layer.kind).is_some_and(|kind| match kind.weights {
        Weights::OfLayers => false,
        Weights::None | Weights::Always | Weights::Unless(_) => true,
        Weights::With(argument) => layer.argument(argument).is_some(),
    })
}

/// The kinds that can be flags of other layers.
pub(crate) fn activations() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| kind.activation.is_some())
}
