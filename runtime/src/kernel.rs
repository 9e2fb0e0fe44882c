//! The arithmetic of convolutions: a small set of primitives, with one implementation for every target and one on
//! CMSIS-DSP.

#[cfg(feature = "cmsis-dsp")]
mod cmsis_dsp;
#[cfg(not(feature = "cmsis-dsp"))]
mod portable;

#[cfg(feature = "cmsis-dsp")]
pub(crate) use cmsis_dsp::{conv, grouped_conv};
#[cfg(not(feature = "cmsis-dsp"))]
pub(crate) use portable::{conv, grouped_conv};

/// Sums of nothing. Minus zero is the neutral element of addition, plus zero is not: with this one the compiler leaves
/// the addition out.
pub(crate) const fn nothing<const OUTPUTS: usize>() -> [f32; OUTPUTS] {
    [-0.0; OUTPUTS]
}

/// Adds `addends` to `sums`.
#[inline(always)]
fn add<const OUTPUTS: usize>(sums: &mut [f32; OUTPUTS], addends: &[f32; OUTPUTS]) {
    for (sum, addend) in sums.iter_mut().zip(addends) {
        *sum += addend;
    }
}
