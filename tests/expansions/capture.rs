// streaming_net! {
//     /// Residual blocks with a condition, large enough for blocks of frames.
//     #[weights = "weights/expansions/capture.json"]
//     pub struct Capture <
//         conditioned <
//             skips <
//                 dense(in=1, out=4, no_bias);
//                 residual < conv(k=3, out=4, causal); mixin(); relu(); skip(); dense(out=4) >;
//                 residual < conv(k=3, out=8, dilation=4, causal); mixin(); gated(); skip(); dense(out=4) >;
//                 head(out=4, no_bias);
//                 residual < conv(k=2, out=4, dilation=2, causal, relu); skip() >;
//                 residual < conv(k=2, out=4, causal); mixin(relu); skip(); dense(out=4) >;
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
/// | `conv2`   | · · · `mixin(relu)`        |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `conv2`   | · · · `relu()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `skip1`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense4`  | · · · `dense()`            |  4 |   4 |    1 |        1 |       0 |      20 |                   16 |
/// | `block1`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `conv5`   | · · · `conv(causal)`       |  4 |   8 |    3 |        4 |       8 |     104 |                   96 |
/// | `mixin6`  | · · · `mixin()`            |  8 |   8 |      |          |       0 |       8 |                    8 |
/// | `gated1`  | · · · `gated()`            |  8 |   4 |      |          |       0 |       0 |                    0 |
/// | `skip2`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense7`  | · · · `dense()`            |  4 |   4 |    1 |        1 |       0 |      20 |                   16 |
/// | `block2`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `head8`   | · · `head(out=4, no_bias)` |  4 |   4 |    1 |        1 |       0 |      16 |                   16 |
/// | `conv9`   | · · · `conv(causal, relu)` |  4 |   4 |    2 |        2 |       2 |      36 |                   32 |
/// | `skip3`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `block3`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `conv10`  | · · · `conv(causal)`       |  4 |   4 |    2 |        1 |       1 |      36 |                   32 |
/// | `mixin11` | · · · `mixin(relu)`        |  4 |   4 |      |          |       0 |       4 |                    4 |
/// | `skip4`   | · · · `skip()`             |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `dense12` | · · · `dense()`            |  4 |   4 |    1 |        1 |       0 |      20 |                   16 |
/// | `block4`  | · · `residual()`           |  4 |   4 |      |          |       0 |       0 |                    0 |
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
    conv2: ::streaming_net::History<1, 2, 1>,
    /// History of `conv5` (8 frames, 4 channels).
    conv5: ::streaming_net::History<4, 2, 4>,
    /// History of `conv9` (2 frames, 4 channels).
    conv9: ::streaming_net::History<4, 1, 2>,
    /// History of `conv10` (1 frame, 4 channels).
    conv10: ::streaming_net::History<4, 1, 1>,
    /// History of `conv14` (3 frames, 4 channels).
    conv14: ::streaming_net::History<4, 1, 3>,
}
impl Capture {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 17;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 304;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 1380;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer    kind                      in  out  taps  dilation  history  weights  multiply-accumulates\ndense1   · · dense(no_bias)         1    4     1         1        0        4                     4\nconv2    · · · conv(causal)         4    4     3         1        2       16                    12\nconv2    · · · mixin(relu)          4    4                        0        0                     0\nconv2    · · · relu()               4    4                        0        0                     0\nskip1    · · · skip()               4    4                        0        0                     0\ndense4   · · · dense()              4    4     1         1        0       20                    16\nblock1   · · residual()             4    4                        0        0                     0\nconv5    · · · conv(causal)         4    8     3         4        8      104                    96\nmixin6   · · · mixin()              8    8                        0        8                     8\ngated1   · · · gated()              8    4                        0        0                     0\nskip2    · · · skip()               4    4                        0        0                     0\ndense7   · · · dense()              4    4     1         1        0       20                    16\nblock2   · · residual()             4    4                        0        0                     0\nhead8    · · head(out=4, no_bias)   4    4     1         1        0       16                    16\nconv9    · · · conv(causal, relu)   4    4     2         2        2       36                    32\nskip3    · · · skip()               4    4                        0        0                     0\nblock3   · · residual()             4    4                        0        0                     0\nconv10   · · · conv(causal)         4    4     2         1        1       36                    32\nmixin11  · · · mixin(relu)          4    4                        0        4                     4\nskip4    · · · skip()               4    4                        0        0                     0\ndense12  · · · dense()              4    4     1         1        0       20                    16\nblock4   · · residual()             4    4                        0        0                     0\nskip13   · · skip(out=4)            4    4                        0       20                    16\nconv14   · · conv(causal, relu)     4    4     2         3        3       36                    32\nskip5    · · skip()                 4    4                        0        0                     0\n         · skips()                  1    4                        0        0                     0\n         conditioned()              1    4                        0        0                     0\ndense15  dense()                    4    1     1         1        0        5                     4\ntotal                                                            16      345                   304";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv2: ::streaming_net::History::new(),
            conv5: ::streaming_net::History::new(),
            conv9: ::streaming_net::History::new(),
            conv10: ::streaming_net::History::new(),
            conv14: ::streaming_net::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{
            activate, add, halves, linear, multiply, relu, sigmoid, tanh,
        };
        let frame = {
            let condition = frame;
            {
                let mut skips;
                let mut skips_2;
                let frame = capture_weights::DENSE1.apply(frame, linear);
                let block = {
                    let frame = capture_weights::CONV2
                        .push(&mut self.conv2, condition, relu);
                    skips = frame;
                    frame
                };
                let frame = capture_weights::DENSE4.apply_onto(block, frame, linear);
                let block = {
                    let frame = capture_weights::CONV5
                        .push_mixed(
                            &mut self.conv5,
                            frame,
                            (&capture_weights::MIXIN6, condition),
                            linear,
                        );
                    let (first, second) = halves::<8, 4>(frame);
                    let frame = multiply(
                        activate(first, tanh),
                        activate(second, sigmoid),
                    );
                    skips = add(skips, frame);
                    frame
                };
                let frame = capture_weights::DENSE7.apply_onto(block, frame, linear);
                skips_2 = capture_weights::HEAD8.apply(skips, linear);
                let block = {
                    let frame = capture_weights::CONV9
                        .push(&mut self.conv9, frame, relu);
                    skips_2 = add(skips_2, frame);
                    frame
                };
                let frame = add(frame, block);
                let block = {
                    let frame = capture_weights::CONV10
                        .push_mixed(
                            &mut self.conv10,
                            frame,
                            (&capture_weights::MIXIN11, condition),
                            relu,
                        );
                    skips_2 = add(skips_2, frame);
                    frame
                };
                let frame = capture_weights::DENSE12.apply_onto(block, frame, linear);
                skips_2 = add(skips_2, capture_weights::SKIP13.apply(frame, linear));
                let frame = capture_weights::CONV14.push(&mut self.conv14, frame, relu);
                skips_2 = add(skips_2, frame);
                skips_2
            }
        };
        let frame = capture_weights::DENSE15.apply(frame, linear);
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
        use ::streaming_net::{
            activate, add, add_block, halves, join_blocks, linear, map_block, multiply,
            relu, sigmoid, tanh,
        };
        let mut room_1 = [0.0; 128];
        let mut room_2 = [0.0; 128];
        let mut room_3 = [0.0; 256];
        let mut room_4 = [0.0; 128];
        let mut copies = [0.0; 160];
        ::streaming_net::in_runs::<
            _,
            32,
        >(
            self,
            frames,
            answers,
            |net, frames: &[[f32; 1]], answers| {
                let condition = frames;
                let frames = {
                    let skips;
                    let block = {
                        let frames = capture_weights::CONV2
                            .push_block(
                                &mut net.conv2,
                                (condition, &mut copies),
                                (),
                                &mut room_1,
                                relu,
                            );
                        skips = frames;
                        &*skips
                    };
                    let frames = capture_weights::DENSE4
                        .apply_block(
                            block,
                            capture_weights::DENSE1.of(condition),
                            &mut room_2,
                            linear,
                        );
                    let block = {
                        let frames = capture_weights::CONV5
                            .push_block(
                                &mut net.conv5,
                                (frames, &mut copies),
                                capture_weights::MIXIN6.of(condition),
                                &mut room_3,
                                linear,
                            );
                        let frames = map_block(
                            frames,
                            &mut room_4,
                            |frame| {
                                let (first, second) = halves::<8, 4>(frame);
                                multiply(activate(first, tanh), activate(second, sigmoid))
                            },
                        );
                        add_block(skips, frames);
                        &*frames
                    };
                    let frames = capture_weights::DENSE7
                        .apply_block(block, &*frames, &mut room_3, linear);
                    let skips = capture_weights::HEAD8
                        .apply_block(skips, (), &mut room_2, linear);
                    let block = {
                        let frames = capture_weights::CONV9
                            .push_block(
                                &mut net.conv9,
                                (frames, &mut copies),
                                (),
                                &mut room_1,
                                relu,
                            );
                        add_block(skips, frames);
                        &*frames
                    };
                    let frames = join_blocks(frames, block, &mut room_4, add);
                    let frames = capture_weights::CONV10
                        .residual_block(
                            &mut net.conv10,
                            (frames, &mut copies),
                            (capture_weights::MIXIN11.of(condition), &mut *skips),
                            (relu, &capture_weights::DENSE12),
                            &mut room_1,
                        );
                    add_block(
                        skips,
                        capture_weights::SKIP13
                            .apply_block(frames, (), &mut room_3, linear),
                    );
                    capture_weights::CONV14
                        .add_block(
                            &mut net.conv14,
                            (frames, &mut copies),
                            (),
                            skips,
                            relu,
                        );
                    skips
                };
                let _ = capture_weights::DENSE15
                    .apply_block(frames, (), answers.as_flattened_mut(), linear);
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
mod capture_weights {
    pub(super) static DENSE1: ::streaming_net::Conv<1, 1, 4, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [[[-0.3125, -0.4375, 0.0, 0.0625]]],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static CONV2: ::streaming_net::Conv<3, 1, 4> = ::streaming_net::Conv {
        kernel: [
            [[-0.02734375, 0.0859375, -0.27734375, -0.16796875]],
            [[-0.02734375, 0.0859375, -0.27734375, -0.16796875]],
            [[-0.27734375, -0.0390625, 0.22265625, 0.26953125]],
        ],
        bias: [0.375, -0.1875, 0.1875, -0.0625],
    };
    pub(super) static DENSE4: ::streaming_net::Conv<1, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static CONV5: ::streaming_net::Conv<3, 4, 8> = ::streaming_net::Conv {
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
    pub(super) static MIXIN6: ::streaming_net::Conv<1, 1, 8, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [[[-0.25, -0.125, 0.5, 0.4375, 0.125, -0.375, 0.3125, -0.5]]],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static DENSE7: ::streaming_net::Conv<1, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static HEAD8: ::streaming_net::Conv<1, 4, 4, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [
            [
                [0.375, -0.1875, 0.1875, -0.0625],
                [-0.25, -0.125, 0.5, 0.4375],
                [0.125, -0.375, 0.3125, -0.5],
                [-0.3125, -0.4375, 0.0, 0.0625],
            ],
        ],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static CONV9: ::streaming_net::Conv<2, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static CONV10: ::streaming_net::Conv<2, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static MIXIN11: ::streaming_net::Conv<1, 1, 4, ::streaming_net::NoBias> = ::streaming_net::Conv {
        kernel: [[[-0.25, -0.125, 0.5, 0.4375]]],
        bias: ::streaming_net::NoBias,
    };
    pub(super) static DENSE12: ::streaming_net::Conv<1, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static SKIP13: ::streaming_net::Conv<1, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static CONV14: ::streaming_net::Conv<2, 4, 4> = ::streaming_net::Conv {
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
    pub(super) static DENSE15: ::streaming_net::Conv<1, 4, 1> = ::streaming_net::Conv {
        kernel: [[[0.125], [-0.375], [0.3125], [-0.5]]],
        bias: [-0.3125],
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
            use ::streaming_net::editor::relu as kind;
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
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::editor::mixin as kind;
        }
        {
            use ::streaming_net::editor::gated as kind;
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
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::editor::skip as kind;
        }
        {
            use ::streaming_net::editor::residual as kind;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::editor::mixin as kind;
            let _ = kind::ARGUMENTS.relu;
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
            use ::streaming_net::editor::skip as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::editor::skip as kind;
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
    "/weights/expansions/capture.json")
);
