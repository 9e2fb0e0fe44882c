//! Convolutions over time and features of each channel by itself.

use super::Frames;
use crate::integer::history::{DelayLine, Past};
use crate::integer::saturated;

/// The weights of a convolution over time and features, in flash, where each channel is convolved by itself: of frames of
/// `FEATURES` features, with windows of `WIDTH` features, `STRIDE` apart, of which the first begins `PADDING` before the first
/// feature. Beside the features are zeros.
///
/// `PLACES` are those of a window in all taps, the oldest first. An output frame has `OUTPUT` numbers.
///
/// ```
/// use streaming_net::__private::integer::DepthwiseConv2d;
///
/// // Two features of two channels: the sum of one channel, and the difference of the other.
/// static PAIRS: DepthwiseConv2d<2, 2, 2, 2, 1, 0, 2> =
///     DepthwiseConv2d::new([[1, -1], [1, 1]], [0, 0], [0, 0], -32_768);
/// assert_eq!(PAIRS.apply([1, 2, 3, 4]), [4, 2]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DepthwiseConv2d<
    const PLACES: usize,
    const CHANNELS: usize,
    const FEATURES: usize,
    const WIDTH: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
> {
    weights: [[i16; CHANNELS]; PLACES],
    bias: [i32; CHANNELS],
    shifts: [u8; CHANNELS],
    low: i16,
}

impl<
    const PLACES: usize,
    const CHANNELS: usize,
    const FEATURES: usize,
    const WIDTH: usize,
    const STRIDE: usize,
    const PADDING: usize,
    const OUTPUT: usize,
> DepthwiseConv2d<PLACES, CHANNELS, FEATURES, WIDTH, STRIDE, PADDING, OUTPUT>
{
    /// Of the weights of each place, and for each channel what its sum starts from, which has one half of what is shifted out,
    /// and by how many bits it is shifted. `low` is the least output: 0 of a rectifier, else -32768.
    ///
    /// # Panics
    ///
    /// Where a shape or `low` is another one. It is called when compiled.
    #[must_use]
    pub const fn new(
        weights: [[i16; CHANNELS]; PLACES],
        bias: [i32; CHANNELS],
        shifts: [u8; CHANNELS],
        low: i16,
    ) -> Self {
        assert!(low == 0 || low == i16::MIN, "a rectifier, or nothing");
        assert!(FEATURES >= 1 && STRIDE >= 1, "at least 1");
        assert!(PLACES.is_multiple_of(WIDTH), "every tap has a window");
        assert!(OUTPUT.is_multiple_of(CHANNELS), "every position has the channels");
        Self { weights, bias, shifts, low }
    }

    /// Takes the next input frame and returns the output frame, as an `Option` if the history has a schedule.
    #[inline(always)]
    pub fn push<const INPUTS: usize, D: DelayLine<INPUTS>>(
        &self,
        history: &mut D,
        frame: [i16; INPUTS],
    ) -> D::Output<[i16; OUTPUT]> {
        history.push(frame, |past| self.of(past, &frame))
    }

    /// The output frame for `frame`, for a kernel of one tap.
    #[inline(always)]
    #[must_use]
    pub fn apply<const INPUTS: usize>(&self, frame: [i16; INPUTS]) -> [i16; OUTPUT] {
        self.of(Past::NONE, &frame)
    }

    #[inline(always)]
    fn of<const INPUTS: usize>(
        &self,
        past: Past<'_, INPUTS>,
        frame: &[i16; INPUTS],
    ) -> [i16; OUTPUT] {
        const { assert!(INPUTS == FEATURES * CHANNELS, "every feature has the channels") }
        let frames = Frames::of(past, frame);
        let mut outputs = [0; OUTPUT];
        for (position, outputs) in outputs.as_chunks_mut::<CHANNELS>().0.iter_mut().enumerate() {
            let start = position * STRIDE;
            let feature = start.saturating_sub(PADDING);
            let place = PADDING.saturating_sub(start).min(WIDTH);
            let count = (WIDTH - place).min(FEATURES.saturating_sub(feature));
            // What lies under the window in a frame is side by side, and so are its weights.
            let numbers = count * CHANNELS;
            let (first, weight) = (feature * CHANNELS, place * CHANNELS);
            let mut sums = self.bias;
            let mut weights = self.weights.as_flattened();
            for frame in frames.iter() {
                let own = weights.get(weight..weight + numbers).unwrap_or_default();
                let frame = frame.get(first..first + numbers).unwrap_or_default();
                add_products(&mut sums, frame, own);
                weights = weights.get(WIDTH * CHANNELS..).unwrap_or_default();
            }
            finish(&sums, &self.shifts, self.low, outputs);
        }
        outputs
    }
}

/// Adds the products of numbers and weights to the sums of their channels. There are as many of both, all channels of one
/// feature, then those of the next. The compiler has proven that no sum overflows.
#[inline(never)]
fn add_products(sums: &mut [i32], numbers: &[i16], weights: &[i16]) {
    let channels = sums.len().max(1);
    for (numbers, weights) in numbers.chunks_exact(channels).zip(weights.chunks_exact(channels)) {
        for (sum, (x, weight)) in sums.iter_mut().zip(numbers.iter().zip(weights)) {
            *sum += i32::from(*x) * i32::from(*weight);
        }
    }
}

/// Writes the sums, shifted and saturated.
#[inline(never)]
fn finish(sums: &[i32], shifts: &[u8], low: i16, outputs: &mut [i16]) {
    for ((output, sum), shift) in outputs.iter_mut().zip(sums).zip(shifts) {
        *output = saturated(*sum >> (shift & 31)).max(low);
    }
}
