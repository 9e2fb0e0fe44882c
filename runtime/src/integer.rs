//! Networks of 16-bit integers: frames and weights are `i16`, sums are `i32`.
//!
//! A value is `integer * scale`; the scales are known when the network is compiled, and no instruction here knows them.
//! `docs/book/src/integers.md` has the formulas. Every function gives the same bits on every core.

mod blocks;
mod combine;
mod conv;
mod conv2d;
mod feature_pool;
mod fine;
mod flatten;
mod frames;
mod history;
mod kernel;
mod limits;
mod norm;
mod output;
mod padded_pool;
mod pool;
mod recorded;
mod recurrent;
mod residual;
mod ring;
mod scale;
mod softmax;
mod table;
mod walk;
mod wide;

pub use self::blocks::{
    Buffer, add_block, clip_block, for_each_block, frame_by_frame, join_blocks, leaky_block,
    lookup_block, map_block, write_outputs, zeros,
};
pub use self::combine::{add, blend, concat, gather, maximum, minimum, multiply, slice, subtract};
pub use self::conv::{Conv, GroupedConv, Last, Skips, Sums};
pub use self::conv2d::{Conv2d, DepthwiseConv2d};
pub use self::feature_pool::{feature_max, feature_mean, feature_min, feature_sum};
pub use self::fine::{copy_block, extend, extend_block, round, round_block};
pub use self::flatten::{Delay, Flatten};
pub use self::frames::{joined, split, upsample, zip_three_frames};
pub use self::history::{DelayLine, History, Past, ScheduledHistory};
pub use self::limits::{clip, leaky, prelu};
pub use self::norm::{Norm, normalize};
pub use self::output::Output;
pub use self::padded_pool::{
    PaddedHistory, ScheduledPaddedHistory, avg_pool, avg_pool_with_zeros, max_pool,
};
pub use self::pool::{AvgPool, AvgPoolOverlapping, MaxPool, MaxPoolOverlapping, Mean};
pub use self::recorded::IntegerRun;
pub use self::recurrent::{Functions, Gru, GruBefore, GruState, Lstm, LstmState, Rnn};
pub use self::scale::{Scale, dequantize, quantize};
pub use self::softmax::{Exponent, softmax};
pub use self::table::{Table, lookup};
pub use crate::combine::{branch, zip_frames};
pub use crate::schedule::Schedule;

/// The nearest number of 16 bits.
#[inline(always)]
pub(crate) fn saturated(number: i32) -> i16 {
    #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
    {
        number.clamp(-32_768, 32_767) as i16
    }
}
