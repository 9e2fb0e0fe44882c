// streaming_net! {
//     /// Valid padding and strides, with and without a history.
//     #[weights = "weights/expansions/strided.json"]
//     pub struct Strided <
//         conv(k=2, in=1, out=2, stride=2, no_bias);
//         conv(k=1, out=1, stride=3)
//     >
// }

/// Valid padding and strides, with and without a history.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer   | kind                             | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------|----------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1` | `conv(stride=2, valid, no_bias)` |  1 |   2 |    2 |        1 |       1 |       4 |                    4 |
/// | `conv2` | `conv(stride=3)`                 |  2 |   1 |    1 |        1 |       0 |       3 |                    2 |
/// | total   |                                  |    |     |      |          |       1 |       7 |                    6 |
///
/// An output depends on the newest 2 input frames. The first push returns `None`, the next one an output, then one push in 6.
///
/// The state takes 16 bytes of RAM, the weights 28 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Strided {
    /// History of `conv1` (1 frame, 1 channel) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<1, 1, 1, 1, 2>,
    /// Output schedule of `conv2`.
    conv2: ::streaming_net::__private::Schedule<0, 3>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Strided {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 6;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 28;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind                            in  out  taps  dilation  history  weights  multiply-accumulates\nconv1  conv(stride=2, valid, no_bias)   1    2     2         1        1        4                     4\nconv2  conv(stride=3)                   2    1     1         1        0        3                     2\ntotal                                                                 1        7                     6";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
            conv2: ::streaming_net::__private::Schedule::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, the next one an output, then one push in 6.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::linear;
        let __conv1 = strided_weights::CONV1.push(&mut self.conv1, __frame, linear)?;
        let __conv2 = strided_weights::CONV2.push(&mut self.conv2, __conv1, linear)?;
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
impl ::core::default::Default for Strided {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Strided {
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
mod strided_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<
        2,
        1,
        2,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[0.5, -0.25]], [[1.0, 0.75]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<1, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[2.0], [-1.0]]],
        bias: [0.25],
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
            let _ = kind::ARGUMENTS.stride;
            let _ = kind::ARGUMENTS.no_bias;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.stride;
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
        "/weights/expansions/strided.json"))
    );
};
