//! The layer kinds of the language. [`KINDS`] is the one table of them: parsing, lowering, messages, documentation and editors
//! read it. Each kind has its keys, its documentation and its operations in one file.

mod activation;
mod affine;
mod arguments;
mod bias;
mod binary;
mod combinator;
mod conv;
mod conv2d;
mod conv_transpose;
mod conv_transpose2d;
mod delay;
mod features;
mod from;
mod gather;
mod kind;
mod norm;
mod pool2d;
mod recurrent;
mod reduce;
mod skips;
mod split;
mod taps;
mod wavenet;
mod window;

pub(crate) use self::arguments::{Arguments, number};
pub(crate) use self::kind::{
    Branches, Flag, IN, Key, Kind, Outputs, Takes, Weights, activations, has_known_place,
    is_weighted, kind, meant, named,
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
    binary::DIFFERENCE,
    binary::QUOTIENT,
    binary::MINIMUM,
    binary::MAXIMUM,
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
    pool2d::MAX_POOL2D,
    pool2d::AVG_POOL2D,
    window::GLOBAL_MAX,
    window::GLOBAL_AVG,
    reduce::REDUCE_MEAN,
    reduce::REDUCE_SUM,
    reduce::REDUCE_MAX,
    reduce::REDUCE_MIN,
    gather::EXPAND,
    gather::PERMUTE,
    gather::SLICE,
    window::FLATTEN,
    delay::UPSAMPLE,
    split::SPLIT,
    split::PIXEL_SHUFFLE,
    conv_transpose::CONV_TRANSPOSE,
    conv2d::CONV2D,
    conv2d::DEPTHWISE2D,
    conv_transpose2d::CONV_TRANSPOSE2D,
    recurrent::GRU,
    recurrent::LSTM,
    recurrent::RNN,
    affine::BATCH_NORM,
    norm::LAYER_NORM,
    norm::GROUP_NORM,
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
    activation::LOG_SOFTMAX,
    activation::SOFTPLUS,
    activation::GELU,
    activation::GELU_TANH,
    activation::MISH,
    activation::LOG_SIGMOID,
    activation::THRESHOLDED_RELU,
    activation::CLIP,
    activation::EXP,
    activation::LOG,
    activation::ERF,
    activation::ABS,
    activation::SQUARE,
    activation::SQRT,
    activation::RECIPROCAL,
    activation::POWER,
];
