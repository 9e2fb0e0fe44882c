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
/// The state takes 8 bytes of RAM, the weights 312 bytes of flash.
///
/// Frames and weights are 16-bit integers. A number of an input frame stands for itself times 3.0517578e-5, one of an output frame for itself times 6.771049e-5. Values may be 1.25 times as large as in the frames from which the scales come; larger ones saturate.
///
/// What the outputs lose is known. Over 12 frames, they have 83.6 dB of signal to noise against those of the network in floating point, and the largest difference is 0.00016556827 (2 steps).
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
    pub const WEIGHT_BYTES: ::core::primitive::usize = 312;
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
        use ::streaming_net::__private::integer::lookup;
        let __conv1 = integers_weights::CONV1.push(&mut self.conv1, __frame);
        let __conv1_2 = lookup(&integers_weights::TABLE_1, __conv1);
        let __conv2 = integers_weights::CONV2.apply_add(__conv1_2, __conv1_2);
        let __dense3 = integers_weights::DENSE3.apply(__conv2);
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
    pub const SNR: ::core::primitive::f32 = 83.6;
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
        [[16384, -8192], [4096, 12288]],
        [16384, 16785408],
        [15, 14],
        -32768,
    );
    pub(super) static DENSE3: ::streaming_net::__private::integer::Conv<2, 1, 2> = ::streaming_net::__private::integer::Conv::new(
        [[22153, -7384]],
        [60501034],
        [14],
        0,
    );
    pub(super) static TABLE_1: ::streaming_net::__private::integer::Table<129> = ::streaming_net::__private::integer::Table {
        values: [
            -15795,
            -15757,
            -15718,
            -15676,
            -15631,
            -15584,
            -15533,
            -15480,
            -15423,
            -15363,
            -15300,
            -15232,
            -15161,
            -15085,
            -15005,
            -14920,
            -14830,
            -14735,
            -14634,
            -14528,
            -14415,
            -14296,
            -14171,
            -14038,
            -13898,
            -13751,
            -13595,
            -13432,
            -13260,
            -13078,
            -12888,
            -12688,
            -12478,
            -12258,
            -12027,
            -11785,
            -11533,
            -11269,
            -10993,
            -10706,
            -10406,
            -10095,
            -9771,
            -9435,
            -9087,
            -8726,
            -8353,
            -7968,
            -7571,
            -7163,
            -6743,
            -6312,
            -5871,
            -5420,
            -4960,
            -4490,
            -4013,
            -3528,
            -3036,
            -2539,
            -2037,
            -1532,
            -1023,
            -512,
            0,
            512,
            1023,
            1532,
            2037,
            2539,
            3036,
            3528,
            4013,
            4490,
            4960,
            5420,
            5871,
            6312,
            6743,
            7163,
            7571,
            7968,
            8353,
            8726,
            9087,
            9435,
            9771,
            10095,
            10406,
            10706,
            10993,
            11269,
            11533,
            11785,
            12027,
            12258,
            12478,
            12688,
            12888,
            13078,
            13260,
            13432,
            13595,
            13751,
            13898,
            14038,
            14171,
            14296,
            14415,
            14528,
            14634,
            14735,
            14830,
            14920,
            15005,
            15085,
            15161,
            15232,
            15300,
            15363,
            15423,
            15480,
            15533,
            15584,
            15631,
            15676,
            15718,
            15757,
            15795,
        ],
        shift: 9,
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
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/integers.json")
);
