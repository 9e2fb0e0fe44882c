//! A table's outputs, four at a time: both neighbours of an input are gathered.

use core::arch::naked_asm;

/// Replaces numbers by the outputs of a table with steps of `2^shift` inputs. Returns whether it has; its twin is
/// `table::one_by_one`.
#[inline(always)]
pub(in crate::integer) fn replace(values: &[i16], shift: u32, numbers: &mut [i16]) -> bool {
    if !(1..=15).contains(&shift) {
        return false;
    }
    let below = 1 << (15 - shift);
    let Some((_, above)) = values.split_at_checked(below).filter(|(_, above)| above.len() > below)
    else {
        return false;
    };
    // SAFETY: of a number, the function reads two values from `number >> shift` on, counted from that of zero: before that there are
    // `2^(15 - shift)` values, and from there on one more, as was just compared. It reads and writes as many numbers as there are.
    // Halves need no alignment. It saves the registers that a callee may not change.
    unsafe { run(above.as_ptr(), shift, numbers.as_mut_ptr(), numbers.len()) };
    true
}

/// `r0`: values from that of zero on, `r1`: shift, `r2`: the numbers, `r3`: how many.
#[unsafe(naked)]
unsafe extern "C" fn run(of_zero: *const i16, shift: u32, numbers: *mut i16, count: usize) {
    naked_asm!(
        ".cpu cortex-m55",
        "push {{r4, lr}}",
        "vpush {{d8-d11}}",
        // A half of a step, what lies within a step, and the shift to the right.
        "movs r4, #1",
        "lsls r4, r1",
        "subs r12, r4, #1",
        "lsrs r4, r4, #1",
        "vdup.32 q5, r12",
        "rsbs r1, r1, #0",
        "vdup.32 q4, r1",
        "adds r1, r0, #2",
        "wlstp.32 lr, r3, 3f",
        "2:",
        "vldrh.s32 q0, [r2]",
        "vshl.s32 q1, q0, q4",
        "vand q0, q0, q5",
        "vldrh.s32 q2, [r0, q1, uxtw #1]",
        "vldrh.s32 q3, [r1, q1, uxtw #1]",
        "vsub.i32 q3, q3, q2",
        "vmlas.u32 q3, q0, r4",
        "vshl.s32 q3, q3, q4",
        "vadd.i32 q3, q3, q2",
        "vstrh.32 q3, [r2], #8",
        "letp lr, 2b",
        "3:",
        "vpop {{d8-d11}}",
        "pop {{r4, pc}}",
    )
}
