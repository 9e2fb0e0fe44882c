#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(not(feature = "cmsis-dsp"), forbid(unsafe_code))]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod activation;
mod affine;
mod block;
mod combine;
mod conv;
mod conv2d;
mod conv_transpose;
mod delay;
mod delay_line;
#[doc(hidden)]
pub mod editor;
mod feature_pool;
mod flatten;
mod gather;
mod global_avg;
mod group_norm;
mod grouped_conv;
mod history;
mod kernel;
mod layer_norm;
mod net;
mod onto;
mod pool;
mod prelu;
mod recorded;
mod recurrent;
mod ring;
mod schedule;
mod upsample;

pub use activation::{
    activate, elu, fast_sigmoid, fast_silu, fast_tanh, hard_sigmoid, hard_swish, hard_tanh,
    leaky_hard_tanh, leaky_relu, linear, rational_tanh, relu, relu6, selu, sigmoid, silu, softmax,
    softsign, tanh,
};
pub use affine::{Affine, BatchNorm};
pub use block::{
    add_block, for_each_block, for_each_run, frame_by_frame, join_blocks, map_block, scratch,
    write_outputs,
};
pub use combine::{
    add, blend, branch, concat, divide, maximum, minimum, multiply, slice, subtract, zip_frames,
};
pub use conv::{Bias, Conv, NoBias};
pub use conv_transpose::ConvTranspose;
pub use conv2d::{Conv2d, ConvTranspose2d, DepthwiseConv2d, GroupedConv2d};
pub use delay::Delay;
pub use delay_line::{DelayLine, Past};
pub use feature_pool::{
    feature_max, feature_mean, feature_mean_with_zeros, feature_min, feature_sum,
};
pub use flatten::Flatten;
pub use gather::{gather, strided};
pub use global_avg::GlobalAvg;
pub use group_norm::GroupNorm;
pub use grouped_conv::GroupedConv;
pub use history::History;
pub use layer_norm::LayerNorm;
pub use net::{Answer, StreamingNet};
pub use onto::{First, Mixed, Tap};
pub use pool::{
    AvgPool, AvgPoolOverlapping, LongAvgPool, LongAvgPoolOverlapping, LongMean, LongSum, Max,
    MaxPool, MaxPoolOverlapping, Mean, Min, Padded, PaddedHistory, Pool, PoolOverlapping,
    Reduction, ScheduledPaddedHistory, Sum, avg_pool, avg_pool_with_zeros, max_pool,
};
pub use prelu::Prelu;
pub use recorded::{Mismatch, Run};
pub use recurrent::{Gate, Gru, GruState, Lstm, LstmState, Reset, ResetBefore, Rnn, RnnState};
pub use ring::Ring;
pub use schedule::{Schedule, ScheduledHistory};
pub use streaming_net_macros::streaming_net;
pub use upsample::{joined, split, upsample};

/// What only expansions of the macro use. It changes with the macro, whose version is the same.
#[doc(hidden)]
pub mod __private {
    pub use crate::*;
}
