//! Copies of numbers by vectors.
#![allow(unsafe_code, reason = "assembly is called; the call has its proof")]

use core::arch::naked_asm;

/// Copies as many numbers as both have.
#[inline(always)]
pub(in crate::kernel) fn copy(to: &mut [f32], from: &[f32]) {
    let count = if to.len() < from.len() { to.len() } else { from.len() };
    // SAFETY: both slices have as many numbers, and the function writes those of the first alone, which is borrowed here and
    // nowhere else. It keeps no pointer.
    unsafe { copy_numbers(to.as_mut_ptr(), from.as_ptr(), count) }
}

/// Reads `count` numbers of the second, and writes as many of the first.
///
/// # Safety
///
/// All of them are there.
#[unsafe(naked)]
unsafe extern "C" fn copy_numbers(to: *mut f32, from: *const f32, count: usize) {
    naked_asm!(
        ".cpu cortex-m55",
        "push {{r4, lr}}",
        "lsr r3, r2, #4",
        "wls lr, r3, 62f",
        "61:",
        ".rept 4",
        "vldrw.u32 q0, [r1], #16",
        "vstrw.32 q0, [r0], #16",
        ".endr",
        "le lr, 61b",
        "62: and r2, r2, #15",
        "wlstp.32 lr, r2, 64f",
        "63:",
        "vldrw.u32 q0, [r1], #16",
        "vstrw.32 q0, [r0], #16",
        "letp lr, 63b",
        "64: pop {{r4, pc}}",
    )
}
