//! Past frames, for several new ones at once.

use crate::Past;

/// The past frames of a layer in the order of time, whatever keeps them, for a function that all layers of a shape share.
#[derive(Debug)]
pub struct Ring<'a, const CHANNELS: usize> {
    pub(crate) frames: &'a mut [[f32; CHANNELS]],
    /// The place of the oldest; one past the last is the first.
    pub(crate) oldest: &'a mut u32,
    /// Frames from tap to tap.
    pub(crate) dilation: usize,
    /// Frames from answer to answer.
    pub(crate) stride: usize,
}

impl<const CHANNELS: usize> Ring<'_, CHANNELS> {
    /// The frames under the taps of the next.
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
        let mut place = self.first() + replaced;
        while place >= past {
            // A schedule keeps no frames.
            if past == 0 {
                return;
            }
            place -= past;
        }
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

/// Copies as many frames as there is room for.
#[inline(always)]
pub(crate) fn copy<const CHANNELS: usize>(to: &mut [[f32; CHANNELS]], from: &[[f32; CHANNELS]]) {
    copy_numbers(to.as_flattened_mut(), from.as_flattened());
}

#[inline(never)]
fn copy_numbers(to: &mut [f32], from: &[f32]) {
    let length = to.len().min(from.len());
    let (Some(to), Some(from)) = (to.get_mut(..length), from.get(..length)) else { return };
    let (to, last_to) = to.as_chunks_mut::<16>();
    let (from, last_from) = from.as_chunks::<16>();
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
    let (to, last_to) = last_to.as_chunks_mut::<4>();
    let (from, last_from) = last_from.as_chunks::<4>();
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
    // A loop would become a call.
    match (last_to, last_from) {
        ([to], [from]) => *to = *from,
        ([to, to2], [from, from2]) => (*to, *to2) = (*from, *from2),
        ([to, to2, to3], [from, from2, from3]) => (*to, *to2, *to3) = (*from, *from2, *from3),
        _ => {}
    }
}
