// streaming_net! {
//     /// Residual blocks of one shape, and sums of blocks.
//     #[weights = "weights/expansions/stacked.json"]
//     #[block = "fast"]
//     pub struct Stacked <
//         conditioned <
//             skips <
//                 dense(in=1, out=5, no_bias);
//                 residual < conv(k=2, out=5, causal); mixin(); tanh(); skip(); dense(out=5) >;
//                 residual < conv(k=2, out=5, dilation=3, causal); mixin(); tanh(); skip(); dense(out=5) >;
//                 residual < conv(k=3, out=5, causal, relu); dense(out=5) >;
//                 skip()
//             >
//         >;
//         residual < conv(k=2, out=5, causal) >;
//         relu();
//         dense(out=1)
//     >
// }

/// Residual blocks of one shape, and sums of blocks.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer     | kind                       | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-----------|----------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `dense1`  | · · `dense(no_bias)`       |  1 |   5 |    1 |        1 |       0 |       5 |                    5 |
/// | `conv2`   | · · · `conv(causal)`       |  5 |   5 |    2 |        1 |       1 |      15 |                   10 |
/// | `conv2`   | · · · `mixin()`            |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `conv2`   | · · · `tanh()`             |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `skip1`   | · · · `skip()`             |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `dense4`  | · · · `dense()`            |  5 |   5 |    1 |        1 |       0 |      30 |                   25 |
/// | `dense4`  | · · `residual()`           |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `conv5`   | · · · `conv(causal)`       |  5 |   5 |    2 |        3 |       3 |      55 |                   50 |
/// | `mixin6`  | · · · `mixin()`            |  5 |   5 |      |          |       0 |       5 |                    5 |
/// | `conv5`   | · · · `tanh()`             |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `skip2`   | · · · `skip()`             |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `dense7`  | · · · `dense()`            |  5 |   5 |    1 |        1 |       0 |      30 |                   25 |
/// | `dense7`  | · · `residual()`           |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `conv8`   | · · · `conv(causal, relu)` |  5 |   5 |    3 |        1 |       2 |      80 |                   75 |
/// | `dense9`  | · · · `dense()`            |  5 |   5 |    1 |        1 |       0 |      30 |                   25 |
/// | `dense9`  | · · `residual()`           |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `skip3`   | · · `skip()`               |  5 |   5 |      |          |       0 |       0 |                    0 |
/// |           | · `skips()`                |  1 |   5 |      |          |       0 |       0 |                    0 |
/// |           | `conditioned()`            |  1 |   5 |      |          |       0 |       0 |                    0 |
/// | `conv10`  | · `conv(causal)`           |  5 |   5 |    2 |        1 |       1 |      55 |                   50 |
/// | `block4`  | `residual()`               |  5 |   5 |      |          |       0 |       0 |                    0 |
/// |           | `relu()`                   |  5 |   5 |      |          |       0 |       0 |                    0 |
/// | `dense11` | `dense()`                  |  5 |   1 |    1 |        1 |       0 |       6 |                    5 |
/// | total     |                            |    |     |      |          |       7 |     311 |                  275 |
///
/// An output depends on the newest 8 input frames. Every push returns an output.
///
/// The state takes 140 bytes of RAM, the weights 1244 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Stacked {
    /// History of `conv2` (1 frame, 1 channel).
    conv2: ::streaming_net::__private::History<1, 1, 1>,
    /// History of `conv5` (3 frames, 5 channels).
    conv5: ::streaming_net::__private::History<5, 1, 3>,
    /// History of `conv8` (2 frames, 5 channels).
    conv8: ::streaming_net::__private::History<5, 2, 1>,
    /// History of `conv10` (1 frame, 5 channels).
    conv10: ::streaming_net::__private::History<5, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Stacked {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 8;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 275;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 1244;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer    kind                      in  out  taps  dilation  history  weights  multiply-accumulates\ndense1   · · dense(no_bias)         1    5     1         1        0        5                     5\nconv2    · · · conv(causal)         5    5     2         1        1       15                    10\nconv2    · · · mixin()              5    5                        0        0                     0\nconv2    · · · tanh()               5    5                        0        0                     0\nskip1    · · · skip()               5    5                        0        0                     0\ndense4   · · · dense()              5    5     1         1        0       30                    25\ndense4   · · residual()             5    5                        0        0                     0\nconv5    · · · conv(causal)         5    5     2         3        3       55                    50\nmixin6   · · · mixin()              5    5                        0        5                     5\nconv5    · · · tanh()               5    5                        0        0                     0\nskip2    · · · skip()               5    5                        0        0                     0\ndense7   · · · dense()              5    5     1         1        0       30                    25\ndense7   · · residual()             5    5                        0        0                     0\nconv8    · · · conv(causal, relu)   5    5     3         1        2       80                    75\ndense9   · · · dense()              5    5     1         1        0       30                    25\ndense9   · · residual()             5    5                        0        0                     0\nskip3    · · skip()                 5    5                        0        0                     0\n         · skips()                  1    5                        0        0                     0\n         conditioned()              1    5                        0        0                     0\nconv10   · conv(causal)             5    5     2         1        1       55                    50\nblock4   residual()                 5    5                        0        0                     0\n         relu()                     5    5                        0        0                     0\ndense11  dense()                    5    1     1         1        0        6                     5\ntotal                                                             7      311                   275";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv2: ::streaming_net::__private::History::new(),
            conv5: ::streaming_net::__private::History::new(),
            conv8: ::streaming_net::__private::History::new(),
            conv10: ::streaming_net::__private::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{activate, add, linear, relu, tanh};
        let __conv2 = stacked_weights::CONV2.push(&mut self.conv2, __frame, tanh);
        let __dense4 = stacked_weights::DENSE4
            .apply_mixed(__conv2, (&stacked_weights::DENSE1, __frame), linear);
        let (__dense7, __skip2) = stacked_weights::CONV5
            .push_residual_skip(
                &mut self.conv5,
                __dense4,
                stacked_weights::MIXIN6.sums_of(&[__frame]),
                (tanh, &stacked_weights::DENSE7),
                __conv2,
            );
        let __dense9 = stacked_weights::CONV8
            .push_residual(
                &mut self.conv8,
                __dense7,
                (),
                (relu, &stacked_weights::DENSE9),
            );
        let __skip3 = add(__skip2, __dense9);
        let __conv10 = stacked_weights::CONV10.push(&mut self.conv10, __skip3, linear);
        let __relu = activate(add(__skip3, __conv10), relu);
        let __dense11 = stacked_weights::DENSE11.apply(__relu, linear);
        ::core::option::Option::Some(__dense11)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    #[allow(unused_doc_comments, reason = "comments for readers of the expansion")]
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 1]],
        __outputs: &mut [[::core::primitive::f32; 1]],
    ) -> ::core::primitive::usize {
        use ::streaming_net::__private::{Pointwise, activate_block, add_block, tanh};
        /// Buffers for the layers' outputs of 32 pushes.
        let mut __buffer_1 = [0.0; 160];
        let mut __buffer_2 = [0.0; 160];
        let mut __buffer_3 = [0.0; 160];
        let mut __buffer_4 = [0.0; 160];
        /// Memory where a convolution puts past and new frames in a row.
        let mut __scratch = [0.0; ::streaming_net::__private::scratch(
            &[[2, 1, 1, 1], [2, 3, 1, 5], [3, 1, 1, 5], [2, 1, 1, 5]],
            32,
        )];
        ::streaming_net::__private::for_each_block::<
            _,
            32,
        >(
            self,
            __frames,
            __outputs,
            |__net, __frames: &[[::core::primitive::f32; 1]], __outputs| {
                /// `conv2`: `conv(k=2, in=5, out=5, causal)`, `mixin3`: `mixin()`, `tanh()`
                let __conv2 = stacked_weights::CONV2
                    .push_block(
                        &mut __net.conv2,
                        (__frames, &mut __scratch),
                        (),
                        &mut __buffer_1,
                        tanh,
                    );
                /// `dense1`: `dense(in=1, out=5, no_bias)`, `dense4`: `dense(in=5, out=5)`, `block1`: `residual()`
                let __dense4 = stacked_weights::DENSE4
                    .apply_block(
                        &*__conv2,
                        stacked_weights::DENSE1.sums_of(__frames),
                        &mut __buffer_2,
                        Pointwise::Linear,
                    );
                /// `conv5`: `conv(k=2, in=5, out=5, dilation=3, causal)`, `mixin6`: `mixin()`, `tanh()`
                let __conv5 = stacked_weights::CONV5
                    .push_block(
                        &mut __net.conv5,
                        (&*__dense4, &mut __scratch),
                        stacked_weights::MIXIN6.sums_of(__frames),
                        &mut __buffer_3,
                        tanh,
                    );
                /// `skip2`: `skip()`
                let __skip2 = __conv2;
                add_block(__skip2, &*__conv5);
                /// `dense7`: `dense(in=5, out=5)`, `block2`: `residual()`
                let __dense7 = stacked_weights::DENSE7
                    .apply_block(
                        &*__conv5,
                        &*__dense4,
                        &mut __buffer_4,
                        Pointwise::Linear,
                    );
                /// `conv8`: `conv(k=3, in=5, out=5, causal, relu)`
                let __conv8 = stacked_weights::CONV8
                    .push_block(
                        &mut __net.conv8,
                        (&*__dense7, &mut __scratch),
                        (),
                        &mut __buffer_2,
                        Pointwise::Relu,
                    );
                /// `dense9`: `dense(in=5, out=5)`, `block3`: `residual()`
                let __dense9 = stacked_weights::DENSE9
                    .apply_block(
                        &*__conv8,
                        &*__dense7,
                        &mut __buffer_3,
                        Pointwise::Linear,
                    );
                /// `skip3`: `skip()`
                let __skip3 = __skip2;
                add_block(__skip3, &*__dense9);
                /// `conv10`: `conv(k=2, in=5, out=5, causal)`
                let __conv10 = stacked_weights::CONV10
                    .push_block(
                        &mut __net.conv10,
                        (&*__skip3, &mut __scratch),
                        (),
                        &mut __buffer_2,
                        Pointwise::Linear,
                    );
                /// `block4`: `residual()`, `relu()`
                let __relu = __skip3;
                add_block(__relu, &*__conv10);
                activate_block(__relu, Pointwise::Relu);
                /// `dense11`: `dense(in=5, out=1)`
                let _ = stacked_weights::DENSE11
                    .apply_block(
                        &*__relu,
                        (),
                        __outputs.as_flattened_mut(),
                        Pointwise::Linear,
                    );
            },
        )
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv2.reset();
        self.conv5.reset();
        self.conv8.reset();
        self.conv10.reset();
    }
}
impl ::core::default::Default for Stacked {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Stacked {
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
mod stacked_weights {
    pub(super) static DENSE1: ::streaming_net::__private::Conv<
        1,
        1,
        5,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[0.125, 0.25, 0.28125, 0.4375, 0.25]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<2, 1, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [[0.203125, -0.5683594, 0.13964844, -0.30371094, 0.12597656]],
            [[0.23925781, 0.13867188, -0.30273438, 0.06347656, -0.06542969]],
        ],
        bias: [-0.03125, 0.21875, -0.4375, 0.46875, -0.46875],
    };
    pub(super) static DENSE4: ::streaming_net::__private::Conv<1, 5, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.09375, -0.5, -0.46875, -0.3125, 0.46875],
                [-0.3125, 0.25, 0.4375, 0.4375, -0.15625],
                [-0.15625, 0.03125, 0.28125, -0.40625, 0.25],
                [0.3125, 0.375, -0.46875, 0.4375, -0.40625],
                [-0.15625, 0.125, 0.40625, -0.15625, 0.4375],
            ],
        ],
        bias: [0.03125, -0.1875, -0.1875, -0.3125, -0.40625],
    };
    pub(super) static MIXIN6: ::streaming_net::__private::Conv<
        1,
        1,
        5,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[-0.125, 0.21875, -0.21875, 0.0, 0.28125]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV5: ::streaming_net::__private::Conv<2, 5, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.34375, 0.1875, 0.5, -0.34375, -0.4375],
                [0.5, 0.03125, -0.09375, -0.25, 0.09375],
                [0.3125, -0.03125, -0.09375, -0.4375, 0.40625],
                [-0.46875, 0.0, 0.34375, -0.375, 0.21875],
                [0.4375, 0.125, 0.28125, -0.40625, -0.0625],
            ],
            [
                [-0.34375, 0.34375, -0.21875, -0.03125, 0.5],
                [0.34375, 0.46875, -0.03125, 0.0, 0.21875],
                [-0.03125, -0.21875, -0.09375, -0.34375, -0.125],
                [0.5, 0.46875, 0.125, 0.0, -0.15625],
                [-0.40625, -0.21875, 0.28125, 0.375, -0.125],
            ],
        ],
        bias: [0.28125, 0.28125, 0.1875, 0.15625, 0.25],
    };
    pub(super) static DENSE7: ::streaming_net::__private::Conv<1, 5, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.1875, -0.21875, 0.4375, 0.15625, 0.09375],
                [-0.5, 0.0625, -0.25, 0.15625, -0.03125],
                [0.3125, 0.15625, 0.3125, -0.15625, 0.15625],
                [0.25, 0.34375, -0.15625, 0.34375, 0.375],
                [0.1875, 0.46875, 0.46875, 0.03125, 0.03125],
            ],
        ],
        bias: [-0.34375, 0.34375, 0.4375, -0.03125, 0.1875],
    };
    pub(super) static CONV8: ::streaming_net::__private::Conv<3, 5, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.21875, 0.21875, -0.34375, 0.28125, 0.09375],
                [0.15625, -0.09375, 0.125, 0.28125, 0.125],
                [0.21875, -0.46875, -0.34375, -0.0625, 0.15625],
                [-0.28125, 0.1875, 0.125, -0.46875, -0.03125],
                [-0.28125, -0.4375, -0.375, -0.1875, -0.3125],
            ],
            [
                [-0.3125, -0.46875, -0.03125, -0.125, 0.125],
                [0.09375, -0.25, 0.40625, -0.5, -0.09375],
                [-0.21875, -0.09375, -0.375, 0.34375, -0.125],
                [-0.46875, 0.125, -0.40625, 0.03125, -0.15625],
                [0.09375, 0.46875, 0.3125, -0.09375, 0.3125],
            ],
            [
                [0.15625, -0.125, -0.34375, 0.09375, 0.0625],
                [0.46875, 0.46875, 0.09375, -0.15625, 0.40625],
                [-0.5, -0.40625, 0.0625, 0.125, -0.34375],
                [0.125, 0.40625, -0.125, -0.0625, -0.28125],
                [-0.21875, 0.46875, -0.125, 0.46875, 0.40625],
            ],
        ],
        bias: [0.09375, -0.25, 0.46875, 0.0, -0.09375],
    };
    pub(super) static DENSE9: ::streaming_net::__private::Conv<1, 5, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.1875, 0.46875, 0.0, -0.21875, -0.03125],
                [-0.375, 0.125, -0.0625, -0.21875, 0.28125],
                [0.3125, -0.5, 0.03125, -0.21875, 0.4375],
                [0.28125, -0.25, -0.21875, -0.34375, 0.5],
                [-0.21875, 0.09375, -0.03125, 0.15625, 0.09375],
            ],
        ],
        bias: [0.25, -0.375, 0.25, -0.1875, 0.03125],
    };
    pub(super) static CONV10: ::streaming_net::__private::Conv<2, 5, 5> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.15625, -0.21875, 0.03125, -0.03125, -0.125],
                [0.25, 0.09375, -0.46875, -0.25, -0.03125],
                [0.40625, 0.375, 0.03125, -0.5, 0.28125],
                [-0.0625, 0.0625, 0.21875, 0.125, -0.03125],
                [0.40625, -0.125, -0.09375, 0.34375, -0.3125],
            ],
            [
                [-0.21875, 0.34375, -0.4375, 0.34375, 0.1875],
                [-0.0625, -0.21875, 0.28125, 0.40625, -0.34375],
                [-0.03125, 0.0625, 0.0, -0.15625, -0.34375],
                [0.09375, 0.3125, -0.4375, -0.28125, 0.3125],
                [0.28125, 0.15625, -0.46875, 0.21875, 0.46875],
            ],
        ],
        bias: [0.5, 0.1875, -0.4375, 0.34375, -0.28125],
    };
    pub(super) static DENSE11: ::streaming_net::__private::Conv<1, 5, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.15625], [0.4375], [0.21875], [-0.375], [-0.21875]]],
        bias: [0.40625],
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
            use ::streaming_net::__private::editor::tanh as kind;
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
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::mixin as kind;
        }
        {
            use ::streaming_net::__private::editor::tanh as kind;
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
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
        }
        {
            use ::streaming_net::__private::editor::skip as kind;
        }
        {
            use ::streaming_net::__private::editor::skips as kind;
        }
        {
            use ::streaming_net::__private::editor::conditioned as kind;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
        }
        {
            use ::streaming_net::__private::editor::relu as kind;
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
        "/weights/expansions/stacked.json"))
    );
};
