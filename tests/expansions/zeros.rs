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
/// | `batch_norm3` | `batch_norm(epsilon=0.0)`   |  2 |   2 |      |          |       0 |       6 |                    2 |
/// | `lstm4`       | `lstm()`                    |  2 |   1 |      |          |       0 |      16 |                   12 |
/// | total         |                             |    |     |      |          |       1 |      33 |                   24 |
///
/// An output depends on all input frames so far. The first push returns `None`, every later push an output.
///
/// The state takes 20 bytes of RAM, the weights 132 bytes of flash.
///
/// The network is not trained: its weights are zeros (`#[weights = zeros]`).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Zeros {
    /// History of `conv1` (1 frame, 1 channel) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<1, 1, 1, 1, 1>,
    /// State of `lstm4` (1 channel).
    lstm4: ::streaming_net::__private::LstmState<1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Zeros {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of input frames that an output depends on: all.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = ::core::primitive::usize::MAX;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 24;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 132;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer        kind                       in  out  taps  dilation  history  weights  multiply-accumulates\nconv1        conv(valid, relu)           1    2     2         1        1        6                     4\nlayer_norm2  layer_norm(epsilon=0.001)   2    2                        0        5                     6\n             relu()                      2    2                        0        0                     0\nbatch_norm3  batch_norm(epsilon=0.0)     2    2                        0        6                     2\nlstm4        lstm()                      2    1                        0       16                    12\ntotal                                                                  1       33                    24";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
            lstm4: ::streaming_net::__private::LstmState::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, every later push an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{activate, linear, relu};
        let __conv1 = ::core::hint::black_box(&zeros_weights::CONV1)
            .push(&mut self.conv1, __frame, relu)?;
        let __layer_norm2 = ::core::hint::black_box(&zeros_weights::LAYER_NORM2)
            .apply(__conv1);
        let __relu = activate(__layer_norm2, relu);
        let __batch_norm3 = ::core::hint::black_box(&zeros_weights::BATCH_NORM3)
            .apply(__relu, linear);
        let __lstm4 = ::core::hint::black_box(&zeros_weights::LSTM4)
            .push(&mut self.lstm4, __batch_norm3);
        ::core::option::Option::Some(__lstm4)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 1]],
        __outputs: &mut [[::core::primitive::f32; 1]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
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
    type Input = [::core::primitive::f32; 1];
    type Output = [::core::primitive::f32; 1];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 1]],
        __outputs: &mut [[::core::primitive::f32; 1]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod zeros_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<2, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[0.0, 0.0]], [[0.0, 0.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static LAYER_NORM2: ::streaming_net::__private::LayerNorm<2> = ::streaming_net::__private::LayerNorm {
        gamma: [1.0, 1.0],
        beta: [0.0, 0.0],
        epsilon: 0.001,
    };
    pub(super) static BATCH_NORM3: ::streaming_net::__private::BatchNorm<2> = ::streaming_net::__private::BatchNorm {
        mean: [0.0, 0.0],
        scale: [1.0, 1.0],
        shift: [0.0, 0.0],
    };
    pub(super) static LSTM4: ::streaming_net::__private::Lstm<2, 1, 3> = ::streaming_net::__private::Lstm {
        gates: ::streaming_net::__private::Gates {
            weights: [
                [[0.0], [0.0], [0.0], [0.0]],
                [[0.0], [0.0], [0.0], [0.0]],
                [[0.0], [0.0], [0.0], [0.0]],
            ],
            bias: [[0.0], [0.0], [0.0], [0.0]],
        },
    };
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
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::layer_norm as kind;
            let _ = kind::ARGUMENTS.epsilon;
        }
        {
            use ::streaming_net::__private::editor::relu as kind;
        }
        {
            use ::streaming_net::__private::editor::batch_norm as kind;
            let _ = kind::ARGUMENTS.epsilon;
        }
        {
            use ::streaming_net::__private::editor::lstm as kind;
            let _ = kind::ARGUMENTS.units;
        }
    }
};
