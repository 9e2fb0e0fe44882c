//! Pools over frames whose first windows begin before the first frame, and pools with a dilation.

use super::history::{DelayLine, History, Past, ScheduledHistory};
use super::pool::add;
use super::saturated;
use super::scale::Scale;

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

macro_rules! state {
    ($history:ident < $($parameter:ident),* >) => {
        impl<const CHANNELS: usize, $(const $parameter: usize),*>
            Padded<$history<CHANNELS, $($parameter),*>>
        {
            /// A history before its first frame.
            #[must_use]
            pub const fn new() -> Self {
                Self { past: $history::new(), seen: 0 }
            }

            /// Returns to the time before the first frame.
            pub fn reset(&mut self) {
                self.past.reset();
                self.seen = 0;
            }

            /// Sets every past frame to `frame`. The next push has an output.
            pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
                self.past.fill(frame);
                self.seen = u32::MAX;
            }
        }
    };
}

state!(History<PAST, DILATION>);
state!(ScheduledHistory<PAST, DILATION, FIRST, STRIDE>);

impl<D> Padded<D> {
    /// Counts a frame. What `output` makes of the past frames under the taps that there have been, and of how many these are.
    #[inline(always)]
    fn push<const CHANNELS: usize, T>(
        &mut self,
        frame: [i16; CHANNELS],
        output: impl FnOnce(Past<'_, CHANNELS>, usize) -> T,
    ) -> D::Output<T>
    where
        D: DelayLine<CHANNELS>,
    {
        let seen = self.seen as usize;
        self.seen = self.seen.saturating_add(1);
        self.past.push(frame, |past| {
            let taps = seen.checked_div(past.dilation()).unwrap_or_default().min(past.taps());
            output(past, taps)
        })
    }
}

/// The maximum of each channel over the frames of a window that are there. Takes the next frame. The result is an `Option` if
/// the history has a schedule.
///
/// ```
/// use streaming_net::__private::integer::{PaddedHistory, max_pool};
///
/// let mut history = PaddedHistory::<1, 1, 1>::new(); // two frames
/// assert_eq!([-3, -5, -4].map(|x| max_pool(&mut history, [x])), [[-3], [-3], [-4]]);
/// ```
#[inline(always)]
pub fn max_pool<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
    history: &mut Padded<D>,
    frame: [i16; CHANNELS],
) -> D::Output<[i16; CHANNELS]> {
    history.push(frame, |past, taps| {
        let mut kept = frame;
        for frame in past.iter().skip(past.taps() - taps) {
            kept.iter_mut().zip(frame).for_each(|(kept, number)| *kept = *number.max(kept));
        }
        kept
    })
}

/// The mean of each channel over the frames of a window that are there: `scales` has one half, a third, and so on up to one
/// frame in all of a window. Takes the next frame. The result is an `Option` if the history has a schedule.
///
/// ```
/// use streaming_net::__private::integer::{PaddedHistory, Scale, avg_pool};
///
/// let half = Scale { multiplier: 32_768, shift: 0 };
/// let mut history = PaddedHistory::<1, 1, 1>::new(); // two frames
/// assert_eq!([2, 4, 8].map(|x| avg_pool(&mut history, [x], &[half])), [[2], [3], [6]]);
/// ```
#[inline(always)]
pub fn avg_pool<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
    history: &mut Padded<D>,
    frame: [i16; CHANNELS],
    scales: &[Scale],
) -> D::Output<[i16; CHANNELS]> {
    history.push(frame, |past, taps| {
        let mut sums = frame.map(i32::from);
        past.iter().skip(past.taps() - taps).for_each(|frame| add(&mut sums, frame));
        let scale = taps.checked_sub(1).and_then(|place| scales.get(place));
        sums.map(|sum| scale.map_or_else(|| saturated(sum), |scale| scale.apply(sum)))
    })
}

/// `scale` times the sum of each channel over a window in which frames before the first are zeros. Takes the next frame. The
/// result is an `Option` if the history has a schedule.
///
/// ```
/// use streaming_net::__private::integer::{History, Scale, avg_pool_with_zeros};
///
/// let half = Scale { multiplier: 32_768, shift: 0 };
/// let mut history = History::<1, 1, 1>::new(); // two frames
/// assert_eq!([2, 4, 8].map(|x| avg_pool_with_zeros(&mut history, [x], half)), [[1], [3], [6]]);
/// ```
#[inline(always)]
pub fn avg_pool_with_zeros<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
    history: &mut D,
    frame: [i16; CHANNELS],
    scale: Scale,
) -> D::Output<[i16; CHANNELS]> {
    history.push(frame, |past| {
        let mut sums = frame.map(i32::from);
        past.iter().for_each(|frame| add(&mut sums, frame));
        sums.map(|sum| scale.apply(sum))
    })
}
