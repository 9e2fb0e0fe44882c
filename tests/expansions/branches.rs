// streaming_net! {
//     /// Three branches of one input: what is early waits.
//     #[weights = "weights/expansions/branches.json"]
//     pub struct Branches <
//         concat(in=2) < conv(k=3, out=1, same) | sum < | tanh() > | dense(out=1) >;
//         gated()
//     >
// }

/// Three branches of one input: what is early waits.
///
/// Takes frames of 2 channels and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer     | kind           | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |-----------|----------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`   | · `conv(same)` |  2 |   1 |    3 |        1 |       2 |       7 |                    6 |
/// |           | · · `tanh()`   |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `sum1`    | · `sum()`      |  2 |   2 |      |          |       0 |       0 |                    0 |
/// | `dense2`  | · `dense()`    |  2 |   1 |    1 |        1 |       0 |       3 |                    2 |
/// | `concat1` | `concat()`     |  2 |   4 |      |          |       2 |       0 |                    0 |
/// | `gated1`  | `gated()`      |  4 |   2 |      |          |       0 |       0 |                    0 |
/// | total     |                |    |     |      |          |       4 |      10 |                    8 |
///
/// An output depends on the newest 3 input frames. The first push returns `None`, every later push an output. An output belongs to the frame before the newest.
///
/// The state takes 52 bytes of RAM, the weights 40 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Branches {
    /// History of `conv1` (2 frames, 2 channels) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<2, 2, 1, 1, 1>,
    /// History of `concat1` (1 frame, 2 channels) and its output schedule.
    concat1_1: ::streaming_net::__private::Delay<2, 1>,
    /// History of `concat1` (1 frame, 1 channel) and its output schedule.
    concat1_2: ::streaming_net::__private::Delay<1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Branches {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 3;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 8;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 40;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer    kind          in  out  taps  dilation  history  weights  multiply-accumulates\nconv1    · conv(same)   2    1     3         1        2        7                     6\n         · · tanh()     2    2                        0        0                     0\nsum1     · sum()        2    2                        0        0                     0\ndense2   · dense()      2    1     1         1        0        3                     2\nconcat1  concat()       2    4                        2        0                     0\ngated1   gated()        4    2                        0        0                     0\ntotal                                                 4       10                     8";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
            concat1_1: ::streaming_net::__private::Delay::new(),
            concat1_2: ::streaming_net::__private::Delay::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first push returns `None`, every later push an output. An output belongs to the frame before the newest.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        use ::streaming_net::__private::{
            activate, add, branch, concat, linear, multiply, sigmoid, slice, tanh,
        };
        let __conv1 = branches_weights::CONV1.push(&mut self.conv1, __frame, linear);
        let __sum1 = add(__frame, activate(__frame, tanh));
        let __dense2 = branches_weights::DENSE2.apply(__frame, linear);
        let __concat1_2 = branch(|| {
            let __concat1 = self.concat1_1.push(__sum1)?;
            ::core::option::Option::Some(concat::<1, 2, 3>(__conv1?, __concat1))
        });
        let __concat1_3 = self.concat1_2.push(__dense2)?;
        let __concat1_4 = concat::<3, 1, 4>(__concat1_2?, __concat1_3);
        let __gated1 = multiply(
            activate(slice::<4, 0, 2>(__concat1_4), tanh),
            activate(slice::<4, 2, 2>(__concat1_4), sigmoid),
        );
        ::core::option::Option::Some(__gated1)
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
    pub fn reset(&mut self) {
        self.conv1.reset();
        self.concat1_1.reset();
        self.concat1_2.reset();
    }
}
impl ::core::default::Default for Branches {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Branches {
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
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod branches_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<3, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[1.0], [2.0]], [[3.0], [0.0]], [[0.0], [-1.0]]],
        bias: [0.5],
    };
    pub(super) static DENSE2: ::streaming_net::__private::Conv<1, 2, 1> = ::streaming_net::__private::Conv {
        kernel: [[[1.0], [1.0]]],
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
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.same;
        }
        {
            use ::streaming_net::__private::editor::tanh as kind;
        }
        {
            use ::streaming_net::__private::editor::sum as kind;
        }
        {
            use ::streaming_net::__private::editor::dense as kind;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::concat as kind;
            let _ = kind::ARGUMENTS.r#in;
        }
        {
            use ::streaming_net::__private::editor::gated as kind;
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
        "/weights/expansions/branches.json"))
    );
};
