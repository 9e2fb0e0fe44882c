// streaming_net! {
//     /// Windows of frames.
//     pub struct Pooled <
//         max_pool(in=1, size=2);
//         flatten(frames=2);
//         global_avg(frames=2)
//     >
// }

/// Windows of frames.
///
/// Takes frames of 1 channel and gives frames of 2 channels, one [`push`](Self::push) at a time.
///
/// | layer         | kind                         | in | out | taps | dilation | history | weights | multiply-accumulates |
/// |---------------|------------------------------|---:|----:|-----:|---------:|--------:|--------:|---------------------:|
/// | `max_pool1`   | `max_pool(size=2, stride=2)` |  1 |   1 |      |          |       0 |       0 |                    0 |
/// | `flatten1`    | `flatten(frames=2)`          |  1 |   2 |      |          |       1 |       0 |                    0 |
/// | `global_avg1` | `global_avg(frames=2)`       |  2 |   2 |      |          |       2 |       0 |                    0 |
/// | total         |                              |    |     |      |          |       3 |       0 |                    0 |
///
/// An output depends on the newest 6 input frames. The first 5 pushes return `None`, the next one an output, then one push in 2.
///
/// The state takes 56 bytes of RAM, the weights 0 bytes of flash.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Pooled {
    /// Window of `max_pool1` so far (1 channel) and its output schedule.
    max_pool1: ::streaming_net::__private::MaxPool<1, 2, 2>,
    /// History of `flatten1` (1 frame, 1 channel) and its output schedule.
    flatten1: ::streaming_net::__private::Flatten<1, 1, 2>,
    /// Newest 2 frames of `global_avg1` (2 channels) and 2 partial sums.
    global_avg1: ::streaming_net::__private::GlobalAvg<2, 2, 2>,
}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Pooled {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 1;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 2;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 6;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 0;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 0;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "layer        kind                        in  out  taps  dilation  history  weights  multiply-accumulates\nmax_pool1    max_pool(size=2, stride=2)   1    1                        0        0                     0\nflatten1     flatten(frames=2)            1    2                        1        0                     0\nglobal_avg1  global_avg(frames=2)         2    2                        2        0                     0\ntotal                                                                   3        0                     0";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_pool1: ::streaming_net::__private::MaxPool::new(),
            flatten1: ::streaming_net::__private::Flatten::new(),
            global_avg1: ::streaming_net::__private::GlobalAvg::new(),
        }
    }
    /// Takes the next frame and returns the output that is due at this push, if there is one.
    ///
    /// The first 5 pushes return `None`, the next one an output, then one push in 2.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 1],
    ) -> ::core::option::Option<[::core::primitive::f32; 2]> {
        let __max_pool1 = self.max_pool1.push(__frame)?;
        let __flatten1 = self.flatten1.push(__max_pool1)?;
        let __global_avg1 = self.global_avg1.push(__flatten1)?;
        ::core::option::Option::Some(__global_avg1)
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
        self.max_pool1.reset();
        self.flatten1.reset();
        self.global_avg1.reset();
    }
}
impl ::core::default::Default for Pooled {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Pooled {
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
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::max_pool as kind;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.size;
        }
        {
            use ::streaming_net::__private::editor::flatten as kind;
            let _ = kind::ARGUMENTS.frames;
        }
        {
            use ::streaming_net::__private::editor::global_avg as kind;
            let _ = kind::ARGUMENTS.frames;
        }
    }
};
