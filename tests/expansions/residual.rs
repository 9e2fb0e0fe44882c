// streaming_net! {
//     /// A valid block beside a projection of the frame in the middle of its taps.
//     #[weights = "weights/expansions/residual.json"]
//     pub struct Residual <
//         residual(project, center) < conv(k=3, in=1, out=2, relu) >
//     >
// }

/// A valid block beside a projection of the frame in the middle of its taps.
///
/// Takes frames of 1 channel and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer       | kind                        | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-------------|-----------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`     | · `conv(valid, relu)`       |  1 |   2 |    3 |        1 |       2 |       8 |                    6 |
/// | `residual2` | `residual(project, center)` |  1 |   2 |      |          |       1 |       4 |                    2 |
/// | total       |                             |    |     |      |          |       3 |      12 |                    8 |
///
/// An output depends on the newest 3 input frames. The first 2 pushes return `None`, every later push an output. An output belongs to the frame before the newest.
///
/// The state takes 28 bytes of RAM, the weights 48 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Residual {
    /// History of `conv1` (2 frames, 1 channel) and its output schedule.
    conv1: ::streaming_net::ScheduledHistory<1, 2, 1, 2, 1>,
    /// History of `residual2` (1 frame, 1 channel) and its output schedule.
    residual2: ::streaming_net::Delay<1, 1>,
}
impl Residual {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 48;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer      kind                       in  out  taps  dilation  history  weights  multiply-accumulates\nconv1      · conv(valid, relu)         1    2     3         1        2        8                     6\nresidual2  residual(project, center)   1    2                        1        4                     2\ntotal                                                                3       12                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::ScheduledHistory::new(),
            residual2: ::streaming_net::Delay::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 2 pushes return `None`, every later push an output. An output belongs to the frame before the newest.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 2]> {
        use ::streaming_net::{add, linear, relu};
        let input = self.residual2.push(frame);
        let block = residual_weights::CONV1.push(&mut self.conv1, frame, relu)?;
        let frame = add(residual_weights::RESIDUAL2.apply(input?, linear), block);
        ::core::option::Option::Some(frame)
    }
    /// Pushes several frames, writes their outputs to the start of `answers` and returns how many it wrote. The
    /// outputs are bit for bit those of [`push`](Self::push). If `answers` is too short, the remaining outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        frames: &[[f32; 1]],
        answers: &mut [[f32; 2]],
    ) -> usize {
        ::streaming_net::one_by_one(self, frames, answers)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
        self.residual2.reset();
    }
}
impl ::core::default::Default for Residual {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Residual {
    type Input = [f32; 1];
    type Output = [f32; 2];
    const INPUTS: usize = Self::INPUTS;
    const OUTPUTS: usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: usize = Self::RECEPTIVE_FIELD;
    const MACS: usize = Self::MACS;
    const STATE_BYTES: usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: usize = Self::WEIGHT_BYTES;
    fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 2]> {
        Self::push(self, frame)
    }
    fn push_block(&mut self, frames: &[[f32; 1]], answers: &mut [[f32; 2]]) -> usize {
        Self::push_block(self, frames, answers)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod residual_weights {
    pub(super) static CONV1: ::streaming_net::Conv<3, 1, 2> = ::streaming_net::Conv {
        kernel: [[[1.0, 0.5]], [[0.0, 1.0]], [[-1.0, 2.0]]],
        bias: [0.0, 1.0],
    };
    pub(super) static RESIDUAL2: ::streaming_net::Conv<1, 1, 2> = ::streaming_net::Conv {
        kernel: [[[2.0, -1.0]]],
        bias: [0.5, 0.0],
    };
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
            use ::streaming_net::editor::residual as kind;
            let _ = kind::ARGUMENTS.project;
            let _ = kind::ARGUMENTS.center;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/residual.json")
);
