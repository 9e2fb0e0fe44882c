// streaming_net! {
//     /// Two captures of one shape in 16-bit integers, with one scale for both.
//     #[weights("weights/expansions/several_clean.json", lead = "weights/expansions/several_lead.json")]
//     #[numbers(i16, input = 1.0)]
//     #[start = "rest"]
//     pub struct SeveralIntegers;
// }

/// Two captures of one shape in 16-bit integers, with one scale for both.
///
/// Takes frames of 1 channel and gives frames of 1 channel, one [`push`](Self::push) at a time.
///
/// | layer    | kind                 | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |----------|----------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `conv1`  | `conv(causal, relu)` |  1 |   1 |    2 |        1 |       1 |       3 |                    2 |
/// | `dense2` | `dense()`            |  1 |   1 |    1 |        1 |       0 |       2 |                    1 |
/// | total    |                      |    |     |      |          |       1 |       5 |                    3 |
///
/// An output depends on the newest 2 input frames. Every push returns an output.
///
/// The network starts in its steady state, as if a constant input had been pushed forever.
///
/// The state takes 8 bytes of RAM, the weights 24 bytes of flash for each file.
///
/// Frames and weights are 16-bit integers. A number of an input frame stands for itself times 3.0517578e-5, one of an output frame for itself times 8.106232e-5. Values may be 1.25 times as large as in the frames from which the scales come; larger ones saturate.
///
/// What the outputs lose is known. Over 6 frames, they have 80.8 dB of signal to noise against those of the network in floating point, and the largest difference is 0.00019264221 (2 steps).
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct SeveralIntegers {
    /// The weights that are loaded.
    weights: SeveralIntegersWeights,
    /// History of `conv1` (1 frame, 1 channel).
    conv1: ::streaming_net::__private::integer::History<1, 1, 1>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl SeveralIntegers {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 1;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 2;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 3;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 48;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer   kind                in  out  taps  dilation  history  weights  multiply-accumulates\nconv1   conv(causal, relu)   1    1     2         1        1        3                     2\ndense2  dense()              1    1     1         1        0        2                     1\ntotal                                                      1        5                     3";
    /// A network in its steady state, as if a constant input had been pushed forever.
    ///
    /// In a `static`, it takes 8 bytes of flash; a [`cold`](Self::cold) network takes none.
    #[must_use]
    pub const fn new() -> Self {
        let mut __net = Self::cold();
        __net.reset();
        __net
    }
    /// A network before its first frame, with all state zero. [`reset`](Self::reset) brings it to the steady
    /// state.
    #[must_use]
    pub const fn cold() -> Self {
        Self {
            weights: Self::SEVERAL_CLEAN,
            conv1: ::streaming_net::__private::integer::History::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// Every push returns an output.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::i16; 1],
    ) -> ::core::option::Option<[::core::primitive::i16; 1]> {
        let __weights = &self.weights.weights().layers;
        let __conv1 = __weights.conv1.push(&mut self.conv1, __frame);
        let __dense2 = __weights.dense2.apply(__conv1);
        ::core::option::Option::Some(__dense2)
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 1]],
        __outputs: &mut [[::core::primitive::i16; 1]],
    ) -> ::core::primitive::usize {
        ::streaming_net::__private::integer::frame_by_frame(self, __frames, __outputs)
    }
    /// Returns to the steady state, as after [`new`](Self::new).
    pub const fn reset(&mut self) {
        let __weights = self.weights.weights();
        self.conv1.fill(&__weights.steady_state.conv1);
    }
}
impl ::core::default::Default for SeveralIntegers {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet<::core::primitive::i16> for SeveralIntegers {
    type Input = [::core::primitive::i16; 1];
    type Output = [::core::primitive::i16; 1];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    const METADATA: ::streaming_net::Metadata = ::streaming_net::Metadata {
        sample_rate: ::core::option::Option::Some(48000.0),
        ..::streaming_net::Metadata::NONE
    };
    fn push(
        &mut self,
        __frame: [::core::primitive::i16; 1],
    ) -> ::core::option::Option<[::core::primitive::i16; 1]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::i16; 1]],
        __outputs: &mut [[::core::primitive::i16; 1]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
impl SeveralIntegers {
    /// Frames a second that the weights file is made for.
    pub const SAMPLE_RATE: ::core::primitive::f32 = 48000.0;
}
impl SeveralIntegers {
    /// What 1 of an input frame stands for.
    pub const INPUT_SCALE: ::core::primitive::f32 = 3.0517578e-5;
    /// What 1 of an output frame stands for.
    pub const OUTPUT_SCALE: ::core::primitive::f32 = 8.106232e-5;
    /// Signal to noise in dB against the network in floating point.
    ///
    /// Measured over 6 frames while compiling.
    pub const SNR: ::core::primitive::f32 = 80.8;
    /// The largest difference of an output from that of the network in floating point.
    ///
    /// Measured over 6 frames while compiling.
    pub const WORST: ::core::primitive::f32 = 0.00019264221;
    /// The number of an input frame that stands for `number`: the nearest, saturated.
    #[must_use]
    pub fn quantize(number: ::core::primitive::f32) -> ::core::primitive::i16 {
        ::streaming_net::__private::integer::quantize(number, Self::INPUT_SCALE)
    }
    /// What `number` of an output frame stands for.
    #[must_use]
    pub fn dequantize(number: ::core::primitive::i16) -> ::core::primitive::f32 {
        ::streaming_net::__private::integer::dequantize(number, Self::OUTPUT_SCALE)
    }
}
/// The weights of one file, for [`SeveralIntegers::load`].
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash,
)]
pub struct SeveralIntegersWeights(::core::primitive::u8);
#[allow(
    dead_code,
    clippy::match_same_arms,
    clippy::unused_self,
    reason = "files may have much alike, and a program may need none of this"
)]
impl SeveralIntegersWeights {
    #[inline(never)]
    const fn weights(self) -> &'static several_integers_weights::Weights {
        match self.0 {
            1 => &several_integers_weights::LEAD,
            _ => &several_integers_weights::SEVERAL_CLEAN,
        }
    }
    /// The path of the file.
    #[must_use]
    pub const fn file(self) -> &'static ::core::primitive::str {
        match self.0 {
            1 => "weights/expansions/several_lead.json",
            _ => "weights/expansions/several_clean.json",
        }
    }
    /// What the file says of the signal.
    #[must_use]
    pub const fn metadata(self) -> ::streaming_net::Metadata {
        match self.0 {
            1 => {
                ::streaming_net::Metadata {
                    name: ::core::option::Option::Some("Lead"),
                    sample_rate: ::core::option::Option::Some(48000.0),
                    in_gain_db: ::core::option::Option::Some(6.0),
                    ..::streaming_net::Metadata::NONE
                }
            }
            _ => {
                ::streaming_net::Metadata {
                    name: ::core::option::Option::Some("Clean"),
                    sample_rate: ::core::option::Option::Some(48000.0),
                    ..::streaming_net::Metadata::NONE
                }
            }
        }
    }
    /// The output in the steady state: the offset of a capture in silence.
    #[must_use]
    pub const fn output_at_rest(self) -> [::core::primitive::i16; 1] {
        match self.0 {
            1 => [1542],
            _ => [0],
        }
    }
}
impl ::core::fmt::Debug for SeveralIntegersWeights {
    fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        formatter.debug_tuple("SeveralIntegersWeights").field(&self.file()).finish()
    }
}
#[allow(dead_code, reason = "a program may need none of this")]
impl SeveralIntegers {
    /// The weights of `weights/expansions/several_clean.json`.
    pub const SEVERAL_CLEAN: SeveralIntegersWeights = SeveralIntegersWeights(0);
    /// The weights of `weights/expansions/several_lead.json`.
    pub const LEAD: SeveralIntegersWeights = SeveralIntegersWeights(1);
    /// The weights of all files, in their order.
    pub const WEIGHTS: [SeveralIntegersWeights; 2] = [Self::SEVERAL_CLEAN, Self::LEAD];
    /// Replaces the weights from the next push on. The state stays: the next outputs are computed from what the weights
    /// before made of the frames so far. Call [`reset`](Self::reset) afterwards to begin anew.
    pub const fn load(&mut self, weights: SeveralIntegersWeights) {
        self.weights = weights;
    }
    /// The weights that are loaded.
    #[must_use]
    pub const fn loaded(&self) -> SeveralIntegersWeights {
        self.weights
    }
}
#[allow(dead_code, clippy::approx_constant, reason = "a trained weight may be near one")]
mod several_integers_weights {
    /// What one file has.
    pub(super) struct Weights {
        pub(super) layers: Layers,
        pub(super) steady_state: SteadyState,
    }
    /// The weights of each layer.
    pub(super) struct Layers {
        pub(super) conv1: ::streaming_net::__private::integer::Conv<2, 1, 2>,
        pub(super) dense2: ::streaming_net::__private::integer::Conv<2, 1, 2>,
    }
    /// The state under constant input.
    pub(super) struct SteadyState {
        pub(super) conv1: [::core::primitive::i16; 1],
    }
    pub(super) static SEVERAL_CLEAN: Weights = Weights {
        layers: Layers {
            conv1: ::streaming_net::__private::integer::Conv::new(
                [[13107, 26214]],
                [214781133],
                [16],
                0,
            ),
            dense2: ::streaming_net::__private::integer::Conv::new(
                [[30840, 0]],
                [-101049862],
                [14],
                -32768,
            ),
        },
        steady_state: SteadyState { conv1: [0] },
    };
    pub(super) static LEAD: Weights = Weights {
        layers: Layers {
            conv1: ::streaming_net::__private::integer::Conv::new(
                [[13107, 26214]],
                [16384],
                [15],
                0,
            ),
            dense2: ::streaming_net::__private::integer::Conv::new(
                [[30840, 0]],
                [50545411],
                [15],
                -32768,
            ),
        },
        steady_state: SteadyState { conv1: [0] },
    };
}
#[cfg(test)]
#[allow(clippy::large_const_arrays, reason = "recorded numbers")]
mod several_integers_recorded_several_clean {
    pub(super) static RUN: ::streaming_net::IntegerRun<
        [::core::primitive::i16; 1],
        [::core::primitive::i16; 1],
        3,
        3,
    > = ::streaming_net::IntegerRun {
        input: [[32767], [-32768], [0]],
        output: [[24672], [-6168], [-6168]],
        bound: 3,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn several_integers_outputs_as_recorded_several_clean() -> ::core::result::Result<
    (),
    ::streaming_net::Mismatch,
> {
    let mut __net = SeveralIntegers::new();
    __net.load(SeveralIntegers::SEVERAL_CLEAN);
    __net.conv1.reset();
    several_integers_recorded_several_clean::RUN.compare(&mut __net)
}
#[cfg(test)]
#[allow(clippy::large_const_arrays, reason = "recorded numbers")]
mod several_integers_recorded_lead {
    pub(super) static RUN: ::streaming_net::IntegerRun<
        [::core::primitive::i16; 1],
        [::core::primitive::i16; 1],
        3,
        3,
    > = ::streaming_net::IntegerRun {
        input: [[32767], [-32768], [0]],
        output: [[26214], [1542], [1542]],
        bound: 2,
    };
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn several_integers_outputs_as_recorded_lead() -> ::core::result::Result<
    (),
    ::streaming_net::Mismatch,
> {
    let mut __net = SeveralIntegers::new();
    __net.load(SeveralIntegers::LEAD);
    __net.conv1.reset();
    several_integers_recorded_lead::RUN.compare(&mut __net)
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = { #[cfg(rust_analyzer)] {} };
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    /// Cargo rebuilds when this file changes: `env!` reads it as its error message, which is never shown.
    #[cfg(not(rust_analyzer))]
    const _: &::core::primitive::str = ::core::env!(
        "CARGO_MANIFEST_DIR",
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/expansions/several_clean.json"))
    );
    /// Cargo rebuilds when this file changes: `env!` reads it as its error message, which is never shown.
    #[cfg(not(rust_analyzer))]
    const _: &::core::primitive::str = ::core::env!(
        "CARGO_MANIFEST_DIR",
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/weights/expansions/several_lead.json"))
    );
};
