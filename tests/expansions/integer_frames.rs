// streaming_net! {
//     /// Four frames of 16-bit integers for one.
//     #[weights = "weights/expansions/upsampled.json"]
//     #[numbers = "i16"]
//     #[calibrate = "weights/integers/pairs.json"]
//     pub struct IntegerFrames <
//         conv_transpose(k=3, in=2, out=1, stride=2, relu);
//         upsample(n=2);
//         conv(k=2, out=1, causal)
//     >
// }

/// Four frames of 16-bit integers for one.
///
/// Takes frames of 2 channels and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer             | kind                             | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-------------------|----------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv_transpose1` | `conv_transpose(stride=2, relu)` |  2 |   1 |    3 |          |       1 |       7 |                    6 |
/// |                   | `upsample(n=2)`                  |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `conv2`           | `conv(causal)`                   |  1 |   1 |    2 |        1 |       1 |       3 |                    8 |
/// | total             |                                  |    |     |      |          |       2 |      10 |                   14 |
///
/// An output depends on the newest 2 input frames. Every push returns an output. An output has 4 frames, the oldest first.
///
/// The state takes 16 bytes of RAM, the weights 40 bytes of flash.
///
/// Frames and weights are 16-bit integers. A number of an input frame stands for itself times 3.81279e-5, one of an output frame for itself times 0.00015244674. Values may be 1.25 times as large as in the frames from which the scales come; larger ones saturate.
///
/// What the outputs lose is known. Over 32 frames, they have 87.7 dB of signal to noise against those of the network in floating point, and the largest difference is 0.00021367188 (1 step).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct IntegerFrames {
    /// History of `conv_transpose1` (1 frame, 2 channels).
    conv_transpose1: ::streaming_net::__private::integer::History<2, 1, 1>,
    /// History of `conv2` (1 frame, 1 channel).
    conv2: ::streaming_net::__private::integer::History<1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl IntegerFrames {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 14;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 40;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer            kind                            in  out  taps  dilation  history  weights  multiply-accumulates\nconv_transpose1  conv_transpose(stride=2, relu)   2    1     3                  1        7                     6\n                 upsample(n=2)                    1    1                        0        0                     0\nconv2            conv(causal)                     1    1     2         1        1        3                     8\ntotal                                                                           2       10                    14";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv_transpose1: ::streaming_net::__private::integer::History::new(),
            conv2: ::streaming_net::__private::integer::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output. An output has 4 frames, the oldest first.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::i16; 2],
    ) -> ::core::option::Option<[[::core::primitive::i16; 1]; 4]> {
        use ::streaming_net::__private::integer::{joined, split, upsample};
        let __conv_transpose1 = split::<
            2,
            1,
            2,
        >(
            integer_frames_weights::CONV_TRANSPOSE1
                .push(&mut self.conv_transpose1, __frame),
        );
        let __upsample = joined::<1, 2, 2, 4>(__conv_transpose1.map(upsample::<2, 1>));
        let __conv2 = __upsample
            .map(|__upsample| {
                integer_frames_weights::CONV2.push(&mut self.conv2, __upsample)
            });
        ::core::option::Option::Some(__conv2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 2]],
        __outputs: &mut [[[::core::primitive::i16; 1]; 4]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::integer::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv_transpose1.reset();
        self.conv2.reset();
    }
}
impl ::core::default::Default for IntegerFrames {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet<::core::primitive::i16> for IntegerFrames {
    type Input = [::core::primitive::i16; 2];
    type Output = [[::core::primitive::i16; 1]; 4];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::i16; 2],
    ) -> ::core::option::Option<[[::core::primitive::i16; 1]; 4]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 2]],
        __outputs: &mut [[[::core::primitive::i16; 1]; 4]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
impl IntegerFrames {
    /// What 1 of an input frame stands for.
    pub const INPUT_SCALE: ::core::primitive::f32 = 3.81279e-5;
    /// What 1 of an output frame stands for.
    pub const OUTPUT_SCALE: ::core::primitive::f32 = 0.00015244674;
    /// Signal to noise in dB against the network in floating point.
    ///
    /// Measured over 32 frames while compiling.
    pub const SNR: ::core::primitive::f32 = 87.7;
    /// The largest difference of an output from that of the network in floating point.
    ///
    /// Measured over 32 frames while compiling.
    pub const WORST: ::core::primitive::f32 = 0.00021367188;
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
mod integer_frames_weights {
    pub(super) static CONV_TRANSPOSE1: ::streaming_net::__private::integer::Conv<
        4,
        2,
        6,
    > = ::streaming_net::__private::integer::Conv::new(
        [[0, 21876, 5469, 0], [0, 0, 21876, 10938]],
        [143454498, 286908997],
        [15, 16],
        0,
    );
    pub(super) static CONV2: ::streaming_net::__private::integer::Conv<2, 1, 2> = ::streaming_net::__private::integer::Conv::new(
        [[24552, -24552]],
        [8192],
        [14],
        -32768,
    );
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::conv_transpose as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::upsample as kind;
            let _ = kind::ARGUMENTS.n;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
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
        "/weights/expansions/upsampled.json"))
    );
    /// Cargo rebuilds when this file changes.
    const _: &[::core::primitive::u8] = ::core::include_bytes!(
        ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/integers/pairs.json")
    );
};
