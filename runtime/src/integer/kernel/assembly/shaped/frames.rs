//! Blocks of frames by functions for one shape each: two frames share the weights that are loaded, and windows are read where they lie.

use core::arch::naked_asm;

use super::super::Word;
use crate::integer::kernel::Rows;

/// Taps, at most.
const MOST_TAPS: usize = 8;

/// Whether the functions are for a shape, without a condition.
pub(in crate::integer) const fn is_for_frames(
    channels: usize,
    window: usize,
    outputs: usize,
) -> bool {
    let taps = window / channels;
    channels.is_multiple_of(2)
        && window == taps * channels
        && window <= 64
        && taps >= 1
        && taps <= MOST_TAPS
        && outputs >= 4
        && outputs <= 64
        && outputs.is_multiple_of(4)
}

/// What the functions read first.
#[repr(C)]
struct Call<T> {
    taps: [*const i16; MOST_TAPS],
    words: *const Word,
    shifts: *const u8,
    outputs: *mut T,
    /// Twos of frames.
    twos: usize,
}

/// Writes the outputs of an even number of frames, of which `under` says where they lie under each tap. Returns whether it has: all is
/// there for a shape that [`is_for_frames`] says. Its twin is `walk::walk`.
#[inline(always)]
pub(in crate::integer) fn sums_of_frames<
    't,
    const CHANNELS: usize,
    const WINDOW: usize,
    const OUTPUTS: usize,
>(
    rows: Rows<'_>,
    under: impl Fn(usize) -> &'t [i16],
    outputs: &mut [[i16; OUTPUTS]],
) -> bool {
    let is_aligned = outputs.as_ptr().addr().is_multiple_of(4);
    let Some(call) = call::<CHANNELS, WINDOW, OUTPUTS, _>(rows, under, outputs) else {
        return false;
    };
    if !is_aligned {
        return false;
    }
    // SAFETY: `call` has compared the lengths of what the functions read and write. Outputs are aligned to four bytes, as was just
    // found, and so are words by their type; halves and bytes need no alignment. Nothing else is written but the stack, and the
    // registers that a callee may not change are saved.
    unsafe {
        if rows.is_rectified {
            rectified::<CHANNELS, WINDOW, OUTPUTS>(&raw const call);
        } else {
            linear::<CHANNELS, WINDOW, OUTPUTS>(&raw const call);
        }
    }
    true
}

/// The same, added to fine sums.
#[inline(always)]
pub(in crate::integer) fn add_sums_of_frames<
    't,
    const CHANNELS: usize,
    const WINDOW: usize,
    const OUTPUTS: usize,
>(
    rows: Rows<'_>,
    under: impl Fn(usize) -> &'t [i16],
    sums: &mut [[i32; OUTPUTS]],
) -> bool {
    let Some(call) = call::<CHANNELS, WINDOW, OUTPUTS, _>(rows, under, sums) else {
        return false;
    };
    // SAFETY: as above; the function reads and writes the sums, which are aligned by their type.
    unsafe { add::<CHANNELS, WINDOW, OUTPUTS>(&raw const call) };
    true
}

/// What a function reads for so many outputs: for each two frames, `OUTPUTS * (1 + WINDOW / 2)` words, `OUTPUTS` shifts, and two frames
/// of `CHANNELS` numbers under each of `WINDOW / CHANNELS` taps. `None` where something is missing.
#[inline(always)]
fn call<'t, const CHANNELS: usize, const WINDOW: usize, const OUTPUTS: usize, T>(
    rows: Rows<'_>,
    under: impl Fn(usize) -> &'t [i16],
    outputs: &mut [[T; OUTPUTS]],
) -> Option<Call<T>> {
    let is_served = const { is_for_frames(CHANNELS, WINDOW, OUTPUTS) };
    let frames = outputs.len();
    let fits = is_served
        && frames >= 2
        && frames.is_multiple_of(2)
        && rows.words.len() == OUTPUTS * (1 + WINDOW / 2)
        && rows.shifts.len() == OUTPUTS;
    if !fits {
        return None;
    }
    let mut taps = [core::ptr::null(); MOST_TAPS];
    for (tap, pointer) in taps.iter_mut().enumerate().take(WINDOW / CHANNELS) {
        let numbers = under(tap);
        if numbers.len() < frames * CHANNELS {
            return None;
        }
        *pointer = numbers.as_ptr();
    }
    let (words, shifts) = (rows.words.as_ptr(), rows.shifts.as_ptr());
    let outputs = outputs.as_mut_ptr().cast();
    Some(Call { taps, words, shifts, outputs, twos: frames / 2 })
}

/// A function that writes the outputs of all twos of frames.
macro_rules! function {
    ($name:ident, $output:ty, $is_rectified:literal, $adds:literal) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name<
            const CHANNELS: usize,
            const WINDOW: usize,
            const OUTPUTS: usize,
        >(
            call: *const Call<$output>,
        ) {
            naked_asm!(
                cpu!(),
                ".set .LCHANNELS, {channels}",
                ".set .LTAPS, {window} / {channels}",
                ".set .LOUTPUTS, {outputs}",
                concat!(".set .LRECTIFIED, ", $is_rectified),
                concat!(".set .LADDS, ", $adds),
                include_str!("frames.s"),
                channels = const CHANNELS,
                window = const WINDOW,
                outputs = const OUTPUTS,
            )
        }
    };
}

function!(linear, i16, 0, 0);
function!(rectified, i16, 1, 0);
function!(add, i32, 0, 1);
