// streaming_net! {
//     /// Probabilities in 16-bit integers.
//     #[weights = "weights/expansions/classifier.json"]
//     #[numbers(i16, input = 1.0)]
//     #[calibrate = "weights/integers/frames.json"]
//     pub struct Classifier <
//         conv(k=2, in=1, out=2, causal);
//         layer_norm(epsilon=0.001);
//         avg_pool(size=3, stride=1, causal);
//         dense(out=3, softmax)
//     >
// }

/// Probabilities in 16-bit integers.
///
/// Takes frames of 1 channel and gives frames of 3 channels, one [`push`](Self::push) at a time.
///
/// | layer         | kind                                 | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------------|--------------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`       | `conv(causal)`                       |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `layer_norm2` | `layer_norm(epsilon=0.001)`          |  2 |   2 |      |          |       0 |       9 |                    8 |
/// | `avg_pool1`   | `avg_pool(size=3, stride=1, causal)` |  2 |   2 |      |          |       2 |       0 |                    0 |
/// | `dense3`      | `dense(softmax)`                     |  2 |   3 |    1 |        1 |       0 |       9 |                    6 |
/// | total         |                                      |    |     |      |          |       3 |      24 |                   18 |
///
/// An output depends on the newest 4 input frames. Every push returns an output.
///
/// The state takes 24 bytes of RAM, the weights 72 bytes of flash.
///
/// Frames and weights are 16-bit integers. A number of an input frame stands for itself times 3.0517578e-5, one of an output frame for itself times 3.0517578e-5. Values may be 1.25 times as large as in the frames from which the scales come; larger ones saturate.
///
/// What the outputs lose is known. Over 32 frames, they have 79.7 dB of signal to noise against those of the network in floating point, and the largest difference is 0.00024537073 (8 steps).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Classifier {
    /// History of `conv1` (1 frame, 1 channel).
    conv1: ::streaming_net::__private::integer::History<1, 1, 1>,
    /// History of `avg_pool1` (2 frames, 2 channels).
    avg_pool1: ::streaming_net::__private::integer::PaddedHistory<2, 2, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Classifier {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 3;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 4;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 18;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 72;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer        kind                                in  out  taps  dilation  history  weights  multiply-accumulates\nconv1        conv(causal)                         1    2     2         1        1        6                     4\nlayer_norm2  layer_norm(epsilon=0.001)            2    2                        0        9                     8\navg_pool1    avg_pool(size=3, stride=1, causal)   2    2                        2        0                     0\ndense3       dense(softmax)                       2    3     1         1        0        9                     6\ntotal                                                                           3       24                    18";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::integer::History::new(),
            avg_pool1: ::streaming_net::__private::integer::PaddedHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::i16; 1],
    ) -> ::core::option::Option<[::core::primitive::i16; 3]> {
        use ::streaming_net::__private::integer::{
            Exponent, Norm, Scale, avg_pool, normalize, softmax,
        };
        let __conv1 = classifier_weights::CONV1.push(&mut self.conv1, __frame);
        let __layer_norm2 = normalize(
            __conv1,
            Norm {
                features: 1,
                channels: 2,
                groups: 1,
                epsilon: 1364364,
                multiplier: 3437019782,
                shift: 17,
            },
        );
        let __layer_norm2_2 = classifier_weights::LAYER_NORM2_2.apply(__layer_norm2);
        let __avg_pool1 = avg_pool(
            &mut self.avg_pool1,
            __layer_norm2_2,
            &[
                Scale {
                    multiplier: 32768,
                    shift: 0,
                },
                Scale {
                    multiplier: 21845,
                    shift: 0,
                },
            ],
        );
        let __dense3 = classifier_weights::DENSE3.apply(__avg_pool1);
        let __dense3_2 = softmax(
            __dense3,
            Exponent {
                multiplier: 40578,
                shift: 28,
            },
        );
        ::core::option::Option::Some(__dense3_2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 1]],
        __outputs: &mut [[::core::primitive::i16; 3]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::integer::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
        self.avg_pool1.reset();
    }
}
impl ::core::default::Default for Classifier {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet<::core::primitive::i16> for Classifier {
    type Input = [::core::primitive::i16; 1];
    type Output = [::core::primitive::i16; 3];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::i16; 1],
    ) -> ::core::option::Option<[::core::primitive::i16; 3]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 1]],
        __outputs: &mut [[::core::primitive::i16; 3]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
impl Classifier {
    /// What 1 of an input frame stands for.
    pub const INPUT_SCALE: ::core::primitive::f32 = 3.0517578e-5;
    /// What 1 of an output frame stands for.
    pub const OUTPUT_SCALE: ::core::primitive::f32 = 3.0517578e-5;
    /// Signal to noise in dB against the network in floating point.
    ///
    /// Measured over 32 frames while compiling.
    pub const SNR: ::core::primitive::f32 = 79.7;
    /// The largest difference of an output from that of the network in floating point.
    ///
    /// Measured over 32 frames while compiling.
    pub const WORST: ::core::primitive::f32 = 0.00024537073;
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
mod classifier_weights {
    pub(super) static CONV1: ::streaming_net::__private::integer::Conv<2, 2, 4> = ::streaming_net::__private::integer::Conv::new(
        [[9234, 18469], [-18469, 4617]],
        [16384, 302606720],
        [15, 15],
        -32768,
    );
    pub(super) static LAYER_NORM2_2: ::streaming_net::__private::integer::GroupedConv<
        2,
        2,
        4,
        1,
    > = ::streaming_net::__private::integer::GroupedConv::new(
        [[16384, 0], [21845, 0]],
        [8192, -286385538],
        [14, 16],
        -32768,
    );
    pub(super) static DENSE3: ::streaming_net::__private::integer::Conv<2, 3, 6> = ::streaming_net::__private::integer::Conv::new(
        [[17889, 8945], [-8945, 17889], [8945, -17889]],
        [16384, 39100171, -156351534],
        [15, 14, 15],
        -32768,
    );
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
        }
        {
            use ::streaming_net::__private::editor::layer_norm as kind;
            let _ = kind::ARGUMENTS.epsilon;
        }
        {
            use ::streaming_net::__private::editor::avg_pool as kind;
            let _ = kind::ARGUMENTS.size;
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.softmax;
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
        "/weights/expansions/classifier.json"))
    );
    /// Cargo rebuilds when this file changes.
    const _: &[::core::primitive::u8] = ::core::include_bytes!(
        ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/integers/frames.json")
    );
};
