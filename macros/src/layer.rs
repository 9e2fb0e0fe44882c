//! The layer kinds. [`KINDS`] is the one table of them: parsing, checks, messages, documentation and editors read
//! it.

mod activation;
mod affine;
mod arguments;
mod bias;
mod combinator;
mod conditioned;
mod conv;
mod conv2d;
mod conv_transpose;
mod delay;
mod flatten;
mod global_avg;
mod head;
mod kind;
mod layer_norm;
mod mixin;
mod pool;
mod prelu;
mod recurrent;
mod rest;
mod shape;
mod skips;
mod taps;
mod timing;
mod upsample;
mod wavenet;
mod window;

use proc_macro2::{Ident, TokenStream};

pub(crate) use self::activation::Activation;
pub(crate) use self::affine::{Affine, Side};
pub(crate) use self::arguments::{Arguments, Branch, Condition, Tap, number};
pub(crate) use self::conditioned::condition;
#[cfg(test)]
pub(crate) use self::conv::MOST_WRITTEN_OUT;
pub(crate) use self::conv::copies;
pub(crate) use self::kind::{
    Branches, Flag, IN, Key, Kind, MOST, MOST_LAYERS, Of, Outputs, Takes, Weights, activations,
    has_known_place, is_weighted, kind,
};
pub(crate) use self::rest::{Frames, Given, Rest};
pub(crate) use self::shape::{Convention, Dimension, Shape};
use self::taps::Taps;
pub(crate) use self::timing::{Timing, Unaligned};
pub(crate) use self::wavenet::write_out;
pub(crate) use self::window::LAYER;
use crate::tensor::Tensor;

/// Every layer kind, in the order in which messages list them.
pub(crate) static KINDS: &[Kind] = &[
    conv::CONV,
    conv::DEPTHWISE,
    conv::DENSE,
    combinator::RESIDUAL,
    combinator::SUM,
    combinator::PRODUCT,
    combinator::CONCAT,
    combinator::GATED,
    combinator::BLENDED,
    skips::SKIPS,
    skips::SKIP,
    head::HEAD,
    conditioned::CONDITIONED,
    mixin::MIXIN,
    wavenet::WAVENET,
    delay::DELAY,
    pool::MAX_POOL,
    pool::AVG_POOL,
    global_avg::GLOBAL_AVG,
    flatten::FLATTEN,
    upsample::UPSAMPLE,
    conv_transpose::CONV_TRANSPOSE,
    conv2d::CONV2D,
    conv2d::DEPTHWISE2D,
    recurrent::GRU,
    recurrent::LSTM,
    affine::BATCH_NORM,
    layer_norm::LAYER_NORM,
    affine::SCALE,
    affine::BIAS,
    prelu::PRELU,
    activation::LINEAR,
    activation::RELU,
    activation::RELU6,
    activation::LEAKY_RELU,
    activation::LEAKY_HARD_TANH,
    activation::ELU,
    activation::TANH,
    activation::RATIONAL_TANH,
    activation::SIGMOID,
    activation::SILU,
    activation::SELU,
    activation::SOFTSIGN,
    activation::HARD_TANH,
    activation::HARD_SIGMOID,
    activation::HARD_SWISH,
    activation::SOFTMAX,
];

/// A layer whose shape is proven. A kind implements this once, and every pass asks here.
pub(crate) trait Layer {
    /// Channels of an input frame.
    fn inputs(&self) -> usize;
    /// Channels of an output frame.
    fn outputs(&self) -> usize;

    fn timing(&self) -> Timing {
        Timing::AT_ONCE
    }

    /// Frames that it keeps from push to push.
    fn history(&self) -> usize {
        self.timing().past
    }

    /// Multiply-accumulates of one answer.
    fn macs(&self) -> usize {
        0
    }

    /// What it is to give four answers at once instead of one by one. `None` where the layer has no such way.
    fn at_once(&self) -> Option<AtOnce> {
        None
    }

    /// The convolution of several frames at once that it is, or makes of a condition or a sum.
    fn plain(&self) -> Option<Plain> {
        None
    }

    /// The tensors that it needs from the weights file, by the names and in the orders of each framework.
    fn conventions(&self) -> Vec<Convention> {
        Vec::new()
    }

    /// The numbers of the layer's `static`.
    fn numbers(&self) -> usize {
        0
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

    /// The type and the value of what the layer's state is at first, where the weights file says it.
    fn start(
        &self,
        _krate: &TokenStream,
        _tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        None
    }

    /// What the layer keeps from push to push.
    fn states(&self) -> Vec<State> {
        Vec::new()
    }

    /// The activation that ends the layer.
    fn activation(&self) -> Option<Activation> {
        None
    }

    /// The functions of the runtime that its line in `push` names, beside its activation.
    fn functions(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Where the layer is a product and a sum of every channel, whether it adds something.
    fn shifts(&self) -> Option<bool> {
        None
    }

    /// What such a layer multiplies and adds, from its tensors.
    fn affine(&self, _tensors: &[Tensor]) -> Option<Affine> {
        None
    }

    /// Makes a layer beside it part of it that is a product and, if it `shifts`, a sum of every channel. Whether that can
    /// be.
    fn absorb(&mut self, _side: Side, _shifts: bool) -> bool {
        false
    }

    /// Its tensors together with the numbers of such a layer.
    fn with(&self, tensors: Vec<Tensor>, _side: Side, _affine: &Affine) -> Vec<Tensor> {
        tensors
    }

    /// Whether the layer is the product of its input and a matrix, and nothing else.
    fn is_product(&self) -> bool {
        false
    }

    /// Makes it take the condition, of so many channels, of which a product makes its input, and what is mixed in behind
    /// it part of it.
    fn take_condition(&mut self, _channels: usize) {}

    /// Its tensors together with those of that product and of what is mixed in.
    fn with_condition(
        &self,
        tensors: Vec<Tensor>,
        _product: &[Tensor],
        _mixed: &[Tensor],
    ) -> Vec<Tensor> {
        tensors
    }

    /// Ends the layer with an activation, where it takes one and has none yet. Whether it does.
    fn end_with(&mut self, _activation: Activation) -> bool {
        false
    }

    /// The function of the runtime that the layer is of the frames of its two branches, where it is nothing else.
    fn joins(&self) -> Option<&'static str> {
        None
    }

    /// What stands before its line in `push`: names for parts of the frame.
    fn before(&self, _names: &Names<'_>) -> TokenStream {
        TokenStream::new()
    }

    /// Its line in `push`: an expression of `frame`, an `Option` where the layer is scheduled. Where a layer is an
    /// activation, that is yet to be applied; where it has branches, it is the expression of their frames.
    fn push(&self, names: &Names<'_>) -> TokenStream;

    /// Its line in `push_block`, where it has weights: the same of several `frames`, whose answers find `room`.
    fn push_block(&self, _names: &Names<'_>, _room: &Ident) -> TokenStream {
        TokenStream::new()
    }

    /// The channels that the layer adds to the sum of the `skips` around it, where it does.
    fn tap(&self) -> Option<usize> {
        None
    }

    /// Where what the layer adds to that sum is made of the sum so far, in whose place it is: the timing of that.
    fn gathered(&self) -> Option<Timing> {
        None
    }

    /// Whether the layer sees the condition of the layers around it.
    fn mixes(&self) -> bool {
        false
    }

    /// Makes a tap wait so many pushes for later ones.
    fn wait(&mut self, _pushes: usize) {}

    /// How many pushes the answer of each of its branches, or of its taps, waits for the latest one.
    fn delays(&self) -> &[usize] {
        &[]
    }

    /// What it comes to where it has been given the same at every push, forever.
    fn rest(&self, given: &Given<'_>) -> Rest;

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
    /// The frames of its branches, expressions.
    pub(crate) branches: &'a [TokenStream],
}

/// A convolution without groups that answers every push.
pub(crate) struct Plain {
    pub(crate) inputs: usize,
    pub(crate) dilation: usize,
    /// Frames that it keeps.
    pub(crate) past: usize,
}

/// Four answers at once instead of one by one.
pub(crate) struct AtOnce {
    /// Instructions that an answer takes less, about, on a Cortex-M7.
    pub(crate) saved: isize,
    /// Whether frames are copied to the stack.
    pub(crate) is_copied: bool,
    /// Numbers that are, beside all that the layer takes if it has no stride.
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
    /// The place of the branch that it delays, where a layer keeps something for several.
    pub(crate) branch: Option<usize>,
}

/// What the table of layers says of a layer beside its shape.
#[derive(Default)]
pub(crate) struct Summary {
    pub(crate) taps: Option<usize>,
    pub(crate) dilation: Option<usize>,
    /// The rest, as the user would write it.
    pub(crate) flags: Vec<String>,
}
