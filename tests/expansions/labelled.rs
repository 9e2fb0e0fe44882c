// streaming_net! {
//     /// Fields and statics have the labels' names; the file's layers are found by them.
//     #[weights = "weights/expansions/labelled.json"]
//     #[derive(Clone, PartialEq)]
//     pub struct Labelled <
//         taps: conv(k=2, in=1, out=1, causal);
//         relu6();
//         r#type: conv(k=2, out=1, causal)
//     >
// }

/// Fields and statics have the labels' names; the file's layers are found by them.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer  | kind                  | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |--------|-----------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `taps` | `conv(causal, relu6)` |  1 |   1 |    2 |        1 |       1 |       3 |                    2 |
/// | `taps` | `relu6()`             |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `type` | `conv(causal)`        |  1 |   1 |    2 |        1 |       1 |       3 |                    2 |
/// | total  |                       |    |     |      |          |       2 |       6 |                    4 |
///
/// An output depends on the newest 3 input frames. Every push returns an output.
///
/// The state takes 16 bytes of RAM, the weights 24 bytes of flash.
#[derive(Clone, PartialEq)]
#[derive(::core::fmt::Debug)]
#[allow(clippy::struct_field_names, reason = "the fields are the labels")]
pub struct Labelled {
    /// History of `taps` (1 frame, 1 channel).
    taps: ::streaming_net::History<1, 1, 1>,
    /// History of `type` (1 frame, 1 channel).
    r#type: ::streaming_net::History<1, 1, 1>,
}
impl Labelled {
    /// Channels of an input frame.
    pub const INPUTS: usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 4;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 24;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer  kind                 in  out  taps  dilation  history  weights  multiply-accumulates\ntaps   conv(causal, relu6)   1    1     2         1        1        3                     2\ntaps   relu6()               1    1                        0        0                     0\ntype   conv(causal)          1    1     2         1        1        3                     2\ntotal                                                      2        6                     4";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            taps: ::streaming_net::History::new(),
            r#type: ::streaming_net::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 1]) -> ::core::option::Option<[f32; 1]> {
        use ::streaming_net::{linear, relu6};
        let frame = labelled_weights::TAPS.push(&mut self.taps, frame, relu6);
        let frame = labelled_weights::TYPE.push(&mut self.r#type, frame, linear);
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
        self.taps.reset();
        self.r#type.reset();
    }
}
impl ::core::default::Default for Labelled {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Labelled {
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
mod labelled_weights {
    pub(super) static TAPS: ::streaming_net::Conv<2, 1, 1> = ::streaming_net::Conv {
        kernel: [[[0.25]], [[-1.0]]],
        bias: [1.0],
    };
    pub(super) static TYPE: ::streaming_net::Conv<2, 1, 1> = ::streaming_net::Conv {
        kernel: [[[0.5]], [[1.0]]],
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
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
        {
            use ::streaming_net::editor::relu6 as kind;
        }
        {
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
        }
    }
};
const _: &[u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
    "/weights/expansions/labelled.json")
);
