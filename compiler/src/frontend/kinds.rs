//! The layer kinds of the language. [`KINDS`] is the one table of them: parsing, lowering, messages, documentation and editors
//! read it. Each kind has its keys, its documentation and its operations in one file.

mod activation;
mod affine;
mod arguments;
mod bias;
mod combinator;
mod conv;
mod conv2d;
mod conv_transpose;
mod delay;
mod from;
mod kind;
mod norm;
mod recurrent;
mod skips;
mod taps;
mod wavenet;
mod window;

pub(crate) use self::arguments::{Arguments, number};
pub(crate) use self::kind::{
    Branches, Flag, IN, Key, Kind, Outputs, Takes, Weights, activations, has_known_place,
    is_weighted, kind, named,
};
pub(crate) use self::wavenet::write_out;

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
    from::FROM,
    skips::SKIPS,
    skips::SKIP,
    skips::HEAD,
    skips::CONDITIONED,
    skips::MIXIN,
    wavenet::WAVENET,
    delay::DELAY,
    window::MAX_POOL,
    window::AVG_POOL,
    window::GLOBAL_AVG,
    window::FLATTEN,
    delay::UPSAMPLE,
    conv_transpose::CONV_TRANSPOSE,
    conv2d::CONV2D,
    conv2d::DEPTHWISE2D,
    recurrent::GRU,
    recurrent::LSTM,
    affine::BATCH_NORM,
    norm::LAYER_NORM,
    affine::SCALE,
    affine::BIAS,
    norm::PRELU,
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
