//! Copies of numbers that may begin in the middle of a word, eight at a time: a copy by the language takes such words apart.

use core::arch::naked_asm;

use super::Word;

/// Copies as many numbers as both have. Its twin is `copy_from_slice`.
#[inline(always)]
pub(in crate::integer) fn copy(to: &mut [i16], from: &[i16]) {
    let count = to.len().min(from.len());
    // SAFETY: the function reads and writes `count` numbers, which both have, and no slice is written that another one reads. The
    // cores whose file this is load and store words at any address of two bytes.
    unsafe { run(to.as_mut_ptr(), from.as_ptr(), count) };
}

/// `r0`: to, `r1`: from, `r2`: how many.
#[unsafe(naked)]
unsafe extern "C" fn run(to: *mut i16, from: *const i16, count: usize) {
    naked_asm!(
        "subs r2, #8",
        "blo 3f",
        "eor r3, r0, r1",
        "lsls r3, r3, #30",
        "bne 6f",
        // Both begin with a word, or both in the middle of one.
        "lsls r3, r0, #30",
        "beq 7f",
        "ldrh r3, [r1], #2",
        "strh r3, [r0], #2",
        "subs r2, #1",
        "blo 3f",
        "7:",
        "push {{r4, r5}}",
        "2:",
        "ldm r1!, {{r3, r4, r5, r12}}",
        "stm r0!, {{r3, r4, r5, r12}}",
        "subs r2, #8",
        "bhs 2b",
        "pop {{r4, r5}}",
        "3:",
        "adds r2, #8",
        "beq 5f",
        "4:",
        "ldrh r3, [r1], #2",
        "strh r3, [r0], #2",
        "subs r2, #1",
        "bne 4b",
        "5:",
        "bx lr",
        // Where words do not lie alike.
        "6:",
        "ldr r3, [r1], #16",
        "ldr r12, [r1, #-12]",
        "str r3, [r0], #16",
        "str r12, [r0, #-12]",
        "ldr r3, [r1, #-8]",
        "ldr r12, [r1, #-4]",
        "str r3, [r0, #-8]",
        "str r12, [r0, #-4]",
        "subs r2, #8",
        "bhs 6b",
        "b 3b",
    )
}

/// Writes pairs of two frames in turns: one of the first, one of the second. Returns whether it has; its twin is
/// `ring::interleave`.
#[inline(always)]
pub(in crate::integer) fn interleave(windows: &mut [Word], one: &[i16], two: &[i16]) -> bool {
    let pairs = one.len() / 2;
    if pairs == 0 || two.len() / 2 != pairs || windows.len() < 2 * pairs {
        return false;
    }
    // SAFETY: the function reads `pairs` pairs of both, and writes twice as many words: so many there are, as was just compared.
    // Words are aligned by their type. It saves the registers that a callee may not change.
    unsafe { in_turns(windows.as_mut_ptr(), one.as_ptr(), two.as_ptr(), pairs) };
    true
}

/// `r0`: to, `r1` and `r2`: from, `r3`: how many pairs.
#[unsafe(naked)]
unsafe extern "C" fn in_turns(to: *mut Word, one: *const i16, two: *const i16, pairs: usize) {
    naked_asm!(
        "push {{r4, r5, r6, r7, r8, r9, r10, r11}}",
        "orr r12, r1, r2",
        "subs r3, #4",
        "blo 3f",
        "tst r12, #3",
        "bne 6f",
        // Where both are aligned.
        "2:",
        "ldm r1!, {{r4, r6, r8, r10}}",
        "ldm r2!, {{r5, r7, r9, r11}}",
        "stm r0!, {{r4, r5, r6, r7, r8, r9, r10, r11}}",
        "subs r3, #4",
        "bhs 2b",
        "b 3f",
        "6:",
        "ldr r4, [r1], #16",
        "ldr r6, [r1, #-12]",
        "ldr r8, [r1, #-8]",
        "ldr r10, [r1, #-4]",
        "ldr r5, [r2], #16",
        "ldr r7, [r2, #-12]",
        "ldr r9, [r2, #-8]",
        "ldr r11, [r2, #-4]",
        "stm r0!, {{r4, r5, r6, r7, r8, r9, r10, r11}}",
        "subs r3, #4",
        "bhs 6b",
        "3:",
        "adds r3, #4",
        "beq 5f",
        "4:",
        "ldr r4, [r1], #4",
        "ldr r5, [r2], #4",
        "strd r4, r5, [r0], #8",
        "subs r3, #1",
        "bne 4b",
        "5:",
        "pop {{r4, r5, r6, r7, r8, r9, r10, r11}}",
        "bx lr",
    )
}
