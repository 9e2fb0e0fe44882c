#[cfg(helium)]
use super::kernel;
use super::kernel::copy_frame;
use super::ring::{Ring, RingShape};
use crate::schedule::{Schedule, in_32_bits};
use crate::sealed::Sealed;

/// The past frames of a convolution with `PAST + 1` taps, as those of the crate's `History` in 16 bits.
///
/// ```
/// use streaming_net::__private::integer::{DelayLine, History};
///
/// let mut history = History::<1, 1, 2>::new(); // 2 taps, dilation 2
/// let windows = [1, 2, 3, 4].map(|x| {
///     history.push([x], |past| {
///         let mut window = [0; 2];
///         past.window(&[x], &mut window);
///         window
///     })
/// });
/// assert_eq!(windows, [[0, 1], [0, 2], [1, 3], [2, 4]]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(C)]
pub struct History<const CHANNELS: usize, const PAST: usize, const DILATION: usize> {
    /// The index of the oldest frame, which the next one replaces; the length means index 0.
    oldest: u32,
    /// Behind a word, so that pairs of numbers are words.
    frames: [[[i16; CHANNELS]; DILATION]; PAST],
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize>
    History<CHANNELS, PAST, DILATION>
{
    const FRAMES: u32 = {
        assert!(PAST >= 1, "one tap needs no history");
        assert!(DILATION >= 1, "a dilation is at least 1");
        in_32_bits(PAST * DILATION)
    };

    /// A history of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { frames: [[[0; CHANNELS]; DILATION]; PAST], oldest: 0 }
    }

    /// Sets every past frame to zero, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.frames.as_flattened_mut().as_flattened_mut().fill(0);
        self.oldest = 0;
    }

    /// Sets every past frame to `frame`.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.frames = [[*frame; DILATION]; PAST];
        self.oldest = 0;
    }

    /// The same for functions that all layers share.
    #[inline(always)]
    pub(super) fn ring(&mut self) -> Ring<'_> {
        Ring {
            numbers: self.frames.as_flattened_mut().as_flattened_mut(),
            oldest: &mut self.oldest,
            shape: const {
                &RingShape {
                    channels: CHANNELS,
                    frames: PAST * DILATION,
                    dilation: DILATION,
                    taps: PAST,
                }
            },
        }
    }
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> Default
    for History<CHANNELS, PAST, DILATION>
{
    fn default() -> Self {
        Self::new()
    }
}

/// The past frames that an operation reads.
pub trait DelayLine<const CHANNELS: usize>: Sealed {
    /// `T` if every push has an output, else `Option<T>`.
    type Output<T>;

    /// Takes the next frame. If this push has an output, calls `output` with the past frames, before it stores the frame.
    fn push<T>(
        &mut self,
        frame: [i16; CHANNELS],
        output: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> Self::Output<T>;
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> Sealed
    for History<CHANNELS, PAST, DILATION>
{
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> DelayLine<CHANNELS>
    for History<CHANNELS, PAST, DILATION>
{
    type Output<T> = T;

    #[inline(always)]
    fn push<T>(
        &mut self,
        frame: [i16; CHANNELS],
        output: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> T {
        let oldest = if self.oldest < Self::FRAMES { self.oldest } else { 0 };
        self.oldest = oldest + 1;
        let (oldest, frames) = (oldest as usize, self.frames.as_flattened_mut());
        let output = output(Past { frames, oldest, dilation: DILATION, taps: PAST });
        if let Some(oldest) = frames.get_mut(oldest) {
            copy_frame(oldest, &frame);
        }
        output
    }
}

/// The past frames of an operation without an output at every push, and a [`Schedule`].
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ScheduledHistory<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> {
    history: History<CHANNELS, PAST, DILATION>,
    schedule: Schedule<FIRST, STRIDE>,
}

impl<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> ScheduledHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>
{
    /// A history of zeros before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { history: History::new(), schedule: Schedule::new() }
    }

    /// Sets every past frame to zero and returns to the first push, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.history.reset();
        self.schedule.reset();
    }

    /// Sets every past frame to `frame`. The next push has an output.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.history.fill(frame);
        self.schedule.fill();
    }
}

impl<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> Sealed for ScheduledHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>
{
}

impl<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> DelayLine<CHANNELS> for ScheduledHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>
{
    type Output<T> = Option<T>;

    #[inline(always)]
    fn push<T>(
        &mut self,
        frame: [i16; CHANNELS],
        output: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> Option<T> {
        let due = self.schedule.count();
        self.history.push(frame, |past| due.then(|| output(past)))
    }
}

/// For an operation of one tap with a stride: it keeps no frames.
impl<const CHANNELS: usize, const FIRST: usize, const STRIDE: usize> DelayLine<CHANNELS>
    for Schedule<FIRST, STRIDE>
{
    type Output<T> = Option<T>;

    #[inline(always)]
    fn push<T>(
        &mut self,
        _: [i16; CHANNELS],
        output: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> Option<T> {
        self.count().then(|| output(Past::NONE))
    }
}

/// The past frames under the taps of an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Past<'a, const CHANNELS: usize> {
    /// All past frames, in a ring.
    frames: &'a [[i16; CHANNELS]],
    /// The index of the oldest frame, which is under the first tap.
    oldest: usize,
    /// The distance between taps in frames.
    dilation: usize,
    /// Taps without that of the newest frame.
    taps: usize,
}

impl<'a, const CHANNELS: usize> Past<'a, CHANNELS> {
    /// No frames.
    pub(crate) const NONE: Self = Self { frames: &[], oldest: 0, dilation: 1, taps: 0 };

    /// Taps without that of the newest frame.
    #[inline(always)]
    pub(crate) fn taps(self) -> usize {
        self.taps
    }

    /// The distance between taps in frames.
    #[inline(always)]
    pub(crate) fn dilation(self) -> usize {
        self.dilation
    }

    /// Writes the frames to the front of `window`, the oldest first and `newest` last.
    #[inline(always)]
    pub fn window(self, newest: &[i16; CHANNELS], window: &mut [i16]) {
        let (places, _) = window.as_chunks_mut::<CHANNELS>();
        let Some((past, rest)) = places.split_at_mut_checked(self.taps) else { return };
        if let Some(place) = rest.first_mut() {
            copy_frame(place, newest);
        }
        if !past.is_empty() {
            gather(self.frames, self.oldest, self.dilation, past);
        }
    }

    /// The numbers of all past frames, in a ring, the place of the first of the oldest frame, and how many are from tap to tap.
    #[inline(always)]
    pub(crate) fn numbers(self) -> (&'a [i16], usize, usize) {
        (self.frames.as_flattened(), self.oldest * CHANNELS, self.dilation * CHANNELS)
    }

    /// The frames, oldest first.
    #[inline(always)]
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a [i16; CHANNELS]> {
        let Self { frames, oldest, dilation, taps } = self;
        let mut place = oldest;
        (0..taps).map(move |_| {
            let frame = frames.get(place).unwrap_or(&[0; CHANNELS]);
            place += dilation;
            if place >= frames.len() {
                place -= frames.len();
            }
            frame
        })
    }
}

/// Copies the frames of a ring from one place on, so far from each other.
#[inline(always)]
pub(super) fn gather<const CHANNELS: usize>(
    frames: &[[i16; CHANNELS]],
    place: usize,
    dilation: usize,
    window: &mut [[i16; CHANNELS]],
) {
    #[cfg(helium)]
    if CHANNELS > 8 && kernel::gather(frames, place, dilation, window) {
        return;
    }
    one_by_one(frames, place, dilation, window);
}

/// The same for all histories of so many channels.
#[inline(never)]
fn one_by_one<const CHANNELS: usize>(
    frames: &[[i16; CHANNELS]],
    mut place: usize,
    dilation: usize,
    window: &mut [[i16; CHANNELS]],
) {
    // Three or fewer are fewer instructions in Rust.
    #[cfg(helium)]
    if window.len() > 3 && kernel::gather(frames, place, dilation, window) {
        return;
    }
    for to in window {
        if let Some(frame) = frames.get(place) {
            copy_frame(to, frame);
        }
        place += dilation;
        if place >= frames.len() {
            place -= frames.len();
        }
    }
}
