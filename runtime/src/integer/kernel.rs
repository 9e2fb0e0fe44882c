//! The products of one window with the rows of a matrix, for the core at hand.

use core::mem::MaybeUninit;

#[cfg(thumb)]
mod assembly;
#[cfg_attr(thumb, allow(dead_code, reason = "its twin in assembly is called"))]
mod portable;
mod word;

#[cfg(thumb)]
use self::assembly as chosen;
#[cfg(helium)]
pub(super) use self::assembly::helium::{gather, is_for_two, sums_of_windows};
#[cfg(dsp)]
pub(super) use self::assembly::{interleave, replace, residual};
#[cfg(not(thumb))]
use self::portable as chosen;
pub(super) use self::word::{Word, packed};

/// Rows that lie side by side.
pub(super) const ROWS: usize = 4;

/// A matrix: for each tile of [`ROWS`] rows, what their sums start from, then a pair of weights of each row, and the next
/// pair of each. The last tile has the rows that are left.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    /// One for each row, and one for each row and pair of the window.
    words: &'a [Word],
    /// One for each row.
    shifts: &'a [u8],
    low: i16,
}

impl<'a> Rows<'a> {
    /// Of `outputs` rows for a window of so many numbers. Words and shifts are as many as those need.
    #[inline(always)]
    pub(super) fn new<const WINDOW: usize>(words: &'a [Word], shifts: &'a [u8], low: i16) -> Self {
        debug_assert_eq!(
            words.len(),
            shifts.len() * (1 + WINDOW / 2),
            "a word for each pair and row"
        );
        Self { words, shifts, low }
    }

    /// How many rows there are.
    pub(super) fn outputs(&self) -> usize {
        self.shifts.len()
    }
}

/// What a row of one weight gives.
#[inline(always)]
pub(super) fn product(bias: Word, weights: Word, number: i16, shift: u8) -> i16 {
    let [weight, _] = weights.pair();
    super::saturated((bias.whole() + i32::from(number) * weight) >> (shift & 31))
}

/// The numbers that a row reads, so that two are loaded at once.
#[repr(align(4))]
pub(super) struct Window<const WINDOW: usize>(pub(super) [i16; WINDOW]);

/// Writes zeros to all of a window: of a long one, that is a call that goes by words.
#[inline(always)]
pub(super) fn zeros<const WINDOW: usize>(
    place: &mut MaybeUninit<Window<WINDOW>>,
) -> &mut Window<WINDOW> {
    #[cfg(helium)]
    return assembly::helium::zeros(place);
    #[cfg(not(helium))]
    place.write(Window([0; WINDOW]))
}

/// Writes `max(low, (bias + seed * 2^shift + Σ weight * number) >> shift)`, saturated, for each row, of which there are as
/// many as outputs. No seed is one of zeros; else it has a number for each row. `low` is 0 or -32768.
///
/// The compiler has proven that no sum overflows, whatever the numbers are.
#[inline(always)]
pub(super) fn sums<const WINDOW: usize, const OUTPUTS: usize>(
    rows: Rows<'_>,
    window: &Window<WINDOW>,
    seed: Option<&[i16; OUTPUTS]>,
    outputs: &mut [i16; OUTPUTS],
) {
    let is_rectified = rows.low == 0;
    chosen::sums(rows.words, rows.shifts, window, seed, outputs, is_rectified);
}

/// As [`sums`], of two frames: `windows` are a pair of the first one, of the second, the next pair of the first, and so on; seed and
/// outputs are those of the first frame, then those of the second. No seed is an empty one.
#[inline(always)]
pub(super) fn sums_of_two(rows: Rows<'_>, windows: &[Word], seed: &[i16], outputs: &mut [i16]) {
    #[cfg(dsp)]
    assembly::sums_of_two(rows.words, rows.shifts, windows, seed, outputs, rows.low == 0);
    #[cfg(not(dsp))]
    portable::sums_of_two(rows.words, rows.shifts, windows, seed, outputs, rows.low);
}

/// Writes the outputs of frames whose windows begin `step` numbers from each other in `line`, if there is a kernel that can:
/// with no seed, of any even number of frames. Returns whether it has.
#[inline(always)]
pub(super) fn side_by_side(rows: Rows<'_>, line: &[i16], step: usize, outputs: &mut [i16]) -> bool {
    #[cfg(dsp)]
    return rows.low != 0 && assembly::side_by_side(rows.words, rows.shifts, line, step, outputs);
    #[cfg(not(dsp))]
    {
        let Rows { .. } = rows;
        let _ = (line, step, outputs);
        false
    }
}

/// Copies as many numbers as both have.
#[inline(always)]
pub(super) fn copy(to: &mut [i16], from: &[i16]) {
    #[cfg(dsp)]
    assembly::copy(to, from);
    #[cfg(not(dsp))]
    {
        let count = to.len().min(from.len());
        if let (Some(to), Some(from)) = (to.get_mut(..count), from.get(..count)) {
            to.copy_from_slice(from);
        }
    }
}

/// The same for a frame: of many channels, a copy by the language is a call that goes by bytes.
#[inline(always)]
pub(super) fn copy_frame<const CHANNELS: usize>(to: &mut [i16; CHANNELS], from: &[i16; CHANNELS]) {
    if CHANNELS <= 8 {
        *to = *from;
        return;
    }
    #[cfg(helium)]
    assembly::helium::copy_frame(to, from);
    #[cfg(all(dsp, not(helium)))]
    copy(to, from);
    #[cfg(not(dsp))]
    {
        *to = *from;
    }
}
