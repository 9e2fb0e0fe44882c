// streaming_net! {
//     /// Frames and weights of 16-bit integers, by the ranges of the recorded run.
//     #[weights = "weights/expansions/integers.json"]
//     #[numbers(i16, input = 1.0)]
//     #[budget(snr = 60)]
//     pub struct Integers <
//         conv(k=2, in=1, out=2, causal, tanh);
//         residual < conv(k=1, out=2) >;
//         dense(out=1, relu)
//     >
// }

/// Frames and weights of 16-bit integers, by the ranges of the recorded run.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer    | kind                 | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |----------|----------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`  | `conv(causal, tanh)` |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `conv2`  | · `conv()`           |  2 |   2 |    1 |        1 |       0 |       6 |                    4 |
/// | `conv2`  | `residual()`         |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `dense3` | `dense(relu)`        |  2 |   1 |    1 |        1 |       0 |       3 |                    2 |
/// | total    |                      |    |     |      |          |       1 |      15 |                   10 |
///
/// An output depends on the newest 2 input frames. Every push returns an output.
///
/// The state takes 8 bytes of RAM, the weights 568 bytes of flash.
///
/// Frames and weights are 16-bit integers. A number of an input frame stands for itself times 3.0517578e-5, one of an output frame for itself times 6.771049e-5. Values may be 1.25 times as large as in the frames from which the scales come; larger ones saturate.
///
/// What the outputs lose is known. Over 12 frames, they have 84.7 dB of signal to noise against those of the network in floating point, and the largest difference is 0.00016556827 (2 steps).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Integers {
    /// History of `conv1` (1 frame, 1 channel).
    conv1: ::streaming_net::__private::integer::History<1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Integers {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 10;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 568;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer   kind                in  out  taps  dilation  history  weights  multiply-accumulates\nconv1   conv(causal, tanh)   1    2     2         1        1        6                     4\nconv2   · conv()             2    2     1         1        0        6                     4\nconv2   residual()           2    2                        0        0                     0\ndense3  dense(relu)          2    1     1         1        0        3                     2\ntotal                                                      1       15                    10";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::integer::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::i16; 1],
    ) -> ::core::option::Option<[::core::primitive::i16; 1]> {
        use ::streaming_net::__private::integer::{add, lookup};
        let __conv1 = integers_weights::CONV1.push(&mut self.conv1, __frame);
        let __conv1_2 = lookup(&integers_weights::TABLE_1, __conv1);
        let __conv2 = integers_weights::CONV2.apply(__conv1_2);
        let __conv2_2 = add(__conv2, __conv1_2);
        let __dense3 = integers_weights::DENSE3.apply(__conv2_2);
        ::core::option::Option::Some(__dense3)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 1]],
        __outputs: &mut [[::core::primitive::i16; 1]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::integer::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
    }
}
impl ::core::default::Default for Integers {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet<::core::primitive::i16> for Integers {
    type Input = [::core::primitive::i16; 1];
    type Output = [::core::primitive::i16; 1];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::i16; 1],
    ) -> ::core::option::Option<[::core::primitive::i16; 1]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 1]],
        __outputs: &mut [[::core::primitive::i16; 1]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
impl Integers {
    /// What 1 of an input frame stands for.
    pub const INPUT_SCALE: ::core::primitive::f32 = 3.0517578e-5;
    /// What 1 of an output frame stands for.
    pub const OUTPUT_SCALE: ::core::primitive::f32 = 6.771049e-5;
    /// Signal to noise in dB against the network in floating point.
    ///
    /// Measured over 12 frames while compiling.
    pub const SNR: ::core::primitive::f32 = 84.7;
    /// The largest difference of an output from that of the network in floating point.
    ///
    /// Measured over 12 frames while compiling.
    pub const WORST: ::core::primitive::f32 = 0.00016556827;
    /// The number of an input frame that stands for `number`: the nearest, saturated.
    #[must_use]
    pub fn quantize(number: ::core::primitive::f32) -> ::core::primitive::i16 {
        ::streaming_net::__private::integer::quantize(number, Self::INPUT_SCALE)
    }
    /// What `number` of an output frame stands for.
    #[must_use]
    pub fn dequantize(number: ::core::primitive::i16) -> ::core::primitive::f32 {
        ::streaming_net::__private::integer::dequantize(number, Self::OUTPUT_SCALE)
    }
}
mod integers_weights {
    pub(super) static CONV1: ::streaming_net::__private::integer::Conv<2, 2, 4> = ::streaming_net::__private::integer::Conv::new(
        [[8192, 16384], [-8192, 24576]],
        [67125248, 32768],
        [15, 16],
        -32768,
    );
    pub(super) static CONV2: ::streaming_net::__private::integer::Conv<2, 2, 4> = ::streaming_net::__private::integer::Conv::new(
        [[16384, -8192], [8192, 24576]],
        [16384, 33570816],
        [15, 15],
        -32768,
    );
    pub(super) static DENSE3: ::streaming_net::__private::integer::Conv<2, 1, 2> = ::streaming_net::__private::integer::Conv::new(
        [[22153, -7384]],
        [60501034],
        [14],
        0,
    );
    pub(super) static TABLE_1: ::streaming_net::__private::integer::Table<257> = ::streaming_net::__private::integer::Table {
        values: [
            -15795,
            -15776,
            -15757,
            -15738,
            -15718,
            -15697,
            -15676,
            -15654,
            -15631,
            -15608,
            -15584,
            -15559,
            -15533,
            -15507,
            -15480,
            -15452,
            -15423,
            -15394,
            -15363,
            -15332,
            -15300,
            -15267,
            -15232,
            -15197,
            -15161,
            -15124,
            -15085,
            -15046,
            -15005,
            -14963,
            -14920,
            -14876,
            -14830,
            -14783,
            -14735,
            -14685,
            -14634,
            -14582,
            -14528,
            -14472,
            -14415,
            -14356,
            -14296,
            -14234,
            -14171,
            -14105,
            -14038,
            -13969,
            -13898,
            -13826,
            -13751,
            -13674,
            -13595,
            -13515,
            -13432,
            -13347,
            -13260,
            -13170,
            -13078,
            -12984,
            -12888,
            -12789,
            -12688,
            -12584,
            -12478,
            -12369,
            -12258,
            -12144,
            -12027,
            -11908,
            -11785,
            -11661,
            -11533,
            -11402,
            -11269,
            -11132,
            -10993,
            -10851,
            -10706,
            -10557,
            -10406,
            -10252,
            -10095,
            -9934,
            -9771,
            -9604,
            -9435,
            -9262,
            -9087,
            -8908,
            -8726,
            -8541,
            -8353,
            -8162,
            -7968,
            -7771,
            -7571,
            -7369,
            -7163,
            -6954,
            -6743,
            -6529,
            -6312,
            -6093,
            -5871,
            -5647,
            -5420,
            -5191,
            -4960,
            -4726,
            -4490,
            -4252,
            -4013,
            -3771,
            -3528,
            -3283,
            -3036,
            -2789,
            -2539,
            -2289,
            -2037,
            -1785,
            -1532,
            -1277,
            -1023,
            -767,
            -512,
            -256,
            0,
            256,
            512,
            767,
            1023,
            1277,
            1532,
            1785,
            2037,
            2289,
            2539,
            2789,
            3036,
            3283,
            3528,
            3771,
            4013,
            4252,
            4490,
            4726,
            4960,
            5191,
            5420,
            5647,
            5871,
            6093,
            6312,
            6529,
            6743,
            6954,
            7163,
            7369,
            7571,
            7771,
            7968,
            8162,
            8353,
            8541,
            8726,
            8908,
            9087,
            9262,
            9435,
            9604,
            9771,
            9934,
            10095,
            10252,
            10406,
            10557,
            10706,
            10851,
            10993,
            11132,
            11269,
            11402,
            11533,
            11661,
            11785,
            11908,
            12027,
            12144,
            12258,
            12369,
            12478,
            12584,
            12688,
            12789,
            12888,
            12984,
            13078,
            13170,
            13260,
            13347,
            13432,
            13515,
            13595,
            13674,
            13751,
            13826,
            13898,
            13969,
            14038,
            14105,
            14171,
            14234,
            14296,
            14356,
            14415,
            14472,
            14528,
            14582,
            14634,
            14685,
            14735,
            14783,
            14830,
            14876,
            14920,
            14963,
            15005,
            15046,
            15085,
            15124,
            15161,
            15197,
            15232,
            15267,
            15300,
            15332,
            15363,
            15394,
            15423,
            15452,
            15480,
            15507,
            15533,
            15559,
            15584,
            15608,
            15631,
            15654,
            15676,
            15697,
            15718,
            15738,
            15757,
            15776,
            15795,
        ],
        shift: 8,
    };
}
#[cfg(test)]
#[allow(clippy::large_const_arrays, reason = "recorded numbers")]
mod integers_recorded {
    pub(super) static RUN: ::streaming_net::IntegerRun<
        [::core::primitive::i16; 1],
        [::core::primitive::i16; 1],
        12,
        12,
    > = ::streaming_net::IntegerRun {
        input: [
            [0],
            [25667],
            [31909],
            [14005],
            [-14500],
            [-32031],
            [-25323],
            [551],
            [26008],
            [31782],
            [13504],
            [-14991],
        ],
        output: [
            [7133],
            [16088],
            [22559],
            [26214],
            [7601],
            [0],
            [0],
            [0],
            [16320],
            [22644],
            [26190],
            [7013],
        ],
        bound: 3,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn integers_outputs_as_recorded() -> ::core::result::Result<
    (),
    ::streaming_net::Mismatch,
> {
    integers_recorded::RUN.replay(&mut Integers::new())
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
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.tanh;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
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
        "/weights/expansions/integers.json"))
    );
};
