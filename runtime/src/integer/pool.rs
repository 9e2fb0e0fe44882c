//! Pools over frames, without padding, and over the features of a frame.

use super::history::{DelayLine, ScheduledHistory};
use super::scale::Scale;
use crate::schedule::in_32_bits;

/// The maximum of each channel over windows of `SIZE` frames that do not overlap, `STRIDE >= SIZE`.
///
/// ```
/// use streaming_net::__private::integer::MaxPool;
///
/// let mut pool = MaxPool::<1, 2, 2>::new();
/// assert_eq!([3, 1, -4, -2].map(|x| pool.push([x])), [None, Some([3]), None, Some([-2])]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct MaxPool<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> {
    kept: [i16; CHANNELS],
    place: u32,
}

/// The mean of each channel over windows of `SIZE` frames that do not overlap, `STRIDE >= SIZE`.
///
/// ```
/// use streaming_net::__private::integer::{AvgPool, Scale};
///
/// let mut pool = AvgPool::<1, 2, 2>::new();
/// let half = Scale { multiplier: 32_768, shift: 0 };
/// assert_eq!([3, 5, -4, -6].map(|x| pool.push([x], half)), [None, Some([4]), None, Some([-5])]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct AvgPool<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> {
    sums: [i32; CHANNELS],
    place: u32,
}

/// Counts a frame: whether it is in the window, and whether it is the last of it.
#[inline(always)]
fn count<const SIZE: usize, const STRIDE: usize>(place: &mut u32) -> (bool, bool) {
    let (size, stride) = const {
        assert!(SIZE >= 1 && SIZE <= STRIDE, "these windows do not overlap");
        (in_32_bits(SIZE), in_32_bits(STRIDE))
    };
    let is_inside = *place < size;
    *place += 1;
    let is_due = *place == size;
    if *place == stride {
        *place = 0;
    }
    (is_inside, is_due)
}

impl<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize>
    MaxPool<CHANNELS, SIZE, STRIDE>
{
    /// A pool before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { kept: [0; CHANNELS], place: 0 }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Begins with a window in which all frames but the last are `frame`.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.kept = *frame;
        self.place = in_32_bits(SIZE - 1);
    }

    /// Takes the next frame and returns the maxima of the window that ends with it, if one does.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS]) -> Option<[i16; CHANNELS]> {
        let is_first = self.place == 0;
        let (is_inside, is_due) = count::<SIZE, STRIDE>(&mut self.place);
        if is_inside {
            for (kept, number) in self.kept.iter_mut().zip(frame) {
                *kept = if is_first { number } else { number.max(*kept) };
            }
        }
        is_due.then_some(self.kept)
    }
}

impl<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize>
    AvgPool<CHANNELS, SIZE, STRIDE>
{
    /// A pool before its first push.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(SIZE <= LONGEST, "the sum of so many frames fits in 32 bits") }
        Self { sums: [0; CHANNELS], place: 0 }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Begins with a window in which all frames but the last are `frame`.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.sums = sums(frame, SIZE - 1);
        self.place = in_32_bits(SIZE - 1);
    }

    /// Takes the next frame and returns `scale` times the sums of the window that ends with it, if one does.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS], scale: Scale) -> Option<[i16; CHANNELS]> {
        if self.place == 0 {
            self.sums = [0; CHANNELS];
        }
        let (is_inside, is_due) = count::<SIZE, STRIDE>(&mut self.place);
        if is_inside {
            add(&mut self.sums, &frame);
        }
        is_due.then(|| self.sums.map(|sum| scale.apply(sum)))
    }
}

/// Frames whose sum fits in 32 bits, whatever they are.
const LONGEST: usize = 65_535;

/// A [`MaxPool`] with windows that overlap: they have `PAST + 1` frames.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct MaxPoolOverlapping<const CHANNELS: usize, const PAST: usize, const STRIDE: usize> {
    history: ScheduledHistory<CHANNELS, PAST, 1, PAST, STRIDE>,
}

impl<const CHANNELS: usize, const PAST: usize, const STRIDE: usize>
    MaxPoolOverlapping<CHANNELS, PAST, STRIDE>
{
    /// A pool before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { history: ScheduledHistory::new() }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.history.reset();
    }

    /// Sets every past frame to `frame`. The next push has an output.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.history.fill(frame);
    }

    /// Takes the next frame and returns the maxima of the window that ends with it, if one does.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS]) -> Option<[i16; CHANNELS]> {
        self.history.push(frame, |past| {
            let mut kept = frame;
            for frame in past.iter() {
                kept.iter_mut().zip(frame).for_each(|(kept, number)| *kept = *number.max(kept));
            }
            kept
        })
    }
}

/// An [`AvgPool`] with windows that overlap: they have `PAST + 1` frames.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct AvgPoolOverlapping<const CHANNELS: usize, const PAST: usize, const STRIDE: usize> {
    history: ScheduledHistory<CHANNELS, PAST, 1, PAST, STRIDE>,
}

impl<const CHANNELS: usize, const PAST: usize, const STRIDE: usize>
    AvgPoolOverlapping<CHANNELS, PAST, STRIDE>
{
    /// A pool before its first push.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(PAST < LONGEST, "the sum of so many frames fits in 32 bits") }
        Self { history: ScheduledHistory::new() }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.history.reset();
    }

    /// Sets every past frame to `frame`. The next push has an output.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.history.fill(frame);
    }

    /// Takes the next frame and returns `scale` times the sums of the window that ends with it, if one does.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS], scale: Scale) -> Option<[i16; CHANNELS]> {
        self.history.push(frame, |past| {
            let mut sums = frame.map(i32::from);
            past.iter().for_each(|frame| add(&mut sums, frame));
            sums.map(|sum| scale.apply(sum))
        })
    }
}

/// The mean of each channel over the newest `FRAMES = PAST + 1` frames, from a sum that every push brings up to date.
///
/// ```
/// use streaming_net::__private::integer::{Mean, Scale};
///
/// let mut mean = Mean::<1, 1>::new();
/// let half = Scale { multiplier: 32_768, shift: 0 };
/// assert_eq!([4, 8, 20].map(|x| mean.push([x], half)), [None, Some([6]), Some([14])]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Mean<const CHANNELS: usize, const PAST: usize> {
    history: ScheduledHistory<CHANNELS, 1, PAST, PAST, 1>,
    /// Those of the frames in the history.
    sums: [i32; CHANNELS],
}

impl<const CHANNELS: usize, const PAST: usize> Mean<CHANNELS, PAST> {
    /// A layer before its first push.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(PAST < LONGEST, "the sum of so many frames fits in 32 bits") }
        Self { history: ScheduledHistory::new(), sums: [0; CHANNELS] }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.history.reset();
        self.sums = [0; CHANNELS];
    }

    /// Sets every past frame to `frame`. The next push has an output.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.history.fill(frame);
        self.sums = sums(frame, PAST);
    }

    /// Takes the next frame and returns `scale` times the sums of the newest frames.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS], scale: Scale) -> Option<[i16; CHANNELS]> {
        add(&mut self.sums, &frame);
        let sums = &mut self.sums;
        self.history.push(frame, |past| {
            let output = sums.map(|sum| scale.apply(sum));
            // The oldest frame leaves the history. Those before the first output were zeros.
            for oldest in past.iter() {
                sums.iter_mut().zip(oldest).for_each(|(sum, number)| *sum -= i32::from(*number));
            }
            output
        })
    }
}

impl<const CHANNELS: usize, const PAST: usize> Default for Mean<CHANNELS, PAST> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> Default
    for MaxPool<CHANNELS, SIZE, STRIDE>
{
    fn default() -> Self {
        Self::new()
    }
}

impl<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> Default
    for AvgPool<CHANNELS, SIZE, STRIDE>
{
    fn default() -> Self {
        Self::new()
    }
}

#[inline(always)]
pub(super) fn add(sums: &mut [i32], frame: &[i16]) {
    sums.iter_mut().zip(frame).for_each(|(sum, number)| *sum += i32::from(*number));
}

/// Those of so many frames that are the same.
#[allow(clippy::indexing_slicing, reason = "a constant function has no iterators")]
const fn sums<const CHANNELS: usize>(frame: &[i16; CHANNELS], frames: usize) -> [i32; CHANNELS] {
    let mut sums = [0; CHANNELS];
    let mut channel = 0;
    while channel < CHANNELS {
        sums[channel] = frame[channel] as i32 * in_32_bits(frames).cast_signed();
        channel += 1;
    }
    sums
}
