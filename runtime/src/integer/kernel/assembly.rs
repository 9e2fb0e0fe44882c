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
mod side_by_side;
#[cfg(all(dsp, not(helium)))]
mod table;
#[cfg(dsp)]
mod three;
#[cfg(dsp)]
mod two;

#[cfg(armv6m)]
use self::armv6m::{linear, linear_add, rectified, rectified_add};
#[cfg(not(armv6m))]
use self::armv7m::{linear, linear_add, rectified, rectified_add};
#[cfg(dsp)]
pub(in crate::integer) use self::copy::{copy, interleave};
#[cfg(helium)]
pub(in crate::integer) use self::helium::replace;
#[cfg(dsp)]
pub(in crate::integer) use self::side_by_side::side_by_side;
#[cfg(all(dsp, not(helium)))]
pub(in crate::integer) use self::table::replace;
#[cfg(dsp)]
pub(in crate::integer) use self::three::residual;
#[cfg(dsp)]
pub(super) use self::two::sums_of_two;
use super::{Window, Word};

/// As [`sums`](super::sums). Its twin in Rust is `portable::sums`.
#[inline(always)]
pub(super) fn sums<const WINDOW: usize, const OUTPUTS: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &Window<WINDOW>,
    seed: Option<&[i16; OUTPUTS]>,
    outputs: &mut [i16; OUTPUTS],
    is_rectified: bool,
) {
    const {
        assert!(WINDOW >= 2 && WINDOW < 1 << 16 && WINDOW.is_multiple_of(2), "the window is pairs");
        assert!(OUTPUTS >= 1, "there are outputs");
    }
    if words.len() != OUTPUTS * (1 + WINDOW / 2) || shifts.len() != OUTPUTS {
        return;
    }
    let (words, shifts, window) = (words.as_ptr(), shifts.as_ptr(), &raw const *window);
    let (outputs, pairs) = (outputs.as_mut_ptr(), WINDOW / 2);
    // SAFETY: the functions read `OUTPUTS * (1 + pairs)` words, `OUTPUTS` shifts, `pairs` words of the window and, where there
    // is a seed, `OUTPUTS` numbers of it, and write as many outputs. The lengths are those, as was just compared or as the
    // types say. Words and window are aligned to four bytes by their types; halves and bytes need no alignment. Nothing else
    // is written but the stack, and the registers that a callee may not change are saved.
    unsafe {
        match (seed, is_rectified) {
            #[cfg(helium)]
            (None, false) if const { helium::is_for(WINDOW, OUTPUTS) } => {
                helium::linear::<WINDOW, OUTPUTS>(words, window.cast(), outputs, shifts);
            }
            #[cfg(helium)]
            (None, true) if const { helium::is_for(WINDOW, OUTPUTS) } => {
                helium::rectified::<WINDOW, OUTPUTS>(words, window.cast(), outputs, shifts);
            }
            (None, false) => linear(words, window.cast(), outputs, pairs, shifts, OUTPUTS),
            (None, true) => rectified(words, window.cast(), outputs, pairs, shifts, OUTPUTS),
            (Some(seed), false) => {
                linear_add(words, window.cast(), outputs, pairs, shifts, OUTPUTS, seed.as_ptr());
            }
            (Some(seed), true) => {
                rectified_add(words, window.cast(), outputs, pairs, shifts, OUTPUTS, seed.as_ptr());
            }
        }
    }
}
