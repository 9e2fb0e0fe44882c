// streaming_net! {
//     /// What it comes to in silence is what it begins with; the recorded run began cold.
//     #[weights = "weights/expansions/resting.json"]
//     #[start = "rest"]
//     #[self_test]
//     pub struct Resting <
//         conv(k=3, in=1, out=2, relu);
//         conv(k=2, out=1, dilation=2, causal);
//         avg_pool(size=2)
//     >
// }

/// What it comes to in silence is what it begins with; the recorded run began cold.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer       | kind                         | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-------------|------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`     | `conv(valid, relu)`          |  1 |   2 |    3 |        1 |       2 |       8 |                    6 |
/// | `conv2`     | `conv(causal)`               |  2 |   1 |    2 |        2 |       2 |       5 |                    4 |
/// | `avg_pool1` | `avg_pool(size=2, stride=2)` |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | total       |                              |    |     |      |          |       4 |      13 |                   10 |
///
/// An output depends on the newest 6 input frames. The first push returns an output, then one push in 2.
///
/// The network starts in its steady state, as if a constant input had been pushed forever.
///
/// The state takes 44 bytes of RAM, the weights 52 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Resting {
    /// History of `conv1` (2 frames, 1 channel) and its output schedule.
    conv1: ::streaming_net::ScheduledHistory<1, 2, 1, 2, 1>,
    /// History of `conv2` (2 frames, 2 channels).
    conv2: ::streaming_net::History<2, 1, 2>,
    /// Window of `avg_pool1` so far (1 channel) and its output schedule.
    avg_pool1: ::streaming_net::AvgPool<1, 2, 2>,
}
impl Resting {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 6;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 10;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 52;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer      kind                        in  out  taps  dilation  history  weights  multiply-accumulates\nconv1      conv(valid, relu)            1    2     3         1        2        8                     6\nconv2      conv(causal)                 2    1     2         2        2        5                     4\navg_pool1  avg_pool(size=2, stride=2)   1    1                        0        0                     0\ntotal                                                                 4       13                    10";
    /// A network in its steady state, as if a constant input had been pushed forever.
    ///
    /// In a `static`, it takes 44 bytes of flash; a [`cold`](Self::cold) network takes none.
    #[must_use]
    pub const fn new() -> Self {
        let mut net = Self::cold();
        net.reset();
        net
    }
    /// A network before its first frame, with all state zero. [`reset`](Self::reset) brings it to the steady
    /// state.
    #[must_use]
    pub const fn cold() -> Self {
        Self {
            conv1: ::streaming_net::ScheduledHistory::new(),
            conv2: ::streaming_net::History::new(),
            avg_pool1: ::streaming_net::AvgPool::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns an output, then one push in 2.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{linear, relu};
        let frame = resting_weights::CONV1.push(&mut self.conv1, frame, relu)?;
        let frame = resting_weights::CONV2.push(&mut self.conv2, frame, linear);
        let frame = self.avg_pool1.push(frame)?;
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
    /// Returns to the steady state, as after [`new`](Self::new).
    pub const fn reset(&mut self) {
        self.conv1.fill(&resting_rest::CONV1);
        self.conv2.fill(&resting_rest::CONV2);
        self.avg_pool1.fill(&resting_rest::AVG_POOL1);
    }
    /// Pushes the frames of the recorded run and compares the outputs with the recorded ones.
    /// The run starts from zero state; the network is in its steady state afterwards.
    ///
    /// # Errors
    ///
    /// The first output that differs from the recorded one by more than the tolerance of the weights file.
    pub fn self_test(
        &mut self,
    ) -> ::core::result::Result<(), ::streaming_net::Mismatch> {
        self.conv1.reset();
        self.conv2.reset();
        self.avg_pool1.reset();
        let compared = resting_recorded::RUN.compare(self);
        self.reset();
        compared
    }
}
impl ::core::default::Default for Resting {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Resting {
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
mod resting_weights {
    pub(super) static CONV1: ::streaming_net::Conv<3, 1, 2> = ::streaming_net::Conv {
        kernel: [[[1.0, 2.0]], [[0.0, 1.0]], [[-1.0, 0.5]]],
        bias: [0.5, -1.0],
    };
    pub(super) static CONV2: ::streaming_net::Conv<2, 2, 1> = ::streaming_net::Conv {
        kernel: [[[2.0], [1.0]], [[-1.0], [3.0]]],
        bias: [0.25],
    };
}
#[allow(clippy::approx_constant, reason = "a number may be near one")]
mod resting_rest {
    pub(super) const CONV1: [[f32; 1]; 1] = [[0.0]];
    pub(super) const CONV2: [[f32; 2]; 1] = [[0.5, 0.0]];
    pub(super) const AVG_POOL1: [f32; 1] = [0.75];
}
#[allow(
    clippy::approx_constant,
    clippy::large_const_arrays,
    reason = "recorded numbers"
)]
mod resting_recorded {
    pub(super) static RUN: ::streaming_net::Run<[f32; 1], [f32; 1], 4, 1> = ::streaming_net::Run {
        input: [[0.0], [0.0], [0.0], [0.0]],
        output: [[-0.25]],
        tolerance: 1e-5,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn resting_answers_as_recorded() -> ::core::result::Result<
    (),
    ::streaming_net::Mismatch,
> {
    resting_recorded::RUN.compare(&mut Resting::cold())
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::editor::avg_pool as kind;
            let _ = kind::ARGUMENTS.size;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/resting.json")
);
