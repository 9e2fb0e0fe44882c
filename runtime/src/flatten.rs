use crate::{DelayLine, ScheduledHistory};

/// Answers with the newest `PAST + 1` frames as one of `OUTPUTS = CHANNELS * (PAST + 1)` channels, oldest frame first: Keras'
/// [`Flatten`](https://keras.io/api/layers/reshaping_layers/flatten/). The first answer is that to push `PAST`.
///
/// ```
/// use streaming_net::Flatten;
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
    /// Nothing to flatten yet: the next push is number 0.
    #[must_use]
    pub const fn new() -> Self {
        const {
            assert!(CHANNELS >= 1, "a frame has channels");
            assert!(
                OUTPUTS == CHANNELS * (PAST + 1),
                "an answer has the channels of all its frames"
            );
        }
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

    /// Takes the next frame; the answer is the newest frames, side by side.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; OUTPUTS]> {
        self.history.push(frame, |past| {
            let mut answer = [0.0; OUTPUTS];
            if let Some((newest, before)) = answer.as_chunks_mut().0.split_last_mut() {
                *newest = frame;
                if let Some(before) = before.first_chunk_mut::<PAST>() {
                    past.copy_to(before);
                }
            }
            answer
        })
    }
}
