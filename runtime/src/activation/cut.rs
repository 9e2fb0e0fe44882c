//! Choices between two numbers: the same results everywhere, in as few instructions as the processor has for them.
//!
//! `FPV5` says that it has one for the larger and one for the smaller of two numbers, which pass over a NaN. Elsewhere
//! these would be calls, and a comparison is better.

/// Whether `x` is 0 or negative, and no NaN.
#[inline(always)]
pub(crate) fn is_not_above_0(x: f32) -> bool {
    // The least number above 0. A comparison with it leaves FPv5 the instruction that selects, which has no condition
    // for one with 0; the others have no use for it.
    const TINY: f32 = f32::from_bits(1);
    if cfg!(all(fpv5, not(helium))) { x < TINY } else { x <= 0.0 }
}

/// `x`, or zero where `x` is not above it. `BITS` says that whole numbers are compared: the Cortex-M7 waits for a comparison of
/// `f32` behind multiply-accumulates, and for its flags.
#[inline(always)]
pub(crate) fn rectified<const BITS: bool>(x: f32) -> f32 {
    // As whole numbers, those from minus infinity to minus zero are the least ones; between them and zero are the NaN with a sign.
    const MINUS_INFINITY: i32 = f32::NEG_INFINITY.to_bits().cast_signed();
    let is_zero =
        if BITS { x.to_bits().cast_signed() <= MINUS_INFINITY } else { is_not_above_0(x) };
    if is_zero { 0.0 } else { x }
}

/// Whether a slope is at most 1, and neither 0, whose product with infinity is NaN, nor NaN. Where it is not known while compiling, a
/// comparison of whole numbers goes beside the arithmetic, and one of `f32` has to wait for it.
#[inline(always)]
fn is_at_most_1(slope: f32) -> bool {
    const ONE: u32 = 1.0_f32.to_bits();
    const MINUS_INFINITY: u32 = f32::NEG_INFINITY.to_bits();
    matches!(slope.to_bits(), 1..=ONE | 0x8000_0001..=MINUS_INFINITY)
}

/// `slope * x` where `x` is negative, else `x`.
#[inline(always)]
pub(super) fn leaky<const FPV5: bool>(x: f32, slope: f32) -> f32 {
    let below = slope * x;
    if is_at_most_1(slope) {
        // The larger of both, which are NaN together.
        if FPV5 {
            below.max(x)
        } else if below > x {
            below
        } else {
            x
        }
    } else if is_not_above_0(x) {
        below
    } else {
        x
    }
}

/// `x` cut off at two numbers.
#[inline(always)]
pub(super) fn between<const FPV5: bool>(x: f32, low: f32, high: f32) -> f32 {
    if FPV5 {
        let inside = x.max(low).min(high);
        if x.is_nan() { x } else { inside }
    } else {
        let x = if x <= low { low } else { x };
        if x > high { high } else { x }
    }
}

/// `magnitude`, which has no sign, with that of `x`.
#[inline(always)]
pub(super) fn signed<const CHOOSES: bool>(magnitude: f32, x: f32) -> f32 {
    const SIGN: u32 = 1 << 31;
    if !CHOOSES {
        f32::from_bits(magnitude.to_bits() | x.to_bits() & SIGN)
    } else if x.is_sign_negative() {
        -magnitude
    } else {
        magnitude
    }
}
