//! What convolutions see of the past, whatever keeps it.

use crate::Ring;

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

    /// The past frames, for several pushes at once, the first of which is due.
    fn ring(&mut self) -> Ring<'_, CHANNELS>;
}

/// The past frames under the taps of a convolution.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Past<'a, const CHANNELS: usize> {
    /// All past frames, in a ring.
    pub(crate) frames: &'a [[f32; CHANNELS]],
    /// The place of the oldest, which is under the first tap.
    pub(crate) oldest: usize,
    /// Frames from tap to tap.
    pub(crate) dilation: usize,
}

impl<'a, const CHANNELS: usize> Past<'a, CHANNELS> {
    /// No frames: what a convolution of one tap sees.
    pub const NONE: Self = Self { frames: &[], oldest: 0, dilation: 1 };

    /// All frames, in an array of as many.
    #[inline(always)]
    #[must_use]
    pub fn frames<const PAST: usize>(self) -> [[f32; CHANNELS]; PAST] {
        let mut frames = [[0.0; CHANNELS]; PAST];
        self.copy_to(&mut frames);
        frames
    }

    /// The frames, oldest first.
    #[inline(always)]
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a [f32; CHANNELS]> {
        let Self { frames, oldest, dilation } = self;
        let mut place = oldest;
        let taps = frames.len().checked_div(dilation).unwrap_or_default();
        (0..taps).map(move |_| {
            let frame = frames.get(place).unwrap_or(&[0.0; CHANNELS]);
            place += dilation;
            if place >= frames.len() {
                place -= frames.len();
            }
            frame
        })
    }

    #[inline(always)]
    pub(crate) fn copy_to<const PAST: usize>(self, frames: &mut [[f32; CHANNELS]; PAST]) {
        for (place, frame) in frames.iter_mut().zip(self.iter()) {
            *place = *frame;
        }
    }
}
