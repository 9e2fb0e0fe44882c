//! Copies by vectors: where frames have many channels, a copy by the language is a call.

use core::arch::{asm, naked_asm};
use core::mem::MaybeUninit;

use super::super::super::Window;

/// Copies a frame of more than eight channels.
#[inline(always)]
pub(in crate::integer::kernel) fn copy_frame<const CHANNELS: usize>(
    to: &mut [i16; CHANNELS],
    from: &[i16; CHANNELS],
) {
    let (to_vectors, _) = to.as_chunks_mut::<8>();
    let (from_vectors, _) = from.as_chunks::<8>();
    to_vectors.iter_mut().zip(from_vectors).for_each(|(to, from)| copy_vector(to, from));
    if !CHANNELS.is_multiple_of(8)
        && let (Some(to), Some(from)) = (to.last_chunk_mut(), from.last_chunk())
    {
        copy_vector(to, from);
    }
}

#[inline(always)]
fn copy_vector(to: &mut [i16; 8], from: &[i16; 8]) {
    // SAFETY: it reads and writes eight numbers, which both have, and tells that it changes `q0`. Halves need no alignment.
    unsafe {
        asm!(
            "vldrh.u16 q0, [{from}]",
            "vstrh.16 q0, [{to}]",
            from = in(reg) from.as_ptr(),
            to = in(reg) to.as_mut_ptr(),
            out("d0") _,
            out("d1") _,
            options(nostack, preserves_flags),
        );
    }
}

/// A window of zeros.
#[inline(always)]
pub(in crate::integer::kernel) fn zeros<const WINDOW: usize>(
    place: &mut MaybeUninit<Window<WINDOW>>,
) -> &mut Window<WINDOW> {
    if WINDOW <= 16 {
        return place.write(Window([0; WINDOW]));
    }
    // SAFETY: the function writes `WINDOW` numbers, which are eight at least and all that a window has. It changes nothing else but
    // registers that a callee may change.
    unsafe {
        clear::<WINDOW>(place.as_mut_ptr().cast());
        place.assume_init_mut()
    }
}

/// `r0`: numbers, at least eight.
#[unsafe(naked)]
unsafe extern "C" fn clear<const WINDOW: usize>(numbers: *mut i16) {
    naked_asm!(
        ".cpu cortex-m55",
        "vmov.i32 q0, #0",
        ".rept {window} / 8",
        "vstrh.16 q0, [r0], #16",
        ".endr",
        ".if {window} % 8 > 0",
        "vstrh.16 q0, [r0, #{window} % 8 * 2 - 16]",
        ".endif",
        "bx lr",
        window = const WINDOW,
    )
}

/// Its twin is `history::one_by_one`. Returns whether it has: whether the first place is in the ring, and no step longer than that.
#[inline(always)]
pub(in crate::integer) fn gather<const CHANNELS: usize>(
    frames: &[[i16; CHANNELS]],
    place: usize,
    dilation: usize,
    window: &mut [[i16; CHANNELS]],
) -> bool {
    if window.is_empty() || dilation > frames.len() {
        return false;
    }
    let Some(first) = frames.get(place) else { return false };
    let bytes = size_of::<[i16; CHANNELS]>();
    let end = frames.as_ptr_range().end;
    // SAFETY: the function reads a frame for each of the window and writes that. The first place is in the ring, and so is the next: it
    // is at most as far from there as the ring is long, and goes back by that where it would be at the end or behind. It changes
    // nothing else but its stack, and saves the registers that a callee may not change.
    unsafe {
        run::<CHANNELS>(
            window.as_mut_ptr().cast(),
            first.as_ptr(),
            dilation * bytes,
            end.cast(),
            window.len(),
            size_of_val(frames),
        );
    }
    true
}

/// `r0`: the window, `r1`: the first place, `r2`: bytes from a place to the next, `r3`: the end of the ring. On the stack: frames, and
/// the ring's bytes. Behind the first instruction, that is at 16.
#[unsafe(naked)]
unsafe extern "C" fn run<const CHANNELS: usize>(
    window: *mut i16,
    place: *const i16,
    step: usize,
    end: *const i16,
    count: usize,
    bytes: usize,
) {
    naked_asm!(
        ".cpu cortex-m55",
        "push {{r4, r5, r6, lr}}",
        "ldrd r4, r5, [sp, #16]",
        "dls lr, r4",
        "2:",
        ".set .LPLACE, 0",
        ".if {channels} >= 8",
        "mov r12, r1",
        ".rept {channels} / 8",
        "vldrh.u16 q0, [r12], #16",
        "vstrh.16 q0, [r0], #16",
        ".endr",
        ".if {channels} % 8 > 0",
        "vldrh.u16 q0, [r12, #{channels} % 8 * 2 - 16]",
        "vstrh.16 q0, [r0, #{channels} % 8 * 2 - 16]",
        "add r0, #{channels} % 8 * 2",
        ".endif",
        ".else",
        ".rept {channels} / 2",
        "ldr r6, [r1, #.LPLACE]",
        "str r6, [r0], #4",
        ".set .LPLACE, .LPLACE + 4",
        ".endr",
        ".if {channels} % 2 > 0",
        "ldrh r6, [r1, #.LPLACE]",
        "strh r6, [r0], #2",
        ".endif",
        ".endif",
        "add r1, r2",
        "cmp r1, r3",
        "it hs",
        "subhs r1, r5",
        "le lr, 2b",
        "pop {{r4, r5, r6, pc}}",
        channels = const CHANNELS,
    )
}
