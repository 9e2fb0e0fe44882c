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

/// `slope * x` where `x` is negative, else `x`.
#[inline(always)]
pub(super) fn leaky<const FPV5: bool>(x: f32, slope: f32) -> f32 {
    let below = slope * x;
    // Known when the firmware is compiled. No times minus infinity is NaN, and is not compared.
    if slope <= 1.0 && slope != 0.0 {
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
