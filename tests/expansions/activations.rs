// streaming_net! {
//     /// No weights, no state.
//     pub struct Activations <
//         relu(in=2);
//         leaky_relu(slope=0.01);
//         softmax()
//     >
// }

/// No weights, no state.
///
/// Takes frames of 2 channels and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer | kind                     | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-------|--------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// |       | `relu()`                 |  2 |   2 |      |          |       0 |       0 |                    0 |
/// |       | `leaky_relu(slope=0.01)` |  2 |   2 |      |          |       0 |       0 |                    0 |
/// |       | `softmax()`              |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | total |                          |    |     |      |          |       0 |       0 |                    0 |
///
/// An output depends on only the newest input frame. Every push returns an output.
///
/// The state takes 0 bytes of RAM, the weights 0 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Activations {}
impl Activations {
    /// Channels of an input frame.
    pub const INPUTS: usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 1;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 0;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 0;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "layer  kind                    in  out  taps  dilation  history  weights  multiply-accumulates\n       relu()                   2    2                        0        0                     0\n       leaky_relu(slope=0.01)   2    2                        0        0                     0\n       softmax()                2    2                        0        0                     0\ntotal                                                         0        0                     0";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[f32; 2]> {
        use ::streaming_net::{activate, leaky_relu, relu, softmax};
        let frame = activate(frame, relu);
        let frame = activate(frame, leaky_relu(0.01));
        let frame = activate(frame, softmax);
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
    pub fn reset(&mut self) {}
}
impl ::core::default::Default for Activations {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Activations {
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
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::editor::relu as kind;
            let _ = kind::ARGUMENTS.r#in;
        }
        {
            use ::streaming_net::editor::leaky_relu as kind;
            let _ = kind::ARGUMENTS.slope;
        }
        {
            use ::streaming_net::editor::softmax as kind;
        }
    }
};
