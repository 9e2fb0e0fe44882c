//! A table's outputs: two neighbours are loaded as one word, and what each counts for is multiplied by one instruction.

use core::arch::naked_asm;

/// Replaces numbers by the outputs of a table with steps of `2^shift` inputs. Returns whether it has; its twin is
/// `table::one_by_one`.
#[inline(always)]
pub(in crate::integer) fn replace(values: &[i16], shift: u32, numbers: &mut [i16]) -> bool {
    // A whole step is a number of 16 bits.
    if !(1..=14).contains(&shift) || numbers.is_empty() {
        return false;
    }
    let below = 1 << (15 - shift);
    let Some((_, above)) = values.split_at_checked(below).filter(|(_, above)| above.len() > below)
    else {
        return false;
    };
    let ends = numbers.as_mut_ptr_range();
    // SAFETY: of a number, the function reads two values from `number >> shift` on, counted from that of zero: before that there are
    // `2^(15 - shift)` values, and from there on one more, as was just compared. It reads and writes the numbers between both
    // ends, of which there is one at least. The cores whose file this is load words at any address of two bytes. It saves the
    // registers that a callee may not change.
    unsafe { run(above.as_ptr(), shift, ends.start, ends.end) };
    true
}

/// `r0`: values from that of zero on, `r1`: shift, `r2` to `r3`: the numbers.
#[unsafe(naked)]
unsafe extern "C" fn run(of_zero: *const i16, shift: u32, numbers: *mut i16, end: *mut i16) {
    naked_asm!(
        cpu!(),
        "push {{r4, r5, r6, r7, r8, lr}}",
        // A step, a half of it, and what lies within it.
        "mov r4, #1",
        "lsl r4, r4, r1",
        "lsr r12, r4, #1",
        "sub r5, r4, #1",
        "2:",
        "ldrsh r6, [r2]",
        "asr r7, r6, r1",
        "ldr r7, [r0, r7, lsl #1]",
        "and r6, r6, r5",
        "sub r8, r4, r6",
        "pkhbt r6, r8, r6, lsl #16",
        "smlad r7, r7, r6, r12",
        "asr r7, r7, r1",
        "strh r7, [r2], #2",
        "cmp r2, r3",
        "bne 2b",
        "pop {{r4, r5, r6, r7, r8, pc}}",
    )
}
