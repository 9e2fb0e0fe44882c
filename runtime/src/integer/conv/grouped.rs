//! Convolutions of groups.

use crate::integer::history::{DelayLine, Past};
use crate::integer::kernel::{Rows, Window, Word, packed};
use crate::integer::output::Output;

/// The weights of a convolution of `GROUPS` groups, each of which has a window of its own, and reads it by its own outputs
/// alone. `GROUP` are the outputs of a group.
///
/// ```
/// use streaming_net::__private::integer::{GroupedConv, History};
///
/// // Two taps of two channels, each by itself: the sum, and the difference.
/// static EACH: GroupedConv<2, 2, 4, 1> =
///     GroupedConv::new([[1, 1], [-1, 1]], [0, 0], [0, 0], -32_768);
///
/// let mut history = History::<2, 1, 1>::new();
/// assert_eq!(EACH.push(&mut history, [3, 10]), [3, 10]);
/// assert_eq!(EACH.push(&mut history, [4, 12]), [7, 2]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GroupedConv<
    const WINDOW: usize,
    const OUTPUTS: usize,
    const WORDS: usize,
    const GROUP: usize,
    T = i16,
> {
    pub(super) words: [Word; WORDS],
    pub(super) shifts: [u8; OUTPUTS],
    low: T,
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize, const GROUP: usize>
    GroupedConv<WINDOW, OUTPUTS, WORDS, GROUP>
{
    /// As [`Conv::new`](super::Conv::new).
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
        Self { words: packed(&weights, &bias, GROUP), shifts, low }
    }
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize, const GROUP: usize>
    GroupedConv<WINDOW, OUTPUTS, WORDS, GROUP, i32>
{
    /// As [`Conv::fine`](super::Conv::fine).
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
        Self { words: packed(&weights, &bias, GROUP), shifts, low: i32::MIN }
    }

    /// The sums with those of `frame` added, for a kernel of one tap.
    #[inline(always)]
    #[must_use]
    pub fn apply_add<const CHANNELS: usize>(
        &self,
        frame: [i16; CHANNELS],
        mut sums: [i32; OUTPUTS],
    ) -> [i32; OUTPUTS] {
        self.to(Past::NONE, &frame, &mut sums);
        sums
    }

    /// As [`Conv::apply_add_block`](super::Conv::apply_add_block).
    #[inline(always)]
    pub fn apply_add_block<const CHANNELS: usize>(
        &self,
        frames: &[[i16; CHANNELS]],
        sums: &mut [[i32; OUTPUTS]],
    ) {
        debug_assert_eq!(sums.len(), frames.len(), "one for each frame");
        for (sums, frame) in sums.iter_mut().zip(frames) {
            self.to(Past::NONE, frame, sums);
        }
    }
}

impl<const WINDOW: usize, const OUTPUTS: usize, const WORDS: usize, const GROUP: usize, T: Output>
    GroupedConv<WINDOW, OUTPUTS, WORDS, GROUP, T>
{
    /// Takes the next input frame and returns the output frame, as an `Option` if the history has a schedule.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, D: DelayLine<CHANNELS>>(
        &self,
        history: &mut D,
        frame: [i16; CHANNELS],
    ) -> D::Output<[T; OUTPUTS]> {
        history.push(frame, |past| self.of(past, &frame))
    }

    /// The output frame for `frame`, for a kernel of one tap.
    #[inline(always)]
    #[must_use]
    pub fn apply<const CHANNELS: usize>(&self, frame: [i16; CHANNELS]) -> [T; OUTPUTS] {
        self.of(Past::NONE, &frame)
    }

    #[inline(always)]
    fn of<const CHANNELS: usize>(
        &self,
        past: Past<'_, CHANNELS>,
        frame: &[i16; CHANNELS],
    ) -> [T; OUTPUTS] {
        let mut outputs = [T::ZERO; OUTPUTS];
        self.to(past, frame, &mut outputs);
        outputs
    }

    #[inline(always)]
    fn to<const CHANNELS: usize>(
        &self,
        past: Past<'_, CHANNELS>,
        frame: &[i16; CHANNELS],
        outputs: &mut [T; OUTPUTS],
    ) {
        const { assert!(OUTPUTS.is_multiple_of(GROUP), "groups of one size") }
        let inputs = const { CHANNELS / (OUTPUTS / GROUP) };
        let is_rectified = T::is_rectified(self.low);
        if const { CHANNELS == OUTPUTS && GROUP == 1 && WINDOW == 2 } && past.taps() == 0 {
            // A product for each channel.
            let rows = self.words.as_chunks::<2>().0.iter().zip(&self.shifts);
            for ((output, x), ([bias, weights], shift)) in outputs.iter_mut().zip(frame).zip(rows) {
                T::product((*bias, *weights, *shift), *x, is_rectified, output);
            }
            return;
        }
        let words = self.words.chunks(const { GROUP * (1 + WINDOW / 2) });
        let (shifts, _) = self.shifts.as_chunks::<GROUP>();
        let (groups, _) = outputs.as_chunks_mut::<GROUP>();
        let mut first = 0;
        for (outputs, (words, shifts)) in groups.iter_mut().zip(words.zip(shifts)) {
            let mut window = Window([0; WINDOW]);
            let parts = window.0.chunks_mut(inputs.max(1));
            for (to, tap) in parts.zip(past.iter().chain([frame])) {
                let from = tap.get(first..first + inputs).unwrap_or_default();
                to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            }
            T::sums(Rows::new::<WINDOW>(words, shifts, is_rectified), &window, outputs);
            first += inputs;
        }
    }
}
