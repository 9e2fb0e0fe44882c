// streaming_net! {
//     /// Weights of zeros and factors of one, for a network that is not trained yet.
//     #[weights = zeros]
//     pub struct Zeros <
//         conv(k=2, in=1, out=2, relu);
//         layer_norm(epsilon=0.001);
//         relu();
//         batch_norm(epsilon=0);
//         lstm(units=1)
//     >
// }

/// Weights of zeros and factors of one, for a network that is not trained yet.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer         | kind                        | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------------|-----------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`       | `conv(valid, relu)`         |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `layer_norm2` | `layer_norm(epsilon=0.001)` |  2 |   2 |      |          |       0 |       5 |                    6 |
/// |               | `relu()`                    |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `batch_norm3` | `batch_norm(epsilon=0.0)`   |  2 |   2 |      |          |       0 |       4 |                    2 |
/// | `lstm4`       | `lstm()`                    |  2 |   1 |      |          |       0 |      16 |                   12 |
/// | total         |                             |    |     |      |          |       1 |      31 |                   24 |
///
/// An output depends on all input frames so far. The first push returns `None`, every later push an output.
///
/// The state takes 20 bytes of RAM, the weights 124 bytes of flash.
///
/// The network is not trained: its weights are zeros (`#[weights = zeros]`).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Zeros {
    /// History of `conv1` (1 frame, 1 channel) and its output schedule.
    conv1: ::streaming_net::ScheduledHistory<1, 1, 1, 1, 1>,
    /// State of `lstm4` (1 channel).
    lstm4: ::streaming_net::LstmState<1>,
}
impl Zeros {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of input frames that an output depends on: all.
    pub const RECEPTIVE_FIELD: usize = usize::MAX;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 24;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 124;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer        kind                       in  out  taps  dilation  history  weights  multiply-accumulates\nconv1        conv(valid, relu)           1    2     2         1        1        6                     4\nlayer_norm2  layer_norm(epsilon=0.001)   2    2                        0        5                     6\n             relu()                      2    2                        0        0                     0\nbatch_norm3  batch_norm(epsilon=0.0)     2    2                        0        4                     2\nlstm4        lstm()                      2    1                        0       16                    12\ntotal                                                                  1       31                    24";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::ScheduledHistory::new(),
            lstm4: ::streaming_net::LstmState::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, every later push an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{activate, linear, relu};
        let frame = ::core::hint::black_box(&zeros_weights::CONV1)
            .push(&mut self.conv1, frame, relu)?;
        let frame = ::core::hint::black_box(&zeros_weights::LAYER_NORM2).apply(frame);
        let frame = activate(frame, relu);
        let frame = ::core::hint::black_box(&zeros_weights::BATCH_NORM3)
            .apply(frame, linear);
        let frame = ::core::hint::black_box(&zeros_weights::LSTM4)
            .push(&mut self.lstm4, frame);
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
        self.lstm4.reset();
    }
}
impl ::core::default::Default for Zeros {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Zeros {
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
mod zeros_weights {
    pub(super) static CONV1: ::streaming_net::Conv<2, 1, 2> = ::streaming_net::Conv {
        kernel: [[[0.0, 0.0]], [[0.0, 0.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static LAYER_NORM2: ::streaming_net::LayerNorm<2> = ::streaming_net::LayerNorm {
        gamma: [1.0, 1.0],
        beta: [0.0, 0.0],
        epsilon: 0.001,
    };
    pub(super) static BATCH_NORM3: ::streaming_net::Affine<2> = ::streaming_net::Affine {
        scale: [1.0, 1.0],
        shift: [0.0, 0.0],
    };
    pub(super) static LSTM4: ::streaming_net::Lstm<2, 1> = ::streaming_net::Lstm {
        input: ::streaming_net::Gate {
            kernel: [[0.0], [0.0]],
            recurrent_kernel: [[0.0]],
            bias: [0.0],
        },
        forget: ::streaming_net::Gate {
            kernel: [[0.0], [0.0]],
            recurrent_kernel: [[0.0]],
            bias: [0.0],
        },
        candidate: ::streaming_net::Gate {
            kernel: [[0.0], [0.0]],
            recurrent_kernel: [[0.0]],
            bias: [0.0],
        },
        output: ::streaming_net::Gate {
            kernel: [[0.0], [0.0]],
            recurrent_kernel: [[0.0]],
            bias: [0.0],
        },
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
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::editor::layer_norm as kind;
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
            use ::streaming_net::editor::lstm as kind;
            let _ = kind::ARGUMENTS.units;
        }
    }
};
