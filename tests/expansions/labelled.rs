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
/// | layer  | kind           | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |--------|----------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `taps` | `conv(causal)` |  1 |   1 |    2 |        1 |       1 |       3 |                    2 |
/// | `taps` | `relu6()`      |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `type` | `conv(causal)` |  1 |   1 |    2 |        1 |       1 |       3 |                    2 |
/// | total  |                |    |     |      |          |       2 |       6 |                    4 |
///
/// An output depends on the newest 3 input frames. Every push returns an output.
///
/// The state takes 16 bytes of RAM, the weights 24 bytes of flash.
#[derive(Clone, PartialEq)]
#[derive(::core::fmt::Debug)]
#[allow(clippy::struct_field_names, reason = "the fields are the labels")]
pub struct Labelled {
    /// History of `taps` (1 frame, 1 channel).
    taps: ::streaming_net::__private::History<1, 1, 1>,
    /// History of `type` (1 frame, 1 channel).
    r#type: ::streaming_net::__private::History<1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Labelled {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 4;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 24;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind          in  out  taps  dilation  history  weights  multiply-accumulates\ntaps   conv(causal)   1    1     2         1        1        3                     2\ntaps   relu6()        1    1                        0        0                     0\ntype   conv(causal)   1    1     2         1        1        3                     2\ntotal                                               2        6                     4";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            taps: ::streaming_net::__private::History::new(),
            r#type: ::streaming_net::__private::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{linear, relu6};
        let __taps = labelled_weights::TAPS.push(&mut self.taps, __frame, relu6);
        let __type = labelled_weights::TYPE.push(&mut self.r#type, __taps, linear);
        ::core::option::Option::Some(__type)
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
mod labelled_weights {
    pub(super) static TAPS: ::streaming_net::__private::Conv<2, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.25]], [[-1.0]]],
        bias: [1.0],
    };
    pub(super) static TYPE: ::streaming_net::__private::Conv<2, 1, 1> = ::streaming_net::__private::Conv {
        kernel: [[[0.5]], [[1.0]]],
        bias: [0.0],
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
        }
        {
            use ::streaming_net::__private::editor::relu6 as kind;
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
        "/weights/expansions/labelled.json"))
    );
};
