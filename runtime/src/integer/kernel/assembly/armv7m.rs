//! Thumb-2: `smlad`, which multiplies two pairs and adds both products, on a Cortex-M4, M7, M33 and later; a product at a time on
//! a Cortex-M3.

use core::arch::naked_asm;

use super::Word;

/// The products of a pair of the window, in a register, with the pairs of four rows, three, two and one.
#[cfg(dsp)]
macro_rules! products {
    (4, $x:literal) => {
        concat!(
            "ldm r0!, {{r8, r9, r10, r11}}\n",
            "smlad r4, r8, ",
            $x,
            ", r4\n",
            "smlad r5, r9, ",
            $x,
            ", r5\n",
            "smlad r6, r10, ",
            $x,
            ", r6\n",
            "smlad r7, r11, ",
            $x,
            ", r7\n",
        )
    };
    (3, $x:literal) => {
        concat!(
            "ldm r0!, {{r8, r9, r10}}\n",
            "smlad r4, r8, ",
            $x,
            ", r4\n",
            "smlad r5, r9, ",
            $x,
            ", r5\n",
            "smlad r6, r10, ",
            $x,
            ", r6\n",
        )
    };
    (2, $x:literal) => {
        concat!(
            "ldrd r8, r9, [r0], #8\n",
            "smlad r4, r8, ",
            $x,
            ", r4\n",
            "smlad r5, r9, ",
            $x,
            ", r5\n",
        )
    };
    (1, $x:literal) => {
        concat!("ldr r8, [r0], #4\n", "smlad r4, r8, ", $x, ", r4\n")
    };
}

/// The products of the next pair of the window with the pairs of four rows, three, two and one.
#[cfg(not(dsp))]
macro_rules! products {
    (4) => {
        concat!(
            "ldrsh r12, [r1], #2\n",
            "ldrsh lr, [r1], #2\n",
            products!(@row "r4"),
            products!(@row "r5"),
            products!(@row "r6"),
            products!(@row "r7"),
        )
    };
    (3) => {
        concat!(
            "ldrsh r12, [r1], #2\n",
            "ldrsh lr, [r1], #2\n",
            products!(@row "r4"),
            products!(@row "r5"),
            products!(@row "r6"),
        )
    };
    (2) => {
        concat!(
            "ldrsh r12, [r1], #2\n",
            "ldrsh lr, [r1], #2\n",
            products!(@row "r4"),
            products!(@row "r5"),
        )
    };
    (1) => {
        concat!(
            "ldrsh r12, [r1], #2\n",
            "ldrsh lr, [r1], #2\n",
            products!(@row "r4"),
        )
    };
    (@row $sum:literal) => {
        concat!(
            "ldrsh r8, [r0], #2\n",
            "ldrsh r9, [r0], #2\n",
            "mla ", $sum, ", r8, r12, ", $sum, "\n",
            "mla ", $sum, ", r9, lr, ", $sum, "\n",
        )
    };
}

/// The sums of a tile: of one pair where their count is odd, and of two at a time. `r3` counts them.
#[cfg(dsp)]
macro_rules! sums {
    ($rows:tt) => {
        concat!(
            "lsrs r3, r3, #1\n",
            "bcc 3f\n",
            "ldr r12, [r1], #4\n",
            products!($rows, "r12"),
            "cbz r3, 4f\n",
            "3:\n",
            "ldrd r12, lr, [r1], #8\n",
            products!($rows, "r12"),
            products!($rows, "lr"),
            "subs r3, #1\n",
            "bne 3b\n",
            "4:\n",
        )
    };
}

/// The same where a pair is loaded with its products: where their count is odd, the first two are one.
#[cfg(not(dsp))]
macro_rules! sums {
    ($rows:tt) => {
        concat!(
            "adds r3, #1\n",
            "lsrs r3, r3, #1\n",
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

/// Saturates a register to 16 bits, or, of a rectifier, to 15 without a sign.
macro_rules! saturate {
    (linear, $sum:literal) => {
        concat!("ssat ", $sum, ", #16, ", $sum, "\n")
    };
    (rectified, $sum:literal) => {
        concat!("usat ", $sum, ", #15, ", $sum, "\n")
    };
}

/// What the sum in a register becomes, shifted by the lowest byte of `r9`, and the next byte there.
macro_rules! output {
    ($sum:literal, $saturate:tt) => {
        concat!(
            "asr ",
            $sum,
            ", ",
            $sum,
            ", r9\n",
            "lsr r9, r9, #8\n",
            saturate!($saturate, $sum),
            "strh ",
            $sum,
            ", [r2], #2\n",
        )
    };
}

/// Adds the sums of a tile, shifted, to the fine sums at `r2`, and saturates these to 24 bits.
macro_rules! add {
    (@one $sum:tt, $fine:tt) => {
        concat!(
            "asr ",
            $sum,
            ", ",
            $sum,
            ", r9\n",
            "lsr r9, r9, #8\n",
            "add ",
            $sum,
            ", ",
            $sum,
            ", ",
            $fine,
            "\n",
            "ssat ",
            $sum,
            ", #24, ",
            $sum,
            "\n",
        )
    };
    ("r4", "r5", "r6", "r7") => {
        concat!(
            "ldm r2, {{r8, r10, r11, r12}}\n",
            add!(@one "r4", "r8"),
            add!(@one "r5", "r10"),
            add!(@one "r6", "r11"),
            add!(@one "r7", "r12"),
            "stm r2!, {{r4, r5, r6, r7}}\n",
        )
    };
    ($($sum:tt),*) => {
        concat!(
            $(
                "ldr r8, [r2]\n",
                add!(@one $sum, "r8"),
                "str ",
                $sum,
                ", [r2], #4\n",
            )*
        )
    };
}

/// What the sums of a tile become.
macro_rules! outputs {
    (add, $($sum:tt),*) => {
        add!($($sum),*)
    };
    ($saturate:tt, $($sum:tt),*) => {
        concat!($(output!($sum, $saturate),)*)
    };
}

/// A function that writes the outputs of all tiles.
///
/// `r0`: words, `r1`: window, `r2`: outputs, `r3`: pairs. On the stack: shifts, and how many outputs there are.
/// Behind the first instruction, `[sp]` is the window, `[sp, #4]` the pairs, and what was on the stack starts at 44.
macro_rules! function {
    ($name:ident, $saturate:tt, $output:ty) => {
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
                cpu!(),
                "push {{r1, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}}",
                "ldr r12, [sp, #48]",
                "subs r12, #4",
                "blo 5f",
                "2:",
                "str r12, [sp, #48]",
                "ldm r0!, {{r4, r5, r6, r7}}",
                sums!(4),
                "ldr r8, [sp, #44]",
                "ldr r9, [r8], #4",
                "str r8, [sp, #44]",
                outputs!($saturate, "r4", "r5", "r6", "r7"),
                "ldrd r1, r3, [sp]",
                "ldr r12, [sp, #48]",
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
                sums!(1),
                "ldr r8, [sp, #44]",
                "ldrb r9, [r8]",
                outputs!($saturate, "r4"),
                "pop {{r1, r3, r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
                // Two rows.
                "7:",
                "ldrd r4, r5, [r0], #8",
                sums!(2),
                "ldr r8, [sp, #44]",
                "ldrh r9, [r8]",
                outputs!($saturate, "r4", "r5"),
                "pop {{r1, r3, r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
                // Three rows.
                "6:",
                "ldm r0!, {{r4, r5, r6}}",
                sums!(3),
                "ldr r8, [sp, #44]",
                "ldrh r9, [r8]",
                "ldrb r8, [r8, #2]",
                "orr r9, r9, r8, lsl #16",
                outputs!($saturate, "r4", "r5", "r6"),
                "9:",
                "pop {{r1, r3, r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
            )
        }
    };
}

function!(linear, linear, i16);
function!(rectified, rectified, i16);
function!(add, add, i32);
