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
/// | `dense3` | · `residual()`             |  1 |   1 |      |          |       0 |       0 |                    0 |
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
    conv1: ::streaming_net::__private::History<1, 1, 1>,
    /// History of `conv4` (2 frames, 1 channel).
    conv4: ::streaming_net::__private::History<1, 1, 2>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Wavenet {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 4;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 11;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 72;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer   kind                      in  out  taps  dilation  history  weights  multiply-accumulates\nconv1   · · conv(causal)           1    2     2         1        1        6                     4\ngated1  · · gated()                2    1                        0        0                     0\nskip2   · · skip(out=1)            1    1                        0        2                     1\ndense3  · · dense()                1    1     1         1        0        2                     1\ndense3  · residual()               1    1                        0        0                     0\nconv4   · · conv(causal)           1    2     2         2        2        6                     4\ngated2  · · gated()                2    1                        0        0                     0\nskip5   · · skip(out=1)            1    1                        0        2                     1\n        · · dense(), not needed    1    1     1         1        0        0                     0\n        · residual(), not needed   1    1                        0        0                     0\n        skips()                    1    1                        0        0                     0\ntotal                                                            3       18                    11";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::History::new(),
            conv4: ::streaming_net::__private::History::new(),
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
            activate, linear, multiply, sigmoid, slice, tanh,
        };
        let __conv1 = wavenet_weights::CONV1.push(&mut self.conv1, __frame, linear);
        let __gated1 = multiply(
            activate(slice::<2, 0, 1>(__conv1), tanh),
            activate(slice::<2, 1, 1>(__conv1), sigmoid),
        );
        let __skip2 = wavenet_weights::SKIP2.apply(__gated1, linear);
        let __dense3 = wavenet_weights::DENSE3.apply_add(__gated1, __frame, linear);
        let __conv4 = wavenet_weights::CONV4.push(&mut self.conv4, __dense3, linear);
        let __gated2 = multiply(
            activate(slice::<2, 0, 1>(__conv4), tanh),
            activate(slice::<2, 1, 1>(__conv4), sigmoid),
        );
        let __skip5 = wavenet_weights::SKIP5.apply_add(__gated2, __skip2, linear);
        ::core::option::Option::Some(__skip5)
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
impl ::core::default::Default for Wavenet {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Wavenet {
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
mod wavenet_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<2, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, 0.0]], [[2.0, 1.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static SKIP2: ::streaming_net::__private::Conv<1, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[2.0]]],
        bias: [1.0],
    };
    pub(super) static DENSE3: ::streaming_net::__private::Conv<1, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[3.0]]],
        bias: [0.0],
    };
    pub(super) static CONV4: ::streaming_net::__private::Conv<2, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, 1.0]], [[0.0, 2.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static SKIP5: ::streaming_net::__private::Conv<1, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[-1.0]]],
        bias: [0.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::wavenet as kind;
            let _ = kind::ARGUMENTS.channels;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.dilations;
            let _ = kind::ARGUMENTS.skip;
            let _ = kind::ARGUMENTS.gated;
            let _ = kind::ARGUMENTS.causal;
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
        "/weights/expansions/wavenet.json"))
    );
};
