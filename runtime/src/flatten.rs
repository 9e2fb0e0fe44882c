use crate::delay_line::DelayLine;
use crate::schedule::ScheduledHistory;

/// Joins the newest `PAST + 1` frames into one of `OUTPUTS = CHANNELS * (PAST + 1)` channels, the oldest frame first:
/// Keras' [`Flatten`](https://keras.io/api/layers/reshaping_layers/flatten/). The first `PAST` pushes have no output.
///
/// ```
/// use streaming_net::__private::Flatten;
///
/// let mut flatten = Flatten::<2, 1, 4>::new();
/// assert_eq!(flatten.push([1.0, 2.0]), None);
/// assert_eq!(flatten.push([3.0, 4.0]), Some([1.0, 2.0, 3.0, 4.0]));
/// assert_eq!(flatten.push([5.0, 6.0]), Some([3.0, 4.0, 5.0, 6.0]));
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
            assert!(CHANNELS >= 1, "a frame has channels");
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

    /// Sets the state to the one after pushing `frame` forever. The next push returns an output.
    pub const fn fill(&mut self, frame: &[f32; CHANNELS]) {
        self.history.fill(&[*frame]);
    }

    /// Takes the next frame and returns the newest frames joined into one.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; OUTPUTS]> {
        self.history.push(&frame, |past| {
            let mut output = [0.0; OUTPUTS];
            if let Some((newest, before)) = output.as_chunks_mut().0.split_last_mut() {
                *newest = frame;
                if let Some(before) = before.first_chunk_mut::<PAST>() {
                    past.copy_to(before);
                }
            }
            output
        })
    }
}
