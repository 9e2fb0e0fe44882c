use crate::block::answers;
use crate::kernel::{self, FRAMES, nothing};
use crate::onto::{Added, Stored};
use crate::{DelayLine, First, Past, Schedule, Tap, linear};

/// The weights of a convolution of `TAPS` taps, in flash.
///
/// `y[o] = bias[o] + Σ kernel[t][i][o] * x[t][i]` over taps `t` (0 is the oldest frame) and input channels `i`, as
/// Keras' [`Conv1D`](https://keras.io/api/layers/convolution_layers/convolution1d/), with the same order of dimensions.
///
/// ```
/// use streaming_net::{Conv, History, linear};
///
/// // Two taps, one channel in, two out: each frame, and its difference to the one before.
/// static EDGE: Conv<2, 1, 2> = Conv { kernel: [[[0.0, -1.0]], [[1.0, 1.0]]], bias: [0.0, 0.5] };
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [3.0], linear), [3.0, 3.5]);
/// assert_eq!(EDGE.push(&mut history, [5.0], linear), [5.0, 2.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B = [f32; OUTPUTS]> {
    /// The kernel, of shape `(taps, inputs, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; INPUTS]; TAPS],
    /// The bias, `[f32; OUTPUTS]` or [`NoBias`].
    pub bias: B,
}

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>>
    Conv<TAPS, INPUTS, OUTPUTS, B>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the delay line has a schedule.
    #[inline(always)]
    pub fn push<const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Answer<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let first = self.bias.first_sums();
        delay_line.push(frame, |past| {
            kernel::conv::<TAPS, PAST, INPUTS, OUTPUTS>(
                &self.kernel,
                first,
                past,
                &frame,
                activation,
            )
        })
    }

    /// Takes the next input frame and a condition, `(mixin, condition)`. Returns the output frame, with the convolution
    /// `mixin` of the condition added before the activation.
    ///
    /// ```
    /// use streaming_net::{Conv, History, NoBias, linear};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.5] };
    /// static MIXIN: Conv<1, 2, 1, NoBias> = Conv { kernel: [[[10.0], [1.0]]], bias: NoBias };
    ///
    /// let mut history = History::<1, 1, 1>::new();
    /// assert_eq!(EDGE.push_mixed(&mut history, [3.0], (&MIXIN, [1.0, 2.0]), linear), [15.5]);
    /// assert_eq!(EDGE.push_mixed(&mut history, [5.0], (&MIXIN, [0.0, 0.0]), linear), [2.5]);
    /// ```
    #[inline(always)]
    pub fn push_mixed<const PAST: usize, const X: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        (mixin, condition): (&Conv<1, X, OUTPUTS, impl Bias<OUTPUTS>>, [f32; X]),
        activation: impl Fn(&mut [f32]),
    ) -> D::Answer<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let first = mixin.mixed(self.bias.first_sums(), condition);
        delay_line.push(frame, |past| {
            kernel::conv::<TAPS, PAST, INPUTS, OUTPUTS>(
                &self.kernel,
                first,
                past,
                &frame,
                activation,
            )
        })
    }

    /// Takes several input frames and writes their outputs to `room`: one for the first frame, then one in `STRIDE`.
    /// The layer must have an output at the first frame.
    ///
    /// The number of frames is a multiple of `4 * STRIDE`; remaining frames, and frames whose outputs do not fit into
    /// `room`, are not taken. The scratch memory beside the frames must hold the past frames and four more.
    ///
    /// ```
    /// use streaming_net::{Conv, History, linear};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// let (mut history, mut room, mut copies) = (History::<1, 1, 1>::new(), [0.0; 4], [0.0; 5]);
    /// let frames = ([[3.0], [5.0], [4.0], [4.0]].as_slice(), copies.as_mut_slice());
    /// assert_eq!(
    ///     EDGE.push_block(&mut history, frames, (), &mut room, linear),
    ///     [[3.0], [2.0], [-1.0], [0.0]]
    /// );
    /// ```
    #[inline(always)]
    pub fn push_block<'a, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        (frames, copies): (&[[f32; INPUTS]], &mut [f32]),
        first: impl First<OUTPUTS>,
        room: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let all = answers(room, frames.len() / D::STRIDE, FRAMES);
        let frames = frames.get(..all.len() * D::STRIDE).unwrap_or_default();
        let ring = delay_line.ring();
        kernel::conv_frames::<TAPS, PAST, INPUTS, OUTPUTS, _, _, Stored>(
            self,
            ring,
            (frames, copies),
            first,
            all,
            activation,
        );
        all
    }

    /// As [`push_block`](Self::push_block) for a layer with an output at every push, but adds the outputs to `sums`,
    /// one for each frame.
    ///
    /// ```
    /// use streaming_net::{Conv, History, linear};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// let (mut history, mut sums, mut copies) = (History::<1, 1, 1>::new(), [[10.0]; 4], [0.0; 5]);
    /// let frames = ([[3.0], [5.0], [4.0], [4.0]].as_slice(), copies.as_mut_slice());
    /// EDGE.add_block(&mut history, frames, (), &mut sums, linear);
    /// assert_eq!(sums, [[13.0], [12.0], [9.0], [10.0]]);
    /// ```
    #[inline(always)]
    pub fn add_block<const PAST: usize, D: DelayLine<INPUTS, PAST, Answer<()> = ()>>(
        &self,
        delay_line: &mut D,
        (frames, copies): (&[[f32; INPUTS]], &mut [f32]),
        first: impl First<OUTPUTS>,
        sums: &mut [[f32; OUTPUTS]],
        activation: impl Fn(&mut [f32]),
    ) {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let ring = delay_line.ring();
        kernel::conv_frames::<TAPS, PAST, INPUTS, OUTPUTS, _, _, Added>(
            self,
            ring,
            (frames, copies),
            first,
            sums,
            activation,
        );
    }

    /// Takes several input frames of a residual block, `x + end(activation(self(x)))`, and writes the outputs to
    /// `room`. The results of the activation also go to the skip sum `tap`.
    #[inline(always)]
    pub fn residual_block<'a, const PAST: usize, D: DelayLine<INPUTS, PAST, Answer<()> = ()>>(
        &self,
        delay_line: &mut D,
        (frames, copies): (&[[f32; INPUTS]], &mut [f32]),
        (first, tap): (impl First<OUTPUTS>, impl Tap<OUTPUTS>),
        (activation, end): (impl Fn(&mut [f32]), &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
        room: &'a mut [f32],
    ) -> &'a mut [[f32; INPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let all = answers(room, frames.len(), FRAMES);
        let frames = frames.get(..all.len()).unwrap_or_default();
        let ring = delay_line.ring();
        kernel::residual_frames::<TAPS, PAST, INPUTS, OUTPUTS, _, _, _, _>(
            (self, end),
            ring,
            (frames, copies),
            (first, tap),
            all,
            activation,
        );
        all
    }
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
    /// The output frame for `frame`, for a kernel of one tap, which needs no history.
    #[inline(always)]
    pub fn apply(&self, frame: [f32; INPUTS], activation: impl Fn(&mut [f32])) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let first = self.bias.first_sums();
        kernel::conv::<1, 0, INPUTS, OUTPUTS>(&self.kernel, first, Past::NONE, &frame, activation)
    }

    /// The output frame for `frame`, added to another frame.
    ///
    /// ```
    /// use streaming_net::{Conv, linear};
    ///
    /// static GAIN: Conv<1, 1, 1> = Conv { kernel: [[[2.0]]], bias: [0.5] };
    /// assert_eq!(GAIN.apply_onto([3.0], [10.0], linear), [16.5]);
    /// ```
    #[inline(always)]
    pub fn apply_onto(
        &self,
        frame: [f32; INPUTS],
        onto: [f32; OUTPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let first = crate::add(onto, self.bias.first_sums());
        kernel::conv::<1, 0, INPUTS, OUTPUTS>(&self.kernel, first, Past::NONE, &frame, activation)
    }

    /// The output frame for `frame` and a condition, as [`push_mixed`](Self::push_mixed).
    #[inline(always)]
    pub fn apply_mixed<const X: usize>(
        &self,
        frame: [f32; INPUTS],
        (mixin, condition): (&Conv<1, X, OUTPUTS, impl Bias<OUTPUTS>>, [f32; X]),
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let first = mixin.mixed(self.bias.first_sums(), condition);
        kernel::conv::<1, 0, INPUTS, OUTPUTS>(&self.kernel, first, Past::NONE, &frame, activation)
    }

    /// The products with a condition, added to `sums`.
    #[inline(always)]
    fn mixed(&self, sums: [f32; OUTPUTS], condition: [f32; INPUTS]) -> [f32; OUTPUTS] {
        let sums = crate::add(sums, self.bias.first_sums());
        kernel::conv::<1, 0, INPUTS, OUTPUTS>(&self.kernel, sums, Past::NONE, &condition, linear)
    }

    /// The output frames for `frames`, in `room`, for a multiple of four frames. Remaining frames, and frames whose
    /// outputs do not fit into `room`, are skipped.
    #[inline(always)]
    pub fn apply_block<'a>(
        &self,
        frames: &[[f32; INPUTS]],
        first: impl First<OUTPUTS>,
        room: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        self.push_block(&mut Schedule::<0, 1>::new(), (frames, &mut []), first, room, activation)
    }
}

/// What the kernels rely on.
pub(crate) const fn assert_shape(
    taps: usize,
    past: usize,
    inputs: usize,
    outputs: usize,
    groups: usize,
) {
    assert!(taps == past + 1, "a delay line keeps one frame less than its convolution has taps");
    assert!(inputs >= 1 && outputs >= 1 && groups >= 1, "a frame has channels");
    assert!(
        inputs.is_multiple_of(groups) && outputs.is_multiple_of(groups),
        "every group has as many inputs and as many outputs"
    );
}

/// The bias of a convolution, which its sums start from: `[f32; OUTPUTS]` or [`NoBias`].
pub trait Bias<const OUTPUTS: usize> {
    /// The values of the sums before the first multiply-accumulate.
    fn first_sums(&self) -> [f32; OUTPUTS];
}

impl<const OUTPUTS: usize> Bias<OUTPUTS> for [f32; OUTPUTS] {
    #[inline(always)]
    fn first_sums(&self) -> [f32; OUTPUTS] {
        *self
    }
}

/// No bias. It takes no flash, and the sums start with the first product.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct NoBias;

impl<const OUTPUTS: usize> Bias<OUTPUTS> for NoBias {
    #[inline(always)]
    fn first_sums(&self) -> [f32; OUTPUTS] {
        nothing()
    }
}
