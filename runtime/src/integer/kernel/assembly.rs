//! The products in assembly, for the cores of Arm: what is the same for all of them.
//!
//! A tile has four rows. For each pair of the window, the pairs of weights of all rows are loaded, multiplied and added. What
//! is left of the rows is a tile of three, two or one. Sums, pointers and weights are in registers, which LLVM would put on
//! the stack. The vectors of a Cortex-M55 (Helium) read the same words.

#![allow(unsafe_code, reason = "instructions that Rust has no name for")]

/// What tells the assembler that it knows `smlad`: of Armv8-M, that is an extension, and it does not see the compiler's
/// `target-cpu`.
#[cfg(all(dsp, armv8m))]
macro_rules! cpu {
    () => {
        ".cpu cortex-m33\n"
    };
}
#[cfg(not(any(armv6m, all(dsp, armv8m))))]
macro_rules! cpu {
    () => {
        ""
    };
}

#[cfg(armv6m)]
mod armv6m;
#[cfg(not(armv6m))]
mod armv7m;
#[cfg(dsp)]
mod copy;
#[cfg(helium)]
pub(super) mod helium;
#[cfg(dsp)]
mod rounded;
#[cfg(not(any(armv6m, helium)))]
pub(super) mod shaped;
#[cfg(dsp)]
mod side_by_side;
#[cfg(all(dsp, not(helium)))]
mod table;
#[cfg(dsp)]
mod three;
#[cfg(dsp)]
mod two;

#[cfg(armv6m)]
use self::armv6m::{add, linear, rectified};
#[cfg(not(armv6m))]
use self::armv7m::{add, linear, rectified};
#[cfg(dsp)]
pub(in crate::integer) use self::copy::{copy, interleave};
#[cfg(helium)]
pub(in crate::integer) use self::helium::replace;
#[cfg(dsp)]
pub(super) use self::rounded::rounded;
#[cfg(dsp)]
pub(in crate::integer) use self::side_by_side::side_by_side;
#[cfg(all(dsp, not(helium)))]
pub(in crate::integer) use self::table::replace;
#[cfg(dsp)]
pub(in crate::integer) use self::three::residual;
#[cfg(dsp)]
pub(super) use self::two::{add_sums_of_two, sums_of_two};
use super::{Window, Word};

/// The functions for one shape each.
#[cfg(helium)]
use self::helium as shapes;
#[cfg(not(any(armv6m, helium)))]
use self::shaped as shapes;

/// As [`sums`](super::sums). Its twin in Rust is `portable::sums`.
#[inline(always)]
pub(super) fn sums<const WINDOW: usize, const OUTPUTS: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &Window<WINDOW>,
    outputs: &mut [i16; OUTPUTS],
    is_rectified: bool,
) {
    if !fits::<WINDOW, OUTPUTS>(words, shifts) {
        return;
    }
    let (words, shifts, window) = (words.as_ptr(), shifts.as_ptr(), &raw const *window);
    let (outputs, pairs) = (outputs.as_mut_ptr(), WINDOW / 2);
    // SAFETY: the functions read `OUTPUTS * (1 + pairs)` words, `OUTPUTS` shifts and `pairs` words of the window, and write as many
    // outputs. The lengths are those, as was just compared or as the types say. Words and window are aligned to four bytes by
    // their types; halves and bytes need no alignment. Nothing else is written but the stack, and the registers that a callee
    // may not change are saved.
    unsafe {
        match is_rectified {
            #[cfg(not(armv6m))]
            false if const { shapes::is_for(WINDOW, OUTPUTS) } => {
                shapes::linear::<WINDOW, OUTPUTS>(words, window.cast(), outputs, shifts);
            }
            #[cfg(not(armv6m))]
            true if const { shapes::is_for(WINDOW, OUTPUTS) } => {
                shapes::rectified::<WINDOW, OUTPUTS>(words, window.cast(), outputs, shifts);
            }
            false => linear(words, window.cast(), outputs, pairs, shifts, OUTPUTS),
            true => rectified(words, window.cast(), outputs, pairs, shifts, OUTPUTS),
        }
    }
}

/// As [`add_sums`](super::add_sums). Its twin in Rust is `portable::add_sums`.
#[inline(always)]
pub(super) fn add_sums<const WINDOW: usize, const OUTPUTS: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &Window<WINDOW>,
    sums: &mut [i32; OUTPUTS],
) {
    if !fits::<WINDOW, OUTPUTS>(words, shifts) {
        return;
    }
    let (words, shifts, window) = (words.as_ptr(), shifts.as_ptr(), &raw const *window);
    let sums = sums.as_mut_ptr();
    // SAFETY: as above; the functions read and write `OUTPUTS` sums, which are aligned by their type.
    unsafe {
        #[cfg(not(armv6m))]
        if const { shapes::is_for(WINDOW, OUTPUTS) } {
            return shapes::add::<WINDOW, OUTPUTS>(words, window.cast(), sums, shifts);
        }
        add(words, window.cast(), sums, WINDOW / 2, shifts, OUTPUTS);
    }
}

/// Whether there are the words and shifts of all rows.
#[inline(always)]
fn fits<const WINDOW: usize, const OUTPUTS: usize>(words: &[Word], shifts: &[u8]) -> bool {
    const {
        assert!(WINDOW >= 2 && WINDOW < 1 << 16 && WINDOW.is_multiple_of(2), "the window is pairs");
        assert!(OUTPUTS >= 1, "there are outputs");
    }
    words.len() == OUTPUTS * (1 + WINDOW / 2) && shifts.len() == OUTPUTS
}
