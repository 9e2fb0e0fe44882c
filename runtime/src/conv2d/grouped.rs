//! Convolutions over time and features in groups, and transposed ones.

use super::Past;
use crate::conv::Bias;
use crate::delay_line::DelayLine;
use crate::kernel::{self, Windows};

/// The weights of a convolution of `TAPS` frames and `WIDTH` features in `GROUPS` groups, in flash: as
/// [`Conv2d`](crate::conv2d::Conv2d), but each group of outputs reads only its group of channels, and neighbouring taps lie
/// `DILATION` features apart.
///
/// `kernel[t][w][i][o]` multiplies the `i`-th channel of the group that output `o` is in, as in Keras' `Conv2D(groups=…)`
/// and PyTorch's. A group of one channel and several outputs is a depthwise convolution with a multiplier.
///
/// ```
/// use streaming_net::__private::{GroupedConv2d, linear};
///
/// // Three features of two channels, each channel by itself; the taps lie two features apart.
/// static ENDS: GroupedConv2d<1, 2, 1, 2, 2, 1, 2, 0, 2> =
///     GroupedConv2d { kernel: [[[[1.0, 1.0]], [[1.0, -1.0]]]], bias: [0.0, 0.5] };
/// assert_eq!(ENDS.apply([1.0, 2.0, 0.0, 0.0, 3.0, 4.0], linear), [4.0, -1.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GroupedConv2d<
    const TAPS: usize,
    const WIDTH: usize,
    const GROUP_CHANNELS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    const STRIDE: usize,
    const DILATION: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B = [f32; OUTPUTS],
> {
    /// The kernel, of shape `(taps, width, channels / groups, outputs)`.
    pub kernel: [[[[f32; OUTPUTS]; GROUP_CHANNELS]; WIDTH]; TAPS],
    /// The bias, `[f32; OUTPUTS]` or [`NoBias`](crate::conv::NoBias).
    pub bias: B,
}

/// The weights of a convolution of `TAPS` frames that is transposed over features, in flash: Keras'
/// [`Conv2DTranspose`](https://keras.io/api/layers/convolution_layers/convolution2d_transpose/) and PyTorch's
/// [`ConvTranspose2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html), without a stride
/// over time.
///
/// Feature `f` of the frame under tap `t` (0 is the oldest) adds `Σ kernel[t][w][i][o] * x[f][i]` to position
/// `f * STRIDE + w * DILATION - PADDING` of the output, where the output has that position. Channels are in `GROUPS`
/// groups, as in [`GroupedConv2d`].
///
/// ```
/// use streaming_net::__private::{ConvTranspose2d, linear};
///
/// // Linear interpolation by 2 between features.
/// static RAMP: ConvTranspose2d<1, 3, 1, 1, 1, 2, 1, 1, 3> =
///     ConvTranspose2d { kernel: [[[[0.5]], [[1.0]], [[0.5]]]], bias: [0.0] };
/// assert_eq!(RAMP.apply([4.0, 8.0], linear), [4.0, 6.0, 8.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ConvTranspose2d<
    const TAPS: usize,
    const WIDTH: usize,
    const GROUP_CHANNELS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    const STRIDE: usize,
    const DILATION: usize,
    const PADDING: usize,
    const OUTPUT: usize,
    B = [f32; OUTPUTS],
> {
    /// The kernel, of shape `(taps, width, channels / groups, outputs)`.
    pub kernel: [[[[f32; OUTPUTS]; GROUP_CHANNELS]; WIDTH]; TAPS],
    /// The bias, `[f32; OUTPUTS]` or [`NoBias`](crate::conv::NoBias).
    pub bias: B,
}

/// The methods that both have.
macro_rules! convolution {
    ($name:ident, $is_transposed:literal) => {
        impl<
            const TAPS: usize,
            const WIDTH: usize,
            const GROUP_CHANNELS: usize,
            const OUTPUTS: usize,
            const GROUPS: usize,
            const STRIDE: usize,
            const DILATION: usize,
            const PADDING: usize,
            const OUTPUT: usize,
            B: Bias<OUTPUTS>,
        >
            $name<
                TAPS,
                WIDTH,
                GROUP_CHANNELS,
                OUTPUTS,
                GROUPS,
                STRIDE,
                DILATION,
                PADDING,
                OUTPUT,
                B,
            >
        {
            /// Takes the next input frame and returns the output frame, as an `Option` if the delay line has a schedule.
            /// The activation must be one of single channels.
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

            /// The output frame for `frame`, for a kernel of one tap, which needs no history.
            #[inline(always)]
            pub fn apply<const INPUTS: usize>(
                &self,
                frame: [f32; INPUTS],
                activation: impl Fn(&mut [f32]),
            ) -> [f32; OUTPUT] {
                const { assert!(TAPS == 1, "more taps need a history") }
                self.output(Past::NONE, &frame, activation)
            }

            #[inline(always)]
            fn output<const INPUTS: usize>(
                &self,
                past: Past<'_, INPUTS>,
                newest: &[f32; INPUTS],
                activation: impl Fn(&mut [f32]),
            ) -> [f32; OUTPUT] {
                let shape = const {
                    shape(
                        [INPUTS, GROUP_CHANNELS],
                        [OUTPUT, OUTPUTS],
                        GROUPS,
                        [WIDTH, STRIDE, DILATION, PADDING],
                        $is_transposed,
                    )
                };
                let mut output = [0.0; OUTPUT];
                let first = self.bias.first_sums();
                for position in output.as_chunks_mut().0 {
                    *position = *first;
                }
                kernel::grouped_conv2d(
                    &self.kernel,
                    (past, newest),
                    &shape,
                    &mut output,
                    activation,
                );
                output
            }
        }
    };
}

convolution!(GroupedConv2d, false);
convolution!(ConvTranspose2d, true);

/// The shape of a layer: of numbers and channels, going in and coming out, its groups, and how its windows lie.
const fn shape(
    [inputs, group_channels]: [usize; 2],
    [output, outputs]: [usize; 2],
    groups: usize,
    [width, stride, dilation, padding]: [usize; 4],
    is_transposed: bool,
) -> Windows {
    assert!(groups >= 1 && group_channels >= 1 && outputs >= 1, "a feature has channels");
    assert!(outputs.is_multiple_of(groups), "every group has as many outputs");
    let channels = group_channels * groups;
    assert!(inputs.is_multiple_of(channels), "every feature has as many channels");
    assert!(output.is_multiple_of(outputs), "every position has as many outputs");
    let (features, positions) = (inputs / channels, output / outputs);
    assert!(features >= 1 && positions >= 1, "a frame has features");
    assert!(stride >= 1 && dilation >= 1, "a stride and a dilation are at least 1");
    let (places, under) = if is_transposed { (features, positions) } else { (positions, features) };
    let group_outputs = outputs / groups;
    Windows {
        places,
        under,
        width,
        stride,
        dilation,
        padding,
        groups,
        group_channels,
        group_outputs,
        is_transposed,
    }
}
