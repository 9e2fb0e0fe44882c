//! Thumb of a Cortex-M0, M0+ and M23: a product at a time, of what `sxth` and `asrs` take out of words. The sums are in the
//! registers that only `add` and `mov` can name.

use core::arch::naked_asm;

use super::Word;

/// The products of a pair, whose numbers are in `r5` and `r4`, with the pairs of two rows.
macro_rules! two {
    ($first:literal, $second:literal) => {
        concat!(
            "ldm r0!, {{r6, r7}}\n",
            "sxth r2, r6\n",
            "asrs r6, r6, #16\n",
            "muls r2, r5, r2\n",
            "muls r6, r4, r6\n",
            "add ",
            $first,
            ", r2\n",
            "add ",
            $first,
            ", r6\n",
            "sxth r2, r7\n",
            "asrs r7, r7, #16\n",
            "muls r2, r5, r2\n",
            "muls r7, r4, r7\n",
            "add ",
            $second,
            ", r2\n",
            "add ",
            $second,
            ", r7\n",
        )
    };
}

/// The same with the pair of one row.
macro_rules! one {
    ($sum:literal) => {
        concat!(
            "ldm r0!, {{r6}}\n",
            "sxth r2, r6\n",
            "asrs r6, r6, #16\n",
            "muls r2, r5, r2\n",
            "muls r6, r4, r6\n",
            "add ",
            $sum,
            ", r2\n",
            "add ",
            $sum,
            ", r6\n",
        )
    };
}

/// The products of the next pair of the window with the pairs of four rows, three, two and one.
macro_rules! products {
    ($rows:tt) => {
        concat!(
            "ldm r1!, {{r4}}\n",
            "sxth r5, r4\n",
            "asrs r4, r4, #16\n",
            products!(@rows $rows),
        )
    };
    (@rows 4) => {
        concat!(two!("r8", "r9"), two!("r10", "r11"))
    };
    (@rows 3) => {
        concat!(two!("r8", "r9"), one!("r10"))
    };
    (@rows 2) => {
        two!("r8", "r9")
    };
    (@rows 1) => {
        one!("r8")
    };
}

/// The sums of a tile: two pairs of the window at a time, from the second of them on where their count is odd. `r3` counts
/// twos of pairs; the carry says whether one is left over.
macro_rules! sums {
    ($rows:tt) => {
        concat!(
            "ldr r1, [sp]\n",
            "ldr r3, [sp, #4]\n",
            "adds r3, #1\n",
            "lsrs r3, r3, #1\n",
            // Of an odd count, which is an even one now, the first two are one.
            "bcc 4f\n",
            "3:\n",
            products!($rows),
            "4:\n",
            products!($rows),
            "subs r3, #1\n",
            "bne 3b\n",
        )
    };
}

/// Writes what the sum at a place of a tile becomes: `r6` points to shifts, `r7` to outputs.
macro_rules! output {
    (linear, $sum:literal, $place:literal, $half:literal, $word:literal) => {
        concat!(
            "mov r2, ",
            $sum,
            "\n",
            "ldrb r3, [r6, #",
            $place,
            "]\n",
            "asrs r2, r3\n",
            "sxth r3, r2\n",
            "cmp r3, r2\n",
            "beq 3f\n",
            // 32767 of a number above, -32768 of one below.
            "asrs r2, r2, #31\n",
            "ldr r3, ={full}\n",
            "eors r2, r3\n",
            "3:\n",
            "strh r2, [r7, #",
            $half,
            "]\n",
        )
    };
    // It is added to a fine sum, which is saturated to 24 bits.
    (add, $sum:literal, $place:literal, $half:literal, $word:literal) => {
        concat!(
            "mov r2, ",
            $sum,
            "\n",
            "ldrb r3, [r6, #",
            $place,
            "]\n",
            "asrs r2, r3\n",
            "ldr r3, [r7, #",
            $word,
            "]\n",
            "adds r2, r2, r3\n",
            "lsls r3, r2, #8\n",
            "asrs r3, r3, #8\n",
            "cmp r3, r2\n",
            "beq 3f\n",
            "asrs r2, r2, #31\n",
            "ldr r3, ={full}\n",
            "eors r2, r3\n",
            "3:\n",
            "str r2, [r7, #",
            $word,
            "]\n",
        )
    };
    (rectified, $sum:literal, $place:literal, $half:literal, $word:literal) => {
        concat!(
            "mov r2, ",
            $sum,
            "\n",
            "ldrb r3, [r6, #",
            $place,
            "]\n",
            "asrs r2, r3\n",
            "asrs r3, r2, #31\n",
            "bics r2, r3\n",
            "lsrs r3, r2, #15\n",
            "beq 3f\n",
            "ldr r2, ={full}\n",
            "3:\n",
            "strh r2, [r7, #",
            $half,
            "]\n",
        )
    };
}

/// A function that writes the outputs of all tiles.
///
/// `r0`: words, `r1`: window, `r2`: outputs, `r3`: pairs. On the stack: shifts, and how many outputs there are.
/// Behind the first instructions, `[sp]` is the window, `[sp, #4]` the pairs, `[sp, #8]` the outputs, and what was on the stack
/// starts at 48.
macro_rules! function {
    ($name:ident, $saturate:tt, $output:ty, $bytes:literal, $full:literal) => {
        #[unsafe(naked)]
        pub(super) unsafe extern "C" fn $name(
            words: *const Word,
            window: *const i16,
            outputs: *mut $output,
            pairs: usize,
            shifts: *const u8,
            count: usize,
        ) {
            naked_asm!(
                "push {{r4, r5, r6, r7, lr}}",
                "mov r4, r8",
                "mov r5, r9",
                "mov r6, r10",
                "mov r7, r11",
                "push {{r4, r5, r6, r7}}",
                "sub sp, #12",
                "str r1, [sp]",
                "str r3, [sp, #4]",
                "str r2, [sp, #8]",
                "2:",
                "ldr r4, [sp, #52]",
                "subs r4, #4",
                "bhs 6f",
                "b 5f",
                "6:",
                "str r4, [sp, #52]",
                "ldm r0!, {{r4, r5, r6, r7}}",
                "mov r8, r4",
                "mov r9, r5",
                "mov r10, r6",
                "mov r11, r7",
                sums!(4),
                function!(@outputs $saturate, [4]),
                "adds r6, #4",
                concat!("adds r7, #", $bytes),
                "str r6, [sp, #48]",
                "str r7, [sp, #8]",
                "b 2b",
                "5:",
                "adds r4, #4",
                "bne 5f",
                "b 9f",
                "5:",
                "cmp r4, #2",
                "bhi 6f",
                "beq 7f",
                "b 8f",
                // Three rows.
                "6:",
                "ldm r0!, {{r4, r5, r6}}",
                "mov r8, r4",
                "mov r9, r5",
                "mov r10, r6",
                sums!(3),
                function!(@outputs $saturate, [3]),
                "b 9f",
                // Two rows.
                "7:",
                "ldm r0!, {{r4, r5}}",
                "mov r8, r4",
                "mov r9, r5",
                sums!(2),
                function!(@outputs $saturate, [2]),
                "b 9f",
                // One row.
                "8:",
                "ldm r0!, {{r4}}",
                "mov r8, r4",
                sums!(1),
                function!(@outputs $saturate, [1]),
                "9:",
                "add sp, #12",
                "pop {{r4, r5, r6, r7}}",
                "mov r8, r4",
                "mov r9, r5",
                "mov r10, r6",
                "mov r11, r7",
                "pop {{r4, r5, r6, r7, pc}}",
                ".ltorg",
                full = const $full,
            )
        }
    };
    (@outputs $saturate:tt, $rows:tt) => {
        concat!(
            "ldr r6, [sp, #48]\n",
            "ldr r7, [sp, #8]\n",
            function!(@each $saturate, $rows),
        )
    };
    (@each $saturate:tt, [1]) => {
        output!($saturate, "r8", "0", "0", "0")
    };
    (@each $saturate:tt, [2]) => {
        concat!(output!($saturate, "r8", "0", "0", "0"), output!($saturate, "r9", "1", "2", "4"))
    };
    (@each $saturate:tt, [3]) => {
        concat!(
            output!($saturate, "r8", "0", "0", "0"),
            output!($saturate, "r9", "1", "2", "4"),
            output!($saturate, "r10", "2", "4", "8"),
        )
    };
    (@each $saturate:tt, [4]) => {
        concat!(
            output!($saturate, "r8", "0", "0", "0"),
            output!($saturate, "r9", "1", "2", "4"),
            output!($saturate, "r10", "2", "4", "8"),
            output!($saturate, "r11", "3", "6", "12"),
        )
    };
}

function!(linear, linear, i16, "8", 0x7FFF);
function!(rectified, rectified, i16, "8", 0x7FFF);
function!(add, add, i32, "16", 0x7F_FFFF);
