//! Blocks of frames of a convolution.

use super::Conv;
use crate::integer::blocks::first;
use crate::integer::history::History;
#[cfg(helium)]
use crate::integer::kernel::Window;
use crate::integer::kernel::Word;
#[cfg(dsp)]
use crate::integer::kernel::{self, Rows};
use crate::integer::output::Output;
use crate::integer::ring::Ring;
use crate::integer::walk::{Block, walk};

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize, T: Output>
    Conv<WINDOW, OUTPUTS, WORDS, T>
{
    /// Writes what [`push`](Conv::push) gives for each of the `frames`, an even number, to the front of `to`, and returns it.
    /// `scratch` is of any length; with more, it may take less time.
    ///
    /// ```
    /// use streaming_net::__private::integer::{Conv, History};
    ///
    /// static EDGE: Conv<2, 2, 4> = Conv::new([[0, 1], [-1, 1]], [1, 0], [1, 0], -32_768);
    ///
    /// let mut history = History::<1, 1, 1>::new();
    /// let mut to = [0; 4];
    /// let outputs = EDGE.push_block(&mut history, &[[300], [501]], &mut [], &mut to);
    /// assert_eq!(outputs, [[150, 300], [251, 201]]);
    /// ```
    #[inline(always)]
    pub fn push_block<'a, const CHANNELS: usize, const PAST: usize, const DILATION: usize>(
        &self,
        history: &mut History<CHANNELS, PAST, DILATION>,
        frames: &[[i16; CHANNELS]],
        scratch: &mut [i16],
        to: &'a mut [T],
    ) -> &'a mut [[T; OUTPUTS]] {
        self.block(history.ring(), frames, (&[], 0), scratch, to)
    }

    /// As [`push_block`](Self::push_block), with a condition behind the taps.
    #[inline(always)]
    pub fn push_mixed_block<
        'a,
        const CHANNELS: usize,
        const PAST: usize,
        const DILATION: usize,
        const X: usize,
    >(
        &self,
        history: &mut History<CHANNELS, PAST, DILATION>,
        frames: &[[i16; CHANNELS]],
        condition: &[[i16; X]],
        scratch: &mut [i16],
        to: &'a mut [T],
    ) -> &'a mut [[T; OUTPUTS]] {
        debug_assert_eq!(condition.len(), frames.len(), "one for each frame");
        self.block(history.ring(), frames, (condition.as_flattened(), X), scratch, to)
    }

    /// Writes what [`apply`](Conv::apply) gives for each of the `frames`, an even number, to the front of `to`, and returns it.
    #[inline(always)]
    pub fn apply_block<'a, const CHANNELS: usize>(
        &self,
        frames: &[[i16; CHANNELS]],
        to: &'a mut [T],
    ) -> &'a mut [[T; OUTPUTS]] {
        self.block(Ring::none::<CHANNELS>(&mut 0), frames, (&[], 0), &mut [], to)
    }

    /// As [`apply_block`](Self::apply_block), with a condition behind each frame.
    #[inline(always)]
    pub fn apply_mixed_block<'a, const CHANNELS: usize, const X: usize>(
        &self,
        frames: &[[i16; CHANNELS]],
        condition: &[[i16; X]],
        to: &'a mut [T],
    ) -> &'a mut [[T; OUTPUTS]] {
        debug_assert_eq!(condition.len(), frames.len(), "one for each frame");
        let condition = (condition.as_flattened(), X);
        self.block(Ring::none::<CHANNELS>(&mut 0), frames, condition, &mut [], to)
    }

    #[inline(always)]
    fn block<'a, const CHANNELS: usize>(
        &self,
        ring: Ring<'_>,
        frames: &[[i16; CHANNELS]],
        condition: (&[i16], usize),
        scratch: &mut [i16],
        to: &'a mut [T],
    ) -> &'a mut [[T; OUTPUTS]] {
        let outputs = first(to, frames.len());
        T::begin(outputs.as_flattened_mut());
        self.to_block(ring, frames, condition, scratch, outputs);
        outputs
    }

    /// The same for each layer of this shape.
    #[inline(never)]
    pub(super) fn to_block<const CHANNELS: usize>(
        &self,
        ring: Ring<'_>,
        frames: &[[i16; CHANNELS]],
        (condition, mixed): (&[i16], usize),
        scratch: &mut [i16],
        outputs: &mut [[T; OUTPUTS]],
    ) {
        debug_assert!(frames.len().is_multiple_of(2), "frames are taken in twos");
        #[cfg(helium)]
        if const { kernel::is_for_two(WINDOW, OUTPUTS) } {
            let condition = (condition, mixed);
            by_windows::<CHANNELS, WINDOW, OUTPUTS, T>(
                self.rows(),
                ring,
                frames,
                condition,
                outputs,
            );
            return;
        }
        #[cfg(all(dsp, not(helium)))]
        if const { kernel::is_for_frames(CHANNELS, WINDOW, OUTPUTS) }
            && mixed == 0
            && outputs.as_ptr().addr().is_multiple_of(4)
            && (ring.shape.frames == 0 || scratch.len() >= 2 * WINDOW)
        {
            return in_runs::<CHANNELS, WINDOW, OUTPUTS, T>(
                self.rows(),
                ring,
                frames,
                scratch,
                outputs,
            );
        }
        let block = Block { frames: frames.as_flattened(), condition, mixed };
        let mut windows = [Word::of_pair([0; 2]); WINDOW];
        walk(self.rows(), ring, block, &mut windows, scratch, outputs.as_flattened_mut());
    }
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize>
    Conv<WINDOW, OUTPUTS, WORDS, i32>
{
    /// Adds what [`apply`](Conv::apply) gives for each of the `frames`, an even number, to the `sums`, which are as many.
    #[inline(always)]
    pub fn apply_add_block<const CHANNELS: usize>(
        &self,
        frames: &[[i16; CHANNELS]],
        sums: &mut [[i32; OUTPUTS]],
    ) {
        debug_assert_eq!(sums.len(), frames.len(), "one for each frame");
        self.to_block(Ring::none::<CHANNELS>(&mut 0), frames, (&[], 0), &mut [], sums);
    }
}

/// The same by a kernel that reads windows where they lie: in runs of frames, under each tap of which the frames lie side by side. Two
/// frames that do not lie so are copied.
#[cfg(all(dsp, not(helium)))]
#[inline(always)]
fn in_runs<const CHANNELS: usize, const WINDOW: usize, const OUTPUTS: usize, T: Output>(
    rows: Rows<'_>,
    mut ring: Ring<'_>,
    frames: &[[i16; CHANNELS]],
    copies: &mut [i16],
    mut outputs: &mut [[T; OUTPUTS]],
) {
    let (numbers, taps) = (frames.as_flattened(), WINDOW / CHANNELS);
    let mut frame = 0;
    while frame < frames.len() {
        let run = ring.run(frame, frames.len() - frame) & !1;
        let (copies, _) = copies.as_chunks_mut::<CHANNELS>();
        if run == 0 {
            for (tap, copy) in copies.chunks_exact_mut(2).take(taps).enumerate() {
                ring.two(numbers, frame + tap * ring.shape.dilation, copy.as_flattened_mut());
            }
        }
        let under = |tap: usize| match copies.get(2 * tap..) {
            Some(copy) if run == 0 => copy.as_flattened(),
            _ => ring.from(numbers, frame + tap * ring.shape.dilation),
        };
        let Some(own) = outputs.split_off_mut(..run.max(2)) else { break };
        let is_computed = T::sums_of_frames::<CHANNELS, WINDOW, OUTPUTS>(rows, under, own);
        debug_assert!(is_computed, "a shape for which there is a kernel");
        frame += run.max(2);
    }
    ring.store(numbers);
}

/// The same by a kernel for two windows: each frame is pushed.
#[cfg(helium)]
#[inline(always)]
fn by_windows<const CHANNELS: usize, const WINDOW: usize, const OUTPUTS: usize, T: Output>(
    rows: Rows<'_>,
    mut ring: Ring<'_>,
    frames: &[[i16; CHANNELS]],
    (condition, mixed): (&[i16], usize),
    outputs: &mut [[T; OUTPUTS]],
) {
    let mixed_at = (ring.shape.taps + 1) * CHANNELS;
    let mut conditions = condition.chunks_exact(mixed.max(1));
    let mut windows = [const { Window([0; WINDOW]) }; 2];
    for (outputs, frames) in outputs.as_chunks_mut().0.iter_mut().zip(frames.as_chunks::<2>().0) {
        for (window, frame) in windows.iter_mut().zip(frames) {
            ring.push(frame, &mut window.0);
            if let Some(condition) = conditions.next() {
                let places = window.0.iter_mut().skip(mixed_at);
                places.zip(condition).for_each(|(place, number)| *place = *number);
            }
        }
        T::sums_of_windows(rows, &windows, outputs);
    }
}
