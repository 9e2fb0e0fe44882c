use crate::{DelayLine, ScheduledHistory};

/// Answers with the frame of `FRAMES` pushes before: `y[t] = x[t - FRAMES]`, and no answer to the first `FRAMES` pushes.
///
/// ```
/// use streaming_net::Delay;
///
/// let mut delay = Delay::<1, 2>::new();
/// assert_eq!([1.0, 2.0, 3.0, 4.0].map(|x| delay.push([x])), [None, None, Some([1.0]), Some([2.0])]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Delay<const CHANNELS: usize, const FRAMES: usize> {
    /// That of a kernel of two taps so far apart, whose older one alone is read.
    history: ScheduledHistory<CHANNELS, 1, FRAMES, FRAMES, 1>,
}

impl<const CHANNELS: usize, const FRAMES: usize> Delay<CHANNELS, FRAMES> {
    /// A delay whose next push is number 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { history: ScheduledHistory::new() }
    }

    /// Forgets every frame, as if new.
    pub fn reset(&mut self) {
        self.history.reset();
    }

    /// Makes the past what it is where `frame` has been pushed forever, and the next push one that is answered.
    pub const fn fill(&mut self, frame: &[f32; CHANNELS]) {
        self.history.fill(&[*frame]);
    }

    /// Takes the next frame; the answer is that of `FRAMES` pushes before.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; CHANNELS]> {
        self.history.push(frame, |past| {
            let [frame] = past.frames();
            frame
        })
    }
}
