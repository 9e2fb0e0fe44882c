use core::error::Error;
use core::fmt;

use crate::net::{Output, StreamingNet};

/// A run that was recorded when a network was trained: `FRAMES` input frames, and the `OUTPUTS` outputs of the
/// framework.
///
/// [`streaming_net!`](crate::streaming_net) makes a `Run` from the `reference` of a weights file, and a test that
/// replays it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Run<I, O, const FRAMES: usize, const OUTPUTS: usize> {
    /// The frames that were pushed.
    pub input: [I; FRAMES],
    /// The outputs of those frames that have one, in their order.
    pub output: [O; OUTPUTS],
    /// The largest allowed difference, relative to the expected number, or absolute if that number is below 1.
    pub tolerance: f32,
}

impl<I: Copy, O: Output, const FRAMES: usize, const OUTPUTS: usize> Run<I, O, FRAMES, OUTPUTS> {
    /// Pushes the input frames and compares the outputs. Resets the network before and after.
    ///
    /// # Errors
    ///
    /// The first number that differs by more than the tolerance, or that only the network or only the run has.
    ///
    /// ```
    /// use streaming_net::{Mismatch, Run};
    /// # streaming_net::streaming_net! { struct Rectifier < relu(in=1) > }
    ///
    /// let run = Run { input: [[-1.0], [2.0]], output: [[0.0], [2.5]], tolerance: 1e-5 };
    /// let mismatch = Mismatch { frame: 1, channel: 0, expected: Some(2.5), found: Some(2.0) };
    /// assert_eq!(run.replay(&mut Rectifier::new()), Err(mismatch));
    /// assert_eq!(mismatch.to_string(), "frame 1, channel 0: 2, but 2.5 was recorded");
    /// ```
    pub fn replay<N: StreamingNet<Input = I, Output = O>>(
        &self,
        net: &mut N,
    ) -> Result<(), Mismatch> {
        net.reset();
        let compared = self.compare(net);
        net.reset();
        compared
    }

    /// Pushes the input frames and compares the outputs, without a reset.
    ///
    /// # Errors
    ///
    /// As [`replay`](Self::replay).
    pub fn compare<N: StreamingNet<Input = I, Output = O>>(
        &self,
        net: &mut N,
    ) -> Result<(), Mismatch> {
        let mut recorded = self.output.iter();
        for (frame, input) in self.input.iter().enumerate() {
            let Some(output) = net.push(*input) else { continue };
            let expected = recorded.next().map(Output::numbers).unwrap_or_default();
            let mut expected = expected.iter().copied();
            for (channel, found) in output.numbers().iter().copied().enumerate() {
                let expected = expected.next();
                if !expected.is_some_and(|expected| self.is_close(found, expected)) {
                    return Err(Mismatch { frame, channel, expected, found: Some(found) });
                }
            }
        }
        match recorded.next().and_then(|output| output.numbers().first().copied()) {
            None => Ok(()),
            expected => Err(Mismatch { frame: FRAMES, channel: 0, expected, found: None }),
        }
    }

    fn is_close(&self, found: f32, expected: f32) -> bool {
        // False where either is NaN.
        (found - expected).abs() <= self.tolerance * expected.abs().max(1.0)
    }
}

/// The first difference between the outputs of a network and the recorded ones.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Mismatch {
    /// The number of the input frame, from 0.
    pub frame: usize,
    /// The channel of the output; of an output of several frames, the index among the numbers of all its frames.
    pub channel: usize,
    /// The recorded number, if there is one.
    pub expected: Option<f32>,
    /// The number that the network gives, if there is one.
    pub found: Option<f32>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { frame, channel, expected, found } = self;
        write!(formatter, "frame {frame}, channel {channel}: ")?;
        match (found, expected) {
            (Some(found), Some(expected)) => {
                write!(formatter, "{found}, but {expected} was recorded")
            }
            (Some(found), None) => write!(formatter, "{found}, but no output was recorded"),
            (None, Some(expected)) => write!(formatter, "no output, but {expected} was recorded"),
            (None, None) => write!(formatter, "nothing"),
        }
    }
}

impl Error for Mismatch {}
