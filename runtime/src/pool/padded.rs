//! Pools whose first windows begin before the first frame, and pools with a dilation.

use super::{LongMean, Max, Mean, Reduction, add};
use crate::delay_line::{DelayLine, Past};
use crate::history::History;
use crate::schedule::ScheduledHistory;

/// The past frames of a pool whose first windows have fewer frames: how many there have been is kept beside them.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Padded<D> {
    past: D,
    /// The frames so far.
    seen: u32,
}

/// A [`History`] for a pool with padding.
pub type PaddedHistory<const CHANNELS: usize, const PAST: usize, const DILATION: usize> =
    Padded<History<CHANNELS, PAST, DILATION>>;

/// A [`ScheduledHistory`] for a pool with padding.
pub type ScheduledPaddedHistory<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> = Padded<ScheduledHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>>;

impl<const CHANNELS: usize, const PAST: usize, const DILATION: usize>
    PaddedHistory<CHANNELS, PAST, DILATION>
{
    /// A history before its first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self { past: History::new(), seen: 0 }
    }

    /// Returns to the time before the first frame.
    pub fn reset(&mut self) {
        self.past.reset();
        self.seen = 0;
    }

    /// Sets the past frames to those after pushing `frames` again and again.
    pub const fn fill<const PERIOD: usize>(&mut self, frames: &[[f32; CHANNELS]; PERIOD]) {
        self.past.fill(frames);
        self.seen = u32::MAX;
    }
}

impl<
    const CHANNELS: usize,
    const PAST: usize,
    const DILATION: usize,
    const FIRST: usize,
    const STRIDE: usize,
> ScheduledPaddedHistory<CHANNELS, PAST, DILATION, FIRST, STRIDE>
{
    /// A history before its first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self { past: ScheduledHistory::new(), seen: 0 }
    }

    /// Returns to the time before the first frame.
    pub fn reset(&mut self) {
        self.past.reset();
        self.seen = 0;
    }

    /// Sets the past frames to those after pushing `frames` again and again. The next push returns an output.
    pub const fn fill<const PERIOD: usize>(&mut self, frames: &[[f32; CHANNELS]; PERIOD]) {
        self.past.fill(frames);
        self.seen = u32::MAX;
    }

    /// Whether the next push has an output.
    #[inline(always)]
    #[must_use]
    pub const fn is_due(&self) -> bool {
        self.past.is_due()
    }
}

impl<D> Padded<D> {
    #[inline(always)]
    fn pool<R: Reduction, const CHANNELS: usize, const PAST: usize>(
        &mut self,
        frame: [f32; CHANNELS],
    ) -> D::Output<[f32; CHANNELS]>
    where
        D: DelayLine<CHANNELS, PAST>,
    {
        let seen = self.seen as usize;
        self.seen = self.seen.saturating_add(1);
        self.past.push(&frame, |past| {
            let taps = seen.checked_div(past.dilation).unwrap_or_default().min(PAST);
            reduced::<R, CHANNELS>(past, frame, PAST - taps, taps + 1)
        })
    }
}

/// The result for the newest frame and the past frames without the first `missing`. The mean is that of `size` frames.
#[inline(always)]
fn reduced<R: Reduction, const CHANNELS: usize>(
    past: Past<'_, CHANNELS>,
    frame: [f32; CHANNELS],
    missing: usize,
    size: usize,
) -> [f32; CHANNELS] {
    let mut kept = frame.map(R::first);
    for (number, frame) in past.iter().enumerate() {
        if number >= missing {
            add(&mut kept, R::next, frame);
        }
    }
    kept.map(|kept| R::output(kept, size))
}

/// The maximum of each channel over the frames of a window that are there: Keras' and PyTorch's max pooling with padding
/// over time. Takes the next frame. The result is an `Option` if the history has a schedule. NaN counts as the maximum.
///
/// ```
/// use streaming_net::__private::{PaddedHistory, max_pool};
///
/// let mut history = PaddedHistory::<1, 1, 1>::new(); // two frames
/// let outputs = [-3.0, -5.0, -4.0].map(|x| max_pool(&mut history, [x]));
/// assert_eq!(outputs, [[-3.0], [-3.0], [-4.0]]);
/// ```
#[inline(always)]
pub fn max_pool<const CHANNELS: usize, const PAST: usize, D: DelayLine<CHANNELS, PAST>>(
    history: &mut Padded<D>,
    frame: [f32; CHANNELS],
) -> D::Output<[f32; CHANNELS]> {
    history.pool::<Max, CHANNELS, PAST>(frame)
}

/// The mean of each channel over the frames of a window that are there: Keras' average pooling with padding over time.
/// Takes the next frame. The result is an `Option` if the history has a schedule.
///
/// ```
/// use streaming_net::__private::{PaddedHistory, avg_pool};
///
/// let mut history = PaddedHistory::<1, 1, 1>::new(); // two frames
/// let outputs = [1.0, 2.0, 4.0].map(|x| avg_pool(&mut history, [x]));
/// assert_eq!(outputs, [[1.0], [1.5], [3.0]]);
/// ```
#[inline(always)]
pub fn avg_pool<const CHANNELS: usize, const PAST: usize, D: DelayLine<CHANNELS, PAST>>(
    history: &mut Padded<D>,
    frame: [f32; CHANNELS],
) -> D::Output<[f32; CHANNELS]> {
    if PAST < Mean::LONGEST {
        history.pool::<Mean, CHANNELS, PAST>(frame)
    } else {
        history.pool::<LongMean, CHANNELS, PAST>(frame)
    }
}

/// The mean of each channel over a window in which frames before the first are zeros: PyTorch's `AvgPool1d` with padding.
/// Takes the next frame. The result is an `Option` if the history has a schedule.
///
/// ```
/// use streaming_net::__private::{History, avg_pool_with_zeros};
///
/// let mut history = History::<1, 1, 1>::new(); // two frames
/// let outputs = [1.0, 2.0, 4.0].map(|x| avg_pool_with_zeros(&mut history, [x]));
/// assert_eq!(outputs, [[0.5], [1.5], [3.0]]);
/// ```
#[inline(always)]
pub fn avg_pool_with_zeros<
    const CHANNELS: usize,
    const PAST: usize,
    D: DelayLine<CHANNELS, PAST>,
>(
    history: &mut D,
    frame: [f32; CHANNELS],
) -> D::Output<[f32; CHANNELS]> {
    history.push(&frame, |past| {
        if PAST < Mean::LONGEST {
            reduced::<Mean, CHANNELS>(past, frame, 0, PAST + 1)
        } else {
            reduced::<LongMean, CHANNELS>(past, frame, 0, PAST + 1)
        }
    })
}
