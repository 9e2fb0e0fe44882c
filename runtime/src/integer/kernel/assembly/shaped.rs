//! Functions for one shape each, on a Cortex-M3 and later: a short window needs no loop.

#[cfg(dsp)]
mod frames;

use core::arch::naked_asm;

#[cfg(dsp)]
pub(in crate::integer) use self::frames::{add_sums_of_frames, is_for_frames, sums_of_frames};
use super::Word;

/// Whether the functions are for a shape: those of long windows would take much flash for little.
pub(super) const fn is_for(window: usize, outputs: usize) -> bool {
    window <= 64 && outputs < 1000
}

/// A function that writes the outputs of all rows. It reads `OUTPUTS * (1 + WINDOW / 2)` words, `WINDOW` numbers of the
/// window and `OUTPUTS` shifts, and writes `OUTPUTS` outputs; where it adds to them, it reads them too.
macro_rules! function {
    ($name:ident, $output:ty, $is_rectified:literal, $adds:literal) => {
        #[unsafe(naked)]
        pub(super) unsafe extern "C" fn $name<const WINDOW: usize, const OUTPUTS: usize>(
            words: *const Word,
            window: *const i16,
            outputs: *mut $output,
            shifts: *const u8,
        ) {
            naked_asm!(
                cpu!(),
                ".set .LWINDOW, {window}",
                ".set .LOUTPUTS, {outputs}",
                ".set .LDSP, {dsp}",
                concat!(".set .LRECTIFIED, ", $is_rectified),
                concat!(".set .LADDS, ", $adds),
                include_str!("shaped/rows.s"),
                window = const WINDOW,
                outputs = const OUTPUTS,
                dsp = const cfg!(dsp) as usize,
            )
        }
    };
}

function!(linear, i16, 0, 0);
function!(rectified, i16, 1, 0);
function!(add, i32, 0, 1);
