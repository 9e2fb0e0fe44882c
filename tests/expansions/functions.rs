// streaming_net! {
//     /// Functions of one number as layers, with their parameters.
//     #[math = "fast"]
//     pub struct Functions <
//         gelu_tanh(in=2);
//         clip(min=-0.125, max=2);
//         thresholded_relu(theta=0.5);
//         power(exponent=-0.5);
//         log_softmax()
//     >
// }

/// Functions of one number as layers, with their parameters.
///
/// Takes frames of 2 channels and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer | kind                          | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-------|-------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// |       | `gelu_tanh()`                 |  2 |   2 |      |          |       0 |       0 |                    0 |
/// |       | `clip(min=-0.125, max=2.0)`   |  2 |   2 |      |          |       0 |       0 |                    0 |
/// |       | `thresholded_relu(theta=0.5)` |  2 |   2 |      |          |       0 |       0 |                    0 |
/// |       | `power(exponent=-0.5)`        |  2 |   2 |      |          |       0 |       0 |                    0 |
/// |       | `log_softmax()`               |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | total |                               |    |     |      |          |       0 |       0 |                    0 |
///
/// An output depends on only the newest input frame. Every push returns an output.
///
/// The state takes 0 bytes of RAM, the weights 0 bytes of flash.
///
/// `tanh`, `sigmoid`, `silu` and `gelu_tanh` are approximations: `#[math = "fast"]`.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Functions {}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Functions {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 1;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 0;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 0;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind                         in  out  taps  dilation  history  weights  multiply-accumulates\n       gelu_tanh()                   2    2                        0        0                     0\n       clip(min=-0.125, max=2.0)     2    2                        0        0                     0\n       thresholded_relu(theta=0.5)   2    2                        0        0                     0\n       power(exponent=-0.5)          2    2                        0        0                     0\n       log_softmax()                 2    2                        0        0                     0\ntotal                                                              0        0                     0";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        use ::streaming_net::__private::{
            activate, clip, fast_gelu_tanh, log_softmax, power, thresholded_relu,
        };
        let __thresholded_relu = activate(
            activate(activate(__frame, fast_gelu_tanh), clip(-0.125, 2.0)),
            thresholded_relu(0.5),
        );
        let __log_softmax = activate(
            activate(__thresholded_relu, power(-0.5)),
            log_softmax,
        );
        ::core::option::Option::Some(__log_softmax)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 2]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {}
}
impl ::core::default::Default for Functions {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Functions {
    type Input = [::core::primitive::f32; 2];
    type Output = [::core::primitive::f32; 2];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 2]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
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
            use ::streaming_net::__private::editor::gelu_tanh as kind;
            let _ = kind::ARGUMENTS.r#in;
        }
        {
            use ::streaming_net::__private::editor::clip as kind;
            let _ = kind::ARGUMENTS.min;
            let _ = kind::ARGUMENTS.max;
        }
        {
            use ::streaming_net::__private::editor::thresholded_relu as kind;
            let _ = kind::ARGUMENTS.theta;
        }
        {
            use ::streaming_net::__private::editor::power as kind;
            let _ = kind::ARGUMENTS.exponent;
        }
        {
            use ::streaming_net::__private::editor::log_softmax as kind;
        }
    }
};
