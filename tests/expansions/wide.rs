// streaming_net! {
//     /// A layer that is large enough for blocks.
//     #[weights = "weights/expansions/wide.json"]
//     pub struct Wide <
//         conv(k=17, in=4, out=4, dilation=4, relu);
//         conv(k=1, out=2, no_bias, softmax)
//     >
// }

/// A layer that is large enough for blocks.
///
/// Takes frames of 4 channels and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer   | kind                     | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------|--------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1` | `conv(valid, relu)`      |  4 |   4 |   17 |        4 |      64 |     276 |                  272 |
/// | `conv2` | `conv(no_bias, softmax)` |  4 |   2 |    1 |        1 |       0 |       8 |                    8 |
/// | total   |                          |    |     |      |          |      64 |     284 |                  280 |
///
/// An output depends on the newest 65 input frames. The first 64 pushes return `None`, every later push an output.
///
/// The state takes 1032 bytes of RAM, the weights 1136 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Wide {
    /// History of `conv1` (64 frames, 4 channels) and its output schedule.
    conv1: ::streaming_net::__private::ScheduledHistory<4, 16, 4, 64, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Wide {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 4;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 65;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 280;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 1136;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer  kind                    in  out  taps  dilation  history  weights  multiply-accumulates\nconv1  conv(valid, relu)        4    4    17         4       64      276                   272\nconv2  conv(no_bias, softmax)   4    2     1         1        0        8                     8\ntotal                                                        64      284                   280";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conv1: ::streaming_net::__private::ScheduledHistory::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 64 pushes return `None`, every later push an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 4],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        use ::streaming_net::__private::{activate, linear, relu, softmax};
        let __conv1 = wide_weights::CONV1.push(&mut self.conv1, __frame, relu)?;
        let __conv2 = wide_weights::CONV2.apply(__conv1, linear);
        let __conv2_2 = activate(__conv2, softmax);
        ::core::option::Option::Some(__conv2_2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    #[allow(unused_doc_comments, reason = "comments for readers of the expansion")]
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 4]],
        __outputs: &mut [[::core::primitive::f32; 2]],
    ) -> ::core::primitive::usize {
        use ::streaming_net::__private::{Pointwise, softmax, write_outputs};
        /// Buffers for the layers' outputs of 4 pushes.
        let mut __buffer_1 = [0.0; 16];
        let mut __buffer_2 = [0.0; 8];
        /// Memory where a convolution puts past and new frames in a row.
        let mut __scratch = [0.0; ::streaming_net::__private::scratch(
            &[[17, 4, 1, 4]],
            4,
        )];
        ::streaming_net::__private::for_each_due_block::<
            _,
            4,
        >(
            self,
            __frames,
            __outputs,
            |__net| __net.conv1.is_due(),
            |
                __net,
                __frames: &[[::core::primitive::f32; 4]],
                __outputs: &mut [[::core::primitive::f32; 2]]|
            {
                /// `conv1`: `conv(k=17, in=4, out=4, dilation=4, valid, relu)`
                let __conv1 = wide_weights::CONV1
                    .push_block(
                        &mut __net.conv1,
                        (__frames, &mut __scratch),
                        (),
                        &mut __buffer_1,
                        Pointwise::Relu,
                    );
                /// `conv2`: `conv(k=1, in=4, out=2, no_bias, softmax)`
                let __conv2 = wide_weights::CONV2
                    .apply_block(&*__conv1, (), &mut __buffer_2, Pointwise::Linear);
                let __conv2_2 = __conv2;
                for __frame in &mut *__conv2_2 {
                    softmax(__frame);
                }
                write_outputs(&*__conv2_2, __outputs);
            },
        )
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.conv1.reset();
    }
}
impl ::core::default::Default for Wide {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Wide {
    type Input = [::core::primitive::f32; 4];
    type Output = [::core::primitive::f32; 2];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 4],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 4]],
        __outputs: &mut [[::core::primitive::f32; 2]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(clippy::approx_constant, reason = "a trained weight may be near one")]
mod wide_weights {
    pub(super) static CONV1: ::streaming_net::__private::Conv<17, 4, 4> = ::streaming_net::__private::Conv {
        kernel: [
            [
                [-0.125, 0.125, 0.875, -0.0625],
                [0.0, 0.1875, -0.625, 0.0],
                [0.25, 0.5625, -0.8125, -0.375],
                [-0.8125, 0.625, 0.375, -0.9375],
            ],
            [
                [0.9375, 0.9375, 0.3125, 0.25],
                [-0.6875, -1.0, 0.0625, -0.875],
                [-0.625, -0.5, -0.9375, -0.0625],
                [-0.125, 0.6875, 0.0625, 0.25],
            ],
            [
                [0.0, 0.3125, -0.0625, -0.4375],
                [1.0, 1.0, 0.6875, 0.4375],
                [-0.375, -0.5625, -0.4375, -0.875],
                [0.5625, -0.1875, 0.6875, -0.25],
            ],
            [
                [0.9375, 0.6875, -1.0, -0.5625],
                [0.8125, -0.0625, 0.9375, -0.1875],
                [-0.875, 0.25, 0.5625, -0.4375],
                [-0.8125, -0.3125, 0.9375, 0.5],
            ],
            [
                [-0.75, -0.5, -0.8125, -0.875],
                [0.625, -0.625, 0.125, -0.125],
                [-0.625, 0.4375, -0.75, 0.3125],
                [-0.75, -0.1875, -0.5625, -0.4375],
            ],
            [
                [0.9375, 0.625, -0.375, 0.75],
                [-0.5625, -0.1875, 0.6875, 0.3125],
                [-0.8125, 1.0, -0.5625, -0.5],
                [0.5625, -0.3125, -0.4375, -0.875],
            ],
            [
                [-0.8125, 0.1875, -0.5, 0.1875],
                [-0.25, -0.0625, 0.9375, -0.0625],
                [0.125, 0.75, -0.625, -0.6875],
                [0.8125, 0.625, -0.5, -0.625],
            ],
            [
                [0.5, 0.875, -0.625, 0.875],
                [0.75, 0.1875, -0.1875, -0.8125],
                [-0.9375, 0.9375, -0.5, 0.4375],
                [-0.5, 0.625, 0.1875, -0.4375],
            ],
            [
                [-0.625, 0.4375, -0.875, -0.5625],
                [0.125, 0.6875, 0.25, -0.4375],
                [0.8125, -0.5625, -0.9375, -0.4375],
                [-0.125, -0.875, -0.625, -0.25],
            ],
            [
                [0.125, -0.75, -0.25, 0.8125],
                [0.9375, 0.3125, 0.375, 0.1875],
                [-0.75, -0.9375, -0.9375, 0.8125],
                [0.375, 0.9375, -0.9375, 0.25],
            ],
            [
                [-0.0625, 0.4375, -0.375, 1.0],
                [-0.875, 0.0625, 0.5, 0.8125],
                [0.5, 0.4375, 0.5625, 0.8125],
                [-0.3125, 0.375, 0.8125, 0.75],
            ],
            [
                [-0.1875, 0.5625, 0.75, 0.125],
                [0.25, -0.25, 0.1875, 0.1875],
                [-0.8125, 0.25, 1.0, 0.75],
                [0.4375, -0.25, 0.5, 0.1875],
            ],
            [
                [-0.125, 0.6875, -0.8125, 0.5],
                [-0.9375, 0.1875, -0.0625, -0.5625],
                [0.375, 0.0, 0.25, 0.8125],
                [-0.5, -1.0, -0.375, 0.375],
            ],
            [
                [-0.625, -0.6875, 0.8125, 0.3125],
                [-0.125, 0.8125, -0.375, 0.3125],
                [-0.625, -0.125, 0.625, 0.8125],
                [0.75, -0.25, 0.1875, -0.375],
            ],
            [
                [-0.75, 0.0, 0.6875, 0.6875],
                [0.4375, 0.875, -0.4375, -0.6875],
                [-0.125, -0.4375, -0.5625, -0.1875],
                [0.25, 0.0, -0.375, 0.6875],
            ],
            [
                [0.9375, -0.125, -0.875, -0.9375],
                [0.75, -0.9375, 0.4375, 0.125],
                [-0.375, 0.5625, -0.9375, -0.75],
                [-0.0625, -0.9375, 0.6875, -0.5],
            ],
            [
                [-0.6875, -0.875, 0.25, -0.125],
                [0.25, 0.3125, 0.625, 0.9375],
                [0.375, -0.625, -0.0625, -0.625],
                [-1.0, -0.0625, 0.4375, -0.625],
            ],
        ],
        bias: [-0.4375, -0.3125, 0.375, 0.0625],
    };
    pub(super) static CONV2: ::streaming_net::__private::Conv<
        1,
        4,
        2,
        ::streaming_net::__private::NoBias,
    > = ::streaming_net::__private::Conv {
        kernel: [[[0.25, 0.5], [-0.1875, 0.5625], [0.8125, -0.8125], [0.875, 0.4375]]],
        bias: ::streaming_net::__private::NoBias,
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
            let _ = kind::ARGUMENTS.dilation;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.no_bias;
            let _ = kind::ARGUMENTS.softmax;
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
        "/weights/expansions/wide.json"))
    );
};
