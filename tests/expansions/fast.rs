// streaming_net! {
//     /// Approximations of the activations that have one.
//     #[weights = "weights/expansions/fast.json"]
//     #[math = "fast"]
//     pub struct Fast < dense(in=1, out=2, silu); gated(); lstm(units=1); tanh(); relu() >
// }

/// Approximations of the activations that have one.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer    | kind          | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |----------|---------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `dense1` | `dense(silu)` |  1 |   2 |    1 |        1 |       0 |       4 |                    2 |
/// | `gated1` | `gated()`     |  2 |   1 |      |          |       0 |       0 |                    0 |
/// | `lstm2`  | `lstm()`      |  1 |   1 |      |          |       0 |      12 |                    8 |
/// |          | `tanh()`      |  1 |   1 |      |          |       0 |       0 |                    0 |
/// |          | `relu()`      |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | total    |               |    |     |      |          |       0 |      16 |                   10 |
///
/// An output depends on all input frames so far. Every push returns an output.
///
/// The state takes 8 bytes of RAM, the weights 64 bytes of flash.
///
/// The recorded run of 8 frames is reproduced within 0.0006519498 of each number, or of 1 where that is more.
///
/// `tanh`, `sigmoid`, `silu` and `gelu_tanh` are approximations: `#[math = "fast"]`.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Fast {
    /// State of `lstm2` (1 channel).
    lstm2: ::streaming_net::__private::LstmState<1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Fast {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of input frames that an output depends on: all.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = ::core::primitive::usize::MAX;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 10;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 64;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer   kind         in  out  taps  dilation  history  weights  multiply-accumulates\ndense1  dense(silu)   1    2     1         1        0        4                     2\ngated1  gated()       2    1                        0        0                     0\nlstm2   lstm()        1    1                        0       12                     8\n        tanh()        1    1                        0        0                     0\n        relu()        1    1                        0        0                     0\ntotal                                               0       16                    10";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            lstm2: ::streaming_net::__private::LstmState::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{
            activate, fast_sigmoid, fast_silu, fast_tanh, multiply, relu, slice,
        };
        let __dense1 = fast_weights::DENSE1.apply(__frame, fast_silu);
        let __gated1 = multiply(
            activate(slice::<2, 0, 1>(__dense1), fast_tanh),
            activate(slice::<2, 1, 1>(__dense1), fast_sigmoid),
        );
        let __lstm2 = fast_weights::LSTM2
            .push_with(&mut self.lstm2, __gated1, fast_sigmoid, fast_tanh);
        let __relu = activate(activate(__lstm2, fast_tanh), relu);
        ::core::option::Option::Some(__relu)
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
        self.lstm2.reset();
    }
}
impl ::core::default::Default for Fast {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Fast {
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
mod fast_weights {
    pub(super) static DENSE1: ::streaming_net::__private::Conv<1, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, -2.0]]],
        bias: [0.5, 1.0],
    };
    pub(super) static LSTM2: ::streaming_net::__private::Lstm<1, 1, 2> = ::streaming_net::__private::Lstm {
        gates: ::streaming_net::__private::Gates {
            weights: [[[0.5], [-1.0], [0.25], [1.0]], [[1.0], [2.0], [-1.0], [0.5]]],
            bias: [[0.5], [0.25], [1.0], [-0.125]],
        },
    };
}
#[cfg(test)]
#[allow(
    clippy::approx_constant,
    clippy::large_const_arrays,
    reason = "recorded numbers"
)]
mod fast_recorded {
    pub(super) static RUN: ::streaming_net::Run<
        [::core::primitive::f32; 1],
        [::core::primitive::f32; 1],
        8,
        8,
    > = ::streaming_net::Run {
        input: [[0.5], [2.0], [3.0], [1.5], [0.25], [4.0], [-0.5], [2.5]],
        output: [
            [0.014247073],
            [0.06339102],
            [0.12949558],
            [0.18941487],
            [0.21883562],
            [0.2849931],
            [0.24753375],
            [0.2970587],
        ],
        tolerance: 0.0006519498,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn fast_outputs_as_recorded() -> ::core::result::Result<(), ::streaming_net::Mismatch> {
    fast_recorded::RUN.replay(&mut Fast::new())
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.silu;
        }
        {
            use ::streaming_net::__private::editor::gated as kind;
        }
        {
            use ::streaming_net::__private::editor::lstm as kind;
            let _ = kind::ARGUMENTS.units;
        }
        {
            use ::streaming_net::__private::editor::tanh as kind;
        }
        {
            use ::streaming_net::__private::editor::relu as kind;
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
        "/weights/expansions/fast.json"))
    );
};
