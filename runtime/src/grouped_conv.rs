use crate::block::outputs;
use crate::conv::Bias;
use crate::conv::assert_shape;
use crate::delay_line::{DelayLine, Past};
use crate::kernel::{self, Shape};
use crate::schedule::Schedule;

/// The weights of a convolution in `GROUPS` groups, in flash: output group `g` reads only input group `g`.
///
/// `kernel[t][i][o]` multiplies the `i`-th input of the group that output `o` is in, as in Keras' `Conv1D(groups=…)`.
/// A convolution with one input channel per group is a depthwise convolution:
///
/// ```
/// use streaming_net::__private::{GroupedConv, linear};
///
/// static GAINS: GroupedConv<1, 1, 2, 2> = GroupedConv { kernel: [[[2.0, 10.0]]], bias: [0.0, 1.0] };
/// assert_eq!(GAINS.apply([3.0, 4.0], linear), [6.0, 41.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GroupedConv<
    const TAPS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    B = [f32; OUTPUTS],
> {
    /// The kernel, of shape `(taps, inputs / groups, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; GROUP_INPUTS]; TAPS],
    /// The bias, `[f32; OUTPUTS]` or [`NoBias`](crate::conv::NoBias).
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
    /// Takes the next input frame and returns the output frame, as an `Option` if the delay line has a schedule.
    #[inline(always)]
    pub fn push<const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Output<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, GROUPS) }
        delay_line.push(&frame, |past| self.sums(past, &frame, activation))
    }

    /// Takes several input frames and writes their outputs to `buffer`, as [`Conv::push_block`](crate::conv::Conv::push_block).
    #[inline(always)]
    pub fn push_block<'a, const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frames: &[[f32; INPUTS]],
        buffer: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, GROUPS) }
        let outputs = outputs(buffer, frames.len() / D::STRIDE, 1);
        for (frames, output) in frames.chunks_exact(D::STRIDE).zip(outputs.iter_mut()) {
            let mut ring = delay_line.ring();
            if let Some(frame) = frames.first() {
                *output = self.sums(ring.past(), frame, &activation);
            }
            ring.store(frames.as_flattened(), frames.len());
        }
        outputs
    }

    #[inline(always)]
    fn sums<const INPUTS: usize>(
        &self,
        past: Past<'_, INPUTS>,
        newest: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const {
            assert!(
                INPUTS == GROUP_INPUTS * GROUPS,
                "a frame has one channel for each input of each group"
            );
        }
        let mut sums = *self.bias.first_sums();
        let kernel = self.kernel.as_flattened().as_flattened();
        let ring = past.frames.as_flattened();
        if GROUP_INPUTS == 1 && OUTPUTS == INPUTS {
            kernel::depthwise_conv(&mut sums, newest, kernel, (ring, past.oldest, past.dilation));
        } else {
            let shape = Shape::conv(TAPS, INPUTS, OUTPUTS, past.dilation, GROUPS);
            for group in 0..GROUPS {
                let (input, output) = (group * GROUP_INPUTS, group * (OUTPUTS / GROUPS));
                kernel::add_conv(
                    sums.get_mut(output..).unwrap_or_default(),
                    newest.get(input..).unwrap_or_default(),
                    kernel.get(output..).unwrap_or_default(),
                    &shape,
                    (ring.get(input..).unwrap_or_default(), past.oldest),
                );
            }
        }
        activation(&mut sums);
        sums
    }
}

impl<const GROUP_INPUTS: usize, const OUTPUTS: usize, const GROUPS: usize, B: Bias<OUTPUTS>>
    GroupedConv<1, GROUP_INPUTS, OUTPUTS, GROUPS, B>
{
    /// The output frame for `frame`, for a kernel of one tap, which needs no history.
    #[inline(always)]
    pub fn apply<const INPUTS: usize>(
        &self,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, GROUPS) }
        self.sums(Past::NONE, &frame, activation)
    }

    /// The output frames for `frames`, in `buffer`, as [`Conv::apply_block`](crate::conv::Conv::apply_block).
    #[inline(always)]
    pub fn apply_block<'a, const INPUTS: usize>(
        &self,
        frames: &[[f32; INPUTS]],
        buffer: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        self.push_block(&mut Schedule::<0, 1>::new(), frames, buffer, activation)
    }
}
