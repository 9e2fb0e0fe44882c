use core::mem;

use crate::Schedule;
use crate::schedule::in_32_bits;

/// Numbers of a lane that are moved one by one; for more, a call of `memmove` is less.
const MOST_UNROLLED: usize = 32;

/// What a convolution keeps from push to push: the `PAST` frames under its taps beside the newest one.
///
/// An implementation calls `answer` before it stores the frame, and at most once: what `answer` sees is older than the
/// frame.
pub trait DelayLine<const CHANNELS: usize, const PAST: usize> {
    /// `T` where every push is answered, `Option<T>` where some are not.
    type Answer<T>;

    /// Takes the next frame. `answer` is called where this push is answered, with the past frames under the taps,
    /// oldest first.
    fn push<T>(
        &mut self,
        frame: [f32; CHANNELS],
        answer: impl FnOnce(&[[f32; CHANNELS]; PAST]) -> T,
    ) -> Self::Answer<T>;
}

/// The past frames of a causal convolution with `PAST + 1` taps: `PAST * DILATION` frames of `CHANNELS` channels,
/// zeros at first, and an answer to every push.
///
/// Frames that are `DILATION` apart lie side by side in one lane. A push touches one lane alone, the lanes take turns:
/// the work of a push depends on the taps, never on the dilation.
///
/// ```
/// use streaming_net::{DelayLine, History};
///
/// let mut history = History::<1, 2, 3>::new(); // 3 taps, dilation 3
/// let past = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(|x| history.push([x], |past| *past));
/// assert_eq!(past[0], [[0.0], [0.0]]);
/// assert_eq!(past[3], [[0.0], [1.0]]);
/// assert_eq!(past[6], [[1.0], [4.0]]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct History<const CHANNELS: usize, const PAST: usize, const DILATION: usize> {
    lanes: [[[f32; CHANNELS]; PAST]; DILATION],
    lane: u32,
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize>
    History<CHANNELS, PAST, DILATION>
{
    const LANES: u32 = {
        assert!(PAST >= 1, "one tap needs no history");
        assert!(DILATION >= 1, "a dilation is at least 1");
        in_32_bits(DILATION)
    };

    /// A history of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { lanes: [[[0.0; CHANNELS]; PAST]; DILATION], lane: 0 }
    }

    /// Makes every past frame zero, as if new.
    pub fn reset(&mut self) {
        self.lanes.as_flattened_mut().as_flattened_mut().fill(0.0);
        self.lane = 0;
    }
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> Default
    for History<CHANNELS, PAST, DILATION>
{
    fn default() -> Self {
        Self::new()
    }
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> DelayLine<CHANNELS, PAST>
    for History<CHANNELS, PAST, DILATION>
{
    type Answer<T> = T;

    #[inline(always)]
    fn push<T>(
        &mut self,
        frame: [f32; CHANNELS],
        answer: impl FnOnce(&[[f32; CHANNELS]; PAST]) -> T,
    ) -> T {
        let next = self.lane + 1;
        self.lane = if next < Self::LANES { next } else { 0 };
        // `lane < LANES` was just made so, and the compiler sees it: neither a check nor the other arm remains.
        let Some(lane) = self.lanes.get_mut(self.lane as usize) else {
            return answer(&[frame; PAST]);
        };
        let answer = answer(lane);
        if PAST * CHANNELS <= MOST_UNROLLED {
            lane.iter_mut().rev().fold(frame, |newer, past| mem::replace(past, newer));
        } else {
            lane.copy_within(1.., 0);
            if let Some(newest) = lane.last_mut() {
                *newest = frame;
            }
        }
        answer
    }
}

/// The past frames of a convolution that does not answer every push: `PAST * DILATION` frames of `CHANNELS` channels,
/// and a [`Schedule`]. Valid padding first answers at push `PAST * DILATION`; a stride skips pushes.
///
/// ```
/// use streaming_net::{DelayLine, ScheduledHistory};
///
/// let mut history = ScheduledHistory::<1, 1, 1, 1, 2>::new(); // 2 taps, valid padding, stride 2
/// let past = [1.0, 2.0, 3.0, 4.0].map(|x| history.push([x], |past| *past));
/// assert_eq!(past, [None, Some([[1.0]]), None, Some([[3.0]])]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// A history of zeros whose next push is number 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { history: History::new(), schedule: Schedule::new() }
    }

    /// Makes every past frame zero and starts again with push number 0, as if new.
    pub fn reset(&mut self) {
        self.history.reset();
        self.schedule.reset();
    }
}

impl<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> DelayLine<CHANNELS, PAST> for ScheduledHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>
{
    type Answer<T> = Option<T>;

    #[inline(always)]
    fn push<T>(
        &mut self,
        frame: [f32; CHANNELS],
        answer: impl FnOnce(&[[f32; CHANNELS]; PAST]) -> T,
    ) -> Option<T> {
        let due = self.schedule.is_due();
        self.history.push(frame, |past| due.then(|| answer(past)))
    }
}
