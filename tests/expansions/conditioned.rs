// streaming_net! {
//     /// Two stacks of layers that see the input as their condition, as in Neural Amp Modeler's captures.
//     #[weights = "weights/expansions/conditioned.json"]
//     pub struct Conditioned <
//         conditioned <
//             skips <
//                 dense(in=1, out=2, no_bias);
//                 residual < conv(k=2, out=4, causal); mixin(); blended(); skip(); dense(out=2) >;
//                 head(out=1, k=2, no_bias);
//                 dense(out=1);
//                 residual < conv(k=2, out=1, dilation=2, causal); mixin(tanh); skip(); dense(out=1) >
//             >
//         >;
//         dense(out=1)
//     >
// }

/// Two stacks of layers that see the input as their condition, as in Neural Amp Modeler's captures.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer      | kind                         | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |------------|------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `dense1`   | · · `dense(no_bias)`         |  1 |   2 |    1 |        1 |       0 |       2 |                    2 |
/// | `conv2`    | · · · `conv(causal)`         |  2 |   4 |    2 |        1 |       1 |      12 |                    8 |
/// | `conv2`    | · · · `mixin()`              |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `blended1` | · · · `blended()`            |  4 |   2 |      |          |       0 |       0 |                    0 |
/// | `skip1`    | · · · `skip()`               |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `dense4`   | · · · `dense()`              |  2 |   2 |    1 |        1 |       0 |       6 |                    4 |
/// | `dense4`   | · · `residual()`             |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `head5`    | · · `head(out=1, no_bias)`   |  2 |   2 |    2 |        1 |       1 |       4 |                    4 |
/// | `dense6`   | · · `dense()`                |  2 |   1 |    1 |        1 |       0 |       3 |                    2 |
/// | `conv7`    | · · · `conv(causal)`         |  1 |   1 |    2 |        2 |       2 |       3 |                    2 |
/// | `mixin8`   | · · · `mixin(tanh)`          |  1 |   1 |      |          |       0 |       1 |                    1 |
/// | `skip2`    | · · · `skip()`               |  1 |   1 |      |          |       0 |       0 |                    0 |
/// |            | · · · `dense()`, not needed  |  1 |   1 |    1 |        1 |       0 |       0 |                    0 |
/// |            | · · `residual()`, not needed |  1 |   1 |      |          |       0 |       0 |                    0 |
/// |            | · `skips()`                  |  1 |   1 |      |          |       0 |       0 |                    0 |
/// |            | `conditioned()`              |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `dense10`  | `dense()`                    |  1 |   1 |    1 |        1 |       0 |       2 |                    1 |
/// | total      |                              |    |     |      |          |       4 |      33 |                   24 |
///
/// An output depends on the newest 4 input frames. Every push returns an output.
///
/// The state takes 32 bytes of RAM, the weights 132 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Conditioned {
    /// History of `conv2` (1 frame, 1 channel).
    conv2: ::streaming_net::__private::History<1, 1, 1>,
    /// History of `head5` (1 frame, 2 channels).
    head5: ::streaming_net::__private::History<2, 1, 1>,
    /// History of `conv7` (2 frames, 1 channel).
    conv7: ::streaming_net::__private::History<1, 1, 2>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Conditioned {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 4;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 24;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 132;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer     kind                        in  out  taps  dilation  history  weights  multiply-accumulates\ndense1    · · dense(no_bias)           1    2     1         1        0        2                     2\nconv2     · · · conv(causal)           2    4     2         1        1       12                     8\nconv2     · · · mixin()                4    4                        0        0                     0\nblended1  · · · blended()              4    2                        0        0                     0\nskip1     · · · skip()                 2    2                        0        0                     0\ndense4    · · · dense()                2    2     1         1        0        6                     4\ndense4    · · residual()               2    2                        0        0                     0\nhead5     · · head(out=1, no_bias)     2    2     2         1        1        4                     4\ndense6    · · dense()                  2    1     1         1        0        3                     2\nconv7     · · · conv(causal)           1    1     2         2        2        3                     2\nmixin8    · · · mixin(tanh)            1    1                        0        1                     1\nskip2     · · · skip()                 1    1                        0        0                     0\n          · · · dense(), not needed    1    1     1         1        0        0                     0\n          · · residual(), not needed   1    1                        0        0                     0\n          · skips()                    1    1                        0        0                     0\n          conditioned()                1    1                        0        0                     0\ndense10   dense()                      1    1     1         1        0        2                     1\ntotal                                                                4       33                    24";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv2: ::streaming_net::__private::History::new(),
            head5: ::streaming_net::__private::History::new(),
            conv7: ::streaming_net::__private::History::new(),
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
            activate, add, blend, linear, sigmoid, slice, tanh,
        };
        let __conv2 = conditioned_weights::CONV2.push(&mut self.conv2, __frame, linear);
        let __blended1 = blend(
            slice::<4, 0, 2>(__conv2),
            activate(slice::<4, 0, 2>(__conv2), tanh),
            activate(slice::<4, 2, 2>(__conv2), sigmoid),
        );
        let __dense4 = conditioned_weights::DENSE4
            .apply_mixed(__blended1, (&conditioned_weights::DENSE1, __frame), linear);
        let __head5 = conditioned_weights::HEAD5
            .push(&mut self.head5, __blended1, linear);
        let __dense6 = conditioned_weights::DENSE6.apply(__dense4, linear);
        let __conv7 = conditioned_weights::CONV7
            .push_mixed(
                &mut self.conv7,
                __dense6,
                (&conditioned_weights::MIXIN8, __frame),
                tanh,
            );
        let __skip2 = add(__head5, __conv7);
        let __dense10 = conditioned_weights::DENSE10.apply(__skip2, linear);
        ::core::option::Option::Some(__dense10)
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
        self.conv2.reset();
        self.head5.reset();
        self.conv7.reset();
    }
}
impl ::core::default::Default for Conditioned {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Conditioned {
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
mod conditioned_weights {
    pub(super) static DENSE1: ::streaming_net::__private::Conv<
        1,
        1,
        2,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[1.0, -1.0]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<2, 1, 4> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, -1.0, 0.5, -0.5]], [[2.0, -2.0, -0.5, 0.5]]],
        bias: [0.0, 0.5, 0.0, 1.0],
    };
    pub(super) static DENSE4: ::streaming_net::__private::Conv<1, 2, 2> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, 0.0], [0.0, 1.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static HEAD5: ::streaming_net::__private::Conv<
        2,
        2,
        1,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[1.0], [0.5]], [[2.0], [1.0]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static DENSE6: ::streaming_net::__private::Conv<1, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[1.0], [1.0]]],
        bias: [0.25],
    };
    pub(super) static MIXIN8: ::streaming_net::__private::Conv<
        1,
        1,
        1,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[2.0]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV7: ::streaming_net::__private::Conv<2, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.5]], [[-0.5]]],
        bias: [0.125],
    };
    pub(super) static DENSE10: ::streaming_net::__private::Conv<1, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.5]]],
        bias: [-1.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::mixin as kind;
        }
        {
            use ::streaming_net::__private::editor::blended as kind;
        }
        {
            use ::streaming_net::__private::editor::skip as kind;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
        }
        {
            use ::streaming_net::__private::editor::head as kind;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::mixin as kind;
            let _ = kind::ARGUMENTS.tanh;
        }
        {
            use ::streaming_net::__private::editor::skip as kind;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
        }
        {
            use ::streaming_net::__private::editor::skips as kind;
        }
        {
            use ::streaming_net::__private::editor::conditioned as kind;
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
        "/weights/expansions/conditioned.json"))
    );
};
