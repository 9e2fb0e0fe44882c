//! Assembly for Cortex-M processors with a floating-point unit. [`portable_elementwise`](crate::kernel::portable_elementwise) computes the
//! same, bit for bit.
#![allow(unsafe_code, reason = "assembly is called; each call has its proof")]

use core::arch::naked_asm;

/// What the functions of two slices write to, read, and how many numbers that is.
type OfTwo = unsafe extern "C" fn(*mut f32, *const f32, *const f32, usize, f32);

/// The same as a function with a result: of more than four numbers, a function of Arm's calling convention writes its result to the
/// address that it has as its first argument.
type IntoResult<const NUMBERS: usize> =
    unsafe extern "C" fn(*const f32, *const f32, usize, f32) -> [f32; NUMBERS];

/// In place of the numbers of `to`, the `function` of these and those of `by`.
#[inline(always)]
fn in_place(function: OfTwo, to: &mut [f32], by: &[f32], factor: f32) {
    let count = if to.len() < by.len() { to.len() } else { by.len() };
    let to = to.as_mut_ptr();
    // SAFETY: both slices have as many numbers, and the function writes those of the first alone, which is borrowed here and
    // nowhere else. It reads a number before it writes it, and keeps no pointer.
    unsafe { function(to, to, by.as_ptr(), count, factor) }
}

/// The `function` of the numbers of two frames, without a copy of one of them.
#[inline(always)]
fn result<const NUMBERS: usize>(
    function: OfTwo,
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
    factor: f32,
) -> [f32; NUMBERS] {
    if NUMBERS <= 4 {
        let mut result = *a;
        in_place(function, &mut result, b, factor);
        return result;
    }
    let function = function as *const ();
    // SAFETY: the function is assembly, which finds the address of its results where the calling convention has that of such a
    // result, and the other arguments behind it. It writes all of the result.
    let function: IntoResult<NUMBERS> = unsafe { core::mem::transmute(function) };
    // SAFETY: both frames have as many numbers, and the function keeps no pointer.
    unsafe { function(a.as_ptr(), b.as_ptr(), NUMBERS, factor) }
}

/// A function of two slices, by an instruction for each two numbers.
macro_rules! zipped {
    ($($name:ident, $of_frames:ident, $assembly:ident, $instruction:literal;)+) => {
        $(
            #[allow(dead_code, reason = "not all have a use")]
            pub(in crate::kernel) fn $name(to: &mut [f32], by: &[f32]) {
                in_place($assembly, to, by, 0.0);
            }

            #[inline(always)]
            pub(in crate::kernel) fn $of_frames<const NUMBERS: usize>(
                a: &[f32; NUMBERS],
                b: &[f32; NUMBERS],
            ) -> [f32; NUMBERS] {
                result($assembly, a, b, 0.0)
            }

            /// Reads `count` numbers of two slices, and writes as many.
            ///
            /// # Safety
            ///
            /// All of them are there.
            #[unsafe(naked)]
            unsafe extern "C" fn $assembly(
                to: *mut f32,
                a: *const f32,
                b: *const f32,
                count: usize,
                unused: f32,
            ) {
                naked_asm!(
                    ".fpu fpv4-sp-d16",
                    ".macro each a, b",
                    concat!($instruction, r" \a, \a, \b"),
                    ".endm",
                    include_str!("elementwise.s"),
                    options(raw)
                )
            }
        )+
    };
}

zipped! {
    add, sum, add_numbers, "vadd.f32";
    multiply, product, multiply_numbers, "vmul.f32";
    subtract, difference, subtract_numbers, "vsub.f32";
}

/// Writes the sums of the numbers of `a` and those of `b` to `to`, as many as all have.
#[inline(always)]
pub(in crate::kernel) fn sum_to(to: &mut [f32], a: &[f32], b: &[f32]) {
    let count = to.len().min(a.len()).min(b.len());
    // SAFETY: all slices have as many numbers, and the function writes those of the first alone, which is borrowed here and nowhere
    // else. It keeps no pointer.
    unsafe { add_numbers(to.as_mut_ptr(), a.as_ptr(), b.as_ptr(), count, 0.0) }
}

#[inline(always)]
pub(in crate::kernel) fn relu(frame: &mut [f32]) {
    // SAFETY: the function reads and writes the numbers of the slice, which is borrowed here and nowhere else. It keeps no pointer.
    unsafe { relu_of(frame.as_mut_ptr(), frame.len()) }
}

/// Reads and writes `count` numbers.
///
/// # Safety
///
/// All of them are there.
#[unsafe(naked)]
unsafe extern "C" fn relu_of(numbers: *mut f32, count: usize) {
    // The assembler of a Cortex-M33 is not told of its DSP instructions.
    #[cfg(all(dsp, not(armv8m)))]
    naked_asm!(
        ".macro prepare",
        // Added to a NaN, it gives no negative number: 0x7fffff.
        "mvn lr, #0xff000000",
        "bic lr, lr, #0x800000",
        ".endm",
        ".macro each a",
        r"qadd r5, \a, lr",
        r"bic \a, \a, r5, asr #31",
        ".endm",
        include_str!("relu.s"),
        options(raw)
    );
    #[cfg(not(all(dsp, not(armv8m))))]
    naked_asm!(
        // As whole numbers, those from minus infinity to minus zero are the ones up to 0xff800000; above these are the NaN with a
        // sign.
        ".macro prepare",
        ".endm",
        ".macro each a",
        r"cmn \a, #0x00800000",
        "it le",
        r"movle \a, #0",
        ".endm",
        include_str!("relu.s"),
        options(raw)
    )
}

#[inline(always)]
pub(in crate::kernel) fn leaky_relu(frame: &mut [f32], slope: f32) {
    // SAFETY: the function reads and writes the numbers of the slice, which is borrowed here and nowhere else. It keeps no pointer.
    unsafe { leaky_relu_of(frame.as_mut_ptr(), frame.len(), slope) }
}

/// Reads and writes `count` numbers.
///
/// # Safety
///
/// All of them are there.
#[unsafe(naked)]
unsafe extern "C" fn leaky_relu_of(numbers: *mut f32, count: usize, slope: f32) {
    naked_asm!(include_str!("leaky_relu.s"), options(raw))
}

#[inline(always)]
pub(in crate::kernel) fn scaled_sum<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
    factor: f32,
) -> [f32; NUMBERS] {
    result(scaled_sum_of_numbers, a, b, factor)
}

/// Reads `count` numbers of two slices, and writes as many.
///
/// # Safety
///
/// All of them are there.
#[unsafe(naked)]
unsafe extern "C" fn scaled_sum_of_numbers(
    to: *mut f32,
    a: *const f32,
    b: *const f32,
    count: usize,
    factor: f32,
) {
    naked_asm!(
        ".fpu fpv4-sp-d16",
        ".macro each a, b",
        r"vmul.f32 \b, \b, s8",
        r"vadd.f32 \a, \a, \b",
        ".endm",
        "vmov.f32 s8, s0",
        include_str!("elementwise.s"),
        options(raw)
    )
}

#[inline(always)]
pub(in crate::kernel) fn copy(to: &mut [f32], from: &[f32]) {
    let count = if to.len() < from.len() { to.len() } else { from.len() };
    // SAFETY: both slices have as many numbers, and the function writes those of the first alone, which is borrowed here and
    // nowhere else. It keeps no pointer.
    unsafe { copy_numbers(to.as_mut_ptr(), from.as_ptr(), count) }
}

#[inline(always)]
pub(in crate::kernel) fn copied<const NUMBERS: usize>(frame: &[f32; NUMBERS]) -> [f32; NUMBERS] {
    if NUMBERS <= 4 {
        return *frame;
    }
    let function = copy_numbers as *const ();
    // SAFETY: as in `result`.
    let function: unsafe extern "C" fn(*const f32, usize) -> [f32; NUMBERS] =
        unsafe { core::mem::transmute(function) };
    // SAFETY: the frame has as many numbers, and the function keeps no pointer.
    unsafe { function(frame.as_ptr(), NUMBERS) }
}

/// Reads `count` numbers of the second, and writes as many of the first.
///
/// # Safety
///
/// All of them are there.
#[unsafe(naked)]
unsafe extern "C" fn copy_numbers(to: *mut f32, from: *const f32, count: usize) {
    naked_asm!(include_str!("copy.s"), options(raw))
}
