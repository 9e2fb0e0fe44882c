//! The products of two windows with tiles of rows.

use core::arch::naked_asm;

use super::super::super::{Rows, Window};
use super::super::Word;

/// Whether [`sums_of_windows`] is for a shape: there are only tiles of four rows, and a window is a vector at least.
pub(in crate::integer) const fn is_for_two(window: usize, outputs: usize) -> bool {
    window >= 8 && window <= 120 && outputs >= 4 && outputs.is_multiple_of(4) && outputs < 500
}

/// As [`sums`](super::super::super::sums) of each of two windows, for a shape that [`is_for_two`] says. Its twin is
/// `portable::sums`.
#[inline(always)]
pub(in crate::integer) fn sums_of_windows<const WINDOW: usize, const OUTPUTS: usize>(
    rows: Rows<'_>,
    windows: &[Window<WINDOW>; 2],
    outputs: &mut [[i16; OUTPUTS]; 2],
) {
    if !fits::<WINDOW, OUTPUTS>(rows) {
        return;
    }
    let (words, shifts) = (rows.words.as_ptr(), rows.shifts.as_ptr());
    let (windows, outputs) = (windows.as_ptr().cast(), outputs.as_mut_ptr().cast());
    // SAFETY: the functions read `OUTPUTS * (1 + WINDOW / 2)` words, `OUTPUTS` shifts and twice `WINDOW` numbers, and write twice
    // `OUTPUTS` numbers. The lengths are those, as was just compared or as the types say: a window is an even count of numbers, so that
    // two lie side by side. Words are aligned to four bytes by their type; halves and bytes need no alignment. Nothing else is written but
    // the stack, and the registers that a callee may not change are saved.
    unsafe {
        if rows.is_rectified {
            rectified::<WINDOW, OUTPUTS>(words, windows, outputs, shifts);
        } else {
            linear::<WINDOW, OUTPUTS>(words, windows, outputs, shifts);
        }
    }
}

/// As [`add_sums`](super::super::super::add_sums) of each of two windows, for a shape that [`is_for_two`] says. Its twin is
/// `portable::add_sums`.
#[inline(always)]
pub(in crate::integer) fn add_sums_of_windows<const WINDOW: usize, const OUTPUTS: usize>(
    rows: Rows<'_>,
    windows: &[Window<WINDOW>; 2],
    sums: &mut [[i32; OUTPUTS]; 2],
) {
    if !fits::<WINDOW, OUTPUTS>(rows) {
        return;
    }
    let (words, shifts) = (rows.words.as_ptr(), rows.shifts.as_ptr());
    let (windows, sums) = (windows.as_ptr().cast(), sums.as_mut_ptr().cast());
    // SAFETY: as above; the function reads and writes twice `OUTPUTS` sums, which are aligned by their type.
    unsafe { add::<WINDOW, OUTPUTS>(words, windows, sums, shifts) };
}

/// Whether the functions are for a shape, and there are the words and shifts of all rows.
#[inline(always)]
fn fits<const WINDOW: usize, const OUTPUTS: usize>(rows: Rows<'_>) -> bool {
    let is_served = const { is_for_two(WINDOW, OUTPUTS) };
    let has_all = rows.words.len() == OUTPUTS * (1 + WINDOW / 2) && rows.shifts.len() == OUTPUTS;
    is_served && has_all
}

/// A function that writes the outputs of both windows.
macro_rules! function {
    ($name:ident, $output:ty, $is_rectified:literal, $adds:literal) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name<const WINDOW: usize, const OUTPUTS: usize>(
            words: *const Word,
            windows: *const i16,
            outputs: *mut $output,
            shifts: *const u8,
        ) {
            naked_asm!(
                ".set .LWINDOW, {window}",
                ".set .LOUTPUTS, {outputs}",
                concat!(".set .LRECTIFIED, ", $is_rectified),
                concat!(".set .LADDS, ", $adds),
                include_str!("two.s"),
                window = const WINDOW,
                outputs = const OUTPUTS,
            )
        }
    };
}

function!(linear, i16, 0, 0);
function!(rectified, i16, 1, 0);
function!(add, i32, 0, 1);
