//! One frame of a residual block: one function for all blocks of a shape.

use super::{Bias, Conv, assert_shape};
use crate::accumulator::AccumulatorInit;
use crate::activation::linear;
use crate::delay_line::{DelayLine, Past};
use crate::kernel::{self, LayerShape, elementwise};
use crate::ring::Ring;

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>>
    Conv<TAPS, INPUTS, OUTPUTS, B>
{
    /// Takes the next input frame of a residual block, and returns its output frame, `x + end(activation(self(x)))`. The sums of
    /// the convolution start from `init` and its bias.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, History, relu};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// static END: Conv<1, 1, 1> = Conv { kernel: [[[2.0]]], bias: [0.5] };
    ///
    /// let mut history = History::<1, 1, 1>::new();
    /// assert_eq!(EDGE.push_residual(&mut history, [3.0], (), (relu, &END)), [9.5]);
    /// assert_eq!(EDGE.push_residual(&mut history, [5.0], (), (relu, &END)), [9.5]);
    /// ```
    #[inline(always)]
    pub fn push_residual<const PAST: usize, D: DelayLine<INPUTS, PAST, Output<()> = ()>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        init: impl AccumulatorInit<OUTPUTS>,
        end: (impl Fn(&mut [f32]), &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
    ) -> [f32; INPUTS] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let shape = const { &LayerShape::new(D::DILATION) };
        self.residual_frame(delay_line.ring(), shape, &frame, init, end, None)
    }

    /// The same, and adds the outputs of the activation to `skip_sum`. Returns the output frame, and the sum.
    ///
    /// ```
    /// use streaming_net::__private::{Conv, History, relu};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// static END: Conv<1, 1, 1> = Conv { kernel: [[[2.0]]], bias: [0.5] };
    ///
    /// let mut history = History::<1, 1, 1>::new();
    /// let pushed = EDGE.push_residual_skip(&mut history, [3.0], (), (relu, &END), [10.0]);
    /// assert_eq!(pushed, ([9.5], [13.0]));
    /// ```
    #[inline(always)]
    pub fn push_residual_skip<const PAST: usize, D: DelayLine<INPUTS, PAST, Output<()> = ()>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        init: impl AccumulatorInit<OUTPUTS>,
        end: (impl Fn(&mut [f32]), &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
        mut skip_sum: [f32; OUTPUTS],
    ) -> ([f32; INPUTS], [f32; OUTPUTS]) {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let shape = const { &LayerShape::new(D::DILATION) };
        let sum = Some(&mut skip_sum);
        let output = self.residual_frame(delay_line.ring(), shape, &frame, init, end, sum);
        (output, skip_sum)
    }

    /// The same for layers of every dilation, whose past frames are the `numbers` of a ring.
    #[inline(never)]
    fn residual_frame(
        &self,
        Ring { numbers, oldest, .. }: Ring<'_>,
        shape: &LayerShape<TAPS, INPUTS, OUTPUTS>,
        frame: &[f32; INPUTS],
        init: impl AccumulatorInit<OUTPUTS>,
        (activation, end): (impl Fn(&mut [f32]), &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
        skip_sum: Option<&mut [f32; OUTPUTS]>,
    ) -> [f32; INPUTS] {
        let first = init.of_frame(self.bias.first_sums());
        let (frames, _) = numbers.as_chunks_mut();
        let place = if (*oldest as usize) < frames.len() { *oldest } else { 0 };
        *oldest = place + 1;
        let dilation = frames.len().checked_div(TAPS - 1).unwrap_or_default();
        let place = place as usize;
        let past = Past { frames, oldest: place, dilation };
        let sums = kernel::conv_of_past(&first, frame, &self.kernel, shape, past, activation);
        if let Some(skip_sum) = skip_sum {
            elementwise::add(skip_sum, &sums);
        }
        if let Some(oldest) = frames.get_mut(place) {
            elementwise::replace(oldest, frame);
        }
        end.apply_add(sums, *frame, linear)
    }
}
