use crate::delay_line::DelayLine;
use crate::schedule::ScheduledHistory;

/// Delays each frame by `FRAMES` pushes: `y[t] = x[t - FRAMES]`. The first `FRAMES` pushes have no output.
///
/// ```
/// use streaming_net::__private::Delay;
///
/// let mut delay = Delay::<1, 2>::new();
/// assert_eq!([1.0, 2.0, 3.0, 4.0].map(|x| delay.push([x])), [None, None, Some([1.0]), Some([2.0])]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Delay<const CHANNELS: usize, const FRAMES: usize> {
    /// The history of a kernel of two taps that far apart, of which only the older is read.
    history: ScheduledHistory<CHANNELS, 1, FRAMES, FRAMES, 1>,
}

impl<const CHANNELS: usize, const FRAMES: usize> Delay<CHANNELS, FRAMES> {
    /// A delay before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { history: ScheduledHistory::new() }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.history.reset();
    }

    /// Sets the state to the one after pushing `frame` forever. The next push returns an output.
    pub const fn fill(&mut self, frame: &[f32; CHANNELS]) {
        self.history.fill(&[*frame]);
    }

    /// Takes the next frame and returns the frame of `FRAMES` pushes before.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; CHANNELS]> {
        self.history.push(&frame, |past| {
            let [frame] = past.frames();
            frame
        })
    }
}
