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
///
/// The recorded run of 4 frames is reproduced within 1e-5 of each number, or of 1 where that is more.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Resting {
    /// History of `conv1` (2 frames, 1 channel) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<1, 2, 1, 2, 1>,
    /// History of `conv2` (2 frames, 2 channels).
    conv2: ::streaming_net::__private::History<2, 1, 2>,
    /// Window of `avg_pool1` so far (1 channel) and its output schedule.
    avg_pool1: ::streaming_net::__private::AvgPool<1, 2, 2>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Resting {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 6;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 10;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 52;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer      kind                        in  out  taps  dilation  history  weights  multiply-accumulates\nconv1      conv(valid, relu)            1    2     3         1        2        8                     6\nconv2      conv(causal)                 2    1     2         2        2        5                     4\navg_pool1  avg_pool(size=2, stride=2)   1    1                        0        0                     0\ntotal                                                                 4       13                    10";
    /// A network in its steady state, as if a constant input had been pushed forever.
    ///
    /// In a `static`, it takes 44 bytes of flash; a [`cold`](Self::cold) network takes none.
    #[must_use]
    pub const fn new() -> Self {
        let mut __net = Self::cold();
        __net.reset();
        __net
    }
    /// A network before its first frame, with all state zero. [`reset`](Self::reset) brings it to the steady
    /// state.
    #[must_use]
    pub const fn cold() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
            conv2: ::streaming_net::__private::History::new(),
            avg_pool1: ::streaming_net::__private::AvgPool::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns an output, then one push in 2.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{linear, relu};
        let __conv1 = resting_weights::CONV1.push(&mut self.conv1, __frame, relu)?;
        let __conv2 = resting_weights::CONV2.push(&mut self.conv2, __conv1, linear);
        let __avg_pool1 = self.avg_pool1.push(__conv2)?;
        ::core::option::Option::Some(__avg_pool1)
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
    /// Returns to the steady state, as after [`new`](Self::new).
    pub const fn reset(&mut self) {
        self.conv1.fill(&resting_steady_state::CONV1);
        self.conv2.fill(&resting_steady_state::CONV2);
        self.avg_pool1.fill(&resting_steady_state::AVG_POOL1);
    }
    /// Pushes the frames of the recorded run and compares the outputs with the recorded ones.
    /// The run starts from zero state; the network is in its steady state afterwards.
    ///
    /// # Errors
    ///
    /// The first number that differs from the recorded one by more than 1e-5 of that, or of 1 where that is more.
    pub fn self_test(
        &mut self,
    ) -> ::core::result::Result<(), ::streaming_net::Mismatch> {
        self.conv1.reset();
        self.conv2.reset();
        self.avg_pool1.reset();
        let __compared = resting_recorded::RUN.compare(self);
        self.reset();
        __compared
    }
}
impl ::core::default::Default for Resting {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Resting {
    type Input = [::core::primitive::f32; 1];
    type Output = [::core::primitive::f32; 1];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    const OUTPUT_AT_REST: ::core::option::Option<Self::Output> = ::core::option::Option::Some(
        Self::OUTPUT_AT_REST,
    );
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
impl Resting {
    /// The output in the steady state: the offset of a capture in silence.
    pub const OUTPUT_AT_REST: [::core::primitive::f32; 1] = [0.75];
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod resting_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<3, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, 2.0]], [[0.0, 1.0]], [[-1.0, 0.5]]],
        bias: [0.5, -1.0],
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<2, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[2.0], [1.0]], [[-1.0], [3.0]]],
        bias: [0.25],
    };
}
#[allow(clippy::approx_constant, reason = "a number may be near one")]
mod resting_steady_state {
    pub(super) const CONV1: [[::core::primitive::f32; 1]; 1] = [[0.0]];
    pub(super) const CONV2: [[::core::primitive::f32; 2]; 1] = [[0.5, 0.0]];
    pub(super) const AVG_POOL1: [::core::primitive::f32; 1] = [0.75];
}
#[allow(
    clippy::approx_constant,
    clippy::large_const_arrays,
    reason = "recorded numbers"
)]
mod resting_recorded {
    pub(super) static RUN: ::streaming_net::Run<
        [::core::primitive::f32; 1],
        [::core::primitive::f32; 1],
        4,
        1,
    > = ::streaming_net::Run {
        input: [[0.0], [0.0], [0.0], [0.0]],
        output: [[-0.25]],
        tolerance: 1e-5,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn resting_outputs_as_recorded() -> ::core::result::Result<
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
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::__private::editor::avg_pool as kind;
            let _ = kind::ARGUMENTS.size;
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
        "/weights/expansions/resting.json"))
    );
};
