//! Activations of four numbers at a time in assembly: the result of one number's arithmetic comes late, and in the meantime there is
//! that of the others. The functions of one number in [`activation`](crate::activation) compute the same, bit for bit.
#![allow(unsafe_code, reason = "assembly is called; each call has its proof")]

use core::arch::naked_asm;

/// What the assembly begins with in its registers.
pub(crate) type Constants = [f32; 8];

/// A function of four numbers at a time.
type OfFours = unsafe extern "C" fn(numbers: *mut f32, fours: usize, constants: *const Constants);

/// The `function` of all numbers. Where a few are left, `of_one` is less work for one or two.
#[inline(always)]
fn each(
    numbers: &mut [f32],
    constants: &Constants,
    function: OfFours,
    of_one: impl Fn(f32) -> f32,
) {
    let (fours, rest) = numbers.as_chunks_mut::<4>();
    if !fours.is_empty() {
        // SAFETY: there are as many fours, and at least one. The function reads the constants, and writes the fours, which are
        // borrowed here and nowhere else. It keeps no pointer.
        unsafe { function(fours.as_mut_ptr().cast(), fours.len(), constants) };
    }
    if cfg!(writes_out) && rest.len() < 3 {
        return super::elementwise::each(rest, of_one);
    }
    if !rest.is_empty() {
        let mut four = [0.0; 4];
        super::elementwise::copy(&mut four, rest);
        // SAFETY: there is one four, which is borrowed here and nowhere else. The function keeps no pointer.
        unsafe { function(four.as_mut_ptr(), 1, constants) };
        super::elementwise::copy(rest, &four);
    }
}

/// The functions of slices, and of fours.
macro_rules! activations {
    ($($name:ident, $assembly:ident, [$($symbol:literal),*], $($file:literal),+;)+) => {
        $(
            #[inline(never)]
            pub(crate) fn $name(
                numbers: &mut [f32],
                constants: &Constants,
                of_one: impl Fn(f32) -> f32,
            ) {
                each(numbers, constants, $assembly, of_one);
            }

            /// Reads and writes four times as many numbers as there are fours.
            ///
            /// # Safety
            ///
            /// All of them are there, at least four, and the constants.
            #[unsafe(naked)]
            unsafe extern "C" fn $assembly(
                numbers: *mut f32,
                fours: usize,
                constants: *const Constants,
            ) {
                naked_asm!($($symbol,)* $(include_str!($file)),+, options(raw))
            }
        )+
    };
}

activations! {
    tanh, tanh_of_fours, [".set most, 0x4230", ".set below_nan, 0x3d50"], "cortex_m/cut_off.s",
        "cortex_m/tangent.s", "cortex_m/tanh_end.s", "cortex_m/signs.s";
    sigmoid, sigmoid_of_fours, [".set most, 0x42b0", ".set below_nan, 0x3cd0"],
        "cortex_m/cut_off.s", "cortex_m/halve.s", "cortex_m/tangent.s", "cortex_m/sigmoid_end.s";
    fast_tanh, fast_tanh_of_fours, [], "cortex_m/fast.s", "cortex_m/signs.s";
    fast_sigmoid, fast_sigmoid_of_fours, [], "cortex_m/fast.s", "cortex_m/fast_sigmoid_end.s";
}
