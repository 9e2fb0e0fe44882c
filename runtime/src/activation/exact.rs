//! The functions behind the activations, by f32's `+`, `-`, `*`, `/` and its bits alone: the same bits on every machine.
//! Neither a branch nor a loop, so that the time is the same for every `x`, and a frame of them fits vectors. All are
//! monotonic, and NaN passes. `fit/activations.py` makes the coefficients.
//!
//! Sources: the ranges are reduced, and `2ⁿ` is put together from its bits, as in J.-M. Muller, "Elementary Functions";
//! the polynomials are Remez' minimax ones; [`tangent`] rests on the addition theorem of the hyperbolic tangent.

use core::f32::consts::{LN_2, LOG2_E};

/// A number `n` from -127 to 127 added to it is rounded to a whole one, whose lowest bits are the exponent of `2ⁿ`.
const ROUNDING: f32 = 12_582_912.0 + 127.0;

/// Four ulp below 2 / ln(2), which is as good, and puts the end of `n` = 0 where the two roundings agree.
const STEPS: f32 = 2.885_389;

/// The polynomial of [`tangent`].
const CUBIC: [f32; 2] = [0.131_106_29, 0.333_312_72];

/// What the assembly of [`tanh`] and [`sigmoid`] has in registers.
#[cfg(all(assembly, not(helium)))]
pub(crate) const CONSTANTS: crate::kernel::cortex_m::activations::Constants =
    [STEPS, ROUNDING, LN_2 / 2.0, CUBIC[0], CUBIC[1], 1.0, 0.5, 0.0];

/// `2ⁿ` of `ROUNDING + n`, and 0 for `n` = -127.
#[inline(always)]
fn power_of_two(rounded: f32) -> f32 {
    f32::from_bits(rounded.to_bits() << 23)
}

/// The bit of a number's sign.
const SIGN: u32 = 1 << 31;

/// The hyperbolic tangent, odd to the bit.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    let Tangent { tangent, power } = tangent(x.abs());
    // Near 0 the tangent itself, whose small digits 1 - (1 - tanh) would lose. Chosen before the division: a choice
    // behind it becomes a branch around it.
    let (minuend, rest) =
        if power < 1.0 { (1.0, 2.0 * power * (1.0 - tangent)) } else { (tangent, 0.0) };
    // Not negative, so that it takes the sign of `x` by one more bit.
    let magnitude = minuend - rest / denominator(tangent, power);
    f32::from_bits(magnitude.to_bits() | x.to_bits() & SIGN)
}

/// The logistic function, where `sigmoid(x) = 1 - sigmoid(-x)` to the bit for `x` > 0.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> f32 {
    let Tangent { tangent, power } = tangent(0.5 * x.abs());
    let tail = power * (1.0 - tangent) / denominator(tangent, power);
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// `tanh(r)` and `2⁻ⁿ`, where `r + n * ln(2) / 2` is the argument and `|r|` at most `ln(2) / 4`.
struct Tangent {
    tangent: f32,
    power: f32,
}

/// Reduces `x`, which is not negative.
///
/// With `t = tanh(r)` and `p = 2⁻ⁿ`, `e⁻²ˣ` is `p * (1 - t) / (1 + t)`, which makes
///
/// `(1 - tanh(x)) / 2 = sigmoid(-2 * x) = e⁻²ˣ / (1 + e⁻²ˣ) = p * (1 - t) / ((1 + p) + (1 - p) * t)`.
///
/// As `t` grows, no rounding lets the numerator grow nor the denominator fall: so the quotient is monotonic.
#[inline(always)]
fn tangent(x: f32) -> Tangent {
    // Where `n` is 127 and the power 0.
    let x = if x > 44.0 { 44.0 } else { x };
    let rounded = ROUNDING - x * STEPS;
    let rest = x + (rounded - ROUNDING) * (LN_2 / 2.0);
    let square = rest * rest;
    let cubic = square * CUBIC[0] - CUBIC[1];
    Tangent { tangent: rest + rest * square * cubic, power: power_of_two(rounded) }
}

/// The denominator of [`tangent`]'s quotient.
#[inline(always)]
fn denominator(tangent: f32, power: f32) -> f32 {
    (1.0 + power) + (1.0 - power) * tangent
}

/// `eˣ` for `x` that is not positive.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let Power { less_one, power } = power(x);
    power * (1.0 + less_one)
}

/// `eˣ - 1` for `x` that is not positive.
#[inline(always)]
pub(super) fn exp_m1(x: f32) -> f32 {
    let Power { less_one, power } = power(x);
    power * less_one + (power - 1.0)
}

/// `eʳ - 1` and `2ⁿ`, where `r + n * ln(2)` is the argument and `|r|` at most `ln(2) / 2`.
struct Power {
    less_one: f32,
    power: f32,
}

/// Reduces `x`, which is not positive.
#[inline(always)]
fn power(x: f32) -> Power {
    // Where `n` is -127 and the power 0.
    let x = if x < -88.0 { -88.0 } else { x };
    let rounded = x * LOG2_E + ROUNDING;
    let rest = x - (rounded - ROUNDING) * LN_2;
    let series = ((rest * 0.001_381_459_9 + 0.008_368_717) * rest + 0.041_668_39) * rest;
    let series = (series + 0.166_665_21) * rest + 0.499_999_94;
    Power { less_one: rest + rest * rest * series, power: power_of_two(rounded) }
}
