//! The products of two windows with tiles of rows.

use core::arch::naked_asm;

use super::super::super::{Rows, Window};
use super::super::Word;

/// Whether [`sums_of_windows`] is for a shape: there are only tiles of four rows, and a window is a vector at least.
pub(in crate::integer) const fn is_for_two(window: usize, outputs: usize) -> bool {
    window >= 8 && window <= 120 && outputs >= 4 && outputs.is_multiple_of(4) && outputs < 500
}

/// As [`sums`](super::super::super::sums) of each of two windows, without a seed, for a shape that [`is_for_two`] says.
/// Its twin is `portable::sums`.
#[inline(always)]
pub(in crate::integer) fn sums_of_windows<const WINDOW: usize, const OUTPUTS: usize>(
    rows: Rows<'_>,
    windows: &[Window<WINDOW>; 2],
    outputs: &mut [[i16; OUTPUTS]; 2],
) {
    let Rows { words, shifts, low } = rows;
    if !const { is_for_two(WINDOW, OUTPUTS) }
        || words.len() != OUTPUTS * (1 + WINDOW / 2)
        || shifts.len() != OUTPUTS
    {
        return;
    }
    let (words, shifts) = (words.as_ptr(), shifts.as_ptr());
    let (windows, outputs) = (windows.as_ptr().cast(), outputs.as_mut_ptr().cast());
    // SAFETY: the functions read `OUTPUTS * (1 + WINDOW / 2)` words, `OUTPUTS` shifts and twice `WINDOW` numbers, and write twice
    // `OUTPUTS` numbers. The lengths are those, as was just compared or as the types say: a window is an even count of numbers, so that
    // two lie side by side. Words are aligned to four bytes by their type; halves and bytes need no alignment. Nothing else is written but
    // the stack, and the registers that a callee may not change are saved.
    unsafe {
        if low == 0 {
            rectified::<WINDOW, OUTPUTS>(words, windows, outputs, shifts);
        } else {
            linear::<WINDOW, OUTPUTS>(words, windows, outputs, shifts);
        }
    }
}

/// A function that writes the outputs of both windows.
macro_rules! function {
    ($name:ident, $is_rectified:literal) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name<const WINDOW: usize, const OUTPUTS: usize>(
            words: *const Word,
            windows: *const i16,
            outputs: *mut i16,
            shifts: *const u8,
        ) {
            naked_asm!(
                ".set .LWINDOW, {window}",
                ".set .LOUTPUTS, {outputs}",
                concat!(".set .LRECTIFIED, ", $is_rectified),
                include_str!("two.s"),
                window = const WINDOW,
                outputs = const OUTPUTS,
            )
        }
    };
}

function!(linear, 0);
function!(rectified, 1);
