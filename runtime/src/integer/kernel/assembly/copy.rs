//! Copies of numbers that may begin in the middle of a word, eight at a time: a copy by the language takes such words apart.

use core::arch::naked_asm;

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
        "2:",
        "ldr r3, [r1]",
        "ldr r12, [r1, #4]",
        "str r3, [r0]",
        "str r12, [r0, #4]",
        "ldr r3, [r1, #8]",
        "ldr r12, [r1, #12]",
        "str r3, [r0, #8]",
        "str r12, [r0, #12]",
        "adds r0, #16",
        "adds r1, #16",
        "subs r2, #8",
        "bhs 2b",
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
    )
}
