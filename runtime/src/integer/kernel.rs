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
pub(super) use self::assembly::helium::{add_sums_of_windows, gather, is_for_two, sums_of_windows};
#[cfg(all(dsp, not(helium)))]
pub(super) use self::assembly::shaped::{add_sums_of_frames, is_for_frames, sums_of_frames};
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
pub struct Rows<'a> {
    /// One for each row, and one for each row and pair of the window.
    words: &'a [Word],
    /// One for each row.
    shifts: &'a [u8],
    is_rectified: bool,
}

impl<'a> Rows<'a> {
    /// Of `outputs` rows for a window of so many numbers. Words and shifts are as many as those need.
    #[inline(always)]
    pub(super) fn new<const WINDOW: usize>(
        words: &'a [Word],
        shifts: &'a [u8],
        is_rectified: bool,
    ) -> Self {
        debug_assert_eq!(
            words.len(),
            shifts.len() * (1 + WINDOW / 2),
            "a word for each pair and row"
        );
        Self { words, shifts, is_rectified }
    }

    /// How many rows there are.
    pub(super) fn outputs(&self) -> usize {
        self.shifts.len()
    }
}

/// The shifted sum of a row of one weight, which is a bias, the weight and the shift.
#[inline(always)]
pub(super) fn product((bias, weights, shift): (Word, Word, u8), number: i16) -> i32 {
    let [weight, _] = weights.pair();
    (bias.whole() + i32::from(number) * weight) >> (shift & 31)
}

/// Bits of the fraction of a fine sum.
pub(super) const FRACTION: u32 = 8;
/// One half of a whole.
pub(super) const HALF: i32 = 1 << (FRACTION - 1);

/// The nearest number that a fine sum can be.
#[inline(always)]
pub(super) fn fine(sum: i32) -> i32 {
    sum.clamp(-32_768 << FRACTION, (32_768 << FRACTION) - 1)
}

/// The numbers that a row reads, so that two are loaded at once.
#[repr(align(4))]
pub struct Window<const WINDOW: usize>(pub(super) [i16; WINDOW]);

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

/// Writes `(bias + Σ weight * number) >> shift`, saturated, for each row, of which there are as many as outputs; of rectified
/// ones, no less than 0.
///
/// The compiler has proven that no sum overflows, whatever the numbers are.
#[inline(always)]
pub(super) fn sums<const WINDOW: usize, const OUTPUTS: usize>(
    rows: Rows<'_>,
    window: &Window<WINDOW>,
    outputs: &mut [i16; OUTPUTS],
) {
    chosen::sums(rows.words, rows.shifts, window, outputs, rows.is_rectified);
}

/// Adds the same to fine sums, and saturates these. Rows are not rectified.
#[inline(always)]
pub(super) fn add_sums<const WINDOW: usize, const OUTPUTS: usize>(
    rows: Rows<'_>,
    window: &Window<WINDOW>,
    sums: &mut [i32; OUTPUTS],
) {
    chosen::add_sums(rows.words, rows.shifts, window, sums);
}

/// As [`sums`], of two frames: `windows` are a pair of the first one, of the second, the next pair of the first, and so on;
/// outputs are those of the first frame, then those of the second.
#[inline(always)]
pub(super) fn sums_of_two(rows: Rows<'_>, windows: &[Word], outputs: &mut [i16]) {
    #[cfg(dsp)]
    assembly::sums_of_two(rows.words, rows.shifts, windows, outputs, rows.is_rectified);
    #[cfg(not(dsp))]
    portable::sums_of_two(rows.words, rows.shifts, windows, outputs, rows.is_rectified);
}

/// As [`add_sums`], of two frames.
#[inline(always)]
pub(super) fn add_sums_of_two(rows: Rows<'_>, windows: &[Word], sums: &mut [i32]) {
    #[cfg(dsp)]
    assembly::add_sums_of_two(rows.words, rows.shifts, windows, sums);
    #[cfg(not(dsp))]
    portable::add_sums_of_two(rows.words, rows.shifts, windows, sums);
}

/// Writes the outputs of frames whose windows begin `step` numbers from each other in `line`, if there is a kernel that can:
/// of any even number of frames. Returns whether it has.
#[inline(always)]
pub(super) fn side_by_side(rows: Rows<'_>, line: &[i16], step: usize, outputs: &mut [i16]) -> bool {
    #[cfg(dsp)]
    return !rows.is_rectified
        && assembly::side_by_side(rows.words, rows.shifts, line, step, outputs);
    #[cfg(not(dsp))]
    {
        let Rows { .. } = rows;
        let _ = (line, step, outputs);
        false
    }
}

/// Writes the nearest numbers of 16 bits of fine sums, which are as many.
#[inline(always)]
pub(super) fn rounded(sums: &[i32], numbers: &mut [i16]) {
    #[cfg(dsp)]
    if sums.len() > 4 {
        return assembly::rounded(sums, numbers);
    }
    portable::rounded(sums, numbers);
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
