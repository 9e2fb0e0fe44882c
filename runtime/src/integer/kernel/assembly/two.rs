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
    outputs: &mut [i16],
    is_rectified: bool,
) {
    let function = if is_rectified { rectified } else { linear };
    run(words, shifts, windows, outputs, function);
}

/// As [`add_sums_of_two`](super::super::add_sums_of_two). Its twin in Rust is `portable::add_sums_of_two`.
#[inline(always)]
pub(in crate::integer::kernel) fn add_sums_of_two(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    sums: &mut [i32],
) {
    run(words, shifts, windows, sums, add);
}

/// Words, windows, outputs, the end of the windows, shifts, how many rows there are, and where the windows have fours of pairs from.
type Function<T> = unsafe extern "C" fn(
    *const Word,
    *const Word,
    *mut T,
    *const Word,
    *const u8,
    usize,
    *const Word,
);

#[inline(always)]
fn run<T>(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    outputs: &mut [T],
    function: Function<T>,
) {
    let (count, pairs) = (shifts.len(), windows.len() / 2);
    if count == 0 || pairs == 0 || words.len() != count * (1 + pairs) || outputs.len() != 2 * count
    {
        return;
    }
    let (windows, _) = windows.split_at(2 * pairs);
    let (ends, middle) = (windows.as_ptr_range(), windows.split_at(pairs % 4 * 2).1.as_ptr());
    let (words, shifts, outputs) = (words.as_ptr(), shifts.as_ptr(), outputs.as_mut_ptr());
    let (start, end) = (ends.start, ends.end);
    // SAFETY: the functions read `count * (1 + pairs)` words, `count` shifts and two words for each pair of the windows, and write
    // `2 * count` outputs, which `add` reads too. The lengths are those, as was just compared. From `start` to `middle` there are
    // as many pairs as are left of fours, and from there to `end` fours. Words and sums of 32 bits are aligned to four bytes by
    // their types; halves and bytes need no alignment. Nothing else is written but the stack, and the registers that a callee
    // may not change are saved.
    unsafe { function(words, start, outputs, end, shifts, count, middle) };
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

/// Saturates the outputs of a row, and writes them to `r1` and `r2`.
macro_rules! store {
    // They are added to the fine sums there.
    ($one:literal, $two:literal, add) => {
        concat!(
            "ldr r12, [r1]\n",
            "ldr lr, [r2]\n",
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
            "ssat ",
            $one,
            ", #24, ",
            $one,
            "\n",
            "ssat ",
            $two,
            ", #24, ",
            $two,
            "\n",
            "str ",
            $one,
            ", [r1], #4\n",
            "str ",
            $two,
            ", [r2], #4\n",
        )
    };
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
    ($saturate:tt, $(($one:literal, $two:literal)),*) => {
        concat!(
            $(shift!($one, $two),)*
            "ldr r1, [sp, #8]\n",
            "ldr r2, [sp]\n",
            "add r2, r2, r1\n",
            $(store!($one, $two, $saturate),)*
        )
    };
}

/// A function that writes the outputs of all tiles.
///
/// `r0`: words, `r1`: windows, `r2`: outputs, `r3`: the end of the windows. On the stack: shifts, how many rows there are, and where
/// the windows have fours of pairs from. Behind the first instruction, `[sp]` is for the bytes of a frame of
/// outputs, `[sp, #4]` the windows, `[sp, #8]` the outputs, `[sp, #12]` the end, and what was on the stack starts at 52.
macro_rules! function {
    ($name:ident, $saturate:tt, $output:ty, $shift:literal) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name(
            words: *const Word,
            windows: *const Word,
            outputs: *mut $output,
            end: *const Word,
            shifts: *const u8,
            count: usize,
            middle: *const Word,
        ) {
            naked_asm!(
                cpu!(),
                "push {{r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}}",
                "ldr r12, [sp, #56]",
                concat!("lsl r2, r12, #", $shift),
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
                outputs!($saturate, ("r4", "r5"), ("r6", "r7"), ("r8", "r9"), ("r10", "r11")),
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
                outputs!($saturate, ("r4", "r5")),
                "b 9f",
                // Two rows.
                "7:",
                "ldrd r4, r6, [r0], #8",
                "mov r5, r4",
                "mov r7, r6",
                sums!(2),
                "ldr r1, [sp, #52]",
                "ldrh r12, [r1]",
                outputs!($saturate, ("r4", "r5"), ("r6", "r7")),
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
                outputs!($saturate, ("r4", "r5"), ("r6", "r7"), ("r8", "r9")),
                "9:",
                "add sp, #16",
                "pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
            )
        }
    };
}

function!(linear, linear, i16, "1");
function!(rectified, rectified, i16, "1");
function!(add, add, i32, "2");
