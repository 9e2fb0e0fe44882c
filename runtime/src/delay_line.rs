//! The past frames that a convolution reads.

use crate::ring::Ring;
use crate::sealed::Sealed;

/// The state of a convolution: the `PAST` frames under its taps, without the newest one.
///
/// An implementation calls `output` at most once, and before it stores the frame: all frames that `output` reads are
/// older.
pub trait DelayLine<const CHANNELS: usize, const PAST: usize>: Sealed {
    /// `T` if every push has an output, else `Option<T>`.
    type Output<T>;

    /// The number of pushes from one output to the next.
    const STRIDE: usize;

    /// The distance between taps in frames.
    const DILATION: usize;

    /// Takes the next frame. If this push has an output, calls `output` with the past frames under the taps.
    #[inline(always)]
    fn push<T>(
        &mut self,
        frame: &[f32; CHANNELS],
        output: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> Self::Output<T> {
        self.push_of(frame, Closure(output))
    }

    /// The same with an output of another type than a closure.
    fn push_of<O: OfPast<CHANNELS>>(
        &mut self,
        frame: &[f32; CHANNELS],
        output: O,
    ) -> Self::Output<O::Output>;

    /// The past frames, for several pushes at once, of which the first has an output.
    fn ring(&mut self) -> Ring<'_>;
}

/// What is computed of past frames. The function of a type can be inlined always, and a closure cannot.
pub trait OfPast<const CHANNELS: usize> {
    /// The result.
    type Output;

    /// Computes it.
    fn of(self, past: Past<'_, CHANNELS>) -> Self::Output;
}

/// What a closure computes.
struct Closure<F>(F);

impl<T, F: FnOnce(Past<'_, CHANNELS>) -> T, const CHANNELS: usize> OfPast<CHANNELS> for Closure<F> {
    type Output = T;

    #[inline(always)]
    fn of(self, past: Past<'_, CHANNELS>) -> T {
        (self.0)(past)
    }
}

/// What is computed only at some pushes.
pub(crate) struct Due<O> {
    pub(crate) is_due: bool,
    pub(crate) output: O,
}

impl<O: OfPast<CHANNELS>, const CHANNELS: usize> OfPast<CHANNELS> for Due<O> {
    type Output = Option<O::Output>;

    #[inline(always)]
    fn of(self, past: Past<'_, CHANNELS>) -> Option<O::Output> {
        self.is_due.then(|| self.output.of(past))
    }
}

/// The past frames under the taps of a convolution.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Past<'a, const CHANNELS: usize> {
    /// All past frames, in a ring.
    pub(crate) frames: &'a [[f32; CHANNELS]],
    /// The index of the oldest frame, which is under the first tap.
    pub(crate) oldest: usize,
    /// The distance between taps in frames.
    pub(crate) dilation: usize,
}

impl<'a, const CHANNELS: usize> Past<'a, CHANNELS> {
    /// No frames, for a convolution of one tap.
    pub const NONE: Self = Self { frames: &[], oldest: 0, dilation: 1 };

    /// All past frames as an array.
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
        let taps = self.frames.len().checked_div(self.dilation).unwrap_or_default();
        self.cycle().take(taps)
    }

    /// The frames, oldest first, again and again: for those who know how many there are.
    #[inline(always)]
    pub(crate) fn cycle(self) -> impl Iterator<Item = &'a [f32; CHANNELS]> {
        let Self { frames, oldest, dilation } = self;
        let mut place = oldest;
        core::iter::repeat_with(move || {
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
        for (place, frame) in frames.iter_mut().zip(self.cycle()) {
            *place = *frame;
        }
    }
}
