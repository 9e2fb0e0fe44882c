// streaming_net! {
//     /// Four frames for one.
//     #[weights = "weights/expansions/upsampled.json"]
//     pub struct Upsampled <
//         conv_transpose(k=3, in=2, out=1, stride=2, relu);
//         upsample(n=2);
//         conv(k=2, out=1, causal)
//     >
// }

/// Four frames for one.
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
/// The state takes 20 bytes of RAM, the weights 40 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Upsampled {
    /// History of `conv_transpose1` (1 frame, 2 channels).
    conv_transpose1: ::streaming_net::History<2, 1, 1>,
    /// History of `conv2` (1 frame, 1 channel).
    conv2: ::streaming_net::History<1, 1, 1>,
}
impl Upsampled {
    /// Channels of an input frame.
    pub const INPUTS: usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 14;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 40;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer            kind                            in  out  taps  dilation  history  weights  multiply-accumulates\nconv_transpose1  conv_transpose(stride=2, relu)   2    1     3                  1        7                     6\n                 upsample(n=2)                    1    1                        0        0                     0\nconv2            conv(causal)                     1    1     2         1        1        3                     8\ntotal                                                                           2       10                    14";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv_transpose1: ::streaming_net::History::new(),
            conv2: ::streaming_net::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output. An output has 4 frames, the oldest first.
    pub fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[[f32; 1]; 4]> {
        use ::streaming_net::{joined, linear, relu, upsample};
        let frames = upsampled_weights::CONV_TRANSPOSE1
            .push(&mut self.conv_transpose1, frame, relu);
        let frames = joined(
            frames
                .map(|frame| {
                    let frames = upsample::<2, 1>(frame);
                    frames
                        .map(|frame| {
                            upsampled_weights::CONV2.push(&mut self.conv2, frame, linear)
                        })
                }),
        );
        ::core::option::Option::Some(frames)
    }
    /// Pushes several frames, writes their outputs to the start of `answers` and returns how many it wrote. The
    /// outputs are bit for bit those of [`push`](Self::push). If `answers` is too short, the remaining outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        frames: &[[f32; 2]],
        answers: &mut [[[f32; 1]; 4]],
    ) -> usize {
        ::streaming_net::one_by_one(self, frames, answers)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv_transpose1.reset();
        self.conv2.reset();
    }
}
impl ::core::default::Default for Upsampled {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Upsampled {
    type Input = [f32; 2];
    type Output = [[f32; 1]; 4];
    const INPUTS: usize = Self::INPUTS;
    const OUTPUTS: usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: usize = Self::RECEPTIVE_FIELD;
    const MACS: usize = Self::MACS;
    const STATE_BYTES: usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: usize = Self::WEIGHT_BYTES;
    fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[[f32; 1]; 4]> {
        Self::push(self, frame)
    }
    fn push_block(
        &mut self,
        frames: &[[f32; 2]],
        answers: &mut [[[f32; 1]; 4]],
    ) -> usize {
        Self::push_block(self, frames, answers)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod upsampled_weights {
    pub(super) static CONV_TRANSPOSE1: ::streaming_net::ConvTranspose<3, 2, 1, 2> = ::streaming_net::ConvTranspose {
        kernel: [[[1.0], [0.0]], [[2.0], [1.0]], [[0.0], [4.0]]],
        bias: [1.0],
    };
    pub(super) static CONV2: ::streaming_net::Conv<2, 1, 1> = ::streaming_net::Conv {
        kernel: [[[1.0]], [[-1.0]]],
        bias: [0.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::conv_transpose as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::editor::upsample as kind;
            let _ = kind::ARGUMENTS.n;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/upsampled.json")
);
