use crate::delay_line::{DelayLine, Due, OfPast, Past};
use crate::history::History;
use crate::ring::{Ring, RingShape};
use crate::sealed::Sealed;

/// The output schedule of a layer: an output at push `FIRST`, counted from 0, then at one push in `STRIDE`.
///
/// A stride of 2 from the first push on:
///
/// ```
/// let mut schedule = streaming_net::__private::Schedule::<0, 2>::new();
/// assert_eq!([0, 1, 2, 3].map(|_| schedule.count()), [true, false, true, false]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Schedule<const FIRST: usize, const STRIDE: usize> {
    /// Counts up to `FIRST`, then on through the `STRIDE` phases. It starts at 0, as all state does, so that a network
    /// in a `static` takes no flash for its initial value.
    count: u32,
}

impl<const FIRST: usize, const STRIDE: usize> Schedule<FIRST, STRIDE> {
    const FIRST_COUNT: u32 = in_32_bits(FIRST);
    const END: u32 = {
        assert!(STRIDE >= 1, "a stride is at least 1");
        in_32_bits(FIRST + STRIDE)
    };

    /// A schedule before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { count: 0 }
    }

    /// Returns to the first push.
    pub const fn reset(&mut self) {
        self.count = 0;
    }

    /// Skips to a push that has an output.
    ///
    /// ```
    /// let mut schedule = streaming_net::__private::Schedule::<3, 2>::new();
    /// schedule.fill();
    /// assert_eq!([0, 1, 2].map(|_| schedule.count()), [true, false, true]);
    /// ```
    pub const fn fill(&mut self) {
        self.count = Self::FIRST_COUNT;
    }

    /// Whether the next push has an output.
    #[inline(always)]
    #[must_use]
    pub const fn is_due(&self) -> bool {
        self.count == Self::FIRST_COUNT
    }

    /// Counts one push and returns whether it has an output.
    #[inline(always)]
    pub const fn count(&mut self) -> bool {
        let due = self.is_due();
        let next = self.count + 1;
        self.count = if next < Self::END { next } else { Self::FIRST_COUNT };
        due
    }
}

impl<const FIRST: usize, const STRIDE: usize> Default for Schedule<FIRST, STRIDE> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const FIRST: usize, const STRIDE: usize> Sealed for Schedule<FIRST, STRIDE> {}

/// For a layer with one tap and a stride: it keeps no frames, but not every push has an output.
impl<const CHANNELS: usize, const FIRST: usize, const STRIDE: usize> DelayLine<CHANNELS, 0>
    for Schedule<FIRST, STRIDE>
{
    type Output<T> = Option<T>;

    const STRIDE: usize = STRIDE;
    const DILATION: usize = 1;

    #[inline(always)]
    fn push_of<O: OfPast<CHANNELS>>(
        &mut self,
        _: &[f32; CHANNELS],
        output: O,
    ) -> Option<O::Output> {
        Due { is_due: self.count(), output }.of(Past::NONE)
    }

    #[inline(always)]
    fn ring(&mut self) -> Ring<'_> {
        // A schedule is where it was, a stride later.
        Ring {
            numbers: &mut [],
            oldest: &mut self.count,
            shape: const { &RingShape { frames: 0, channels: CHANNELS, dilation: 1, stride: STRIDE } },
        }
    }
}

/// The past frames of a convolution without an output at every push: `PAST * DILATION` frames of `CHANNELS` channels,
/// and a [`Schedule`]. With valid padding, the first output is at push `PAST * DILATION`; a stride skips pushes.
///
/// ```
/// use streaming_net::__private::{DelayLine, ScheduledHistory};
///
/// let mut history = ScheduledHistory::<1, 1, 1, 1, 2>::new(); // 2 taps, valid padding, stride 2
/// let past = [1.0, 2.0, 3.0, 4.0].map(|x| history.push(&[x], |past| past.frames()));
/// assert_eq!(past, [None, Some([[1.0]]), None, Some([[3.0]])]);
/// ```
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

    /// Sets the past frames to those after pushing `frames` again and again. The next push returns an output.
    pub const fn fill<const PERIOD: usize>(&mut self, frames: &[[f32; CHANNELS]; PERIOD]) {
        self.history.fill(frames);
        self.schedule.fill();
    }

    /// Whether the next push has an output.
    #[inline(always)]
    #[must_use]
    pub const fn is_due(&self) -> bool {
        self.schedule.is_due()
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
> DelayLine<CHANNELS, PAST> for ScheduledHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>
{
    type Output<T> = Option<T>;

    const STRIDE: usize = STRIDE;
    const DILATION: usize = DILATION;

    #[inline(always)]
    fn push_of<O: OfPast<CHANNELS>>(
        &mut self,
        frame: &[f32; CHANNELS],
        output: O,
    ) -> Option<O::Output> {
        let is_due = self.schedule.count();
        self.history.push_of(frame, Due { is_due, output })
    }

    #[inline(always)]
    fn ring(&mut self) -> Ring<'_> {
        // The schedule is where it was, a stride later.
        let shape =
            const { &RingShape { stride: STRIDE, ..History::<CHANNELS, PAST, DILATION>::SHAPE } };
        Ring { shape, ..self.history.ring() }
    }
}

/// A count of frames in the state: as small on a 64-bit host as on a microcontroller.
pub(crate) const fn in_32_bits(frames: usize) -> u32 {
    assert!(frames < u32::MAX as usize, "frames are counted in 32 bits");
    #[allow(clippy::cast_possible_truncation, reason = "it is in range, as just asserted")]
    {
        frames as u32
    }
}

/// An index among the frames of a history, as small as a count.
pub(crate) const fn in_16_bits(frames: usize) -> u16 {
    assert!(frames <= u16::MAX as usize, "frames of a history are counted in 16 bits");
    #[allow(clippy::cast_possible_truncation, reason = "it is in range, as just asserted")]
    {
        frames as u16
    }
}
