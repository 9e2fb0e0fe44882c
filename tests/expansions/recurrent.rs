// streaming_net! {
//     /// A recurrent layer by PyTorch's names.
//     #[weights = "weights/expansions/recurrent.json"]
//     pub struct Recurrent < gru(in=1, units=1); dense(out=1) >
// }

/// A recurrent layer by PyTorch's names.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer    | kind      | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |----------|-----------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `gru1`   | `gru()`   |  1 |   1 |      |          |       0 |      10 |                    6 |
/// | `dense2` | `dense()` |  1 |   1 |    1 |        1 |       0 |       2 |                    1 |
/// | total    |           |    |     |      |          |       0 |      12 |                    7 |
///
/// An output depends on all input frames so far. Every push returns an output.
///
/// The state takes 4 bytes of RAM, the weights 48 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Recurrent {
    /// State of `gru1` (1 channel).
    gru1: ::streaming_net::GruState<1>,
}
impl Recurrent {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of input frames that an output depends on: all.
    pub const RECEPTIVE_FIELD: usize = usize::MAX;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 7;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 48;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer   kind     in  out  taps  dilation  history  weights  multiply-accumulates\ngru1    gru()     1    1                        0       10                     6\ndense2  dense()   1    1     1         1        0        2                     1\ntotal                                           0       12                     7";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            gru1: ::streaming_net::GruState::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::linear;
        let frame = recurrent_weights::GRU1.push(&mut self.gru1, frame);
        let frame = recurrent_weights::DENSE2.apply(frame, linear);
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
        self.gru1.reset();
    }
}
impl ::core::default::Default for Recurrent {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Recurrent {
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
mod recurrent_weights {
    pub(super) static GRU1: ::streaming_net::Gru<1, 1> = ::streaming_net::Gru {
        update: ::streaming_net::Gate {
            kernel: [[2.0]],
            recurrent_kernel: [[-1.0]],
            bias: [0.25],
        },
        reset: ::streaming_net::Gate {
            kernel: [[1.0]],
            recurrent_kernel: [[0.5]],
            bias: [0.5],
        },
        candidate: ::streaming_net::Gate {
            kernel: [[0.5]],
            recurrent_kernel: [[1.0]],
            bias: [0.125],
        },
        recurrent_bias: [-0.25],
    };
    pub(super) static DENSE2: ::streaming_net::Conv<1, 1, 1> = ::streaming_net::Conv {
        kernel: [[[2.0]]],
        bias: [-1.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::gru as kind;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.units;
        }
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/recurrent.json")
);
