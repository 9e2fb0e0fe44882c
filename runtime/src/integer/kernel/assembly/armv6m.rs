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

/// Writes what a sum becomes: `r6` points to shifts, `r7` to outputs.
macro_rules! output {
    (linear, $sum:literal, $place:literal, $half:literal) => {
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
    (rectified, $sum:literal, $place:literal, $half:literal) => {
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

/// Adds a number of the seed at `r6`, shifted, to a sum; `r7` points to shifts.
macro_rules! seed {
    ($sum:literal, $place:literal, $half:literal) => {
        concat!(
            "movs r3, #",
            $half,
            "\n",
            "ldrsh r2, [r6, r3]\n",
            "ldrb r3, [r7, #",
            $place,
            "]\n",
            "lsls r2, r3\n",
            "add ",
            $sum,
            ", r2\n",
        )
    };
}

/// A function that writes the outputs of all tiles.
///
/// `r0`: words, `r1`: window, `r2`: outputs, `r3`: pairs. On the stack: shifts, how many outputs there are, and the seed.
/// Behind the first instructions, `[sp]` is the window, `[sp, #4]` the pairs, `[sp, #8]` the outputs, and what was on the stack
/// starts at 48.
macro_rules! function {
    ($name:ident, $saturate:tt, [$($seed:ident)?]) => {
        #[unsafe(naked)]
        pub(super) unsafe extern "C" fn $name(
            words: *const Word,
            window: *const i16,
            outputs: *mut i16,
            pairs: usize,
            shifts: *const u8,
            count: usize,
            $($seed: *const i16,)?
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
                $(function!(@seed $seed, [4]),)?
                sums!(4),
                function!(@outputs $saturate, [4]),
                "adds r6, #4",
                "adds r7, #8",
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
                $(function!(@seed $seed, [3]),)?
                sums!(3),
                function!(@outputs $saturate, [3]),
                "b 9f",
                // Two rows.
                "7:",
                "ldm r0!, {{r4, r5}}",
                "mov r8, r4",
                "mov r9, r5",
                $(function!(@seed $seed, [2]),)?
                sums!(2),
                function!(@outputs $saturate, [2]),
                "b 9f",
                // One row.
                "8:",
                "ldm r0!, {{r4}}",
                "mov r8, r4",
                $(function!(@seed $seed, [1]),)?
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
                full = const 32767,
            )
        }
    };
    (@seed $seed:ident, $rows:tt) => {
        concat!(
            "ldr r6, [sp, #56]\n",
            "ldr r7, [sp, #48]\n",
            function!(@seeds $rows),
        )
    };
    (@seeds [1]) => {
        seed!("r8", "0", "0")
    };
    (@seeds [2]) => {
        concat!(seed!("r8", "0", "0"), seed!("r9", "1", "2"))
    };
    (@seeds [3]) => {
        concat!(seed!("r8", "0", "0"), seed!("r9", "1", "2"), seed!("r10", "2", "4"))
    };
    (@seeds [4]) => {
        concat!(
            seed!("r8", "0", "0"),
            seed!("r9", "1", "2"),
            seed!("r10", "2", "4"),
            seed!("r11", "3", "6"),
            "adds r6, #8\n",
            "str r6, [sp, #56]\n",
        )
    };
    (@outputs $saturate:tt, $rows:tt) => {
        concat!(
            "ldr r6, [sp, #48]\n",
            "ldr r7, [sp, #8]\n",
            function!(@each $saturate, $rows),
        )
    };
    (@each $saturate:tt, [1]) => {
        output!($saturate, "r8", "0", "0")
    };
    (@each $saturate:tt, [2]) => {
        concat!(output!($saturate, "r8", "0", "0"), output!($saturate, "r9", "1", "2"))
    };
    (@each $saturate:tt, [3]) => {
        concat!(
            output!($saturate, "r8", "0", "0"),
            output!($saturate, "r9", "1", "2"),
            output!($saturate, "r10", "2", "4"),
        )
    };
    (@each $saturate:tt, [4]) => {
        concat!(
            output!($saturate, "r8", "0", "0"),
            output!($saturate, "r9", "1", "2"),
            output!($saturate, "r10", "2", "4"),
            output!($saturate, "r11", "3", "6"),
        )
    };
}

function!(linear, linear, []);
function!(rectified, rectified, []);
function!(linear_add, linear, [seed]);
function!(rectified_add, rectified, [seed]);
