use super::history::{DelayLine, Past};
use super::kernel::{self, Rows};

/// The weights of a convolution in flash: `y[o] = max(low, (bias[o] + Σ weights * x) >> shifts[o])`, saturated.
///
/// `WINDOW` are the numbers that an output reads, an even count: those of all taps, the oldest first, those of a condition
/// behind them, and a zero where the count would be odd. `weights` has four rows of so many weights side by side, one row for
/// each output: a pair of the first row, that of the second, and so on, then the next pair of each; then the next four rows; and
/// in the end those that are left, in the same way. A bias holds one half of what is shifted out.
///
/// ```
/// use streaming_net::__private::integer::{Conv, History};
///
/// // Two taps, one channel in, two out: half of each frame, rounded, and the difference to the one before.
/// static EDGE: Conv<2, 4, 2> =
///     Conv { weights: [0, 1, -1, 1], bias: [1, 0], shifts: [1, 0], low: -32_768 };
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [300]), [150, 300]);
/// assert_eq!(EDGE.push(&mut history, [501]), [251, 201]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(align(4))]
pub struct Conv<const WINDOW: usize, const WEIGHTS: usize, const OUTPUTS: usize> {
    /// The kernel.
    pub weights: [i16; WEIGHTS],
    /// What the sums start from.
    pub bias: [i32; OUTPUTS],
    /// Bits by which each sum is shifted.
    pub shifts: [u8; OUTPUTS],
    /// The least output: 0 of a rectifier, else -32768.
    pub low: i16,
}

/// The numbers that an output reads, so that two are loaded at once.
#[repr(align(4))]
struct Window<const WINDOW: usize>([i16; WINDOW]);

impl<const WINDOW: usize, const WEIGHTS: usize, const OUTPUTS: usize>
    Conv<WINDOW, WEIGHTS, OUTPUTS>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the history has a schedule.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
    ) -> D::Output<[i16; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame, &[], &[]))
    }

    /// As [`push`](Self::push), with sums that start from another frame, of the output's scale.
    #[inline(always)]
    pub fn push_add<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
        seed: [i16; OUTPUTS],
    ) -> D::Output<[i16; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame, &[], &seed))
    }

    /// As [`push`](Self::push), with a condition behind the taps.
    #[inline(always)]
    pub fn push_mixed<const CHANNELS: usize, const X: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
        condition: [i16; X],
    ) -> D::Output<[i16; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame, &condition, &[]))
    }

    /// The output frame for `frame`, for a kernel of one tap.
    ///
    /// ```
    /// use streaming_net::__private::integer::Conv;
    ///
    /// static MEAN: Conv<2, 2, 1> = Conv { weights: [1, 1], bias: [1], shifts: [1], low: 0 };
    /// assert_eq!(MEAN.apply([3, 8]), [6]);
    /// assert_eq!(MEAN.apply([-3, 2]), [0]);
    /// ```
    #[inline(always)]
    pub fn apply<const CHANNELS: usize>(&self, frame: [i16; CHANNELS]) -> [i16; OUTPUTS] {
        self.of(Past::NONE, &frame, &[], &[])
    }

    /// As [`apply`](Self::apply), with sums that start from another frame, of the output's scale.
    ///
    /// ```
    /// use streaming_net::__private::integer::Conv;
    ///
    /// static HALF: Conv<2, 2, 1> = Conv { weights: [1, 0], bias: [1], shifts: [1], low: -32_768 };
    /// assert_eq!(HALF.apply_add([3], [100]), [102]);
    /// ```
    #[inline(always)]
    pub fn apply_add<const CHANNELS: usize>(
        &self,
        frame: [i16; CHANNELS],
        seed: [i16; OUTPUTS],
    ) -> [i16; OUTPUTS] {
        self.of(Past::NONE, &frame, &[], &seed)
    }

    /// As [`apply`](Self::apply), with a condition behind the frame.
    #[inline(always)]
    pub fn apply_mixed<const CHANNELS: usize, const X: usize>(
        &self,
        frame: [i16; CHANNELS],
        condition: [i16; X],
    ) -> [i16; OUTPUTS] {
        self.of(Past::NONE, &frame, &condition, &[])
    }

    #[inline(always)]
    fn of<const CHANNELS: usize>(
        &self,
        past: Past<'_, CHANNELS>,
        frame: &[i16; CHANNELS],
        condition: &[i16],
        seed: &[i16],
    ) -> [i16; OUTPUTS] {
        const {
            assert!(WINDOW.is_multiple_of(2), "numbers are read in pairs");
            assert!(WEIGHTS == WINDOW * OUTPUTS, "a weight for each number and output");
        }
        let mut outputs = [0; OUTPUTS];
        let rows =
            Rows { weights: &self.weights, bias: &self.bias, shifts: &self.shifts, low: self.low };
        let mut window = Window([0; WINDOW]);
        past.window(frame, &mut window.0);
        if let Some(place) = window.0.get_mut((past.taps() + 1) * CHANNELS..) {
            place.iter_mut().zip(condition).for_each(|(to, from)| *to = *from);
        }
        kernel::sums(rows, &window.0, seed, &mut outputs);
        outputs
    }
}

/// The weights of a convolution of `GROUPS` groups, each of which has a window and rows of its own, one after the other as
/// [`Conv`] has them.
///
/// ```
/// use streaming_net::__private::integer::{GroupedConv, History};
///
/// // Two taps of two channels, each by itself: the sum, and the difference.
/// static EACH: GroupedConv<2, 4, 2, 2> =
///     GroupedConv { weights: [1, 1, -1, 1], bias: [0, 0], shifts: [0, 0], low: -32_768 };
///
/// let mut history = History::<2, 1, 1>::new();
/// assert_eq!(EACH.push(&mut history, [3, 10]), [3, 10]);
/// assert_eq!(EACH.push(&mut history, [4, 12]), [7, 2]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(align(4))]
pub struct GroupedConv<
    const WINDOW: usize,
    const WEIGHTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
> {
    /// The kernel.
    pub weights: [i16; WEIGHTS],
    /// What the sums start from.
    pub bias: [i32; OUTPUTS],
    /// Bits by which each sum is shifted.
    pub shifts: [u8; OUTPUTS],
    /// The least output: 0 of a rectifier, else -32768.
    pub low: i16,
}

impl<const WINDOW: usize, const WEIGHTS: usize, const OUTPUTS: usize, const GROUPS: usize>
    GroupedConv<WINDOW, WEIGHTS, OUTPUTS, GROUPS>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the history has a schedule.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
    ) -> D::Output<[i16; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame))
    }

    /// The output frame for `frame`, for a kernel of one tap.
    #[inline(always)]
    pub fn apply<const CHANNELS: usize>(&self, frame: [i16; CHANNELS]) -> [i16; OUTPUTS] {
        self.of(Past::NONE, &frame)
    }

    #[inline(always)]
    fn of<const CHANNELS: usize>(
        &self,
        past: Past<'_, CHANNELS>,
        frame: &[i16; CHANNELS],
    ) -> [i16; OUTPUTS] {
        const {
            assert!(WINDOW.is_multiple_of(2), "numbers are read in pairs");
            assert!(WEIGHTS == WINDOW * OUTPUTS, "a weight for each number and output");
            assert!(
                OUTPUTS.is_multiple_of(GROUPS) && CHANNELS.is_multiple_of(GROUPS),
                "groups of one size"
            );
        }
        let mut outputs = [0; OUTPUTS];
        let rows =
            Rows { weights: &self.weights, bias: &self.bias, shifts: &self.shifts, low: self.low };
        let of_group = (CHANNELS / GROUPS, OUTPUTS / GROUPS, WINDOW * (OUTPUTS / GROUPS));
        for (group, outputs) in outputs.chunks_mut((OUTPUTS / GROUPS).max(1)).enumerate() {
            let mut window = Window([0; WINDOW]);
            let first = group * of_group.0;
            let parts = window.0.chunks_mut((CHANNELS / GROUPS).max(1));
            for (to, tap) in parts.zip(past.iter().chain([frame])) {
                let from = tap.get(first..first + of_group.0).unwrap_or_default();
                to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            }
            kernel::sums(rows.part(group, of_group), &window.0, &[], outputs);
        }
        outputs
    }
}
