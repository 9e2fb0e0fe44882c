//! The past frames of a layer, for several pushes at once.

use core::hint::black_box;

use crate::delay_line::Past;

/// The past frames of a layer in order of time, for a function that all layers of a shape share.
#[derive(Debug)]
pub struct Ring<'a, const CHANNELS: usize> {
    pub(crate) frames: &'a mut [[f32; CHANNELS]],
    /// The index of the oldest frame; the length means index 0.
    pub(crate) oldest: &'a mut u32,
    /// The distance between taps in frames.
    pub(crate) dilation: usize,
    /// The number of frames from one output to the next.
    pub(crate) stride: usize,
}

impl<const CHANNELS: usize> Ring<'_, CHANNELS> {
    /// The frames under the taps at the next push.
    #[inline(always)]
    pub(crate) fn past(&self) -> Past<'_, CHANNELS> {
        Past { frames: self.frames, oldest: self.first(), dilation: self.dilation }
    }

    /// Replaces the oldest frames.
    #[inline(never)]
    pub(crate) fn store(&mut self, frames: &[[f32; CHANNELS]]) {
        let past = self.frames.len();
        let replaced = frames.len().saturating_sub(past);
        let frames = frames.get(replaced..).unwrap_or_default();
        // Where all are replaced, any place will do.
        let place = if replaced > 0 { 0 } else { self.first() };
        let (before, after) = self.frames.split_at_mut(place);
        copy(after, frames);
        if after.len() < frames.len() {
            copy(before, frames.get(after.len()..).unwrap_or_default());
        }
        let next = place + frames.len();
        let next = if next > past { next - past } else { next };
        *self.oldest = u32::try_from(next).unwrap_or_default();
    }

    pub(crate) fn first(&self) -> usize {
        let oldest = *self.oldest as usize;
        if oldest < self.frames.len() { oldest } else { 0 }
    }
}

/// Copies as many frames as fit.
#[inline(always)]
pub(crate) fn copy<const CHANNELS: usize>(to: &mut [[f32; CHANNELS]], from: &[[f32; CHANNELS]]) {
    copy_numbers(to.as_flattened_mut(), from.as_flattened());
}

/// Sixteen at a time, and not unrolled further: there are no more registers.
#[inline(never)]
fn copy_numbers(to: &mut [f32], from: &[f32]) {
    let length = to.len().min(from.len());
    let (Some(to), Some(from)) = (to.get_mut(..length), from.get(..length)) else { return };
    let (to, last_to) = to.as_chunks_mut::<16>();
    let (from, last_from) = from.as_chunks::<16>();
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
        black_box(());
    }
    for (to, from) in last_to.iter_mut().zip(last_from) {
        *to = *from;
        black_box(());
    }
}
