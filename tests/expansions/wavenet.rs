// streaming_net! {
//     /// Two dilated layers, the sum of what each gives, and an end that nothing depends on.
//     #[weights = "weights/expansions/wavenet.json"]
//     pub struct Wavenet < wavenet(channels=1, k=2, dilations=[1, 2], skip=1, gated, causal) >
// }

/// Two dilated layers, the sum of what each gives, and an end that nothing depends on.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer    | kind                       | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |----------|----------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`  | · · `conv(causal)`         |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `gated1` | · · `gated()`              |  2 |   1 |      |          |       0 |       0 |                    0 |
/// | `skip2`  | · · `skip(out=1)`          |  1 |   1 |      |          |       0 |       2 |                    1 |
/// | `dense3` | · · `dense()`              |  1 |   1 |    1 |        1 |       0 |       2 |                    1 |
/// | `block1` | · `residual()`             |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `conv4`  | · · `conv(causal)`         |  1 |   2 |    2 |        2 |       2 |       6 |                    4 |
/// | `gated2` | · · `gated()`              |  2 |   1 |      |          |       0 |       0 |                    0 |
/// | `skip5`  | · · `skip(out=1)`          |  1 |   1 |      |          |       0 |       2 |                    1 |
/// |          | · · `dense()`, not needed  |  1 |   1 |    1 |        1 |       0 |       0 |                    0 |
/// |          | · `residual()`, not needed |  1 |   1 |      |          |       0 |       0 |                    0 |
/// |          | `skips()`                  |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | total    |                            |    |     |      |          |       3 |      18 |                   11 |
///
/// An output depends on the newest 4 input frames. Every push returns an output.
///
/// The state takes 20 bytes of RAM, the weights 72 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Wavenet {
    /// History of `conv1` (1 frame, 1 channel).
    conv1: ::streaming_net::History<1, 1, 1>,
    /// History of `conv4` (2 frames, 1 channel).
    conv4: ::streaming_net::History<1, 1, 2>,
}
impl Wavenet {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 4;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 11;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 72;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer   kind                      in  out  taps  dilation  history  weights  multiply-accumulates\nconv1   · · conv(causal)           1    2     2         1        1        6                     4\ngated1  · · gated()                2    1                        0        0                     0\nskip2   · · skip(out=1)            1    1                        0        2                     1\ndense3  · · dense()                1    1     1         1        0        2                     1\nblock1  · residual()               1    1                        0        0                     0\nconv4   · · conv(causal)           1    2     2         2        2        6                     4\ngated2  · · gated()                2    1                        0        0                     0\nskip5   · · skip(out=1)            1    1                        0        2                     1\n        · · dense(), not needed    1    1     1         1        0        0                     0\n        · residual(), not needed   1    1                        0        0                     0\n        skips()                    1    1                        0        0                     0\ntotal                                                            3       18                    11";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::History::new(),
            conv4: ::streaming_net::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{activate, add, halves, linear, multiply, sigmoid, tanh};
        let frame = {
            let mut skips;
            let block = {
                let frame = wavenet_weights::CONV1.push(&mut self.conv1, frame, linear);
                let (first, second) = halves::<2, 1>(frame);
                let frame = multiply(activate(first, tanh), activate(second, sigmoid));
                skips = wavenet_weights::SKIP2.apply(frame, linear);
                frame
            };
            let frame = wavenet_weights::DENSE3.apply_onto(block, frame, linear);
            let frame = wavenet_weights::CONV4.push(&mut self.conv4, frame, linear);
            let (first, second) = halves::<2, 1>(frame);
            let frame = multiply(activate(first, tanh), activate(second, sigmoid));
            skips = add(skips, wavenet_weights::SKIP5.apply(frame, linear));
            skips
        };
        ::core::option::Option::Some(frame)
    }
    /// Pushes several frames, writes their outputs to the start of `answers` and returns how many it wrote. The
    /// outputs are bit for bit those of [`push`](Self::push). If `answers` is too short, the remaining outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        frames: &[[f32; 1]],
        answers: &mut [[f32; 1]],
    ) -> usize {
        ::streaming_net::one_by_one(self, frames, answers)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
        self.conv4.reset();
    }
}
impl ::core::default::Default for Wavenet {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Wavenet {
    type Input = [f32; 1];
    type Output = [f32; 1];
    const INPUTS: usize = Self::INPUTS;
    const OUTPUTS: usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: usize = Self::RECEPTIVE_FIELD;
    const MACS: usize = Self::MACS;
    const STATE_BYTES: usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: usize = Self::WEIGHT_BYTES;
    fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        Self::push(self, frame)
    }
    fn push_block(&mut self, frames: &[[f32; 1]], answers: &mut [[f32; 1]]) -> usize {
        Self::push_block(self, frames, answers)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod wavenet_weights {
    pub(super) static CONV1: ::streaming_net::Conv<2, 1, 2> = ::streaming_net::Conv {
        kernel: [[[1.0, 0.0]], [[2.0, 1.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static SKIP2: ::streaming_net::Conv<1, 1, 1> = ::streaming_net::Conv {
        kernel: [[[2.0]]],
        bias: [1.0],
    };
    pub(super) static DENSE3: ::streaming_net::Conv<1, 1, 1> = ::streaming_net::Conv {
        kernel: [[[3.0]]],
        bias: [0.0],
    };
    pub(super) static CONV4: ::streaming_net::Conv<2, 1, 2> = ::streaming_net::Conv {
        kernel: [[[1.0, 1.0]], [[0.0, 2.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static SKIP5: ::streaming_net::Conv<1, 1, 1> = ::streaming_net::Conv {
        kernel: [[[-1.0]]],
        bias: [0.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::wavenet as kind;
            let _ = kind::ARGUMENTS.channels;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.dilations;
            let _ = kind::ARGUMENTS.skip;
            let _ = kind::ARGUMENTS.gated;
            let _ = kind::ARGUMENTS.causal;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/wavenet.json")
);
