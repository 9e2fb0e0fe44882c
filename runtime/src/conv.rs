use crate::DelayLine;
use crate::kernel::{self, nothing};

/// The weights of a convolution of `TAPS` taps, in flash.
///
/// `y[o] = bias[o] + Σ kernel[t][i][o] * x[t][i]` over taps `t` (0 is the oldest frame) and input channels `i`: the
/// order, and the cross-correlation, of Keras' [`Conv1D`](https://keras.io/api/layers/convolution_layers/convolution1d/).
///
/// ```
/// use streaming_net::{Conv, History};
///
/// // Two taps, one channel in, two out: each frame, and its difference to the one before.
/// static EDGE: Conv<2, 1, 2> = Conv { kernel: [[[0.0, -1.0]], [[1.0, 1.0]]], bias: [0.0, 0.5] };
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [3.0]), [3.0, 3.5]);
/// assert_eq!(EDGE.push(&mut history, [5.0]), [5.0, 2.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B = [f32; OUTPUTS]> {
    /// The kernel, `(taps, inputs, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; INPUTS]; TAPS],
    /// `[f32; OUTPUTS]`, or [`NoBias`].
    pub bias: B,
}

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>>
    Conv<TAPS, INPUTS, OUTPUTS, B>
{
    /// Takes the next frame; the answer is the output frame, or an `Option` of it where the delay line has a schedule.
    #[inline(always)]
    pub fn push<const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
    ) -> D::Answer<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        delay_line
            .push(frame, |past| kernel::conv(&self.kernel, self.bias.first_sums(), past, &frame))
    }
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
    /// The output frame for `frame`: with one tap nothing is kept.
    #[inline(always)]
    pub fn apply(&self, frame: [f32; INPUTS]) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        kernel::conv(&self.kernel, self.bias.first_sums(), &[], &frame)
    }
}

/// The weights of a convolution in `GROUPS` groups, in flash: output group `g` sees input group `g` alone.
///
/// `kernel[t][i][o]` multiplies the `i`-th input of the group that output `o` is in, as in Keras' `Conv1D(groups=…)`.
/// One input a group is the depthwise convolution:
///
/// ```
/// use streaming_net::GroupedConv;
///
/// static GAINS: GroupedConv<1, 1, 2, 2> = GroupedConv { kernel: [[[2.0, 10.0]]], bias: [0.0, 1.0] };
/// assert_eq!(GAINS.apply([3.0, 4.0]), [6.0, 41.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GroupedConv<
    const TAPS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    B = [f32; OUTPUTS],
> {
    /// The kernel, `(taps, inputs / groups, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; GROUP_INPUTS]; TAPS],
    /// `[f32; OUTPUTS]`, or [`NoBias`].
    pub bias: B,
}

impl<
    const TAPS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    B: Bias<OUTPUTS>,
> GroupedConv<TAPS, GROUP_INPUTS, OUTPUTS, GROUPS, B>
{
    /// Takes the next frame; the answer is the output frame, or an `Option` of it where the delay line has a schedule.
    #[inline(always)]
    pub fn push<const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
    ) -> D::Answer<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, GROUPS) }
        delay_line.push(frame, |past| self.sums(past, &frame))
    }

    #[inline(always)]
    fn sums<const INPUTS: usize>(
        &self,
        past: &[[f32; INPUTS]],
        newest: &[f32; INPUTS],
    ) -> [f32; OUTPUTS] {
        const {
            assert!(
                INPUTS == GROUP_INPUTS * GROUPS,
                "a frame has one channel for each input of each group"
            );
        }
        kernel::grouped_conv::<TAPS, INPUTS, GROUP_INPUTS, OUTPUTS, GROUPS>(
            &self.kernel,
            self.bias.first_sums(),
            past,
            newest,
        )
    }
}

impl<const GROUP_INPUTS: usize, const OUTPUTS: usize, const GROUPS: usize, B: Bias<OUTPUTS>>
    GroupedConv<1, GROUP_INPUTS, OUTPUTS, GROUPS, B>
{
    /// The output frame for `frame`: with one tap nothing is kept.
    #[inline(always)]
    pub fn apply<const INPUTS: usize>(&self, frame: [f32; INPUTS]) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, GROUPS) }
        self.sums(&[], &frame)
    }
}

/// What the kernels rely on.
const fn assert_shape(taps: usize, past: usize, inputs: usize, outputs: usize, groups: usize) {
    assert!(taps == past + 1, "a delay line keeps one frame less than its convolution has taps");
    assert!(inputs >= 1 && outputs >= 1 && groups >= 1, "a frame has channels");
    assert!(
        inputs.is_multiple_of(groups) && outputs.is_multiple_of(groups),
        "every group has as many inputs and as many outputs"
    );
}

/// What a convolution's sums start from: `[f32; OUTPUTS]` or [`NoBias`].
pub trait Bias<const OUTPUTS: usize> {
    /// The sums before the first multiply-accumulate.
    fn first_sums(&self) -> [f32; OUTPUTS];
}

impl<const OUTPUTS: usize> Bias<OUTPUTS> for [f32; OUTPUTS] {
    #[inline(always)]
    fn first_sums(&self) -> [f32; OUTPUTS] {
        *self
    }
}

/// No bias: takes no flash, and the first product is the first sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoBias;

impl<const OUTPUTS: usize> Bias<OUTPUTS> for NoBias {
    #[inline(always)]
    fn first_sums(&self) -> [f32; OUTPUTS] {
        nothing()
    }
}
