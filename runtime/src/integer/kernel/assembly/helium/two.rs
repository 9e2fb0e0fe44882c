//! The products of two windows with tiles of rows.

use core::arch::naked_asm;

use super::Word;

/// As [`sums_of_two`](super::super::super::sums_of_two), if there are only tiles of four rows, a vector of each window at least, and no
/// seed. Returns whether that is so.
#[inline(always)]
pub(in crate::integer::kernel) fn sums_of_two(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    outputs: &mut [i16],
    is_rectified: bool,
) -> bool {
    let (count, pairs) = (shifts.len(), windows.len() / 2);
    if count == 0
        || !count.is_multiple_of(4)
        || pairs < 4
        || words.len() != count * (1 + pairs)
        || outputs.len() != 2 * count
    {
        return false;
    }
    let Some((first, second)) = outputs.split_at_mut_checked(count) else { return false };
    let (first, second) = (first.as_mut_ptr(), second.as_mut_ptr());
    let (words, shifts, windows) = (words.as_ptr(), shifts.as_ptr(), windows.as_ptr());
    let (vectors, left) = (pairs / 4, pairs % 4);
    // SAFETY: the functions read `count * (1 + pairs)` words, `count` shifts and two words for each pair of the windows, and write
    // `count` outputs of each window. The lengths are those, as was just compared: `count` is fours, and there is a vector. Words are
    // aligned to four bytes by their type; halves and bytes need no alignment. Nothing else is written but the stack, and the
    // registers that a callee may not change are saved.
    unsafe {
        if is_rectified {
            rectified(first, second, windows, words, shifts, count, vectors, left);
        } else {
            linear(first, second, windows, words, shifts, count, vectors, left);
        }
    }
    true
}

/// A function that writes the outputs of all tiles. `left` are the pairs behind `vectors` vectors of four.
macro_rules! function {
    ($name:ident, $is_rectified:literal) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name(
            first: *mut i16,
            second: *mut i16,
            windows: *const Word,
            words: *const Word,
            shifts: *const u8,
            count: usize,
            vectors: usize,
            left: usize,
        ) {
            naked_asm!(concat!(".set .LRECTIFIED, ", $is_rectified), include_str!("two.s"))
        }
    };
}

function!(linear, 0);
function!(rectified, 1);
