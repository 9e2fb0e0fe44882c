// streaming_net! {
//     /// Two dilated convolutions that answer every push.
//     #[weights = "weights/expansions/causal.json"]
//     pub struct Causal <
//         conv(k=2, in=1, out=2, causal, tanh);
//         conv(k=2, out=1, dilation=8, causal, leaky_relu=0.1)
//     >
// }

/// Two dilated convolutions that answer every push.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer   | kind                           | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------|--------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1` | `conv(causal, tanh)`           |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `conv2` | `conv(causal, leaky_relu=0.1)` |  2 |   1 |    2 |        8 |       8 |       5 |                    4 |
/// | total   |                                |    |     |      |          |       9 |      11 |                    8 |
///
/// An output depends on the newest 10 input frames. Every push returns an output.
///
/// The state takes 76 bytes of RAM, the weights 44 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Causal {
    /// History of `conv1` (1 frame, 1 channel).
    conv1: ::streaming_net::History<1, 1, 1>,
    /// History of `conv2` (8 frames, 2 channels).
    conv2: ::streaming_net::History<2, 1, 8>,
}
impl Causal {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 10;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 44;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer  kind                          in  out  taps  dilation  history  weights  multiply-accumulates\nconv1  conv(causal, tanh)             1    2     2         1        1        6                     4\nconv2  conv(causal, leaky_relu=0.1)   2    1     2         8        8        5                     4\ntotal                                                               9       11                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::History::new(),
            conv2: ::streaming_net::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{leaky_relu, tanh};
        let frame = causal_weights::CONV1.push(&mut self.conv1, frame, tanh);
        let frame = causal_weights::CONV2.push(&mut self.conv2, frame, leaky_relu(0.1));
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
        self.conv2.reset();
    }
}
impl ::core::default::Default for Causal {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Causal {
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
mod causal_weights {
    pub(super) static CONV1: ::streaming_net::Conv<2, 1, 2> = ::streaming_net::Conv {
        kernel: [[[0.5, -0.25]], [[1.0, 0.75]]],
        bias: [0.125, 0.0],
    };
    pub(super) static CONV2: ::streaming_net::Conv<2, 2, 1> = ::streaming_net::Conv {
        kernel: [[[0.5], [-1.5]], [[3.1415927], [1e-20]]],
        bias: [-0.5],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.tanh;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.leaky_relu;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/causal.json")
);
