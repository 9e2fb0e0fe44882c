//! The products of two windows with the rows of a matrix: a pair of weights is loaded once for two frames.
//!
//! A tile has four rows: eight sums are in `r4` to `r11`, those of the second frame in the odd ones.

use core::arch::naked_asm;

use super::Word;

/// As [`sums_of_two`](super::super::sums_of_two). Its twin in Rust is `portable::sums_of_two`.
#[inline(always)]
pub(in crate::integer::kernel) fn sums_of_two(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    seed: &[i16],
    outputs: &mut [i16],
    is_rectified: bool,
) {
    let (count, pairs) = (shifts.len(), windows.len() / 2);
    let has_seed = seed.len() == 2 * count;
    if count == 0
        || pairs == 0
        || words.len() != count * (1 + pairs)
        || outputs.len() != 2 * count
        || !(has_seed || seed.is_empty())
    {
        return;
    }
    let (windows, _) = windows.split_at(2 * pairs);
    let (ends, middle) = (windows.as_ptr_range(), windows.split_at(pairs % 4 * 2).1.as_ptr());
    let (words, shifts, outputs) = (words.as_ptr(), shifts.as_ptr(), outputs.as_mut_ptr());
    let (start, end, seed) = (ends.start, ends.end, seed.as_ptr());
    // SAFETY: the functions read `count * (1 + pairs)` words, `count` shifts, two words for each pair of the windows and, where
    // there is a seed, `2 * count` numbers of it, and write as many outputs. The lengths are those, as was just compared. From
    // `start` to `middle` there are as many pairs as are left of fours, and from there to `end` fours. Words are aligned to
    // four bytes by their type; halves and bytes need no alignment. Nothing else is written but the stack, and the registers
    // that a callee may not change are saved.
    unsafe {
        match (has_seed, is_rectified) {
            (false, false) => linear(words, start, outputs, end, shifts, count, middle, seed),
            (false, true) => rectified(words, start, outputs, end, shifts, count, middle, seed),
            (true, false) => linear_add(words, start, outputs, end, shifts, count, middle, seed),
            (true, true) => rectified_add(words, start, outputs, end, shifts, count, middle, seed),
        }
    }
}

/// The products of the next pair of both windows with the pairs of four rows, three, two and one.
macro_rules! pair {
    (4) => {
        concat!(
            "ldrd r2, r3, [r1], #8\n",
            pair!(@rows "r4", "r5", "r6", "r7"),
            pair!(@rows "r8", "r9", "r10", "r11"),
        )
    };
    (3) => {
        concat!(
            "ldrd r2, r3, [r1], #8\n",
            pair!(@rows "r4", "r5", "r6", "r7"),
            "ldr r12, [r0], #4\n",
            "smlad r8, r12, r2, r8\n",
            "smlad r9, r12, r3, r9\n",
        )
    };
    (2) => {
        concat!("ldrd r2, r3, [r1], #8\n", pair!(@rows "r4", "r5", "r6", "r7"))
    };
    (1) => {
        concat!(
            "ldr r12, [r0], #4\n",
            "ldrd r2, r3, [r1], #8\n",
            "smlad r4, r12, r2, r4\n",
            "smlad r5, r12, r3, r5\n",
        )
    };
    (@rows $one:literal, $other:literal, $next:literal, $last:literal) => {
        concat!(
            "ldrd r12, lr, [r0], #8\n",
            "smlad ", $one, ", r12, r2, ", $one, "\n",
            "smlad ", $other, ", r12, r3, ", $other, "\n",
            "smlad ", $next, ", lr, r2, ", $next, "\n",
            "smlad ", $last, ", lr, r3, ", $last, "\n",
        )
    };
}

/// The sums of a tile: of single pairs up to the middle, then of four at a time.
macro_rules! sums {
    ($rows:tt) => {
        concat!(
            "ldr r2, [sp, #60]\n",
            "cmp r1, r2\n",
            "beq 4f\n",
            "3:\n",
            pair!($rows),
            "ldr r2, [sp, #60]\n",
            "cmp r1, r2\n",
            "bne 3b\n",
            "4:\n",
            "ldr r2, [sp, #12]\n",
            "cmp r1, r2\n",
            "beq 8f\n",
            "10:\n",
            pair!($rows),
            pair!($rows),
            pair!($rows),
            pair!($rows),
            "ldr r2, [sp, #12]\n",
            "cmp r1, r2\n",
            "bne 10b\n",
            "8:\n",
        )
    };
}

/// Shifts the sums of a row by the lowest byte of `r12`, and brings the next one there.
macro_rules! shift {
    ($one:literal, $two:literal) => {
        concat!(
            "asr ",
            $one,
            ", ",
            $one,
            ", r12\n",
            "asr ",
            $two,
            ", ",
            $two,
            ", r12\n",
            "lsr r12, r12, #8\n",
        )
    };
}

/// Adds the next number of the seed at `r1`, and that at `r3`, to the outputs of a row. They are whole outputs: it is the same
/// as to add them to the sums, before these are shifted.
macro_rules! seed {
    ($one:literal, $two:literal) => {
        concat!(
            "ldrsh r12, [r1], #2\n",
            "ldrsh lr, [r3], #2\n",
            "add ",
            $one,
            ", ",
            $one,
            ", r12\n",
            "add ",
            $two,
            ", ",
            $two,
            ", lr\n",
        )
    };
}

/// Saturates the outputs of a row, and writes them to `r1` and `r2`.
macro_rules! store {
    ($one:literal, $two:literal, $saturate:tt) => {
        concat!(
            saturate!($saturate, $one),
            saturate!($saturate, $two),
            "strh ",
            $one,
            ", [r1], #2\n",
            "strh ",
            $two,
            ", [r2], #2\n",
        )
    };
}

/// Saturates a register to 16 bits, or, of a rectifier, to 15 without a sign.
macro_rules! saturate {
    (linear, $sum:literal) => {
        concat!("ssat ", $sum, ", #16, ", $sum, "\n")
    };
    (rectified, $sum:literal) => {
        concat!("usat ", $sum, ", #15, ", $sum, "\n")
    };
}

/// What the sums of a tile of so many rows become.
macro_rules! outputs {
    ($saturate:tt, $add:tt, $(($one:literal, $two:literal)),*) => {
        concat!(
            $(shift!($one, $two),)*
            outputs!(@$add $(($one, $two)),*),
            "ldr r1, [sp, #8]\n",
            "ldr r2, [sp]\n",
            "add r2, r2, r1\n",
            $(store!($one, $two, $saturate),)*
        )
    };
    (@[] $($row:tt),*) => {
        ""
    };
    (@[add] $(($one:literal, $two:literal)),*) => {
        concat!(
            "ldr r1, [sp, #64]\n",
            "ldr r3, [sp]\n",
            "add r3, r3, r1\n",
            $(seed!($one, $two),)*
            "str r1, [sp, #64]\n",
        )
    };
}

/// A function that writes the outputs of all tiles.
///
/// `r0`: words, `r1`: windows, `r2`: outputs, `r3`: the end of the windows. On the stack: shifts, how many rows there are, where
/// the windows have fours of pairs from, and the seed. Behind the first instruction, `[sp]` is for the bytes of a frame of
/// outputs, `[sp, #4]` the windows, `[sp, #8]` the outputs, `[sp, #12]` the end, and what was on the stack starts at 52.
macro_rules! function {
    ($name:ident, $saturate:tt, $add:tt) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name(
            words: *const Word,
            windows: *const Word,
            outputs: *mut i16,
            end: *const Word,
            shifts: *const u8,
            count: usize,
            middle: *const Word,
            seed: *const i16,
        ) {
            naked_asm!(
                cpu!(),
                "push {{r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}}",
                "ldr r12, [sp, #56]",
                "lsl r2, r12, #1",
                "str r2, [sp]",
                "subs r12, #4",
                "blo 5f",
                "2:",
                "str r12, [sp, #56]",
                "ldm r0!, {{r4, r6, r8, r10}}",
                "mov r5, r4",
                "mov r7, r6",
                "mov r9, r8",
                "mov r11, r10",
                sums!(4),
                "ldr r1, [sp, #52]",
                "ldr r12, [r1], #4",
                "str r1, [sp, #52]",
                outputs!($saturate, $add, ("r4", "r5"), ("r6", "r7"), ("r8", "r9"), ("r10", "r11")),
                "str r1, [sp, #8]",
                "ldr r1, [sp, #4]",
                "ldr r12, [sp, #56]",
                "subs r12, #4",
                "bhs 2b",
                "5:",
                "adds r12, #4",
                "beq 9f",
                "cmp r12, #2",
                "beq 7f",
                "bhi 6f",
                // One row.
                "ldr r4, [r0], #4",
                "mov r5, r4",
                sums!(1),
                "ldr r1, [sp, #52]",
                "ldrb r12, [r1]",
                outputs!($saturate, $add, ("r4", "r5")),
                "b 9f",
                // Two rows.
                "7:",
                "ldrd r4, r6, [r0], #8",
                "mov r5, r4",
                "mov r7, r6",
                sums!(2),
                "ldr r1, [sp, #52]",
                "ldrh r12, [r1]",
                outputs!($saturate, $add, ("r4", "r5"), ("r6", "r7")),
                "b 9f",
                // Three rows.
                "6:",
                "ldm r0!, {{r4, r6, r8}}",
                "mov r5, r4",
                "mov r7, r6",
                "mov r9, r8",
                sums!(3),
                "ldr r1, [sp, #52]",
                "ldrb r2, [r1, #2]",
                "ldrh r12, [r1]",
                "orr r12, r12, r2, lsl #16",
                outputs!($saturate, $add, ("r4", "r5"), ("r6", "r7"), ("r8", "r9")),
                "9:",
                "add sp, #16",
                "pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
            )
        }
    };
}

function!(linear, linear, []);
function!(rectified, rectified, []);
function!(linear_add, linear, [add]);
function!(rectified_add, rectified, [add]);
