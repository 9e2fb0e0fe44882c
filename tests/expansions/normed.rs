// streaming_net! {
//     /// Normalisations that become part of the convolutions, and trained slopes.
//     #[weights = "weights/expansions/normed.json"]
//     pub struct Normed <
//         conv(k=2, in=1, out=2);
//         batch_norm(epsilon=1);
//         relu();
//         batch_norm(epsilon=1);
//         conv(k=2, out=1);
//         prelu()
//     >
// }

/// Normalisations that become part of the convolutions, and trained slopes.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer    | kind                      | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |----------|---------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`  | `conv(valid, relu)`       |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `conv1`  | `batch_norm(epsilon=1.0)` |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `conv1`  | `relu()`                  |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `conv4`  | `batch_norm(epsilon=1.0)` |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `conv4`  | `conv(valid)`             |  2 |   1 |    2 |        1 |       1 |       5 |                    4 |
/// | `prelu5` | `prelu()`                 |  1 |   1 |      |          |       0 |       1 |                    0 |
/// | total    |                           |    |     |      |          |       2 |      12 |                    8 |
///
/// An output depends on the newest 3 input frames. The first 2 pushes return `None`, every later push an output.
///
/// The state takes 28 bytes of RAM, the weights 48 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Normed {
    /// History of `conv1` (1 frame, 1 channel) and its output schedule.
    conv1: ::streaming_net::ScheduledHistory<1, 1, 1, 1, 1>,
    /// History of `conv4` (1 frame, 2 channels) and its output schedule.
    conv4: ::streaming_net::ScheduledHistory<2, 1, 1, 1, 1>,
}
impl Normed {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 48;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer   kind                     in  out  taps  dilation  history  weights  multiply-accumulates\nconv1   conv(valid, relu)         1    2     2         1        1        6                     4\nconv1   batch_norm(epsilon=1.0)   2    2                        0        0                     0\nconv1   relu()                    2    2                        0        0                     0\nconv4   batch_norm(epsilon=1.0)   2    2                        0        0                     0\nconv4   conv(valid)               2    1     2         1        1        5                     4\nprelu5  prelu()                   1    1                        0        1                     0\ntotal                                                           2       12                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::ScheduledHistory::new(),
            conv4: ::streaming_net::ScheduledHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 2 pushes return `None`, every later push an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{linear, relu};
        let frame = normed_weights::CONV1.push(&mut self.conv1, frame, relu)?;
        let frame = normed_weights::CONV4.push(&mut self.conv4, frame, linear)?;
        let frame = normed_weights::PRELU5.apply(frame);
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
impl ::core::default::Default for Normed {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Normed {
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
mod normed_weights {
    pub(super) static CONV1: ::streaming_net::Conv<2, 1, 2> = ::streaming_net::Conv {
        kernel: [[[2.0, 1.0]], [[6.0, 2.0]]],
        bias: [-2.0, -0.5],
    };
    pub(super) static CONV4: ::streaming_net::Conv<2, 2, 1> = ::streaming_net::Conv {
        kernel: [[[1.0], [2.0]], [[0.0], [1.0]]],
        bias: [-5.0],
    };
    pub(super) static PRELU5: ::streaming_net::Prelu<1> = ::streaming_net::Prelu {
        alpha: [0.25],
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
        }
        {
            use ::streaming_net::editor::batch_norm as kind;
            let _ = kind::ARGUMENTS.epsilon;
        }
        {
            use ::streaming_net::editor::relu as kind;
        }
        {
            use ::streaming_net::editor::batch_norm as kind;
            let _ = kind::ARGUMENTS.epsilon;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::prelu as kind;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/normed.json")
);
