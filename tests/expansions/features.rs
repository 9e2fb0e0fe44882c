// streaming_net! {
//     /// Windows over features, numbers that are put elsewhere, and frames that are cut off.
//     #[weights = "weights/expansions/features.json"]
//     pub struct Features <
//         max_pool2d(k=2, in=8, features=4, feature_k=2, stride=1, causal);
//         conv_transpose2d(features=2, feature_k=2, feature_stride=2, out=1);
//         difference < | reduce_max(); expand(features=4) >;
//         slice(start=0, out=2, step=2);
//         conv_transpose(k=3, out=1, stride=2, pad=1)
//     >
// }

/// Windows over features, numbers that are put elsewhere, and frames that are cut off.
///
/// Takes frames of 8 channels and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer               | kind                                                          | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------------------|---------------------------------------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `max_pool1`         | `max_pool2d(k=2, stride=1, features=4, feature_k=2, causal)`  |  8 |   4 |      |          |       1 |       0 |                    0 |
/// | `conv_transpose2d1` | `conv_transpose2d(features=2, feature_k=2, feature_stride=2)` |  4 |   4 |      |          |       0 |       5 |                    8 |
/// |                     | · `reduce_max()`                                              |  4 |   1 |      |          |       0 |       0 |                    0 |
/// |                     | · `expand(features=4)`                                        |  1 |   4 |      |          |       0 |       0 |                    0 |
/// | `difference1`       | `difference()`                                                |  4 |   4 |      |          |       0 |       0 |                    0 |
/// |                     | `slice(start=0, step=2)`                                      |  4 |   2 |      |          |       0 |       0 |                    0 |
/// | `conv_transpose2`   | `conv_transpose(stride=2, pad=1)`                             |  2 |   1 |    3 |          |       1 |       7 |                    6 |
/// | total               |                                                               |    |     |      |          |       2 |      12 |                   14 |
///
/// An output depends on the newest 3 input frames. The first push returns `None`, every later push an output. An output has 2 frames, the oldest first. An output belongs to the frame before the newest.
///
/// The state takes 40 bytes of RAM, the weights 48 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Features {
    /// History of `max_pool1` (1 frame, 4 channels).
    max_pool1: ::streaming_net::__private::PaddedHistory<4, 1, 1>,
    /// History of `conv_transpose2` (1 frame, 2 channels) and its output schedule.
    conv_transpose2: ::streaming_net::__private::ScheduledHistory<2, 1, 1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Features {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 8;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 14;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 48;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer              kind                                                         in  out  taps  dilation  history  weights  multiply-accumulates\nmax_pool1          max_pool2d(k=2, stride=1, features=4, feature_k=2, causal)    8    4                        1        0                     0\nconv_transpose2d1  conv_transpose2d(features=2, feature_k=2, feature_stride=2)   4    4                        0        5                     8\n                   · reduce_max()                                                4    1                        0        0                     0\n                   · expand(features=4)                                          1    4                        0        0                     0\ndifference1        difference()                                                  4    4                        0        0                     0\n                   slice(start=0, step=2)                                        4    2                        0        0                     0\nconv_transpose2    conv_transpose(stride=2, pad=1)                               2    1     3                  1        7                     6\ntotal                                                                                                          2       12                    14";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_pool1: ::streaming_net::__private::PaddedHistory::new(),
            conv_transpose2: ::streaming_net::__private::ScheduledHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, every later push an output. An output has 2 frames, the oldest first. An output belongs to the frame before the newest.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 8],
    ) -> ::core::option::Option<[[::core::primitive::f32; 1]; 2]> {
        use ::streaming_net::__private::{
            feature_max, linear, max_pool, strided, subtract,
        };
        let __max_pool1 = feature_max::<2, 2, 2, 0, 8, 4>(__frame);
        let __max_pool1_2 = max_pool(&mut self.max_pool1, __max_pool1);
        let __conv_transpose2d1 = features_weights::CONV_TRANSPOSE2D1
            .apply(__max_pool1_2, linear);
        let __reduce_max = feature_max::<1, 4, 4, 0, 4, 1>(__conv_transpose2d1);
        let __slice = strided::<
            4,
            2,
        >(
            subtract(
                __conv_transpose2d1,
                strided::<1, 4>(__reduce_max, 0, [(1, 0), (1, 0), (1, 0), (4, 0)]),
            ),
            0,
            [(1, 0), (1, 0), (1, 0), (2, 2)],
        );
        let __conv_transpose2 = features_weights::CONV_TRANSPOSE2
            .push(&mut self.conv_transpose2, __slice, linear)?;
        ::core::option::Option::Some(__conv_transpose2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 8]],
        __outputs: &mut [[[::core::primitive::f32; 1]; 2]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.max_pool1.reset();
        self.conv_transpose2.reset();
    }
}
impl ::core::default::Default for Features {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Features {
    type Input = [::core::primitive::f32; 8];
    type Output = [[::core::primitive::f32; 1]; 2];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 8],
    ) -> ::core::option::Option<[[::core::primitive::f32; 1]; 2]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 8]],
        __outputs: &mut [[[::core::primitive::f32; 1]; 2]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod features_weights {
    pub(super) static CONV_TRANSPOSE2D1: ::streaming_net::__private::ConvTranspose2d<
        1,
        2,
        2,
        1,
        1,
        2,
        1,
        0,
        4,
    > = ::streaming_net::__private::ConvTranspose2d {
        kernel: [[[[1.0], [0.0]], [[0.0], [1.0]]]],
        bias: [0.5],
    };
    pub(super) static CONV_TRANSPOSE2: ::streaming_net::__private::ConvTranspose<
        3,
        2,
        1,
        2,
        [::core::primitive::f32; 1],
        1,
    > = ::streaming_net::__private::ConvTranspose {
        kernel: [[[1.0], [0.0]], [[0.0], [1.0]], [[1.0], [1.0]]],
        bias: [0.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::max_pool2d as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.features;
            let _ = kind::ARGUMENTS.feature_k;
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::conv_transpose2d as kind;
            let _ = kind::ARGUMENTS.features;
            let _ = kind::ARGUMENTS.feature_k;
            let _ = kind::ARGUMENTS.feature_stride;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::reduce_max as kind;
        }
        {
            use ::streaming_net::__private::editor::expand as kind;
            let _ = kind::ARGUMENTS.features;
        }
        {
            use ::streaming_net::__private::editor::difference as kind;
        }
        {
            use ::streaming_net::__private::editor::slice as kind;
            let _ = kind::ARGUMENTS.start;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.step;
        }
        {
            use ::streaming_net::__private::editor::conv_transpose as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.pad;
        }
    }
};
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    /// Cargo rebuilds when this file changes: `env!` reads it as its error message, which is never shown.
    #[cfg(not(rust_analyzer))]
    const _: &::core::primitive::str = ::core::env!(
        "CARGO_MANIFEST_DIR",
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/expansions/features.json"))
    );
};
