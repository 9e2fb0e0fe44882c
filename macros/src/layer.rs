//! The layer kinds. [`KINDS`] is the one table of them: parsing, checks, messages, documentation and editors read
//! it.

mod activation;
mod arguments;
mod conv;

use proc_macro2::{Ident, TokenStream};

pub(crate) use self::activation::Activation;
pub(crate) use self::arguments::{Arguments, number};
#[cfg(test)]
pub(crate) use self::conv::MOST_WRITTEN_OUT;
use crate::errors::Errors;
use crate::tensor::Tensor;

/// Every layer kind, in the order in which messages list them.
pub(crate) static KINDS: &[Kind] = &[
    conv::CONV,
    conv::DEPTHWISE,
    conv::DENSE,
    activation::RELU,
    activation::RELU6,
    activation::LEAKY_RELU,
    activation::ELU,
    activation::TANH,
    activation::SIGMOID,
    activation::SOFTMAX,
];

/// A layer kind as a user writes it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// An example of it, and what it is, for editors.
    pub(crate) doc: &'static str,
    /// The keys beside `in`, which every kind has.
    pub(crate) keys: &'static [Key],
    /// The flags beside activations. Of those that stand together, the first is meant where none is given, and no two
    /// can be.
    pub(crate) flags: &'static [&'static [Flag]],
    pub(crate) role: Role,
    /// Makes the layer from arguments whose keys, flags and numbers have been checked.
    pub(crate) build: fn(&Arguments<'_>, &mut Errors) -> Option<Box<dyn Layer>>,
}

impl Kind {
    pub(crate) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        self.flags.iter().copied().flatten()
    }

    /// The kinds that are flags of it as well.
    pub(crate) fn activations(&self) -> impl Iterator<Item = &'static Kind> + use<> {
        let weighted = self.role == Role::Weighted;
        activations().filter(move |_| weighted)
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// Has weights, and can have an activation as a flag.
    Weighted,
    /// Can be a flag of a weighted layer.
    Activation(Of),
}

/// What an activation looks at.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Of {
    /// One channel: kernels apply it to the sums at hand.
    Channel,
    /// The whole frame.
    Frame,
}

pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What the number says, for messages and editors: "the kernel's taps".
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
    /// A whole number from 1 to [`MOST`].
    Count,
    /// The same, and it may be left out.
    OptionalCount,
    /// A number that fits in f32.
    Real,
    /// A whole number from 0.
    Size,
}

/// The largest count that a key takes.
pub(crate) const MOST: usize = 65_535;

/// Layers of a network, and of its file.
pub(crate) const MOST_LAYERS: usize = 256;

/// The key that every kind has: the channels of the frames that the layer takes.
pub(crate) const IN: Key = Key {
    name: "in",
    doc: "the channels of its input",
    takes: Takes::OptionalCount,
    aliases: &["in_channels", "in_features", "inputs", "channels"],
};

/// The kind of that name.
pub(crate) fn kind(name: &Ident) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| name == kind.name)
}

/// Whether layers of that kind have weights.
pub(crate) fn is_weighted(name: &Ident) -> bool {
    kind(name).is_some_and(|kind| kind.role == Role::Weighted)
}

/// The kinds that can be flags of a weighted layer.
pub(crate) fn activations() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| matches!(kind.role, Role::Activation(_)))
}

/// A layer whose shape is proven. A kind implements this once, and every pass asks here.
pub(crate) trait Layer {
    /// Channels of an input frame.
    fn inputs(&self) -> usize;
    /// Channels of an output frame.
    fn outputs(&self) -> usize;

    fn timing(&self) -> Timing {
        Timing { past: 0, first: 0, stride: 1 }
    }

    /// Multiply-accumulates of one answer.
    fn macs(&self) -> usize {
        0
    }

    /// What it is to give four answers at once instead of one by one.
    fn at_once(&self) -> AtOnce {
        AtOnce { saved: 0, copied: 0 }
    }

    /// The tensors that it needs from the weights file.
    fn tensors(&self) -> Vec<Shape> {
        Vec::new()
    }

    /// The type and the value of the layer's `static`, from the path of the runtime and the tensors that it needs in
    /// their order.
    fn weights(
        &self,
        _krate: &TokenStream,
        _tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        None
    }

    /// What the layer keeps from push to push.
    fn state(&self) -> Option<State> {
        None
    }

    /// The activation that ends the layer.
    fn activation(&self) -> Option<Activation> {
        None
    }

    /// Its line in `push`: an expression of `frame`. Where a layer has an activation of its own, `activation` is that.
    fn push(&self, names: &Names<'_>) -> TokenStream;

    /// Its line in `push_block`, where it has weights: the same of several `frames`, whose answers find `room`.
    fn push_block(&self, _names: &Names<'_>, _room: &Ident) -> TokenStream {
        TokenStream::new()
    }

    /// What the table of layers says of it beside its shape and its costs.
    fn summary(&self) -> Summary;
}

/// What a layer's line in `push` is made of.
pub(crate) struct Names<'a> {
    pub(crate) frame: &'a Ident,
    pub(crate) frames: &'a Ident,
    /// The activation for the sums at hand, an expression.
    pub(crate) activation: &'a TokenStream,
    pub(crate) state: &'a TokenStream,
    pub(crate) weights: &'a TokenStream,
}

/// When a layer answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Timing {
    /// Input frames before the newest one that an answer depends on.
    pub(crate) past: usize,
    /// The first input frame that is answered, counted from 0.
    pub(crate) first: usize,
    /// From there, one answer for so many input frames.
    pub(crate) stride: usize,
}

impl Timing {
    /// Whether the layer counts pushes, because it does not answer all.
    pub(crate) fn is_scheduled(self) -> bool {
        self.first > 0 || self.stride > 1
    }
}

/// Four answers at once instead of one by one.
pub(crate) struct AtOnce {
    /// Instructions that an answer takes less, about, on a Cortex-M7.
    pub(crate) saved: isize,
    /// Numbers that are copied to the stack.
    pub(crate) copied: usize,
}

/// A field of the network.
pub(crate) struct State {
    /// A type of the runtime that has `new` and `reset`.
    pub(crate) name: &'static str,
    /// Its const arguments.
    pub(crate) arguments: Vec<usize>,
    pub(crate) bytes: usize,
    /// What it holds, for the field's documentation.
    pub(crate) doc: String,
}

/// A tensor that a layer needs from the weights file.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) dimensions: Vec<Dimension>,
    /// Dimensions that hold the same numbers in the same order, as another layer of the framework saves them.
    pub(crate) also: Option<Vec<usize>>,
}

/// One dimension of a tensor, and the key that the user writes to make it so.
pub(crate) struct Dimension {
    pub(crate) name: &'static str,
    pub(crate) length: usize,
    pub(crate) key: &'static str,
}

/// What the table of layers says of a layer beside its shape.
pub(crate) struct Summary {
    pub(crate) taps: Option<usize>,
    pub(crate) dilation: Option<usize>,
    /// The rest, as the user would write it.
    pub(crate) flags: Vec<String>,
}
