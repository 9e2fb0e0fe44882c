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
    gru1: ::streaming_net::__private::GruState<1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Recurrent {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of input frames that an output depends on: all.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = ::core::primitive::usize::MAX;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 7;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 48;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer   kind     in  out  taps  dilation  history  weights  multiply-accumulates\ngru1    gru()     1    1                        0       10                     6\ndense2  dense()   1    1     1         1        0        2                     1\ntotal                                           0       12                     7";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            gru1: ::streaming_net::__private::GruState::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::linear;
        let __gru1 = recurrent_weights::GRU1.push(&mut self.gru1, __frame);
        let __dense2 = recurrent_weights::DENSE2.apply(__gru1, linear);
        ::core::option::Option::Some(__dense2)
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
        self.gru1.reset();
    }
}
impl ::core::default::Default for Recurrent {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Recurrent {
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
mod recurrent_weights {
    pub(super) static GRU1: ::streaming_net::__private::Gru<1, 1, 2> = ::streaming_net::__private::Gru {
        gates: ::streaming_net::__private::Gates {
            weights: [[[-1.0], [0.5]], [[2.0], [1.0]]],
            bias: [[0.25], [0.5]],
        },
        candidate: ::streaming_net::__private::Gates {
            weights: [[[1.0]], [[0.5]]],
            bias: [[0.125]],
        },
        recurrent_bias: [-0.25],
    };
    pub(super) static DENSE2: ::streaming_net::__private::Conv<1, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[2.0]]],
        bias: [-1.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::gru as kind;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.units;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
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
        "/weights/expansions/recurrent.json"))
    );
};
