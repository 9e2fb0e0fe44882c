//! Fine sums as numbers of 16 bits, eight at a time.

use core::arch::naked_asm;

/// As [`rounded`](super::super::rounded), of as many numbers as both have. Its twin in Rust is `portable::rounded`.
#[inline(always)]
pub(in crate::integer::kernel) fn rounded(sums: &[i32], numbers: &mut [i16]) {
    let count = numbers.len().min(sums.len());
    // SAFETY: the function reads `count` sums and writes as many numbers, which both have. Sums are aligned by their type. The cores
    // whose file this is store words at any address of two bytes. It saves the registers that a callee may not change.
    unsafe { run(numbers.as_mut_ptr(), sums.as_ptr(), count) };
}

/// The whole parts of two sums in one register, the first in its lower half.
macro_rules! two {
    ($one:literal, $other:literal) => {
        concat!(
            "lsl ",
            $other,
            ", ",
            $other,
            ", #8\n",
            "pkhtb ",
            $one,
            ", ",
            $other,
            ", ",
            $one,
            ", asr #8\n",
        )
    };
}

/// `r0`: to, `r1`: from, `r2`: how many.
#[unsafe(naked)]
unsafe extern "C" fn run(to: *mut i16, from: *const i32, count: usize) {
    naked_asm!(
        cpu!(),
        "subs r2, #8",
        "blo 3f",
        "push {{r4, r5, r6, r7, r8, r9}}",
        "2:",
        "ldm r1!, {{r3, r4, r5, r6, r7, r8, r9, r12}}",
        two!("r3", "r4"),
        two!("r5", "r6"),
        two!("r7", "r8"),
        two!("r9", "r12"),
        // Numbers may begin in the middle of a word.
        "str r3, [r0], #16",
        "str r5, [r0, #-12]",
        "str r7, [r0, #-8]",
        "str r9, [r0, #-4]",
        "subs r2, #8",
        "bhs 2b",
        "pop {{r4, r5, r6, r7, r8, r9}}",
        "3:",
        "adds r2, #8",
        "beq 5f",
        "4:",
        "ldr r3, [r1], #4",
        "asr r3, r3, #8",
        "strh r3, [r0], #2",
        "subs r2, #1",
        "bne 4b",
        "5:",
        "bx lr",
    )
}
