// streaming_net! {
//     /// A three-tap convolution and a 1x1 mixer.
//     #[weights = "weights/notebook_v4.json"]
//     pub struct Block <
//         conv(k=3, in=2, out=4, relu);
//         conv(k=1, out=5, relu)
//     >
// }

/// A three-tap convolution and a 1x1 mixer.
///
/// Takes frames of 2 channels and gives frames of 5 channels, one [`push`](Self::push) at a time.
///
/// | layer   | kind                | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------|---------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1` | `conv(valid, relu)` |  2 |   4 |    3 |        1 |       2 |      28 |                   24 |
/// | `conv2` | `conv(relu)`        |  4 |   5 |    1 |        1 |       0 |      25 |                   20 |
/// | total   |                     |    |     |      |          |       2 |      53 |                   44 |
///
/// An output depends on the newest 3 input frames. The first 2 pushes return `None`, every later push an output.
///
/// The state takes 24 bytes of RAM, the weights 212 bytes of flash.
///
/// The recorded run of 12 frames is reproduced within 1e-5 of each number, or of 1 where that is more.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Block {
    /// History of `conv1` (2 frames, 2 channels) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<2, 2, 1, 2, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Block {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 5;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 44;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 212;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind               in  out  taps  dilation  history  weights  multiply-accumulates\nconv1  conv(valid, relu)   2    4     3         1        2       28                    24\nconv2  conv(relu)          4    5     1         1        0       25                    20\ntotal                                                    2       53                    44";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 2 pushes return `None`, every later push an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 5]> {
        use ::streaming_net::__private::relu;
        let __conv1 = block_weights::CONV1.push(&mut self.conv1, __frame, relu)?;
        let __conv2 = block_weights::CONV2.apply(__conv1, relu);
        ::core::option::Option::Some(__conv2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 5]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
    }
}
impl ::core::default::Default for Block {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Block {
    type Input = [::core::primitive::f32; 2];
    type Output = [::core::primitive::f32; 5];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 5]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 5]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod block_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<3, 2, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.18940407, 0.006938696, 0.086969316, 0.32015443],
                [-0.41096127, -0.038484752, 0.31331038, -0.011399567],
            ],
            [
                [0.21257627, -0.249879, 0.1776231, -0.32037094],
                [0.16129082, -0.26330617, 0.12003279, -0.019621074],
            ],
            [
                [0.4214204, 0.51079106, -0.46706867, 0.0686931],
                [-0.07436943, -0.57593465, -0.037671804, 0.26714432],
            ],
        ],
        bias: [0.0019942299, 0.010669372, 0.08019374, 0.026548877],
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<1, 4, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.13712275, 0.25538063, -0.59575677, 0.2492727, -0.25807756],
                [0.08862901, 0.73063815, 0.06413764, 0.4974054, 0.4831047],
                [-0.4776268, -0.5693923, 0.16195184, 0.66252863, 0.5888163],
                [-0.3475265, 0.7877449, 0.32226002, 0.6049428, 0.22908735],
            ],
        ],
        bias: [0.01752238, -0.052973296, 0.0259302, -0.015953049, -0.07416262],
    };
}
#[cfg(test)]
#[allow(
    clippy::approx_constant,
    clippy::large_const_arrays,
    reason = "recorded numbers"
)]
mod block_recorded {
    pub(super) static RUN: ::streaming_net::Run<
        [::core::primitive::f32; 2],
        [::core::primitive::f32; 5],
        12,
        10,
    > = ::streaming_net::Run {
        input: [
            [0.6964692, 0.28613934],
            [0.22685145, 0.5513148],
            [0.71946895, 0.42310646],
            [0.9807642, 0.6848297],
            [0.4809319, 0.39211753],
            [0.343178, 0.7290497],
            [0.43857226, 0.059677895],
            [0.39804426, 0.7379954],
            [0.18249173, 0.17545176],
            [0.53155136, 0.53182757],
            [0.63440096, 0.8494318],
            [0.7244553, 0.6110235],
        ],
        output: [
            [0.0, 0.31180638, 0.0, 0.28677797, 0.0],
            [0.03635406, 0.13193044, 0.0, 0.14740865, 0.0],
            [0.0, 0.0, 0.0, 0.32924044, 0.0],
            [0.0, 0.11018588, 0.10735662, 0.47517008, 0.1644056],
            [0.0, 0.0, 0.0, 0.24214529, 0.0],
            [0.0, 0.0, 0.12788162, 0.25064772, 0.097695366],
            [0.0, 0.0, 0.0, 0.25191218, 0.0],
            [0.0, 0.085458845, 0.116413966, 0.23601235, 0.056551516],
            [0.007868566, 0.17693472, 0.0, 0.18013263, 0.0],
            [0.0, 0.11466688, 0.0, 0.295793, 0.0],
        ],
        tolerance: 1e-5,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn block_outputs_as_recorded() -> ::core::result::Result<(), ::streaming_net::Mismatch> {
    block_recorded::RUN.replay(&mut Block::new())
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.relu;
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
        "/weights/notebook_v4.json"))
    );
};
