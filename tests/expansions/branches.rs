// streaming_net! {
//     /// Three branches of one input: what is early waits.
//     #[weights = "weights/expansions/branches.json"]
//     pub struct Branches <
//         concat(in=2) < conv(k=3, out=1, same) | sum < | tanh() > | dense(out=1) >;
//         gated()
//     >
// }

/// Three branches of one input: what is early waits.
///
/// Takes frames of 2 channels and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer     | kind           | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-----------|----------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`   | · `conv(same)` |  2 |   1 |    3 |        1 |       2 |       7 |                    6 |
/// |           | · · `tanh()`   |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `sum1`    | · `sum()`      |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `dense2`  | · `dense()`    |  2 |   1 |    1 |        1 |       0 |       3 |                    2 |
/// | `concat1` | `concat()`     |  2 |   4 |      |          |       2 |       0 |                    0 |
/// | `gated1`  | `gated()`      |  4 |   2 |      |          |       0 |       0 |                    0 |
/// | total     |                |    |     |      |          |       4 |      10 |                    8 |
///
/// An output depends on the newest 3 input frames. The first push returns `None`, every later push an output. An output belongs to the frame before the newest.
///
/// The state takes 52 bytes of RAM, the weights 40 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Branches {
    /// History of `conv1` (2 frames, 2 channels) and its output schedule.
    conv1: ::streaming_net::ScheduledHistory<2, 2, 1, 1, 1>,
    /// History of `concat1_2` (1 frame, 2 channels) and its output schedule.
    concat1_2: ::streaming_net::Delay<2, 1>,
    /// History of `concat1_3` (1 frame, 1 channel) and its output schedule.
    concat1_3: ::streaming_net::Delay<1, 1>,
}
impl Branches {
    /// Channels of an input frame.
    pub const INPUTS: usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 40;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer    kind          in  out  taps  dilation  history  weights  multiply-accumulates\nconv1    · conv(same)   2    1     3         1        2        7                     6\n         · · tanh()     2    2                        0        0                     0\nsum1     · sum()        2    2                        0        0                     0\ndense2   · dense()      2    1     1         1        0        3                     2\nconcat1  concat()       2    4                        2        0                     0\ngated1   gated()        4    2                        0        0                     0\ntotal                                                 4       10                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::ScheduledHistory::new(),
            concat1_2: ::streaming_net::Delay::new(),
            concat1_3: ::streaming_net::Delay::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, every later push an output. An output belongs to the frame before the newest.
    pub fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[f32; 2]> {
        use ::streaming_net::{
            activate, add, branch, concat, halves, linear, multiply, sigmoid, tanh,
        };
        let first = branches_weights::CONV1.push(&mut self.conv1, frame, linear);
        let second = branch(|| {
            let second = activate(frame, tanh);
            let frame = add(frame, second);
            self.concat1_2.push(frame)
        });
        let third = {
            let frame = branches_weights::DENSE2.apply(frame, linear);
            self.concat1_3.push(frame)?
        };
        let frame = concat::<3, 1, 4>(concat::<1, 2, 3>(first?, second?), third);
        let (first, second) = halves::<4, 2>(frame);
        let frame = multiply(activate(first, tanh), activate(second, sigmoid));
        ::core::option::Option::Some(frame)
    }
    /// Pushes several frames, writes their outputs to the start of `answers` and returns how many it wrote. The
    /// outputs are bit for bit those of [`push`](Self::push). If `answers` is too short, the remaining outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        frames: &[[f32; 2]],
        answers: &mut [[f32; 2]],
    ) -> usize {
        ::streaming_net::one_by_one(self, frames, answers)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
        self.concat1_2.reset();
        self.concat1_3.reset();
    }
}
impl ::core::default::Default for Branches {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Branches {
    type Input = [f32; 2];
    type Output = [f32; 2];
    const INPUTS: usize = Self::INPUTS;
    const OUTPUTS: usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: usize = Self::RECEPTIVE_FIELD;
    const MACS: usize = Self::MACS;
    const STATE_BYTES: usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: usize = Self::WEIGHT_BYTES;
    fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[f32; 2]> {
        Self::push(self, frame)
    }
    fn push_block(&mut self, frames: &[[f32; 2]], answers: &mut [[f32; 2]]) -> usize {
        Self::push_block(self, frames, answers)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod branches_weights {
    pub(super) static CONV1: ::streaming_net::Conv<3, 2, 1> = ::streaming_net::Conv {
        kernel: [[[1.0], [2.0]], [[3.0], [0.0]], [[0.0], [-1.0]]],
        bias: [0.5],
    };
    pub(super) static DENSE2: ::streaming_net::Conv<1, 2, 1> = ::streaming_net::Conv {
        kernel: [[[1.0], [1.0]]],
        bias: [0.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.same;
        }
        {
            use ::streaming_net::editor::tanh as kind;
        }
        {
            use ::streaming_net::editor::sum as kind;
        }
        {
            use ::streaming_net::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::concat as kind;
            let _ = kind::ARGUMENTS.r#in;
        }
        {
            use ::streaming_net::editor::gated as kind;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/branches.json")
);
