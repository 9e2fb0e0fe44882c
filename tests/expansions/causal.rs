// streaming_net! {
//     /// Two dilated convolutions with an output at every push.
//     #[weights = "weights/expansions/causal.json"]
//     pub struct Causal <
//         conv(k=2, in=1, out=2, causal, tanh);
//         conv(k=2, out=1, dilation=8, causal, leaky_relu=0.1)
//     >
// }

/// Two dilated convolutions with an output at every push.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer   | kind                           | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------|--------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1` | `conv(causal, tanh)`           |  1 |   2 |    2 |        1 |       1 |       6 |                    4 |
/// | `conv2` | `conv(causal, leaky_relu=0.1)` |  2 |   1 |    2 |        8 |       8 |       5 |                    4 |
/// | total   |                                |    |     |      |          |       9 |      11 |                    8 |
///
/// An output depends on the newest 10 input frames. Every push returns an output.
///
/// The state takes 76 bytes of RAM, the weights 44 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Causal {
    /// History of `conv1` (1 frame, 1 channel).
    conv1: ::streaming_net::__private::History<1, 1, 1>,
    /// History of `conv2` (8 frames, 2 channels).
    conv2: ::streaming_net::__private::History<2, 1, 8>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Causal {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 10;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 44;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind                          in  out  taps  dilation  history  weights  multiply-accumulates\nconv1  conv(causal, tanh)             1    2     2         1        1        6                     4\nconv2  conv(causal, leaky_relu=0.1)   2    1     2         8        8        5                     4\ntotal                                                               9       11                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::History::new(),
            conv2: ::streaming_net::__private::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{leaky_relu, tanh};
        let __conv1 = causal_weights::CONV1.push(&mut self.conv1, __frame, tanh);
        let __conv2 = causal_weights::CONV2
            .push(&mut self.conv2, __conv1, leaky_relu(0.1));
        ::core::option::Option::Some(__conv2)
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
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
        self.conv2.reset();
    }
}
impl ::core::default::Default for Causal {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Causal {
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
mod causal_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<2, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[0.5, -0.25]], [[1.0, 0.75]]],
        bias: [0.125, 0.0],
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<2, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.5], [-1.5]], [[3.1415927], [1e-20]]],
        bias: [-0.5],
    };
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
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.tanh;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.causal;
            let _ = kind::ARGUMENTS.leaky_relu;
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
        "/weights/expansions/causal.json"))
    );
};
