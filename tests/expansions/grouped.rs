// streaming_net! {
//     /// Groups of channels.
//     #[weights = "weights/expansions/grouped.json"]
//     pub struct Grouped <
//         conv(k=2, in=4, out=2, groups=2);
//         depthwise(k=1, out=4, no_bias, elu=1.5);
//         dense(out=1, sigmoid)
//     >
// }

/// Groups of channels.
///
/// Takes frames of 4 channels and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer        | kind                                    | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |--------------|-----------------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`      | `conv(valid, groups=2)`                 |  4 |   2 |    2 |        1 |       1 |      10 |                    8 |
/// | `depthwise2` | `depthwise(groups=2, no_bias, elu=1.5)` |  2 |   4 |    1 |        1 |       0 |       4 |                    4 |
/// | `dense3`     | `dense(sigmoid)`                        |  4 |   1 |    1 |        1 |       0 |       5 |                    4 |
/// | total        |                                         |    |     |      |          |       1 |      19 |                   16 |
///
/// An output depends on the newest 2 input frames. The first push returns `None`, every later push an output.
///
/// The state takes 24 bytes of RAM, the weights 76 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Grouped {
    /// History of `conv1` (1 frame, 4 channels) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<4, 1, 1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Grouped {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 4;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 16;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 76;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer       kind                                   in  out  taps  dilation  history  weights  multiply-accumulates\nconv1       conv(valid, groups=2)                   4    2     2         1        1       10                     8\ndepthwise2  depthwise(groups=2, no_bias, elu=1.5)   2    4     1         1        0        4                     4\ndense3      dense(sigmoid)                          4    1     1         1        0        5                     4\ntotal                                                                             1       19                    16";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, every later push an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 4],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        use ::streaming_net::__private::{elu, linear, sigmoid};
        let __conv1 = grouped_weights::CONV1.push(&mut self.conv1, __frame, linear)?;
        let __depthwise2 = grouped_weights::DEPTHWISE2.apply(__conv1, elu(1.5));
        let __dense3 = grouped_weights::DENSE3.apply(__depthwise2, sigmoid);
        ::core::option::Option::Some(__dense3)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 4]],
        __outputs: &mut [[::core::primitive::f32; 1]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
    }
}
impl ::core::default::Default for Grouped {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Grouped {
    type Input = [::core::primitive::f32; 4];
    type Output = [::core::primitive::f32; 1];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 4],
    ) -> ::core::option::Option<[::core::primitive::f32; 1]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 4]],
        __outputs: &mut [[::core::primitive::f32; 1]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod grouped_weights {
    pub(super) static CONV1: ::streaming_net::__private::GroupedConv<2, 2, 2, 2> = ::streaming_net::__private::GroupedConv {
        kernel: [[[0.5, 1.0], [0.25, -1.0]], [[1.0, 0.5], [-0.5, 0.25]]],
        bias: [0.0, 1.0],
    };
    pub(super) static DEPTHWISE2: ::streaming_net::__private::GroupedConv<
        1,
        1,
        4,
        2,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::GroupedConv {
        kernel: [[[1.0, 2.0, -1.0, 0.5]]],
        bias: ::streaming_net::__private::NoBias,
    };
    pub(super) static DENSE3: ::streaming_net::__private::Conv<1, 4, 1> = ::streaming_net::__private::Conv {
        kernel: [[[1.0], [0.5], [-0.5], [0.25]]],
        bias: [0.5],
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
            let _ = kind::ARGUMENTS.groups;
        }
        {
            use ::streaming_net::__private::editor::depthwise as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.no_bias;
            let _ = kind::ARGUMENTS.elu;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.sigmoid;
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
        "/weights/expansions/grouped.json"))
    );
};
