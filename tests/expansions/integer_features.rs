// streaming_net! {
//     /// A convolution over time and features in 16-bit integers.
//     #[weights = "weights/expansions/integer_features.json"]
//     #[numbers = "i16"]
//     #[calibrate = "weights/integers/triples.json"]
//     pub struct IntegerFeatures <
//         conv2d(k=2, features=3, feature_k=2, in=3, out=2, causal, relu)
//     >
// }

/// A convolution over time and features in 16-bit integers.
///
/// Takes frames of 3 channels and gives frames of 4 channels, one [`push`](Self::push) at a time.
///
/// | layer     | kind                                            | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-----------|-------------------------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv2d1` | `conv2d(features=3, feature_k=2, causal, relu)` |  3 |   4 |    2 |        1 |       1 |      10 |                   16 |
/// | total     |                                                 |    |     |      |          |       1 |      10 |                   16 |
///
/// An output depends on the newest 2 input frames. Every push returns an output.
///
/// The state takes 12 bytes of RAM, the weights 28 bytes of flash.
///
/// Frames and weights are 16-bit integers. A number of an input frame stands for itself times 3.8002014e-5, one of an output frame for itself times 4.8538208e-5. Values may be 1.25 times as large as in the frames from which the scales come; larger ones saturate.
///
/// What the outputs lose is known. Over 32 frames, they have 89.5 dB of signal to noise against those of the network in floating point, and the largest difference is 6.828482e-5 (1 step).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct IntegerFeatures {
    /// History of `conv2d1` (1 frame, 3 channels).
    conv2d1: ::streaming_net::__private::integer::History<3, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl IntegerFeatures {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 3;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 4;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 16;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 28;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer    kind                                           in  out  taps  dilation  history  weights  multiply-accumulates\nconv2d1  conv2d(features=3, feature_k=2, causal, relu)   3    4     2         1        1       10                    16\ntotal                                                                                  1       10                    16";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv2d1: ::streaming_net::__private::integer::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::i16; 3],
    ) -> ::core::option::Option<[::core::primitive::i16; 4]> {
        let __conv2d1 = integer_features_weights::CONV2D1
            .push(&mut self.conv2d1, __frame);
        ::core::option::Option::Some(__conv2d1)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 3]],
        __outputs: &mut [[::core::primitive::i16; 4]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::integer::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv2d1.reset();
    }
}
impl ::core::default::Default for IntegerFeatures {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet<::core::primitive::i16> for IntegerFeatures {
    type Input = [::core::primitive::i16; 3];
    type Output = [::core::primitive::i16; 4];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::i16; 3],
    ) -> ::core::option::Option<[::core::primitive::i16; 4]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 3]],
        __outputs: &mut [[::core::primitive::i16; 4]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
impl IntegerFeatures {
    /// What 1 of an input frame stands for.
    pub const INPUT_SCALE: ::core::primitive::f32 = 3.8002014e-5;
    /// What 1 of an output frame stands for.
    pub const OUTPUT_SCALE: ::core::primitive::f32 = 4.8538208e-5;
    /// Signal to noise in dB against the network in floating point.
    ///
    /// Measured over 32 frames while compiling.
    pub const SNR: ::core::primitive::f32 = 89.5;
    /// The largest difference of an output from that of the network in floating point.
    ///
    /// Measured over 32 frames while compiling.
    pub const WORST: ::core::primitive::f32 = 6.828482e-5;
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
mod integer_features_weights {
    pub(super) static CONV2D1: ::streaming_net::__private::integer::Conv2d<
        4,
        2,
        6,
        2,
        3,
        2,
        1,
        1,
        0,
        false,
        4,
    > = ::streaming_net::__private::integer::Conv2d::new(
        [[12828, 25655, 0, -12828], [-6414, 0, 19241, 6414]],
        [84403513, 16384],
        [15, 15],
        0,
    );
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::conv2d as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.features;
            let _ = kind::ARGUMENTS.feature_k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
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
        "/weights/expansions/integer_features.json"))
    );
    /// Cargo rebuilds when this file changes.
    const _: &[::core::primitive::u8] = ::core::include_bytes!(
        ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/integers/triples.json")
    );
};
