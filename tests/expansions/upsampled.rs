// streaming_net! {
//     /// Four frames for one.
//     #[weights = "weights/expansions/upsampled.json"]
//     pub struct Upsampled <
//         conv_transpose(k=3, in=2, out=1, stride=2, relu);
//         upsample(n=2);
//         conv(k=2, out=1, causal)
//     >
// }

/// Four frames for one.
///
/// Takes frames of 2 channels and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer             | kind                             | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-------------------|----------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv_transpose1` | `conv_transpose(stride=2, relu)` |  2 |   1 |    3 |          |       1 |       7 |                    6 |
/// |                   | `upsample(n=2)`                  |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `conv2`           | `conv(causal)`                   |  1 |   1 |    2 |        1 |       1 |       3 |                    8 |
/// | total             |                                  |    |     |      |          |       2 |      10 |                   14 |
///
/// An output depends on the newest 2 input frames. Every push returns an output. An output has 4 frames, the oldest first.
///
/// The state takes 20 bytes of RAM, the weights 40 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Upsampled {
    /// History of `conv_transpose1` (1 frame, 2 channels).
    conv_transpose1: ::streaming_net::__private::History<2, 1, 1>,
    /// History of `conv2` (1 frame, 1 channel).
    conv2: ::streaming_net::__private::History<1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Upsampled {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 14;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 40;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer            kind                            in  out  taps  dilation  history  weights  multiply-accumulates\nconv_transpose1  conv_transpose(stride=2, relu)   2    1     3                  1        7                     6\n                 upsample(n=2)                    1    1                        0        0                     0\nconv2            conv(causal)                     1    1     2         1        1        3                     8\ntotal                                                                           2       10                    14";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv_transpose1: ::streaming_net::__private::History::new(),
            conv2: ::streaming_net::__private::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output. An output has 4 frames, the oldest first.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[[::core::primitive::f32; 1]; 4]> {
        use ::streaming_net::__private::{joined, linear, relu, upsample};
        let __conv_transpose1 = upsampled_weights::CONV_TRANSPOSE1
            .push(&mut self.conv_transpose1, __frame, relu);
        let __upsample = joined::<1, 2, 2, 4>(__conv_transpose1.map(upsample::<2, 1>));
        let __conv2 = __upsample
            .map(|__upsample| {
                upsampled_weights::CONV2.push(&mut self.conv2, __upsample, linear)
            });
        ::core::option::Option::Some(__conv2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[[::core::primitive::f32; 1]; 4]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv_transpose1.reset();
        self.conv2.reset();
    }
}
impl ::core::default::Default for Upsampled {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Upsampled {
    type Input = [::core::primitive::f32; 2];
    type Output = [[::core::primitive::f32; 1]; 4];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[[::core::primitive::f32; 1]; 4]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[[::core::primitive::f32; 1]; 4]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod upsampled_weights {
    pub(super) static CONV_TRANSPOSE1: ::streaming_net::__private::ConvTranspose<
        3,
        2,
        1,
        2,
    > = ::streaming_net::__private::ConvTranspose {
        kernel: [[[1.0], [0.0]], [[2.0], [1.0]], [[0.0], [4.0]]],
        bias: [1.0],
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<2, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[1.0]], [[-1.0]]],
        bias: [0.0],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::conv_transpose as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::upsample as kind;
            let _ = kind::ARGUMENTS.n;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.causal;
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
        "/weights/expansions/upsampled.json"))
    );
};
