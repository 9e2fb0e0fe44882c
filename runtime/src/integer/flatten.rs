use super::history::{DelayLine, ScheduledHistory};

/// Joins the newest `PAST + 1` frames into one of `OUTPUTS = CHANNELS * (PAST + 1)` channels, the oldest frame first. The
/// first `PAST` pushes have no output.
///
/// ```
/// use streaming_net::__private::integer::Flatten;
///
/// let mut flatten = Flatten::<1, 1, 2>::new();
/// assert_eq!([1, 2, 3].map(|x| flatten.push([x])), [None, Some([1, 2]), Some([2, 3])]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Flatten<const CHANNELS: usize, const PAST: usize, const OUTPUTS: usize> {
    history: ScheduledHistory<CHANNELS, PAST, 1, PAST, 1>,
}

impl<const CHANNELS: usize, const PAST: usize, const OUTPUTS: usize>
    Flatten<CHANNELS, PAST, OUTPUTS>
{
    /// A layer before its first push.
    #[must_use]
    pub const fn new() -> Self {
        const {
            assert!(
                OUTPUTS == CHANNELS * (PAST + 1),
                "an output has the channels of all its frames"
            );
        }
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

    /// Takes the next frame and returns the newest frames joined into one.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS]) -> Option<[i16; OUTPUTS]> {
        self.history.push(frame, |past| {
            let mut output = [0; OUTPUTS];
            past.window(&frame, &mut output);
            output
        })
    }
}

/// Gives each frame `FRAMES` pushes later. The first `FRAMES` pushes have no output.
///
/// ```
/// use streaming_net::__private::integer::Delay;
///
/// let mut delay = Delay::<1, 2>::new();
/// assert_eq!([1, 2, 3].map(|x| delay.push([x])), [None, None, Some([1])]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Delay<const CHANNELS: usize, const FRAMES: usize> {
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

    /// Sets every past frame to `frame`. The next push has an output.
    pub const fn fill(&mut self, frame: &[i16; CHANNELS]) {
        self.history.fill(frame);
    }

    /// Takes the next frame and returns the one of `FRAMES` pushes before.
    #[inline(always)]
    pub fn push(&mut self, frame: [i16; CHANNELS]) -> Option<[i16; CHANNELS]> {
        self.history.push(frame, |past| past.iter().next().copied().unwrap_or([0; CHANNELS]))
    }
}
