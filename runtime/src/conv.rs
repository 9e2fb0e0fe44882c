use crate::accumulator::AccumulatorInit;
use crate::activation::linear;
use crate::block;
use crate::block::outputs;
use crate::combine::add;
use crate::delay_line::DelayLine;
use crate::kernel::{self, End, FEW, FRAMES, Layer, LayerShape, Results, Walk, neutral};
use crate::pointwise::{BlockActivation, Pointwise};
use crate::ring::Ring;
use crate::sealed::Sealed;

/// The weights of a convolution of `TAPS` taps, in flash.
///
/// `y[o] = bias[o] + Σ kernel[t][i][o] * x[t][i]` over taps `t` (0 is the oldest frame) and input channels `i`, as
/// Keras' [`Conv1D`](https://keras.io/api/layers/convolution_layers/convolution1d/), with the same order of dimensions.
///
/// ```
/// use streaming_net::__private::{Conv, History, linear};
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
    ) -> D::Output<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let shape = const { &LayerShape::new(D::DILATION) };
        delay_line.push(&frame, |past| {
            let first = self.bias.first_sums();
            kernel::conv_of_past(first, &frame, &self.kernel, shape, past, activation)
        })
    }

    /// Takes the next input frame and a condition, `(mixin, condition)`. Returns the output frame, with the convolution
    /// `mixin` of the condition added before the activation.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, History, NoBias, linear};
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
    ) -> D::Output<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let shape = const { &LayerShape::new(D::DILATION) };
        delay_line.push(&frame, |past| {
            let first = mixin.mixed(self.bias.first_sums(), &condition, linear);
            kernel::conv_of_past(&first, &frame, &self.kernel, shape, past, activation)
        })
    }

    /// Takes several input frames and writes their outputs to `buffer`: one for the first frame, then one in `STRIDE`.
    /// The layer must have an output at the first frame.
    ///
    /// The number of frames is a multiple of `4 * STRIDE`, and `buffer` holds their outputs. Beside the frames stands scratch
    /// memory, of at least as many numbers as [`scratch`](block::scratch) gives for four frames. Debug builds panic where a
    /// length is wrong. Release builds never panic: they take as many frames as fit.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, History, linear};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// let (mut history, mut buffer, mut scratch) = (History::<1, 1, 1>::new(), [0.0; 4], [0.0; 5]);
    /// let frames = ([[3.0], [5.0], [4.0], [4.0]].as_slice(), scratch.as_mut_slice());
    /// assert_eq!(
    ///     EDGE.push_block(&mut history, frames, (), &mut buffer, linear),
    ///     [[3.0], [2.0], [-1.0], [0.0]]
    /// );
    /// ```
    #[inline(always)]
    pub fn push_block<'a, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        buffer: &'a mut [f32],
        activation: impl BlockActivation,
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let all = outputs(buffer, frames.len() / D::STRIDE, FRAMES);
        let frames = frames.get(..all.len() * D::STRIDE).unwrap_or_default();
        let (count, numbers) = (all.len(), all.as_flattened_mut());
        let outputs = Some(&mut *numbers);
        let results = Results { activation: activation.pointwise(), outputs, ..Results::NONE };
        self.block(delay_line.ring(), (frames.as_flattened(), scratch), init, (count, results));
        activation.apply_rest(numbers);
        all
    }

    /// The same for layers of every dilation and stride.
    #[inline(never)]
    fn block(
        &self,
        ring: Ring<'_>,
        (frames, scratch): (&[f32], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        (count, results): (usize, Results<'_>),
    ) {
        debug_assert_scratch(TAPS, &ring, scratch);
        let layer = Layer {
            kernel: self.kernel.as_flattened().as_flattened(),
            bias: &init.with_bias(*self.bias.first_sums()),
            taps: TAPS,
        };
        let first = init.first();
        let room = scratch.len() / INPUTS;
        let mut walk =
            Walk { layer, ring, inputs: frames, scratch, room, first, results, left: count };
        walk.each(kernel::product::<INPUTS, OUTPUTS>);
    }

    /// Takes several input frames, and adds the outputs to `sums`, one of each frame.
    ///
    /// Lengths are as in [`push_block`](Self::push_block); there is no stride.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, History, Pointwise};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// let (mut history, mut scratch) = (History::<1, 1, 1>::new(), [0.0; 5]);
    /// let mut sums = [[10.0], [10.0], [10.0], [10.0]];
    /// let frames = ([[3.0], [5.0], [4.0], [4.0]].as_slice(), scratch.as_mut_slice());
    /// EDGE.add_block(&mut history, frames, (), &mut sums, Pointwise::Relu);
    /// assert_eq!(sums, [[13.0], [12.0], [10.0], [10.0]]);
    /// ```
    #[inline(always)]
    pub fn add_block<const PAST: usize, D: DelayLine<INPUTS, PAST, Output<()> = ()>>(
        &self,
        delay_line: &mut D,
        (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        sums: &mut [[f32; OUTPUTS]],
        activation: Pointwise,
    ) {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let all = outputs::<OUTPUTS>(sums.as_flattened_mut(), frames.len(), FRAMES);
        let frames = frames.get(..all.len()).unwrap_or_default();
        let count = all.len();
        let sums = Some(all.as_flattened_mut());
        let results = Results { activation, sums, ..Results::NONE };
        self.block(delay_line.ring(), (frames.as_flattened(), scratch), init, (count, results));
    }

    /// Takes several input frames of a residual block, `x + end(activation(self(x)))`, and writes the outputs to
    /// `buffer`. The results of the activation are also added to `skip_sums`, one of each frame, where there are some.
    ///
    /// Lengths are as in [`push_block`](Self::push_block); there is no stride.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, History, Pointwise};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// static END: Conv<1, 1, 1> = Conv { kernel: [[[2.0]]], bias: [0.5] };
    /// let (mut history, mut buffer, mut scratch) = (History::<1, 1, 1>::new(), [0.0; 4], [0.0; 5]);
    /// let mut skip_sums = [[10.0], [10.0], [10.0], [10.0]];
    /// let frames = ([[3.0], [5.0], [4.0], [4.0]].as_slice(), scratch.as_mut_slice());
    /// let outputs = EDGE.residual_block(
    ///     &mut history,
    ///     frames,
    ///     ((), Some(&mut skip_sums)),
    ///     (Pointwise::Relu, &END),
    ///     &mut buffer,
    /// );
    /// assert_eq!(outputs, [[9.5], [9.5], [4.5], [4.5]]);
    /// assert_eq!(skip_sums, [[13.0], [12.0], [10.0], [10.0]]);
    /// ```
    #[inline(always)]
    pub fn residual_block<'a, const PAST: usize, D: DelayLine<INPUTS, PAST, Output<()> = ()>>(
        &self,
        delay_line: &mut D,
        (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
        (init, skip_sums): (impl AccumulatorInit<OUTPUTS>, Option<&mut [[f32; OUTPUTS]]>),
        (activation, end): (Pointwise, &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
        buffer: &'a mut [f32],
    ) -> &'a mut [[f32; INPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        const { assert!(INPUTS <= FEW && OUTPUTS <= FEW, "the kernel keeps sums in registers") }
        let all = outputs(buffer, frames.len(), FRAMES);
        let frames = frames.get(..all.len()).unwrap_or_default().as_flattened();
        let count = all.len();
        let end = End {
            weights: end.kernel.as_flattened().as_flattened(),
            bias: end.bias.first_sums(),
            first: frames,
            outputs: all.as_flattened_mut(),
        };
        let sums = skip_sums.map(<[[f32; OUTPUTS]]>::as_flattened_mut);
        let results = Results { activation, outputs: None, sums, end: Some(end) };
        self.block(delay_line.ring(), (frames, scratch), init, (count, results));
        all
    }
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
    /// The output frame for `frame`, for a kernel of one tap, which needs no history.
    #[inline(always)]
    pub fn apply(&self, frame: [f32; INPUTS], activation: impl Fn(&mut [f32])) -> [f32; OUTPUTS] {
        self.sums(self.bias.first_sums(), &frame, activation)
    }

    /// The output frame for `frame`, added to another frame.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, linear};
    ///
    /// static GAIN: Conv<1, 1, 1> = Conv { kernel: [[[2.0]]], bias: [0.5] };
    /// assert_eq!(GAIN.apply_add([3.0], [10.0], linear), [16.5]);
    /// ```
    #[inline(always)]
    pub fn apply_add(
        &self,
        frame: [f32; INPUTS],
        to: [f32; OUTPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        self.mixed(&to, &frame, activation)
    }

    /// The output frame for `frame` and a condition, as [`push_mixed`](Self::push_mixed).
    #[inline(always)]
    pub fn apply_mixed<const X: usize>(
        &self,
        frame: [f32; INPUTS],
        (mixin, condition): (&Conv<1, X, OUTPUTS, impl Bias<OUTPUTS>>, [f32; X]),
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        let first = mixin.mixed(self.bias.first_sums(), &condition, linear);
        self.sums(&first, &frame, activation)
    }

    /// The activation of the bias and the products with a frame, added to other sums.
    #[inline(always)]
    fn mixed(
        &self,
        to: &[f32; OUTPUTS],
        frame: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        if B::IS_NEUTRAL {
            return self.sums(to, frame, activation);
        }
        self.sums(&add(*to, *self.bias.first_sums()), frame, activation)
    }

    /// The activation of the products with a frame, added to the first sums.
    #[inline(always)]
    fn sums(
        &self,
        first: &[f32; OUTPUTS],
        frame: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let [kernel] = &self.kernel;
        kernel::activated(first, frame, kernel, activation)
    }

    /// The output frames for a multiple of four `frames`, in `buffer`, which holds them.
    #[inline(always)]
    pub fn apply_block<'a>(
        &self,
        frames: &[[f32; INPUTS]],
        init: impl AccumulatorInit<OUTPUTS>,
        buffer: &'a mut [f32],
        activation: impl BlockActivation,
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let all = outputs(buffer, frames.len(), FRAMES);
        let frames = frames.get(..all.len()).unwrap_or_default().as_flattened();
        let (count, numbers) = (all.len(), all.as_flattened_mut());
        let outputs = Some(&mut *numbers);
        let results = Results { activation: activation.pointwise(), outputs, ..Results::NONE };
        self.newest_block(frames, init, (count, results));
        activation.apply_rest(numbers);
        all
    }

    /// The same for all that is done with the results.
    #[inline(never)]
    fn newest_block(
        &self,
        frames: &[f32],
        init: impl AccumulatorInit<OUTPUTS>,
        results: (usize, Results<'_>),
    ) {
        let layer = Layer {
            kernel: self.kernel.as_flattened().as_flattened(),
            bias: &init.with_bias(*self.bias.first_sums()),
            taps: 1,
        };
        kernel::newest::<INPUTS, OUTPUTS>(&layer, frames, init.first(), results);
    }
}

/// The scratch memory serves four outputs. With less, a kernel would take no frame.
#[inline(always)]
fn debug_assert_scratch(taps: usize, ring: &Ring<'_>, scratch: &[f32]) {
    let least = block::scratch(&[[taps, ring.dilation, ring.stride, ring.channels]], FRAMES);
    debug_assert!(
        scratch.len() >= least,
        "the scratch memory is too small: make it as long as `scratch` gives"
    );
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
pub trait Bias<const OUTPUTS: usize>: Sealed {
    /// Whether added to numbers it leaves these as they are.
    const IS_NEUTRAL: bool;

    /// The values of the sums before the first multiply-accumulate.
    fn first_sums(&self) -> &[f32; OUTPUTS];
}

impl<const OUTPUTS: usize> Bias<OUTPUTS> for [f32; OUTPUTS] {
    const IS_NEUTRAL: bool = false;

    #[inline(always)]
    fn first_sums(&self) -> &[f32; OUTPUTS] {
        self
    }
}

/// No bias. It takes no flash, and the sums start with the first product.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct NoBias;

impl Sealed for NoBias {}

impl<const OUTPUTS: usize> Bias<OUTPUTS> for NoBias {
    const IS_NEUTRAL: bool = true;

    #[inline(always)]
    fn first_sums(&self) -> &[f32; OUTPUTS] {
        const { &neutral() }
    }
}
