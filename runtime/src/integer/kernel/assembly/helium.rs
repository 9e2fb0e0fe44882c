//! The vectors of a Cortex-M55 or M85 (Helium): `vmladava` multiplies eight numbers by eight, and adds the products to a register.
//!
//! Of a tile of four rows, `vld40` to `vld43` load four pairs of each row and take the rows apart. Where a window is not vectors
//! of eight numbers, the pairs that are left over are multiplied by `smlad`, or are a vector with zeros.

mod copy;
mod table;
mod two;

use core::arch::naked_asm;

pub(in crate::integer) use self::copy::gather;
pub(in crate::integer::kernel) use self::copy::{copy_frame, zeros};
pub(in crate::integer) use self::table::replace;
pub(in crate::integer) use self::two::{add_sums_of_windows, is_for_two, sums_of_windows};
use super::Word;

/// Whether the functions are for a shape. A tile for a window that is less than a vector is in no loop.
pub(super) const fn is_for(window: usize, outputs: usize) -> bool {
    window < 2048 && (window >= 8 || outputs < 20)
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
                ".set .LWINDOW, {window}",
                ".set .LOUTPUTS, {outputs}",
                concat!(".set .LRECTIFIED, ", $is_rectified),
                concat!(".set .LADDS, ", $adds),
                include_str!("helium/rows.s"),
                window = const WINDOW,
                outputs = const OUTPUTS,
            )
        }
    };
}

function!(linear, i16, 0, 0);
function!(rectified, i16, 1, 0);
function!(add, i32, 0, 1);
