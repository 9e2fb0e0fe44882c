//! Convolutions whose taps lie side by side, of three outputs at most: the windows of two frames are read where they lie.

use core::arch::naked_asm;

use super::Word;

/// Writes the outputs of as many frames as there is room for, an even number of which begin `step` numbers from each other in
/// `line`, and returns whether it has. There is no rectifier.
pub(in crate::integer) fn side_by_side(
    words: &[Word],
    shifts: &[u8],
    line: &[i16],
    step: usize,
    outputs: &mut [i16],
) -> bool {
    let rows = shifts.len();
    if rows == 0
        || words.len() <= rows
        || outputs.is_empty()
        || !outputs.len().is_multiple_of(2 * rows)
    {
        return false;
    }
    let (pairs, frames) = (words.len() / rows - 1, outputs.len() / rows);
    if words.len() != rows * (1 + pairs) || line.len() < (frames - 1) * step + 2 * pairs {
        return false;
    }
    let mut of_four = [0; 4];
    of_four.iter_mut().zip(shifts).for_each(|(to, from)| *to = *from);
    let (words, end) = (words.as_ptr(), words.as_ptr_range().end);
    let (line, outputs) = (line.as_ptr(), outputs.as_mut_ptr());
    // SAFETY: for each of the frames, the functions read as many pairs of numbers from its beginning on as there are words for each
    // row behind the first, and write an output for each row: so many numbers and outputs there are, as was just compared. They
    // read words up to their end. Words are aligned by their type; the cores whose file this is load words at any address of
    // two bytes. They write nothing else but their stack, and save the registers that a callee may not change.
    unsafe {
        let (twos, shifts, step) = (frames / 2, u32::from_le_bytes(of_four), 2 * step);
        match rows {
            1 => one(words, line, outputs, twos, shifts, step, end),
            2 => two(words, line, outputs, twos, shifts, step, end),
            _ => three(words, line, outputs, twos, shifts, step, end),
        }
    }
    true
}

/// The pairs of a window of each frame, and the products with the words of so many rows.
macro_rules! pair {
    (1) => {
        "ldr r10, [r0], #4\n\
         ldr r3, [r1], #4\n\
         ldr r12, [r2], #4\n\
         smlad r4, r10, r3, r4\n\
         smlad r5, r10, r12, r5\n\
         cmp r0, r11\n"
    };
    (2) => {
        "ldrd r8, r9, [r0], #8\n\
         ldr r3, [r1], #4\n\
         ldr r12, [r2], #4\n\
         smlad r4, r8, r3, r4\n\
         smlad r6, r9, r3, r6\n\
         smlad r5, r8, r12, r5\n\
         smlad r7, r9, r12, r7\n\
         cmp r0, r11\n"
    };
    (3) => {
        "ldm r0!, {{r10, r11, lr}}\n\
         ldr r3, [r1], #4\n\
         ldr r12, [r2], #4\n\
         smlad r4, r10, r3, r4\n\
         smlad r6, r11, r3, r6\n\
         smlad r8, lr, r3, r8\n\
         smlad r5, r10, r12, r5\n\
         smlad r7, r11, r12, r7\n\
         smlad r9, lr, r12, r9\n\
         ldr r3, [sp, #60]\n\
         cmp r0, r3\n"
    };
}

/// What the sums of a row start from.
macro_rules! begin {
    ($one:literal, $two:literal) => {
        concat!("ldr ", $one, ", [r0], #4\n", "mov ", $two, ", ", $one, "\n")
    };
}

/// The outputs of a row.
macro_rules! output {
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
            "ssat ",
            $one,
            ", #16, ",
            $one,
            "\n",
            "ssat ",
            $two,
            ", #16, ",
            $two,
            "\n",
            "strh ",
            $one,
            ", [r1], #2\n",
            "strh ",
            $two,
            ", [r2], #2\n",
        )
    };
}

/// A function of so many rows.
///
/// `r0`: words, `r1`: the line, `r2`: outputs, `r3`: twos of frames. On the stack: the shifts, the bytes from a frame to the next, and the
/// end of the words. Behind the first instruction, what was on the stack starts at 52.
macro_rules! function {
    ($name:ident, $rows:tt, $bytes:literal, $(($one:literal, $two:literal)),*) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name(
            words: *const Word,
            line: *const i16,
            outputs: *mut i16,
            twos: usize,
            shifts: u32,
            step: usize,
            end: *const Word,
        ) {
            naked_asm!(
                cpu!(),
                "push {{r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}}",
                "2:",
                "ldr r2, [sp, #56]",
                "ldrd r0, r1, [sp]",
                "ldr r11, [sp, #60]",
                "add r2, r2, r1",
                $(begin!($one, $two),)*
                "3:",
                pair!($rows),
                "bne 3b",
                "ldr r12, [sp, #52]",
                "ldr r1, [sp, #8]",
                concat!("add r2, r1, #", $bytes),
                $(output!($one, $two),)*
                "ldr r1, [sp, #4]",
                "ldr r3, [sp, #56]",
                "str r2, [sp, #8]",
                "add r1, r1, r3, lsl #1",
                "ldr r3, [sp, #12]",
                "str r1, [sp, #4]",
                "subs r3, #1",
                "str r3, [sp, #12]",
                "bne 2b",
                "add sp, #16",
                "pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
            )
        }
    };
}

function!(one, 1, "2", ("r4", "r5"));
function!(two, 2, "4", ("r4", "r5"), ("r6", "r7"));
function!(three, 3, "6", ("r4", "r5"), ("r6", "r7"), ("r8", "r9"));
