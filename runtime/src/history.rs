use crate::kernel::FRAMES;
use crate::schedule::in_16_bits;
use crate::{DelayLine, Past, Windows};

/// Whether a push moves the `past` frames of its lane, so that the oldest is always the first: for a few numbers that is
/// less than to see the lane as two parts.
pub(crate) const fn moves(past: usize, channels: usize) -> bool {
    past.saturating_sub(1) * channels <= 32
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
/// let past = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(|x| history.push([x], |past| past.frames()));
/// assert_eq!(past[0], [[0.0], [0.0]]);
/// assert_eq!(past[3], [[0.0], [1.0]]);
/// assert_eq!(past[6], [[1.0], [4.0]]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct History<const CHANNELS: usize, const PAST: usize, const DILATION: usize> {
    lanes: [[[f32; CHANNELS]; PAST]; DILATION],
    /// The lane of the next push; one past the last is the first.
    lane: u16,
    /// Where the oldest frame of that lane is, which the next one replaces.
    oldest: u16,
}

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize>
    History<CHANNELS, PAST, DILATION>
{
    const LANES: u16 = {
        assert!(DILATION >= 1, "a dilation is at least 1");
        in_16_bits(DILATION)
    };

    const FRAMES: u16 = {
        assert!(PAST >= 1, "one tap needs no history");
        in_16_bits(PAST)
    };

    /// The lane of the next push, below `LANES`: one past the last has become the first, a frame later.
    #[inline(always)]
    fn next_lane(&mut self) -> u16 {
        if self.lane < Self::LANES {
            return self.lane;
        }
        self.lane = 0;
        if !moves(PAST, CHANNELS) {
            let next = self.oldest + 1;
            self.oldest = if next < Self::FRAMES { next } else { 0 };
        }
        0
    }

    /// A history of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { lanes: [[[0.0; CHANNELS]; PAST]; DILATION], lane: 0, oldest: 0 }
    }

    /// Makes every past frame zero, as if new.
    pub fn reset(&mut self) {
        self.lanes.as_flattened_mut().as_flattened_mut().fill(0.0);
        self.lane = 0;
        self.oldest = 0;
    }

    /// Makes the past what it is where these `frames` have been pushed again and again.
    ///
    /// ```
    /// use streaming_net::{DelayLine, History};
    ///
    /// let mut history = History::<1, 3, 1>::new();
    /// history.fill(&[[1.0], [2.0]]);
    /// assert_eq!(history.push([1.0], |past| past.frames()), [[2.0], [1.0], [2.0]]);
    /// ```
    pub const fn fill<const PERIOD: usize>(&mut self, frames: &[[f32; CHANNELS]; PERIOD]) {
        self.lane = 0;
        self.oldest = 0;
        if PERIOD == 1 {
            repeat(self.lanes.as_flattened_mut().as_flattened_mut(), frames.as_flattened());
            return;
        }
        // The newest frame is the last of them, and the oldest so many before that.
        let mut first = (PERIOD - PAST * DILATION % PERIOD) % PERIOD;
        let mut lanes: &mut [[[f32; CHANNELS]; PAST]] = &mut self.lanes;
        while let Some((lane, others)) = lanes.split_first_mut() {
            let mut places: &mut [[f32; CHANNELS]] = lane;
            let mut next = first;
            while let Some((place, newer)) = places.split_first_mut() {
                if let Some((_, [frame, ..])) = frames.split_at_checked(next) {
                    *place = *frame;
                }
                next = (next + DILATION) % PERIOD;
                places = newer;
            }
            first = (first + 1) % PERIOD;
            lanes = others;
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

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize> DelayLine<CHANNELS, PAST>
    for History<CHANNELS, PAST, DILATION>
{
    type Answer<T> = T;

    const STRIDE: usize = 1;

    #[inline(always)]
    fn push<T>(
        &mut self,
        frame: [f32; CHANNELS],
        answer: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> T {
        let lane = self.next_lane();
        self.lane = lane + 1;
        let oldest = usize::from(self.oldest);
        // `lane < LANES` was just made so, and the compiler sees it: neither a check nor the other arm remains.
        let Some(lane) = self.lanes.get_mut(usize::from(lane)) else {
            return answer(Past::NONE);
        };
        if moves(PAST, CHANNELS) {
            let answer = answer(Past { older: lane, newer: &[] });
            store(lane, frame, 0);
            return answer;
        }
        let (newer, older) = lane.split_at(oldest.min(PAST));
        let answer = answer(Past { older, newer });
        store(lane, frame, oldest);
        answer
    }

    #[inline(always)]
    fn push_stride<T>(
        &mut self,
        frame: [f32; CHANNELS],
        _: &[[f32; CHANNELS]],
        answer: impl FnOnce(Past<'_, CHANNELS>) -> T,
    ) -> T {
        self.push(frame, answer)
    }

    #[inline(always)]
    fn push_block<T>(
        &mut self,
        frames: &[[f32; CHANNELS]],
        answer: impl FnOnce(Windows<'_, CHANNELS, PAST>) -> T,
    ) -> T {
        let lane = self.next_lane();
        let oldest = usize::from(self.oldest);
        let lanes = self.lanes.get_mut(usize::from(lane)..).unwrap_or_default();
        let Some(lanes) = lanes.first_chunk_mut::<FRAMES>() else {
            let mut windows = [[[0.0; CHANNELS]; PAST]; FRAMES];
            gather(self, frames, &mut windows);
            return answer(Windows { past: &windows, oldest: 0 });
        };
        self.lane = lane + const { in_16_bits(FRAMES) };
        let answer = answer(Windows { past: lanes, oldest });
        for (lane, frame) in lanes.iter_mut().zip(frames) {
            store(lane, *frame, oldest);
        }
        answer
    }
}

/// Fills `numbers` with those of `frame`, again and again. One function serves all: unrolled, each would take more flash than
/// the numbers.
#[inline(never)]
pub(crate) const fn repeat(mut numbers: &mut [f32], frame: &[f32]) {
    let mut rest = frame;
    while let Some((place, others)) = numbers.split_first_mut() {
        if rest.is_empty() {
            rest = frame;
        }
        if let Some((number, later)) = rest.split_first() {
            *place = *number;
            rest = later;
        }
        numbers = others;
    }
}

/// Puts a frame into its lane.
#[inline(always)]
fn store<const CHANNELS: usize, const PAST: usize>(
    lane: &mut [[f32; CHANNELS]; PAST],
    frame: [f32; CHANNELS],
    oldest: usize,
) {
    if moves(PAST, CHANNELS) {
        let before = *lane;
        for (past, newer) in lane.iter_mut().zip(before.iter().skip(1).chain([&frame])) {
            *past = *newer;
        }
    } else if let Some(oldest) = lane.get_mut(oldest) {
        *oldest = frame;
    }
}

/// Copies the windows of frames whose lanes are not side by side.
#[inline(never)]
pub(crate) fn gather<const CHANNELS: usize, const PAST: usize, D: DelayLine<CHANNELS, PAST>>(
    delay_line: &mut D,
    frames: &[[f32; CHANNELS]],
    windows: &mut [[[f32; CHANNELS]; PAST]; FRAMES],
) {
    for (window, frames) in windows.iter_mut().zip(frames.chunks_exact(D::STRIDE)) {
        if let [frame, others @ ..] = frames {
            delay_line.push_stride(*frame, others, |past| past.copy_to(window));
        }
    }
}
