use crate::net::{Output, StreamingNet};
use crate::recorded::Mismatch;

/// A run that was recorded when a network was trained, in the integers of a network of `#[numbers = "i16"]`.
///
/// [`streaming_net!`](crate::streaming_net) makes an `IntegerRun` of the recorded run, and a test that replays it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IntegerRun<I, O, const FRAMES: usize, const OUTPUTS: usize> {
    /// The frames that were pushed, each number rounded to a multiple of the input's scale.
    pub input: [I; FRAMES],
    /// The outputs of the network in floating point for those frames that have one, rounded to multiples of the output's
    /// scale.
    pub output: [O; OUTPUTS],
    /// The largest allowed difference.
    pub bound: u16,
}

impl<I: Copy, O: Output<i16>, const FRAMES: usize, const OUTPUTS: usize>
    IntegerRun<I, O, FRAMES, OUTPUTS>
{
    /// Pushes the input frames and compares the outputs. Resets the network before and after.
    ///
    /// # Errors
    ///
    /// The first number that differs by more than the bound, or that only the network or only the run has.
    ///
    /// ```
    /// use streaming_net::{IntegerRun, Mismatch};
    /// # streaming_net::streaming_net! {
    /// #     #[numbers = "i16"]
    /// #     #[calibrate = "weights/frames.json"]
    /// #     struct Rectifier < relu(in=1) >
    /// # }
    ///
    /// let run = IntegerRun { input: [[-100], [200]], output: [[1], [250]], bound: 1 };
    /// let mismatch = Mismatch { frame: 1, channel: 0, expected: Some(250.0), found: Some(200.0) };
    /// assert_eq!(run.replay(&mut Rectifier::new()), Err(mismatch));
    /// ```
    pub fn replay<N: StreamingNet<i16, Input = I, Output = O>>(
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
    pub fn compare<N: StreamingNet<i16, Input = I, Output = O>>(
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
                if expected.is_none_or(|expected| found.abs_diff(expected) > self.bound) {
                    let expected = expected.map(f32::from);
                    return Err(Mismatch { frame, channel, expected, found: Some(found.into()) });
                }
            }
        }
        match recorded.next().and_then(|output| output.numbers().first().copied()) {
            None => Ok(()),
            expected => {
                let expected = expected.map(f32::from);
                Err(Mismatch { frame: FRAMES, channel: 0, expected, found: None })
            }
        }
    }
}
