//! Several frames at a time of convolutions of few channels: what is done with their results is done by the same kernel.

use super::{Bias, Conv, assert_shape};
use crate::accumulator::AccumulatorInit;
#[cfg(all(assembly, helium))]
use crate::accumulator::First;
#[cfg(all(assembly, helium))]
use crate::block;
use crate::block::outputs;
use crate::delay_line::DelayLine;
#[cfg(all(assembly, helium))]
use crate::kernel::{self, Layer, Walk};
use crate::kernel::{End, FEW, FRAMES, Results};
use crate::pointwise::FewActivation;
#[cfg(all(assembly, helium))]
use crate::pointwise::Pointwise;
use crate::ring::Ring;

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>>
    Conv<TAPS, INPUTS, OUTPUTS, B>
{
    /// The same for few channels, with all of the activation.
    #[inline(always)]
    fn few_block<A: FewActivation>(
        &self,
        ring: Ring<'_>,
        frames: (&[f32], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        results: (usize, Results<'_>),
    ) {
        const { assert!(INPUTS <= FEW && OUTPUTS <= FEW, "the kernel keeps sums in registers") }
        #[cfg(all(assembly, helium))]
        if A::HAS_REST {
            return self.block_in_steps::<A>(ring, frames, init, results);
        }
        self.walk::<A, false>(ring, frames, init, results);
    }

    /// The same in steps, where the kernel does not have the activation: the sums, some frames at a time, then the activation, and what
    /// becomes of the results.
    #[cfg(all(assembly, helium))]
    #[inline(never)]
    fn block_in_steps<A: FewActivation>(
        &self,
        mut ring: Ring<'_>,
        (mut frames, scratch): (&[f32], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        (mut left, mut results): (usize, Results<'_>),
    ) {
        let bias = init.with_bias(*self.bias.first_sums());
        let mut first = init.first();
        let mut buffer = [0.0; block::MOST_AT_ONCE * FEW];
        while left > 0 {
            let count = left.min(block::MOST_AT_ONCE);
            let Some(inputs) = frames.split_off(..count * INPUTS) else { return };
            let Some(numbers) = buffer.get_mut(..count * OUTPUTS) else { return };
            let kernel = self.kernel.as_flattened().as_flattened();
            let mut walk = Walk {
                layer: Layer { kernel, bias: &bias, taps: TAPS },
                ring: ring.reborrow(),
                inputs,
                room: scratch.len() / INPUTS,
                scratch: &mut *scratch,
                first,
                results: Results { outputs: Some(&mut *numbers), ..Results::NONE },
                left: count,
            };
            walk.each::<false>(kernel::product::<INPUTS, OUTPUTS, Pointwise>);
            A::apply_rest(numbers);
            let of_these = results.next(count, OUTPUTS);
            if let Some(sums) = of_these.sums {
                kernel::elementwise::add_block(sums, numbers);
            }
            if let Some(end) = of_these.end {
                let layer = Layer { kernel: end.weights, bias: end.bias, taps: 1 };
                let first = First { frames: Some(end.first), condition: None };
                let results = Results { outputs: Some(end.outputs), ..Results::NONE };
                kernel::newest::<OUTPUTS, INPUTS>(&layer, numbers, first, (count, results));
            }
            first.advance(count, OUTPUTS);
            left -= count;
        }
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
    pub fn add_block<
        const PAST: usize,
        D: DelayLine<INPUTS, PAST, Output<()> = ()>,
        A: FewActivation,
    >(
        &self,
        delay_line: &mut D,
        frames: (&[[f32; INPUTS]], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        sums: &mut [[f32; OUTPUTS]],
        activation: A,
    ) {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        self.added(delay_line.ring(), frames, init, sums, activation);
    }

    /// The same for layers of every dilation.
    #[inline(never)]
    fn added<A: FewActivation>(
        &self,
        ring: Ring<'_>,
        (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
        init: impl AccumulatorInit<OUTPUTS>,
        sums: &mut [[f32; OUTPUTS]],
        activation: A,
    ) {
        let all = outputs::<OUTPUTS>(sums.as_flattened_mut(), frames.len(), FRAMES);
        let frames = frames.get(..all.len()).unwrap_or_default();
        let count = all.len();
        let sums = Some(all.as_flattened_mut());
        let results = Results { activation: activation.pointwise(), sums, ..Results::NONE };
        let frames = (frames.as_flattened(), scratch);
        self.few_block::<A>(ring, frames, init, (count, results));
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
    pub fn residual_block<
        'a,
        const PAST: usize,
        D: DelayLine<INPUTS, PAST, Output<()> = ()>,
        A: FewActivation,
    >(
        &self,
        delay_line: &mut D,
        frames: (&[[f32; INPUTS]], &mut [f32]),
        sums: (impl AccumulatorInit<OUTPUTS>, Option<&mut [[f32; OUTPUTS]]>),
        (activation, end): (A, &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
        buffer: &'a mut [f32],
    ) -> &'a mut [[f32; INPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        self.residual(delay_line.ring(), frames, sums, (activation, end), buffer)
    }

    /// The same for layers of every dilation.
    #[inline(never)]
    fn residual<'a, A: FewActivation>(
        &self,
        ring: Ring<'_>,
        (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
        (init, skip_sums): (impl AccumulatorInit<OUTPUTS>, Option<&mut [[f32; OUTPUTS]]>),
        (activation, end): (A, &Conv<1, OUTPUTS, INPUTS, impl Bias<INPUTS>>),
        buffer: &'a mut [f32],
    ) -> &'a mut [[f32; INPUTS]] {
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
        let activation = activation.pointwise();
        let results = Results { activation, outputs: None, sums, end: Some(end) };
        self.few_block::<A>(ring, (frames, scratch), init, (count, results));
        all
    }
}
