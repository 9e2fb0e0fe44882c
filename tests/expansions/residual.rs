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
    conv1: ::streaming_net::__private::ScheduledHistory<1, 2, 1, 2, 1>,
    /// History of `residual2` (1 frame, 1 channel) and its output schedule.
    residual2: ::streaming_net::__private::Delay<1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Residual {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 48;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer      kind                       in  out  taps  dilation  history  weights  multiply-accumulates\nconv1      · conv(valid, relu)         1    2     3         1        2        8                     6\nresidual2  residual(project, center)   1    2                        1        4                     2\ntotal                                                                3       12                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
            residual2: ::streaming_net::__private::Delay::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 2 pushes return `None`, every later push an output. An output belongs to the frame before the newest.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        use ::streaming_net::__private::{linear, relu};
        let __conv1 = residual_weights::CONV1.push(&mut self.conv1, __frame, relu);
        let __residual2 = self.residual2.push(__frame)?;
        let __residual2_2 = residual_weights::RESIDUAL2
            .apply_add(__residual2, __conv1?, linear);
        ::core::option::Option::Some(__residual2_2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 1]],
        __outputs: &mut [[::core::primitive::f32; 2]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
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
    type Input = [::core::primitive::f32; 1];
    type Output = [::core::primitive::f32; 2];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 1]],
        __outputs: &mut [[::core::primitive::f32; 2]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod residual_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<3, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[1.0, 0.5]], [[0.0, 1.0]], [[-1.0, 2.0]]],
        bias: [0.0, 1.0],
    };
    pub(super) static RESIDUAL2: ::streaming_net::__private::Conv<1, 1, 2> = ::streaming_net::__private::Conv {
        kernel: [[[2.0, -1.0]]],
        bias: [0.5, 0.0],
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
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::residual as kind;
            let _ = kind::ARGUMENTS.project;
            let _ = kind::ARGUMENTS.center;
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
        "/weights/expansions/residual.json"))
    );
};
