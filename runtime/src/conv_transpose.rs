use crate::conv::Bias;
use crate::delay_line::{DelayLine, Past};
use crate::kernel;

/// The weights of a transposed convolution of `TAPS` taps, in flash: `STRIDE` output frames for each input frame.
///
/// Input frame `n` adds `Σ kernel[t][i][o] * x[n][i]` to output frame `n * STRIDE + t`, for taps `t` and input channels
/// `i`: Keras' [`Conv1DTranspose`](https://keras.io/api/layers/convolution_layers/convolution1d_transpose/), and
/// PyTorch's [`ConvTranspose1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose1d.html) without
/// padding, with the axes of the kernel in the order `(taps, inputs, outputs)`. Outputs that no tap reaches are the
/// bias.
///
/// A push returns the output frames that no later input changes, `n * STRIDE` and the `STRIDE - 1` after it. They
/// depend on `⌈TAPS / STRIDE⌉` input frames; the layer keeps all of these but the newest,
/// `(⌈TAPS / STRIDE⌉ - 1) * INPUTS` numbers. To keep partial sums instead would take `(TAPS - STRIDE) * OUTPUTS`
/// numbers, which is more if a layer has at most `STRIDE` times as many inputs as outputs, and every push would load
/// and store them.
///
/// With `LATE`, which is below `STRIDE`, the frames of a push are those from `n * STRIDE - LATE` on. This is for a layer
/// whose first output frames are cut off, where their number is no multiple of `STRIDE`.
///
/// ```
/// use streaming_net::__private::{ConvTranspose, History, linear};
///
/// // Linear interpolation by 2: half a frame before, a whole one, and half a frame after.
/// static RAMP: ConvTranspose<3, 1, 1, 2> =
///     ConvTranspose { kernel: [[[0.5]], [[1.0]], [[0.5]]], bias: [0.0] };
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(RAMP.push(&mut history, [4.0], linear), [[2.0], [4.0]]);
/// assert_eq!(RAMP.push(&mut history, [8.0], linear), [[6.0], [8.0]]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ConvTranspose<
    const TAPS: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    B = [f32; OUTPUTS],
    const LATE: usize = 0,
> {
    /// The kernel, of shape `(taps, inputs, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; INPUTS]; TAPS],
    /// The bias, `[f32; OUTPUTS]` or [`NoBias`](crate::conv::NoBias).
    pub bias: B,
}

impl<
    const TAPS: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    B: Bias<OUTPUTS>,
    const LATE: usize,
> ConvTranspose<TAPS, INPUTS, OUTPUTS, STRIDE, B, LATE>
{
    /// Takes the next input frame and returns the next `STRIDE` output frames, as an `Option` if the delay line has a
    /// schedule. `PAST` is `⌈(TAPS + LATE) / STRIDE⌉ - 1`.
    #[inline(always)]
    pub fn push<const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Output<[[f32; OUTPUTS]; STRIDE]> {
        delay_line.push(&frame, |past| self.outputs::<PAST>(past, &frame, activation))
    }

    /// The output frames for `frame`, for a kernel of at most `STRIDE` taps, which needs no history.
    ///
    /// ```
    /// use streaming_net::__private::{ConvTranspose, NoBias, linear};
    ///
    /// static PAIR: ConvTranspose<2, 1, 1, 2, NoBias> =
    ///     ConvTranspose { kernel: [[[1.0]], [[-1.0]]], bias: NoBias };
    /// assert_eq!(PAIR.apply([3.0], linear), [[3.0], [-3.0]]);
    /// ```
    #[inline(always)]
    pub fn apply(
        &self,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [[f32; OUTPUTS]; STRIDE] {
        self.outputs::<0>(Past::NONE, &frame, activation)
    }

    #[inline(always)]
    fn outputs<const PAST: usize>(
        &self,
        past: Past<'_, INPUTS>,
        newest: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [[f32; OUTPUTS]; STRIDE] {
        const {
            assert!(STRIDE >= 1, "a stride is at least 1");
            assert!(INPUTS >= 1 && OUTPUTS >= 1, "a frame has channels");
            assert!(LATE < STRIDE, "the newest frame is part of an output");
            assert!(
                (TAPS + LATE).div_ceil(STRIDE) == PAST + 1,
                "a delay line keeps the frames that the newest output frames depend on, but the newest"
            );
        }
        kernel::transposed::<TAPS, PAST, INPUTS, OUTPUTS, STRIDE, LATE>(
            &self.kernel,
            *self.bias.first_sums(),
            past,
            newest,
            activation,
        )
    }
}
