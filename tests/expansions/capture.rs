// streaming_net! {
//     /// Residual blocks with a condition, large enough for blocks of frames.
//     #[weights = "weights/expansions/capture.json"]
//     #[block = "fast"]
//     pub struct Capture <
//         conditioned <
//             skips <
//                 dense(in=1, out=4, no_bias);
//                 residual < conv(k=3, out=4, causal); mixin(); relu(); skip(); dense(out=4) >;
//                 residual < conv(k=3, out=8, dilation=4, causal); mixin(); gated(); skip(); dense(out=4) >;
//                 head(out=4, no_bias);
//                 residual < conv(k=2, out=4, dilation=2, causal, relu); skip() >;
//                 residual < conv(k=2, out=4, causal); mixin(tanh); skip(); dense(out=4) >;
//                 skip(out=4);
//                 conv(k=2, out=4, dilation=3, causal, relu);
//                 skip()
//             >
//         >;
//         dense(out=1)
//     >
// }

/// Residual blocks with a condition, large enough for blocks of frames.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer     | kind                       | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-----------|----------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `dense1`  | · · `dense(no_bias)`       |  1 |   4 |    1 |        1 |       0 |       4 |                    4 |
/// | `conv2`   | · · · `conv(causal)`       |  4 |   4 |    3 |        1 |       2 |      16 |                   12 |
/// | `conv2`   | · · · `mixin()`            |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `conv2`   | · · · `relu()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `skip1`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense4`  | · · · `dense()`            |  4 |   4 |    1 |        1 |       0 |      20 |                   16 |
/// | `dense4`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `conv5`   | · · · `conv(causal)`       |  4 |   8 |    3 |        4 |       8 |     104 |                   96 |
/// | `mixin6`  | · · · `mixin()`            |  8 |   8 |      |          |       0 |       8 |                    8 |
/// | `gated1`  | · · · `gated()`            |  8 |   4 |      |          |       0 |       0 |                    0 |
/// | `skip2`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense7`  | · · · `dense()`            |  4 |   4 |    1 |        1 |       0 |      20 |                   16 |
/// | `dense7`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `head8`   | · · `head(out=4, no_bias)` |  4 |   4 |    1 |        1 |       0 |      16 |                   16 |
/// | `conv9`   | · · · `conv(causal, relu)` |  4 |   4 |    2 |        2 |       2 |      36 |                   32 |
/// | `skip3`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `block3`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `conv10`  | · · · `conv(causal)`       |  4 |   4 |    2 |        1 |       1 |      36 |                   32 |
/// | `mixin11` | · · · `mixin(tanh)`        |  4 |   4 |      |          |       0 |       4 |                    4 |
/// | `skip4`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense12` | · · · `dense()`            |  4 |   4 |    1 |        1 |       0 |      20 |                   16 |
/// | `dense12` | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `skip13`  | · · `skip(out=4)`          |  4 |   4 |      |          |       0 |      20 |                   16 |
/// | `conv14`  | · · `conv(causal, relu)`   |  4 |   4 |    2 |        3 |       3 |      36 |                   32 |
/// | `skip5`   | · · `skip()`               |  4 |   4 |      |          |       0 |       0 |                    0 |
/// |           | · `skips()`                |  1 |   4 |      |          |       0 |       0 |                    0 |
/// |           | `conditioned()`            |  1 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense15` | `dense()`                  |  4 |   1 |    1 |        1 |       0 |       5 |                    4 |
/// | total     |                            |    |     |      |          |      16 |     345 |                  304 |
///
/// An output depends on the newest 17 input frames. Every push returns an output.
///
/// The state takes 252 bytes of RAM, the weights 1380 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Capture {
    /// History of `conv2` (2 frames, 1 channel).
    conv2: ::streaming_net::__private::History<1, 2, 1>,
    /// History of `conv5` (8 frames, 4 channels).
    conv5: ::streaming_net::__private::History<4, 2, 4>,
    /// History of `conv9` (2 frames, 4 channels).
    conv9: ::streaming_net::__private::History<4, 1, 2>,
    /// History of `conv10` (1 frame, 4 channels).
    conv10: ::streaming_net::__private::History<4, 1, 1>,
    /// History of `conv14` (3 frames, 4 channels).
    conv14: ::streaming_net::__private::History<4, 1, 3>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Capture {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 17;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 304;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 1380;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer    kind                      in  out  taps  dilation  history  weights  multiply-accumulates\ndense1   · · dense(no_bias)         1    4     1         1        0        4                     4\nconv2    · · · conv(causal)         4    4     3         1        2       16                    12\nconv2    · · · mixin()              4    4                        0        0                     0\nconv2    · · · relu()               4    4                        0        0                     0\nskip1    · · · skip()               4    4                        0        0                     0\ndense4   · · · dense()              4    4     1         1        0       20                    16\ndense4   · · residual()             4    4                        0        0                     0\nconv5    · · · conv(causal)         4    8     3         4        8      104                    96\nmixin6   · · · mixin()              8    8                        0        8                     8\ngated1   · · · gated()              8    4                        0        0                     0\nskip2    · · · skip()               4    4                        0        0                     0\ndense7   · · · dense()              4    4     1         1        0       20                    16\ndense7   · · residual()             4    4                        0        0                     0\nhead8    · · head(out=4, no_bias)   4    4     1         1        0       16                    16\nconv9    · · · conv(causal, relu)   4    4     2         2        2       36                    32\nskip3    · · · skip()               4    4                        0        0                     0\nblock3   · · residual()             4    4                        0        0                     0\nconv10   · · · conv(causal)         4    4     2         1        1       36                    32\nmixin11  · · · mixin(tanh)          4    4                        0        4                     4\nskip4    · · · skip()               4    4                        0        0                     0\ndense12  · · · dense()              4    4     1         1        0       20                    16\ndense12  · · residual()             4    4                        0        0                     0\nskip13   · · skip(out=4)            4    4                        0       20                    16\nconv14   · · conv(causal, relu)     4    4     2         3        3       36                    32\nskip5    · · skip()                 4    4                        0        0                     0\n         · skips()                  1    4                        0        0                     0\n         conditioned()              1    4                        0        0                     0\ndense15  dense()                    4    1     1         1        0        5                     4\ntotal                                                            16      345                   304";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv2: ::streaming_net::__private::History::new(),
            conv5: ::streaming_net::__private::History::new(),
            conv9: ::streaming_net::__private::History::new(),
            conv10: ::streaming_net::__private::History::new(),
            conv14: ::streaming_net::__private::History::new(),
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
            activate, add, linear, multiply, relu, sigmoid, slice, tanh,
        };
        let __conv2 = capture_weights::CONV2.push(&mut self.conv2, __frame, relu);
        let __dense4 = capture_weights::DENSE4
            .apply_mixed(__conv2, (&capture_weights::DENSE1, __frame), linear);
        let __conv5 = capture_weights::CONV5
            .push_mixed(
                &mut self.conv5,
                __dense4,
                (&capture_weights::MIXIN6, __frame),
                linear,
            );
        let __gated1 = multiply(
            activate(slice::<8, 0, 4>(__conv5), tanh),
            activate(slice::<8, 4, 4>(__conv5), sigmoid),
        );
        let __skip2 = add(__conv2, __gated1);
        let __dense7 = capture_weights::DENSE7.apply_add(__gated1, __dense4, linear);
        let __head8 = capture_weights::HEAD8.apply(__skip2, linear);
        let __conv9 = capture_weights::CONV9.push(&mut self.conv9, __dense7, relu);
        let __skip3 = add(__head8, __conv9);
        let __block3 = add(__dense7, __conv9);
        let __conv10 = capture_weights::CONV10
            .push_mixed(
                &mut self.conv10,
                __block3,
                (&capture_weights::MIXIN11, __frame),
                tanh,
            );
        let __skip4 = add(__skip3, __conv10);
        let __dense12 = capture_weights::DENSE12.apply_add(__conv10, __block3, linear);
        let __skip13 = capture_weights::SKIP13.apply_add(__dense12, __skip4, linear);
        let __conv14 = capture_weights::CONV14.push(&mut self.conv14, __dense12, relu);
        let __skip5 = add(__skip13, __conv14);
        let __dense15 = capture_weights::DENSE15.apply(__skip5, linear);
        ::core::option::Option::Some(__dense15)
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
        use ::streaming_net::__private::{
            Pointwise, Tanh, activate, add_block, map_block, multiply, sigmoid, slice,
            tanh,
        };
        /// Buffers for the layers' outputs of 32 pushes.
        let mut __buffer_1 = [0.0; 128];
        let mut __buffer_2 = [0.0; 128];
        let mut __buffer_3 = [0.0; 256];
        let mut __buffer_4 = [0.0; 128];
        /// Memory where a convolution puts past and new frames in a row.
        let mut __scratch = [0.0; ::streaming_net::__private::scratch(
            &[[3, 1, 1, 1], [3, 4, 1, 4], [2, 2, 1, 4], [2, 1, 1, 4], [2, 3, 1, 4]],
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
                /// `conv2`: `conv(k=3, in=4, out=4, causal)`, `mixin3`: `mixin()`, `relu()`
                let __conv2 = capture_weights::CONV2
                    .push_block(
                        &mut __net.conv2,
                        (__frames, &mut __scratch),
                        (),
                        &mut __buffer_1,
                        Pointwise::Relu,
                    );
                /// `dense1`: `dense(in=1, out=4, no_bias)`, `dense4`: `dense(in=4, out=4)`, `block1`: `residual()`
                let __dense4 = capture_weights::DENSE4
                    .apply_block(
                        &*__conv2,
                        capture_weights::DENSE1.sums_of(__frames),
                        &mut __buffer_2,
                        Pointwise::Linear,
                    );
                /// `conv5`: `conv(k=3, in=4, out=8, dilation=4, causal)`, `mixin6`: `mixin()`
                let __conv5 = capture_weights::CONV5
                    .push_block(
                        &mut __net.conv5,
                        (&*__dense4, &mut __scratch),
                        capture_weights::MIXIN6.sums_of(__frames),
                        &mut __buffer_3,
                        Pointwise::Linear,
                    );
                /// `gated1`: `gated(in=8, out=4)`
                let __gated1 = map_block(
                    &*__conv5,
                    &mut __buffer_4,
                    |__conv5| multiply(
                        activate(slice::<8, 0, 4>(__conv5), tanh),
                        activate(slice::<8, 4, 4>(__conv5), sigmoid),
                    ),
                );
                /// `skip2`: `skip()`
                let __skip2 = __conv2;
                add_block(__skip2, &*__gated1);
                /// `dense7`: `dense(in=4, out=4)`, `block2`: `residual()`
                let __dense7 = capture_weights::DENSE7
                    .apply_block(
                        &*__gated1,
                        &*__dense4,
                        &mut __buffer_3,
                        Pointwise::Linear,
                    );
                /// `head8`: `head(in=4, out=4, no_bias)`
                let __head8 = capture_weights::HEAD8
                    .apply_block(&*__skip2, (), &mut __buffer_2, Pointwise::Linear);
                /// `conv9`: `conv(k=2, in=4, out=4, dilation=2, causal, relu)`
                let __conv9 = capture_weights::CONV9
                    .push_block(
                        &mut __net.conv9,
                        (&*__dense7, &mut __scratch),
                        (),
                        &mut __buffer_1,
                        Pointwise::Relu,
                    );
                /// `skip3`: `skip()`
                let __skip3 = __head8;
                add_block(__skip3, &*__conv9);
                /// `block3`: `residual()`
                let __block3 = __dense7;
                add_block(__block3, &*__conv9);
                /// `conv10`: `conv(k=2, in=4, out=4, causal)`, `mixin11`: `mixin(tanh)`, `skip4`: `skip()`, `dense12`: `dense(in=4, out=4)`, `block4`: `residual()`
                let __dense12 = capture_weights::CONV10
                    .residual_block(
                        &mut __net.conv10,
                        (&*__block3, &mut __scratch),
                        (
                            capture_weights::MIXIN11.sums_of(__frames),
                            ::core::option::Option::Some(&mut *__skip3),
                        ),
                        (Tanh, &capture_weights::DENSE12),
                        &mut __buffer_1,
                    );
                let __skip4 = __skip3;
                /// `skip13`: `skip(out=4)`
                let __skip13 = capture_weights::SKIP13
                    .apply_block(
                        &*__dense12,
                        &*__skip4,
                        &mut __buffer_3,
                        Pointwise::Linear,
                    );
                /// `conv14`: `conv(k=2, in=4, out=4, dilation=3, causal, relu)`, `skip5`: `skip()`
                capture_weights::CONV14
                    .add_block(
                        &mut __net.conv14,
                        (&*__dense12, &mut __scratch),
                        (),
                        __skip13,
                        Pointwise::Relu,
                    );
                let __skip5 = __skip13;
                /// `dense15`: `dense(in=4, out=1)`
                let _ = capture_weights::DENSE15
                    .apply_block(
                        &*__skip5,
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
        self.conv9.reset();
        self.conv10.reset();
        self.conv14.reset();
    }
}
impl ::core::default::Default for Capture {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Capture {
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
mod capture_weights {
    pub(super) static DENSE1: ::streaming_net::__private::Conv<
        1,
        1,
        4,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[-0.3125, -0.4375, 0.0, 0.0625]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<3, 1, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [[-0.02734375, 0.0859375, -0.27734375, -0.16796875]],
            [[-0.02734375, 0.0859375, -0.27734375, -0.16796875]],
            [[-0.27734375, -0.0390625, 0.22265625, 0.26953125]],
        ],
        bias: [0.375, -0.1875, 0.1875, -0.0625],
    };
    pub(super) static DENSE4: ::streaming_net::__private::Conv<1, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
            ],
        ],
        bias: [0.125, -0.375, 0.3125, -0.5],
    };
    pub(super) static MIXIN6: ::streaming_net::__private::Conv<
        1,
        1,
        8,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV5: ::streaming_net::__private::Conv<3, 4, 8> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5],
            ],
            [
                [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5],
            ],
            [
                [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5],
            ],
        ],
        bias: [-0.3125, -0.4375, 0.0, 0.0625, 0.375, -0.1875, 0.1875, -0.0625],
    };
    pub(super) static DENSE7: ::streaming_net::__private::Conv<1, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.3125, -0.4375, 0.0, 0.0625],
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
            ],
        ],
        bias: [-0.3125, -0.4375, 0.0, 0.0625],
    };
    pub(super) static HEAD8: ::streaming_net::__private::Conv<
        1,
        4,
        4,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
        ],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV9: ::streaming_net::__private::Conv<2, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
        ],
        bias: [0.375, -0.1875, 0.1875, -0.0625],
    };
    pub(super) static MIXIN11: ::streaming_net::__private::Conv<
        1,
        1,
        4,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[-0.25, -0.125, 0.5, 0.4375]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV10: ::streaming_net::__private::Conv<2, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
        ],
        bias: [0.375, -0.1875, 0.1875, -0.0625],
    };
    pub(super) static DENSE12: ::streaming_net::__private::Conv<1, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
            ],
        ],
        bias: [0.125, -0.375, 0.3125, -0.5],
    };
    pub(super) static SKIP13: ::streaming_net::__private::Conv<1, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
                [0.375, -0.1875, 0.1875, -0.0625],
            ],
        ],
        bias: [-0.25, -0.125, 0.5, 0.4375],
    };
    pub(super) static CONV14: ::streaming_net::__private::Conv<2, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
        ],
        bias: [0.375, -0.1875, 0.1875, -0.0625],
    };
    pub(super) static DENSE15: ::streaming_net::__private::Conv<1, 4, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.125], [-0.375], [0.3125], [-0.5]]],
        bias: [-0.3125],
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
            use ::streaming_net::__private::editor::relu as kind;
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
            use ::streaming_net::__private::editor::gated as kind;
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
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::skip as kind;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
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
            use ::streaming_net::__private::editor::skip as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.relu;
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
        "/weights/expansions/capture.json"))
    );
};
