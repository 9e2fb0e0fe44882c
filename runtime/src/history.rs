use crate::delay_line::{DelayLine, OfPast, Past};
use crate::kernel::elementwise;
use crate::ring::{Ring, RingShape};
use crate::schedule::in_32_bits;
use crate::sealed::Sealed;

/// The past frames of a causal convolution with `PAST + 1` taps: `PAST * DILATION` frames of `CHANNELS` channels. They
/// are zeros at first, and every push has an output.
///
/// The frames are stored in order of time in a ring buffer: a push replaces the oldest frame and moves none. The work
/// of a push depends on the taps, not on the dilation. For each tap, successive frames are next to each other in
/// memory.
///
/// ```
/// use streaming_net::__private::{DelayLine, History};
///
/// let mut history = History::<1, 2, 3>::new(); // 3 taps, dilation 3
/// let past = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(|x| history.push(&[x], |past| past.frames()));
/// assert_eq!(past[0], [[0.0], [0.0]]);
/// assert_eq!(past[3], [[0.0], [1.0]]);
/// assert_eq!(past[6], [[1.0], [4.0]]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct History<const CHANNELS: usize, const PAST: usize, const DILATION: usize> {
    frames: [[[f32; CHANNELS]; DILATION]; PAST],
    /// The index of the oldest frame, which the next one replaces; the length means index 0.
    oldest: u32,
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize>
    History<CHANNELS, PAST, DILATION>
{
    const FRAMES: u32 = {
        assert!(PAST >= 1, "one tap needs no history");
        assert!(DILATION >= 1, "a dilation is at least 1");
        in_32_bits(PAST * DILATION)
    };

    /// That of its [`Ring`].
    pub(crate) const SHAPE: RingShape =
        RingShape { frames: PAST * DILATION, channels: CHANNELS, dilation: DILATION, stride: 1 };

    /// A history of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { frames: [[[0.0; CHANNELS]; DILATION]; PAST], oldest: 0 }
    }

    /// Sets every past frame to zero, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.frames.as_flattened_mut().as_flattened_mut().fill(0.0);
        self.oldest = 0;
    }

    /// Sets the past frames to those after pushing `frames` again and again.
    ///
    /// ```
    /// use streaming_net::__private::{DelayLine, History};
    ///
    /// let mut history = History::<1, 3, 1>::new();
    /// history.fill(&[[1.0], [2.0]]);
    /// assert_eq!(history.push(&[1.0], |past| past.frames()), [[2.0], [1.0], [2.0]]);
    /// ```
    pub const fn fill<const PERIOD: usize>(&mut self, frames: &[[f32; CHANNELS]; PERIOD]) {
        self.oldest = 0;
        // The newest frame is the last of them, and the oldest so many before that.
        let first = (PERIOD - PAST * DILATION % PERIOD) % PERIOD;
        let numbers = self.frames.as_flattened_mut().as_flattened_mut();
        repeat(numbers, frames.as_flattened(), first * CHANNELS);
    }
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> Default
    for History<CHANNELS, PAST, DILATION>
{
    fn default() -> Self {
        Self::new()
    }
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> Sealed
    for History<CHANNELS, PAST, DILATION>
{
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> DelayLine<CHANNELS, PAST>
    for History<CHANNELS, PAST, DILATION>
{
    type Output<T> = T;

    const STRIDE: usize = 1;
    const DILATION: usize = DILATION;

    #[inline(always)]
    fn push_of<O: OfPast<CHANNELS>>(&mut self, frame: &[f32; CHANNELS], output: O) -> O::Output {
        let oldest = if self.oldest < Self::FRAMES { self.oldest } else { 0 };
        self.oldest = oldest + 1;
        let (oldest, frames) = (oldest as usize, self.frames.as_flattened_mut());
        let output = output.of(Past { frames, oldest, dilation: DILATION });
        if let Some(oldest) = frames.get_mut(oldest) {
            elementwise::replace(oldest, frame);
        }
        output
    }

    #[inline(always)]
    fn ring(&mut self) -> Ring<'_> {
        Ring {
            numbers: self.frames.as_flattened_mut().as_flattened_mut(),
            oldest: &mut self.oldest,
            shape: const { &Self::SHAPE },
        }
    }
}

/// Fills `numbers` with those of `frames`, again and again, from one of them on. One function serves all: unrolled,
/// each would take more flash than the numbers.
#[inline(never)]
pub(crate) const fn repeat(mut numbers: &mut [f32], frames: &[f32], first: usize) {
    let mut rest = match frames.split_at_checked(first) {
        Some((_, rest)) => rest,
        None => frames,
    };
    while let Some((place, others)) = numbers.split_first_mut() {
        if rest.is_empty() {
            rest = frames;
        }
        if let Some((number, later)) = rest.split_first() {
            *place = *number;
            rest = later;
        }
        numbers = others;
    }
}
