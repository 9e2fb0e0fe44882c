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
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Activations {
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
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind                    in  out  taps  dilation  history  weights  multiply-accumulates\n       relu()                   2    2                        0        0                     0\n       leaky_relu(slope=0.01)   2    2                        0        0                     0\n       softmax()                2    2                        0        0                     0\ntotal                                                         0        0                     0";
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
        use ::streaming_net::__private::{activate, leaky_relu, relu, softmax};
        let __softmax = activate(
            activate(activate(__frame, relu), leaky_relu(0.01)),
            softmax,
        );
        ::core::option::Option::Some(__softmax)
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
impl ::core::default::Default for Activations {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Activations {
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
            use ::streaming_net::__private::editor::relu as kind;
            let _ = kind::ARGUMENTS.r#in;
        }
        {
            use ::streaming_net::__private::editor::leaky_relu as kind;
            let _ = kind::ARGUMENTS.slope;
        }
        {
            use ::streaming_net::__private::editor::softmax as kind;
        }
    }
};
