//! The past frames of a layer, for several pushes at once.

use crate::delay_line::Past;
use crate::kernel::copy;

/// The past frames of a layer in order of time, for functions that all layers share.
#[derive(Debug)]
pub struct Ring<'a> {
    /// Frame by frame.
    pub(crate) numbers: &'a mut [f32],
    /// The index of the oldest frame; the length means index 0.
    pub(crate) oldest: &'a mut u32,
    pub(crate) shape: &'static RingShape,
}

/// What is known of the past frames of a layer while compiling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RingShape {
    /// How many there are.
    pub(crate) frames: usize,
    pub(crate) channels: usize,
    /// The distance between taps in frames.
    pub(crate) dilation: usize,
    /// The number of frames from one output to the next.
    pub(crate) stride: usize,
}

impl Ring<'_> {
    /// The frames under the taps at the next push.
    #[inline(always)]
    pub(crate) fn past<const CHANNELS: usize>(&self) -> Past<'_, CHANNELS> {
        let (frames, _) = self.numbers.as_chunks();
        Past { frames, oldest: self.first(), dilation: self.shape.dilation }
    }

    /// The same for a shorter time.
    #[cfg(all(assembly, helium))]
    pub(crate) fn reborrow(&mut self) -> Ring<'_> {
        Ring { numbers: &mut *self.numbers, oldest: &mut *self.oldest, ..*self }
    }

    /// Replaces the oldest frames by the newest of `count` frames.
    #[inline(never)]
    pub(crate) fn store(&mut self, frames: &[f32], count: usize) {
        // Where all are replaced, any place will do.
        let (replaces_all, first) = (count > self.shape.frames, self.first());
        let place = if replaces_all { 0 } else { first };
        let start = if replaces_all { frames.len().saturating_sub(self.numbers.len()) } else { 0 };
        let frames = frames.get(start..).unwrap_or_default();
        let start = (place * self.shape.channels).min(self.numbers.len());
        let (before, after) = self.numbers.split_at_mut(start);
        copy(after, frames);
        if after.len() < frames.len() {
            copy(before, frames.get(after.len()..).unwrap_or_default());
        }
        let next = place + count.min(self.shape.frames);
        let next = if next > self.shape.frames { next - self.shape.frames } else { next };
        *self.oldest = u32::try_from(next).unwrap_or_default();
    }

    /// The index of the oldest frame.
    pub(crate) fn first(&self) -> usize {
        let oldest = *self.oldest as usize;
        if oldest < self.shape.frames { oldest } else { 0 }
    }
}
