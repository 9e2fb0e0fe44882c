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
/// | `block1`   | · · `residual()`             |  2 |   2 |      |          |       0 |       0 |                    0 |
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
    conv2: ::streaming_net::History<1, 1, 1>,
    /// History of `head5` (1 frame, 2 channels).
    head5: ::streaming_net::History<2, 1, 1>,
    /// History of `conv7` (2 frames, 1 channel).
    conv7: ::streaming_net::History<1, 1, 2>,
}
impl Conditioned {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 4;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 24;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 132;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer     kind                        in  out  taps  dilation  history  weights  multiply-accumulates\ndense1    · · dense(no_bias)           1    2     1         1        0        2                     2\nconv2     · · · conv(causal)           2    4     2         1        1       12                     8\nconv2     · · · mixin()                4    4                        0        0                     0\nblended1  · · · blended()              4    2                        0        0                     0\nskip1     · · · skip()                 2    2                        0        0                     0\ndense4    · · · dense()                2    2     1         1        0        6                     4\nblock1    · · residual()               2    2                        0        0                     0\nhead5     · · head(out=1, no_bias)     2    2     2         1        1        4                     4\ndense6    · · dense()                  2    1     1         1        0        3                     2\nconv7     · · · conv(causal)           1    1     2         2        2        3                     2\nmixin8    · · · mixin(tanh)            1    1                        0        1                     1\nskip2     · · · skip()                 1    1                        0        0                     0\n          · · · dense(), not needed    1    1     1         1        0        0                     0\n          · · residual(), not needed   1    1                        0        0                     0\n          · skips()                    1    1                        0        0                     0\n          conditioned()                1    1                        0        0                     0\ndense10   dense()                      1    1     1         1        0        2                     1\ntotal                                                                4       33                    24";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv2: ::streaming_net::History::new(),
            head5: ::streaming_net::History::new(),
            conv7: ::streaming_net::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{activate, add, blend, halves, linear, sigmoid, tanh};
        let frame = {
            let condition = frame;
            {
                let skips;
                let mut skips_2;
                let frame = conditioned_weights::DENSE1.apply(frame, linear);
                let block = {
                    let frame = conditioned_weights::CONV2
                        .push(&mut self.conv2, condition, linear);
                    let (first, second) = halves::<4, 2>(frame);
                    let frame = blend(
                        first,
                        activate(first, tanh),
                        activate(second, sigmoid),
                    );
                    skips = frame;
                    frame
                };
                let frame = conditioned_weights::DENSE4.apply_onto(block, frame, linear);
                skips_2 = conditioned_weights::HEAD5
                    .push(&mut self.head5, skips, linear);
                let frame = conditioned_weights::DENSE6.apply(frame, linear);
                let frame = conditioned_weights::CONV7
                    .push_mixed(
                        &mut self.conv7,
                        frame,
                        (&conditioned_weights::MIXIN8, condition),
                        tanh,
                    );
                skips_2 = add(skips_2, frame);
                skips_2
            }
        };
        let frame = conditioned_weights::DENSE10.apply(frame, linear);
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
mod conditioned_weights {
    pub(super) static DENSE1: ::streaming_net::Conv<1, 1, 2, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [[[1.0, -1.0]]],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static CONV2: ::streaming_net::Conv<2, 1, 4> = ::streaming_net::Conv {
        kernel: [[[1.0, -1.0, 0.5, -0.5]], [[2.0, -2.0, -0.5, 0.5]]],
        bias: [0.0, 0.5, 0.0, 1.0],
    };
    pub(super) static DENSE4: ::streaming_net::Conv<1, 2, 2> = ::streaming_net::Conv {
        kernel: [[[1.0, 0.0], [0.0, 1.0]]],
        bias: [0.0, 0.0],
    };
    pub(super) static HEAD5: ::streaming_net::Conv<2, 2, 1, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [[[1.0], [0.5]], [[2.0], [1.0]]],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static DENSE6: ::streaming_net::Conv<1, 2, 1> = ::streaming_net::Conv {
        kernel: [[[1.0], [1.0]]],
        bias: [0.25],
    };
    pub(super) static CONV7: ::streaming_net::Conv<2, 1, 1> = ::streaming_net::Conv {
        kernel: [[[0.5]], [[-0.5]]],
        bias: [0.125],
    };
    pub(super) static MIXIN8: ::streaming_net::Conv<1, 1, 1, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [[[2.0]]],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static DENSE10: ::streaming_net::Conv<1, 1, 1> = ::streaming_net::Conv {
        kernel: [[[0.5]]],
        bias: [-1.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::editor::mixin as kind;
        }
        {
            use ::streaming_net::editor::blended as kind;
        }
        {
            use ::streaming_net::editor::skip as kind;
        }
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::residual as kind;
        }
        {
            use ::streaming_net::editor::head as kind;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::editor::mixin as kind;
            let _ = kind::ARGUMENTS.tanh;
        }
        {
            use ::streaming_net::editor::skip as kind;
        }
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::residual as kind;
        }
        {
            use ::streaming_net::editor::skips as kind;
        }
        {
            use ::streaming_net::editor::conditioned as kind;
        }
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/conditioned.json")
);
