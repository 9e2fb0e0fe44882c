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
mod flatten;
mod global_avg;
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
    add_block, for_each_block, for_each_run, frame_by_frame, join_blocks, map_block, write_outputs,
};
pub use combine::{add, blend, branch, concat, multiply, slice, zip_frames};
pub use conv::{Bias, Conv, NoBias};
pub use conv_transpose::ConvTranspose;
pub use conv2d::{Conv2d, DepthwiseConv2d};
pub use delay::Delay;
pub use delay_line::{DelayLine, Past};
pub use flatten::Flatten;
pub use global_avg::GlobalAvg;
pub use grouped_conv::GroupedConv;
pub use history::History;
pub use layer_norm::LayerNorm;
pub use net::{Answer, StreamingNet};
pub use onto::{First, Mixed, Tap};
pub use pool::{
    AvgPool, AvgPoolOverlapping, LongAvgPool, LongAvgPoolOverlapping, LongMean, Max, MaxPool,
    MaxPoolOverlapping, Mean, Pool, PoolOverlapping, Reduction,
};
pub use prelu::Prelu;
pub use recorded::{Mismatch, Run};
pub use recurrent::{Gate, Gru, GruState, Lstm, LstmState, Reset, ResetBefore};
pub use ring::Ring;
pub use schedule::{Schedule, ScheduledHistory};
pub use streaming_net_macros::streaming_net;
pub use upsample::{joined, upsample};

/// What only expansions of the macro use. It changes with the macro, whose version is the same.
#[doc(hidden)]
pub mod __private {
    pub use crate::*;
}
