mod blocks;
mod residual;
mod residual_push;

use crate::activation::linear;
use crate::combine::add;
use crate::delay_line::{DelayLine, OfPast, Past};
use crate::kernel::{self, LayerShape, neutral};
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
        if cfg!(writes_out) {
            return delay_line.push(&frame, |past| {
                let first = self.bias.first_sums();
                kernel::conv_of_past(first, &frame, &self.kernel, shape, past, activation)
            });
        }
        let first = self.bias.first_sums();
        delay_line.push_of(
            &frame,
            Products { first, frame: &frame, kernel: &self.kernel, shape, activation },
        )
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
        if cfg!(writes_out) {
            return delay_line.push(&frame, |past| {
                let first = mixin.mixed(self.bias.first_sums(), &condition, linear);
                kernel::conv_of_past(&first, &frame, &self.kernel, shape, past, activation)
            });
        }
        let first = &mixin.mixed(self.bias.first_sums(), &condition, linear);
        delay_line.push_of(
            &frame,
            Products { first, frame: &frame, kernel: &self.kernel, shape, activation },
        )
    }
}

/// What a convolution computes of past frames, in builds that write nothing out: as a closure, it would be a call with an argument for
/// each captured variable.
struct Products<'a, F, const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize> {
    first: &'a [f32; OUTPUTS],
    frame: &'a [f32; INPUTS],
    kernel: &'a [[[f32; OUTPUTS]; INPUTS]; TAPS],
    shape: &'static LayerShape<TAPS, INPUTS, OUTPUTS>,
    activation: F,
}

impl<F: Fn(&mut [f32]), const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize> OfPast<INPUTS>
    for Products<'_, F, TAPS, INPUTS, OUTPUTS>
{
    type Output = [f32; OUTPUTS];

    #[inline(always)]
    fn of(self, past: Past<'_, INPUTS>) -> [f32; OUTPUTS] {
        let Self { first, frame, kernel, shape, activation } = self;
        kernel::conv_of_past(first, frame, kernel, shape, past, activation)
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
    pub(crate) fn mixed(
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
