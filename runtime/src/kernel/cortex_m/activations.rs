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
        return crate::kernel::elementwise::each(rest, of_one);
    }
    if !rest.is_empty() {
        let mut four = [0.0; 4];
        crate::kernel::elementwise::copy(&mut four, rest);
        // SAFETY: there is one four, which is borrowed here and nowhere else. The function keeps no pointer.
        unsafe { function(four.as_mut_ptr(), 1, constants) };
        crate::kernel::elementwise::copy(rest, &four);
    }
}

/// The functions of slices, and of fours. The names of symbols begin with `.L`, so that they are not in the program, where a tool would
/// take them for addresses.
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
    tanh, tanh_of_fours, [".set .Lmost, 0x4230", ".set .Lbelow_nan, 0x3d50"], "cut_off.s",
        "tangent.s", "tanh_end.s", "signs.s";
    sigmoid, sigmoid_of_fours, [".set .Lmost, 0x42b0", ".set .Lbelow_nan, 0x3cd0"],
        "cut_off.s", "halve.s", "tangent.s", "sigmoid_end.s";
    fast_tanh, fast_tanh_of_fours, [], "fast.s", "signs.s";
    fast_sigmoid, fast_sigmoid_of_fours, [], "fast.s", "fast_sigmoid_end.s";
}
