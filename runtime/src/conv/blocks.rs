//! Convolutions of several frames at a time.

use super::{Bias, Conv, assert_shape};
use crate::accumulator::AccumulatorInit;
use crate::block;
use crate::block::outputs;
use crate::delay_line::DelayLine;
use crate::kernel::{self, FRAMES, Layer, Results, Walk};
use crate::pointwise::{BlockActivation, FewActivation, Pointwise};
use crate::ring::{Ring, RingShape};

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>>
    Conv<TAPS, INPUTS, OUTPUTS, B>
{
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
        frames: (&[[f32; INPUTS]], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        buffer: &'a mut [f32],
        activation: impl BlockActivation,
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        if D::STRIDE > 1 {
            self.block::<true>(delay_line.ring(), frames, init, buffer, activation)
        } else {
            self.block::<false>(delay_line.ring(), frames, init, buffer, activation)
        }
    }

    /// The same for layers of every dilation, and of every stride if there are some `WITH_STRIDES`.
    #[inline(never)]
    fn block<'a, const WITH_STRIDES: bool>(
        &self,
        ring: Ring<'_>,
        (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        buffer: &'a mut [f32],
        activation: impl BlockActivation,
    ) -> &'a mut [[f32; OUTPUTS]] {
        let stride = ring.shape.stride;
        let due = frames.len().checked_div(stride).unwrap_or_default();
        let all = outputs(buffer, due, FRAMES);
        let frames = frames.get(..all.len() * stride).unwrap_or_default();
        let (count, numbers) = (all.len(), all.as_flattened_mut());
        let outputs = Some(&mut *numbers);
        let results = Results { activation: activation.pointwise(), outputs, ..Results::NONE };
        let frames = (frames.as_flattened(), scratch);
        self.walk::<Pointwise, WITH_STRIDES>(ring, frames, init, (count, results));
        activation.apply_rest(numbers);
        all
    }

    /// Takes the frames through the kernel, some at a time.
    #[inline(always)]
    pub(super) fn walk<A: FewActivation, const WITH_STRIDES: bool>(
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
        #[cfg(all(assembly, helium))]
        if kernel::cortex_m::six_at_once::<INPUTS, OUTPUTS>(&mut walk) {
            return;
        }
        walk.each::<WITH_STRIDES>(kernel::product::<INPUTS, OUTPUTS, A>);
    }
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
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
        self.newest(frames, init, buffer, activation)
    }

    /// The same for each layer of this shape.
    #[inline(never)]
    fn newest<'a>(
        &self,
        frames: &[[f32; INPUTS]],
        init: impl AccumulatorInit<OUTPUTS>,
        buffer: &'a mut [f32],
        activation: impl BlockActivation,
    ) -> &'a mut [[f32; OUTPUTS]] {
        let all = outputs(buffer, frames.len(), FRAMES);
        let frames = frames.get(..all.len()).unwrap_or_default().as_flattened();
        let (count, numbers) = (all.len(), all.as_flattened_mut());
        let outputs = Some(&mut *numbers);
        let results = Results { activation: activation.pointwise(), outputs, ..Results::NONE };
        let layer = Layer {
            kernel: self.kernel.as_flattened().as_flattened(),
            bias: &init.with_bias(*self.bias.first_sums()),
            taps: 1,
        };
        kernel::newest::<INPUTS, OUTPUTS>(&layer, frames, init.first(), (count, results));
        activation.apply_rest(numbers);
        all
    }
}

/// The scratch memory serves four outputs. With less, a kernel would take no frame.
#[inline(always)]
fn debug_assert_scratch(taps: usize, ring: &Ring<'_>, scratch: &[f32]) {
    let RingShape { dilation, stride, channels, .. } = *ring.shape;
    let least = block::scratch(&[[taps, dilation, stride, channels]], FRAMES);
    debug_assert!(
        scratch.len() >= least,
        "the scratch memory is too small: make it as long as `scratch` gives"
    );
}
