use core::mem::MaybeUninit;

use super::history::{DelayLine, Past};
use super::kernel::{self, Rows, Window, Word, packed};
use super::output::Output;

mod block;
mod grouped;
mod residual;

pub use self::grouped::GroupedConv;
pub use self::residual::{Last, Skips, Sums};

/// The weights of a convolution in flash: `y[o] = max(low, (bias[o] + Σ weights[o] * x) >> shifts[o])`, saturated. Where outputs are
/// [fine sums](super::round), `T` is `i32`, and that is added to what is there.
///
/// `WINDOW` are the numbers that an output reads, an even count: those of all taps, the oldest first, those of a condition
/// behind them, and a zero where the count would be odd. `WORDS` are `OUTPUTS * (1 + WINDOW / 2)`.
///
/// ```
/// use streaming_net::__private::integer::{Conv, History};
///
/// // Two taps, one channel in, two out: half of each frame, rounded, and the difference to the one before.
/// static EDGE: Conv<2, 2, 4> = Conv::new([[0, 1], [-1, 1]], [1, 0], [1, 0], -32_768);
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [300]), [150, 300]);
/// assert_eq!(EDGE.push(&mut history, [501]), [251, 201]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Conv<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize, T = i16> {
    words: [Word; WORDS],
    shifts: [u8; OUTPUTS],
    low: T,
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize> Conv<WINDOW, OUTPUTS, WORDS> {
    /// Of a row of weights for each output, what its sum starts from, which has one half of what is shifted out, and by how
    /// many bits it is shifted. `low` is the least output: 0 of a rectifier, else -32768.
    ///
    /// # Panics
    ///
    /// Where a shape or `low` is another one. It is called when compiled.
    #[must_use]
    pub const fn new(
        weights: [[i16; WINDOW]; OUTPUTS],
        bias: [i32; OUTPUTS],
        shifts: [u8; OUTPUTS],
        low: i16,
    ) -> Self {
        assert!(low == 0 || low == i16::MIN, "a rectifier, or nothing");
        Self { words: packed(&weights, &bias, OUTPUTS), shifts, low }
    }
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize>
    Conv<WINDOW, OUTPUTS, WORDS, i32>
{
    /// As [`new`](Conv::new), for fine sums: what a sum starts from has no half of what is shifted out, and it is shifted by eight bits
    /// less.
    ///
    /// # Panics
    ///
    /// Where a shape is another one. It is called when compiled.
    #[must_use]
    pub const fn fine(
        weights: [[i16; WINDOW]; OUTPUTS],
        bias: [i32; OUTPUTS],
        shifts: [u8; OUTPUTS],
    ) -> Self {
        Self { words: packed(&weights, &bias, OUTPUTS), shifts, low: i32::MIN }
    }

    /// The sums with those of `frame` added, for a kernel of one tap.
    ///
    /// ```
    /// use streaming_net::__private::integer::{Conv, extend, round};
    ///
    /// static THIRD: Conv<2, 1, 2, i32> = Conv::fine([[21_845, 0]], [0], [8]); // of 2^16
    /// let sums = THIRD.apply_add([1], THIRD.apply_add([1], extend([5])));
    /// assert_eq!((sums, round(sums)), ([5 * 256 + 128 + 85 + 85], [6]));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn apply_add<const CHANNELS: usize>(
        &self,
        frame: [i16; CHANNELS],
        mut sums: [i32; OUTPUTS],
    ) -> [i32; OUTPUTS] {
        self.to(Past::NONE, &frame, &[], &mut sums);
        sums
    }
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize, T: Output>
    Conv<WINDOW, OUTPUTS, WORDS, T>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the history has a schedule.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
    ) -> D::Output<[T; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame, &[]))
    }

    /// As [`push`](Self::push), with a condition behind the taps.
    #[inline(always)]
    pub fn push_mixed<const CHANNELS: usize, const X: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
        condition: [i16; X],
    ) -> D::Output<[T; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame, &condition))
    }

    /// The output frame for `frame`, for a kernel of one tap.
    ///
    /// ```
    /// use streaming_net::__private::integer::Conv;
    ///
    /// static MEAN: Conv<2, 1, 2> = Conv::new([[1, 1]], [1], [1], 0);
    /// assert_eq!(MEAN.apply([3, 8]), [6]);
    /// assert_eq!(MEAN.apply([-3, 2]), [0]);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn apply<const CHANNELS: usize>(&self, frame: [i16; CHANNELS]) -> [T; OUTPUTS] {
        self.of(Past::NONE, &frame, &[])
    }

    /// As [`apply`](Self::apply), with a condition behind the frame.
    #[inline(always)]
    #[must_use]
    pub fn apply_mixed<const CHANNELS: usize, const X: usize>(
        &self,
        frame: [i16; CHANNELS],
        condition: [i16; X],
    ) -> [T; OUTPUTS] {
        self.of(Past::NONE, &frame, &condition)
    }

    #[inline(always)]
    fn of<const CHANNELS: usize, const X: usize>(
        &self,
        past: Past<'_, CHANNELS>,
        frame: &[i16; CHANNELS],
        condition: &[i16; X],
    ) -> [T; OUTPUTS] {
        let mut outputs = [T::ZERO; OUTPUTS];
        self.to(past, frame, condition, &mut outputs);
        outputs
    }

    #[inline(always)]
    fn to<const CHANNELS: usize, const X: usize>(
        &self,
        past: Past<'_, CHANNELS>,
        frame: &[i16; CHANNELS],
        condition: &[i16; X],
        outputs: &mut [T; OUTPUTS],
    ) {
        let mut place = MaybeUninit::uninit();
        let window: &mut Window<WINDOW> = kernel::zeros(&mut place);
        past.window(frame, &mut window.0);
        let place = window.0.get_mut((past.taps() + 1) * CHANNELS..).unwrap_or_default();
        if let Some(place) = place.first_chunk_mut() {
            kernel::copy_frame(place, condition);
        }
        T::sums(self.rows(), window, outputs);
    }

    #[inline(always)]
    fn rows(&self) -> Rows<'_> {
        Rows::new::<WINDOW>(&self.words, &self.shifts, T::is_rectified(self.low))
    }
}
