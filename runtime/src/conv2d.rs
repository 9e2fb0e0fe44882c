//! Convolutions over time and features, for networks that take spectra. A frame holds its features one after the other,
//! and each feature its channels. The delay line provides the past frames.

mod grouped;

pub use self::grouped::{ConvTranspose2d, GroupedConv2d};
use crate::conv::Bias;
use crate::delay_line::{DelayLine, Past};
use crate::kernel::{self, Layer2d, Positions};

/// The weights of a convolution of `TAPS` frames and `WIDTH` features, in flash.
///
/// `y[p][o] = bias[o] + Σ kernel[t][w][i][o] * x[t][p * STRIDE - PADDING + w][i]` at position `p`, over taps `t` (0 is
/// the oldest frame), the features `w` of the window and their channels `i`: as Keras'
/// [`Conv2D`](https://keras.io/api/layers/convolution_layers/convolution2d/), whose rows are frames. A frame has
/// `features * CHANNELS` numbers, an output frame `OUTPUT = positions * OUTPUTS`, channels innermost.
///
/// Keras' `valid` has no `PADDING`, and `⌊(features - WIDTH) / STRIDE⌋ + 1` positions. Keras' `same` has
/// `⌈features / STRIDE⌉` positions, and a `PADDING` of `max((positions - 1) * STRIDE + WIDTH - features, 0) / 2`,
/// rounded down, before the first feature; the remaining padding is after the last. PyTorch's `padding` is `PADDING`
/// itself, and gives `⌊(features + 2 * PADDING - WIDTH) / STRIDE⌋ + 1` positions. The padding is zeros.
///
/// ```
/// use streaming_net::__private::{Conv2d, History, linear};
///
/// // Two frames, two features: the differences between features beside each other, and to the frame before.
/// static EDGE: Conv2d<2, 2, 1, 1, 1, 0, 2> =
///     Conv2d { kernel: [[[[1.0]], [[-1.0]]], [[[-1.0]], [[1.0]]]], bias: [0.5] };
///
/// let mut history = History::<3, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [1.0, 2.0, 4.0], linear), [1.5, 2.5]);
/// assert_eq!(EDGE.push(&mut history, [1.0, 2.0, 9.0], linear), [0.5, 5.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Conv2d<
    const TAPS: usize,
    const WIDTH: usize,
    const CHANNELS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B = [f32; OUTPUTS],
> {
    /// The kernel, of shape `(taps, width, channels, outputs)`.
    pub kernel: [[[[f32; OUTPUTS]; CHANNELS]; WIDTH]; TAPS],
    /// The bias, `[f32; OUTPUTS]` or [`NoBias`](crate::conv::NoBias).
    pub bias: B,
}

impl<
    const TAPS: usize,
    const WIDTH: usize,
    const CHANNELS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B: Bias<OUTPUTS>,
> Conv2d<TAPS, WIDTH, CHANNELS, OUTPUTS, STRIDE, PADDING, OUTPUT, B>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the delay line has a schedule. The
    /// activation must be one of single channels.
    #[inline(always)]
    pub fn push<const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Output<[f32; OUTPUT]> {
        const {
            assert!(
                TAPS == PAST + 1,
                "a delay line keeps one frame less than its convolution has taps"
            );
        }
        delay_line.push(&frame, |past| self.output(past, &frame, activation))
    }

    #[inline(always)]
    fn output<const INPUTS: usize>(
        &self,
        past: Past<'_, INPUTS>,
        newest: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUT] {
        let positions =
            const { positions([INPUTS, CHANNELS], [OUTPUT, OUTPUTS], WIDTH, STRIDE, PADDING) };
        let first = self.bias.first_sums();
        let mut output = [0.0; OUTPUT];
        let kernel = self.kernel.as_flattened().as_flattened().as_flattened();
        let layer = Layer2d::new(kernel, (past, newest), TAPS, CHANNELS, positions);
        kernel::conv2d(&layer, first, &mut output);
        activation(&mut output);
        output
    }
}

impl<
    const WIDTH: usize,
    const CHANNELS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B: Bias<OUTPUTS>,
> Conv2d<1, WIDTH, CHANNELS, OUTPUTS, STRIDE, PADDING, OUTPUT, B>
{
    /// The output frame for `frame`, for a kernel of one tap, which needs no history.
    ///
    /// ```
    /// use streaming_net::__private::{Conv2d, linear};
    ///
    /// // Keras' `same`, every other feature: a window of 3 with one zero of padding, after the last feature.
    /// static SUM: Conv2d<1, 3, 1, 1, 2, 0, 2> = Conv2d { kernel: [[[[1.0]], [[1.0]], [[1.0]]]], bias: [0.0] };
    /// assert_eq!(SUM.apply([1.0, 2.0, 3.0, 4.0], linear), [6.0, 7.0]);
    /// ```
    #[inline(always)]
    pub fn apply<const INPUTS: usize>(
        &self,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUT] {
        self.output(Past::NONE, &frame, activation)
    }
}

/// The weights of a depthwise convolution of `TAPS` frames and `WIDTH` features, in flash: each channel is convolved by
/// itself.
///
/// `y[p][c] = bias[c] + Σ kernel[t][w][c] * x[t][p * STRIDE - PADDING + w][c]`, as in [`Conv2d`]: Keras'
/// [`DepthwiseConv2D`](https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/) without a multiplier.
///
/// ```
/// use streaming_net::__private::{DepthwiseConv2d, linear};
///
/// // Two features of two channels: the sum of one channel, and the difference of the other.
/// static PAIRS: DepthwiseConv2d<1, 2, 2, 1, 0, 2> =
///     DepthwiseConv2d { kernel: [[[1.0, -1.0], [1.0, 1.0]]], bias: [0.0, 0.5] };
/// assert_eq!(PAIRS.apply([1.0, 2.0, 3.0, 4.0], linear), [4.0, 2.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DepthwiseConv2d<
    const TAPS: usize,
    const WIDTH: usize,
    const CHANNELS: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B = [f32; CHANNELS],
> {
    /// The kernel, of shape `(taps, width, channels)`.
    pub kernel: [[[f32; CHANNELS]; WIDTH]; TAPS],
    /// The bias, `[f32; CHANNELS]` or [`NoBias`](crate::conv::NoBias).
    pub bias: B,
}

impl<
    const TAPS: usize,
    const WIDTH: usize,
    const CHANNELS: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B: Bias<CHANNELS>,
> DepthwiseConv2d<TAPS, WIDTH, CHANNELS, STRIDE, PADDING, OUTPUT, B>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the delay line has a schedule. The
    /// activation must be one of single channels.
    #[inline(always)]
    pub fn push<const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Output<[f32; OUTPUT]> {
        const {
            assert!(
                TAPS == PAST + 1,
                "a delay line keeps one frame less than its convolution has taps"
            );
        }
        delay_line.push(&frame, |past| self.output(past, &frame, activation))
    }

    #[inline(always)]
    fn output<const INPUTS: usize>(
        &self,
        past: Past<'_, INPUTS>,
        newest: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUT] {
        let positions =
            const { positions([INPUTS, CHANNELS], [OUTPUT, CHANNELS], WIDTH, STRIDE, PADDING) };
        let first = self.bias.first_sums();
        let mut output = [0.0; OUTPUT];
        let kernel = self.kernel.as_flattened().as_flattened();
        let layer = Layer2d::new(kernel, (past, newest), TAPS, CHANNELS, positions);
        kernel::depthwise_conv2d(&layer, first, &mut output);
        activation(&mut output);
        output
    }
}

impl<
    const WIDTH: usize,
    const CHANNELS: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B: Bias<CHANNELS>,
> DepthwiseConv2d<1, WIDTH, CHANNELS, STRIDE, PADDING, OUTPUT, B>
{
    /// The output frame for `frame`, for a kernel of one tap, which needs no history.
    #[inline(always)]
    pub fn apply<const INPUTS: usize>(
        &self,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUT] {
        self.output(Past::NONE, &frame, activation)
    }
}

/// The positions of the windows on a frame: of numbers and channels, going in and coming out.
const fn positions(
    [inputs, channels]: [usize; 2],
    [output, outputs]: [usize; 2],
    width: usize,
    stride: usize,
    padding: usize,
) -> Positions {
    assert!(channels >= 1 && outputs >= 1, "a feature has channels");
    assert!(inputs.is_multiple_of(channels), "every feature has as many channels");
    assert!(output.is_multiple_of(outputs), "every position has as many outputs");
    let (features, count) = (inputs / channels, output / outputs);
    assert!(features >= 1 && count >= 1, "a frame has features");
    assert!(stride >= 1, "a stride is at least 1");
    assert!(
        padding < width && (count - 1) * stride < features + padding,
        "every window meets a feature"
    );
    Positions { features, width, stride, padding }
}
