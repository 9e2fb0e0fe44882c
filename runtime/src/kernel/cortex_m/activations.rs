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

/// The body of an activation: its text, and whether it `saves` the registers that a function of Arm's calling convention has to leave as
/// they are. The names of symbols begin with `.L`, so that they are not in the program, where a tool would take them for addresses.
macro_rules! assembly {
    (tanh, $saves:literal) => {
        naked_asm!(
            concat!(".set .Lsaves, ", $saves),
            ".set .Lmost, 0x4230",
            ".set .Lbelow_nan, 0x3d50",
            include_str!("cut_off.s"),
            include_str!("tangent.s"),
            include_str!("tanh_end.s"),
            include_str!("signs.s"),
            options(raw)
        )
    };
    (sigmoid, $saves:literal) => {
        naked_asm!(
            concat!(".set .Lsaves, ", $saves),
            ".set .Lmost, 0x42b0",
            ".set .Lbelow_nan, 0x3cd0",
            include_str!("cut_off.s"),
            include_str!("halve.s"),
            include_str!("tangent.s"),
            include_str!("sigmoid_end.s"),
            options(raw)
        )
    };
    (fast_tanh, $saves:literal) => {
        naked_asm!(
            concat!(".set .Lsaves, ", $saves),
            include_str!("fast.s"),
            include_str!("signs.s"),
            options(raw)
        )
    };
    (fast_sigmoid, $saves:literal) => {
        naked_asm!(
            concat!(".set .Lsaves, ", $saves),
            include_str!("fast.s"),
            include_str!("fast_sigmoid_end.s"),
            options(raw)
        )
    };
}

/// The functions of slices, and of fours.
macro_rules! activations {
    ($($name:ident, $of_fours:ident;)+) => {
        $(
            #[inline(never)]
            pub(crate) fn $name(
                numbers: &mut [f32],
                constants: &Constants,
                of_one: impl Fn(f32) -> f32,
            ) {
                each(numbers, constants, $of_fours, of_one);
            }

            /// Reads and writes four times as many numbers as there are fours.
            ///
            /// # Safety
            ///
            /// All of them are there, at least four, and the constants.
            #[unsafe(naked)]
            unsafe extern "C" fn $of_fours(
                numbers: *mut f32,
                fours: usize,
                constants: *const Constants,
            ) {
                assembly!($name, 1)
            }
        )+
    };
}

activations! {
    tanh, tanh_of_fours;
    sigmoid, sigmoid_of_fours;
    fast_tanh, fast_tanh_of_fours;
    fast_sigmoid, fast_sigmoid_of_fours;
}

/// The same for assembly that has saved all registers itself.
macro_rules! of_assembly {
    ($($name:ident, $of_fours:ident;)+) => {
        $(
            /// Reads and writes four times as many numbers as there are fours.
            ///
            /// # Safety
            ///
            /// All of them are there, at least four, and the constants. The caller is assembly: all registers but `sp` may change.
            #[unsafe(naked)]
            pub(super) unsafe extern "C" fn $of_fours(
                numbers: *mut f32,
                fours: usize,
                constants: *const Constants,
            ) {
                assembly!($name, 0)
            }
        )+
    };
}

of_assembly! {
    tanh, tanh_of_sums;
    fast_tanh, fast_tanh_of_sums;
}
