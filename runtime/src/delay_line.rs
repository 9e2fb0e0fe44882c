//! What convolutions see of the past, whatever keeps it.

use crate::history::moves;
use crate::kernel::FRAMES;

/// What a convolution keeps from push to push: the `PAST` frames under its taps beside the newest one.
///
/// An implementation calls `answer` before it stores the frame, and at most once: what `answer` sees is older than the
/// frame.
pub trait DelayLine<const CHANNELS: usize, const PAST: usize> {
    /// `T` where every push is answered, `Option<T>` where some are not.
    type Answer<T>;

    /// Pushes from one answer to the next.
    const STRIDE: usize;

    /// Takes the next frame. `answer` is called where this push is answered, with the past frames under the taps.
    fn push<T>(
        &mut self,
        frame: [f32; CHANNELS],
        answer: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> Self::Answer<T>;

    /// Takes the next `STRIDE` frames, the first of which is due: that, and the `others`.
    fn push_stride<T>(
        &mut self,
        frame: [f32; CHANNELS],
        others: &[[f32; CHANNELS]],
        answer: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> T;

    /// Takes the next frames, the first of which is due, and from there one in `STRIDE`: so many that
    /// [four](crate::in_blocks) are.
    fn push_block<T>(
        &mut self,
        frames: &[[f32; CHANNELS]],
        answer: impl FnOnce(Windows<'_, CHANNELS, PAST>) -> T,
    ) -> T;
}

/// The past frames under the taps of a convolution, oldest first: those of `older`, then those of `newer`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Past<'a, const CHANNELS: usize> {
    /// The first frames.
    pub older: &'a [[f32; CHANNELS]],
    /// The other frames, if any.
    pub newer: &'a [[f32; CHANNELS]],
}

impl<const CHANNELS: usize> Past<'_, CHANNELS> {
    /// No frames: what a convolution of one tap sees.
    pub const NONE: Self = Self { older: &[], newer: &[] };

    /// All frames, in an array of as many.
    #[inline(always)]
    #[must_use]
    pub fn frames<const PAST: usize>(self) -> [[f32; CHANNELS]; PAST] {
        let mut frames = [[0.0; CHANNELS]; PAST];
        self.copy_to(&mut frames);
        frames
    }

    /// The frames, oldest first.
    #[cfg(feature = "cmsis-dsp")]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[f32; CHANNELS]> {
        self.older.iter().chain(self.newer)
    }

    #[inline(always)]
    pub(crate) fn copy_to<const PAST: usize>(self, frames: &mut [[f32; CHANNELS]; PAST]) {
        if let (true, Some(past)) = (moves(PAST, CHANNELS), self.older.first_chunk()) {
            *frames = *past;
        } else {
            for (place, frame) in frames.iter_mut().zip(self.older.iter().chain(self.newer)) {
                *place = *frame;
            }
        }
    }
}

/// The past frames under the taps of four convolutions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Windows<'a, const CHANNELS: usize, const PAST: usize> {
    /// For each, its frames: from `oldest` on, and then from the first to there.
    pub past: &'a [[[f32; CHANNELS]; PAST]; FRAMES],
    /// The place of the oldest frame.
    pub oldest: usize,
}

impl<const CHANNELS: usize, const PAST: usize> Windows<'_, CHANNELS, PAST> {
    /// One after the other.
    #[cfg(feature = "cmsis-dsp")]
    #[inline(always)]
    pub(crate) fn each(&self) -> impl Iterator<Item = Past<'_, CHANNELS>> {
        self.past.iter().map(|window| {
            let (newer, older) = window.split_at(self.oldest.min(PAST));
            Past { older, newer }
        })
    }
}
