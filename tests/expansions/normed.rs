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
/// | `conv1`  | `conv(valid)`             |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
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
    conv1: ::streaming_net::__private::ScheduledHistory<1, 1, 1, 1, 1>,
    /// History of `conv4` (1 frame, 2 channels) and its output schedule.
    conv4: ::streaming_net::__private::ScheduledHistory<2, 1, 1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Normed {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 48;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer   kind                     in  out  taps  dilation  history  weights  multiply-accumulates\nconv1   conv(valid)               1    2     2         1        1        6                     4\nconv1   batch_norm(epsilon=1.0)   2    2                        0        0                     0\nconv1   relu()                    2    2                        0        0                     0\nconv4   batch_norm(epsilon=1.0)   2    2                        0        0                     0\nconv4   conv(valid)               2    1     2         1        1        5                     4\nprelu5  prelu()                   1    1                        0        1                     0\ntotal                                                           2       12                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
            conv4: ::streaming_net::__private::ScheduledHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 2 pushes return `None`, every later push an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{linear, relu};
        let __conv1 = normed_weights::CONV1.push(&mut self.conv1, __frame, relu)?;
        let __conv4 = normed_weights::CONV4.push(&mut self.conv4, __conv1, linear)?;
        let __prelu5 = normed_weights::PRELU5.apply(__conv4);
        ::core::option::Option::Some(__prelu5)
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
        self.conv4.reset();
    }
}
impl ::core::default::Default for Normed {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Normed {
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
mod normed_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<2, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[2.0, 1.0]], [[6.0, 2.0]]],
        bias: [-2.0, -0.5],
    };
    pub(super) static CONV4: ::streaming_net::__private::Conv<2, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[1.0], [2.0]], [[0.0], [1.0]]],
        bias: [-5.0],
    };
    pub(super) static PRELU5: ::streaming_net::__private::Prelu<1> = ::streaming_net::__private::Prelu {
        alpha: [0.25],
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
        }
        {
            use ::streaming_net::__private::editor::batch_norm as kind;
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
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::prelu as kind;
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
        "/weights/expansions/normed.json"))
    );
};
