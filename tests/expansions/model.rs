// streaming_net! {
//     /// A model in ONNX with two outputs.
//     #[weights = "weights/onnx/two_outputs.onnx"]
//     pub struct Model;
// }

/// A model in ONNX with two outputs.
///
/// Takes frames of 2 channels and gives frames of 3 channels, one [`push`](Self::push) at a time.
///
/// | layer     | kind           | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-----------|----------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `trunk`   | `conv(causal)` |  2 |   4 |    3 |        1 |       2 |      28 |                   24 |
/// | `trunk`   | `elu()`        |  4 |   4 |      |          |       0 |       0 |                    0 |
/// | `pitch`   | `conv()`       |  4 |   2 |    1 |        1 |       0 |      10 |                    8 |
/// | `score`   | `conv()`       |  4 |   1 |    1 |        1 |       0 |       5 |                    4 |
/// | `score`   | `sigmoid()`    |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `outputs` | `concat()`     |  2 |   3 |      |          |       0 |       0 |                    0 |
/// | total     |                |    |     |      |          |       2 |      43 |                   36 |
///
/// An output depends on the newest 3 input frames. Every push returns an output.
///
/// The state takes 20 bytes of RAM, the weights 172 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Model {
    /// History of `trunk` (2 frames, 2 channels).
    trunk: ::streaming_net::__private::History<2, 2, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Model {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 3;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 36;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 172;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer    kind          in  out  taps  dilation  history  weights  multiply-accumulates\ntrunk    conv(causal)   2    4     3         1        2       28                    24\ntrunk    elu()          4    4                        0        0                     0\npitch    conv()         4    2     1         1        0       10                     8\nscore    conv()         4    1     1         1        0        5                     4\nscore    sigmoid()      1    1                        0        0                     0\noutputs  concat()       2    3                        0        0                     0\ntotal                                                 2       43                    36";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            trunk: ::streaming_net::__private::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 3]> {
        use ::streaming_net::__private::{concat, elu, linear, sigmoid};
        let __trunk = model_weights::TRUNK.push(&mut self.trunk, __frame, elu(1.0));
        let __pitch = model_weights::PITCH.apply(__trunk, linear);
        let __score = model_weights::SCORE.apply(__trunk, sigmoid);
        let __outputs = concat::<2, 1, 3>(__pitch, __score);
        ::core::option::Option::Some(__outputs)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 3]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.trunk.reset();
    }
}
impl ::core::default::Default for Model {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Model {
    type Input = [::core::primitive::f32; 2];
    type Output = [::core::primitive::f32; 3];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 3]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 3]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
impl Model {
    /// Channels of the model's output `pitch` in an output frame.
    pub const OUTPUT_PITCH: ::core::ops::Range<::core::primitive::usize> = 0..2;
    /// Channels of the model's output `vad` in an output frame.
    pub const OUTPUT_VAD: ::core::ops::Range<::core::primitive::usize> = 2..3;
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod model_weights {
    pub(super) static TRUNK: ::streaming_net::__private::Conv<3, 2, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.595915, -0.17936653, -0.32231325, 0.014926744],
                [0.63003093, -0.21354935, -0.2680122, 0.55666864],
            ],
            [
                [-0.31962642, 0.46552622, 0.17751804, -0.28274497],
                [-0.048445046, 0.20316038, -0.24607396, 0.10691357],
            ],
            [
                [-0.55037177, 0.5960371, -0.015938958, -0.21297255],
                [-0.65011716, 0.3570423, 0.03351724, 0.44254717],
            ],
        ],
        bias: [0.60091114, 0.29442114, 1.1354432, -0.41265202],
    };
    pub(super) static PITCH: ::streaming_net::__private::Conv<1, 4, 2> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [0.4042048, -0.9771056],
                [-0.15907198, -0.4844331],
                [0.9278916, 0.33215645],
                [0.8502201, 0.3949336],
            ],
        ],
        bias: [0.3682821, -0.035432663],
    };
    pub(super) static SCORE: ::streaming_net::__private::Conv<1, 4, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.22756042], [0.32651073], [-0.038935635], [0.513651]]],
        bias: [-1.1297486],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = { #[cfg(rust_analyzer)] {} };
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    /// Cargo rebuilds when this file changes.
    const _: &[::core::primitive::u8] = ::core::include_bytes!(
        ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/onnx/two_outputs.onnx")
    );
};
