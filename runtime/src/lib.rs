// The program of the README reads an ONNX model.
#![cfg_attr(any(not(doctest), feature = "onnx"), doc = include_str!("../README.md"))]
#![no_std]
#![cfg_attr(not(any(assembly, feature = "cmsis-dsp", thumb)), forbid(unsafe_code))]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod accumulator;
mod activation;
mod affine;
mod block;
mod combine;
mod conv;
mod conv2d;
mod conv_transpose;
mod delay;
mod delay_line;
mod dyn_net;
mod feature_pool;
mod flatten;
mod gather;
mod global_avg;
mod group_norm;
mod grouped_conv;
mod history;
mod integer;
mod kernel;
mod layer_norm;
mod metadata;
mod net;
mod pointwise;
mod pool;
mod prelu;
mod recorded;
mod recurrent;
mod ring;
mod schedule;
mod sealed;
mod upsample;

pub use dyn_net::DynStreamingNet;
pub use integer::IntegerRun;
pub use metadata::{Knob, Metadata};
pub use net::{Output, StreamingNet};
pub use recorded::{Mismatch, Run};
pub use streaming_net_macros::streaming_net;

/// What only expansions of the macro use: layers, their state, and functions. It may change with every version of the macro,
/// which is the version of this crate.
#[doc(hidden)]
pub mod __private {
    pub use crate::accumulator::{AccumulatorInit, ConditionSums, First};
    pub use crate::activation::{
        abs, activate, clip, elu, erf, exp, fast_gelu_tanh, fast_sigmoid, fast_silu, fast_tanh,
        gelu, gelu_tanh, hard_sigmoid, hard_swish, hard_tanh, leaky_hard_tanh, leaky_relu, linear,
        log, log_sigmoid, log_softmax, mish, power, rational_tanh, reciprocal, relu, relu6, selu,
        sigmoid, silu, softmax, softplus, softsign, sqrt, square, tanh, thresholded_relu,
    };
    pub use crate::affine::{Affine, BatchNorm};
    pub use crate::block::{
        activate_block, add_block, for_each_block, for_each_due_block, frame_by_frame, join_blocks,
        map_block, scratch, sum_blocks, write_outputs,
    };
    pub use crate::combine::{
        add, blend, branch, concat, divide, maximum, minimum, multiply, slice, subtract, zip_frames,
    };
    pub use crate::conv::{Bias, Conv, NoBias};
    pub use crate::conv_transpose::ConvTranspose;
    pub use crate::conv2d::{Conv2d, ConvTranspose2d, DepthwiseConv2d, GroupedConv2d};
    pub use crate::delay::Delay;
    pub use crate::delay_line::{DelayLine, Past};
    pub use crate::feature_pool::{
        feature_max, feature_mean, feature_mean_with_zeros, feature_min, feature_sum,
    };
    pub use crate::flatten::Flatten;
    pub use crate::gather::{gather, gather_runs, strided};
    pub use crate::global_avg::GlobalAvg;
    pub use crate::group_norm::GroupNorm;
    pub use crate::grouped_conv::GroupedConv;
    pub use crate::history::History;
    pub use crate::layer_norm::LayerNorm;
    pub use crate::pointwise::{BlockActivation, FastTanh, FewActivation, Pointwise, Tanh};
    pub use crate::pool::{
        AvgPool, AvgPoolOverlapping, LongAvgPool, LongAvgPoolOverlapping, LongMean, LongSum, Max,
        MaxPool, MaxPoolOverlapping, Mean, Min, Padded, PaddedHistory, Pool, PoolOverlapping,
        Reduction, ScheduledPaddedHistory, Sum, avg_pool, avg_pool_with_zeros, max_pool,
    };
    pub use crate::prelu::Prelu;
    pub use crate::recurrent::{
        Gates, Gru, GruState, Lstm, LstmState, ResetBefore, ResetGate, Rnn, RnnState,
    };
    pub use crate::ring::Ring;
    pub use crate::schedule::{Schedule, ScheduledHistory};
    pub use crate::upsample::{joined, split, upsample};

    /// What expansions of `#[numbers = "i16"]` use.
    pub mod integer {
        pub use crate::integer::{
            AvgPool, AvgPoolOverlapping, Buffer, Conv, Conv2d, Delay, DelayLine, DepthwiseConv2d,
            Exponent, Flatten, Functions, GroupedConv, Gru, GruBefore, GruState, History, Last,
            Lstm, LstmState, MaxPool, MaxPoolOverlapping, Mean, Norm, Output, PaddedHistory, Past,
            Rnn, Scale, Schedule, ScheduledHistory, ScheduledPaddedHistory, Skips, Sums, Table,
            add, add_block, avg_pool, avg_pool_with_zeros, blend, branch, clip, clip_block, concat,
            copy_block, dequantize, extend, extend_block, feature_max, feature_mean, feature_min,
            feature_sum, for_each_block, frame_by_frame, gather, join_blocks, joined, leaky,
            leaky_block, lookup, lookup_block, map_block, max_pool, maximum, minimum, multiply,
            normalize, prelu, quantize, round, round_block, slice, softmax, split, subtract,
            upsample, write_outputs, zeros, zip_frames, zip_three_frames,
        };
    }

    /// The words that editors show and complete inside `streaming_net!`. Only expansions with `cfg(rust_analyzer)` use
    /// them.
    #[cfg(rust_analyzer)]
    pub mod editor {
        streaming_net_macros::editor_words!();
    }
}
