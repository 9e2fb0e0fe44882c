//! `eˣ`, `ln(x)` and what follows from them, for all numbers, with an error of a few units in the last place even where the
//! result is tiny. By f32's `+`, `-`, `*`, `/` and its bits alone, without a loop: the same bits on every machine. NaN
//! passes. `fit/activations.py` makes the coefficients.
//!
//! [`exact`](super::exact) has functions of fewer instructions, with errors in proportion to 1.

use core::f32::consts::LOG2_E;

use super::pair::Pair;

/// A number of at most 22 bits added to it is rounded to a whole one, which its lowest bits are.
const ROUNDING: f32 = 12_582_912.0;

/// Most of `ln(2)`, in 9 bits, so that its product with a whole number of 15 bits is exact; and the rest.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// `factor * eˣ`. A result that is a normal number is exact even where `eˣ` itself is below the normal ones.
///
/// `x = r + n * ln(2)`, and `2ⁿ` is multiplied in halves, of which each is a normal number.
#[inline(always)]
pub(super) fn times_exp(factor: f32, x: Pair) -> f32 {
    // Where it is infinite, or 0 with any factor up to 1000.
    let Pair { high, low } = match x.high {
        89.0.. => Pair { high: 89.0, low: 0.0 },
        ..-111.0 => Pair { high: -111.0, low: 0.0 },
        _ => x,
    };
    let rounded = (high + low) * LOG2_E + ROUNDING;
    let n = rounded - ROUNDING;
    let rest = (high - n * LN_2_HIGH) + (low - n * LN_2_LOW);
    let series = ((rest * 0.001_381_459_9 + 0.008_368_717) * rest + 0.041_668_39) * rest;
    let series = (series + 0.166_665_21) * rest + 0.499_999_94;
    let power = 1.0 + (rest + rest * rest * series);
    let n = rounded.to_bits().wrapping_sub(ROUNDING.to_bits()).cast_signed();
    let half = n >> 1;
    factor * power * power_of_two(half) * power_of_two(n.wrapping_sub(half))
}

/// `2ⁿ`, a normal number.
#[inline(always)]
fn power_of_two(n: i32) -> f32 {
    f32::from_bits(n.wrapping_add(127).cast_unsigned() << 23)
}

/// `eˣ`.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    times_exp(1.0, Pair { high: x, low: 0.0 })
}

/// `ln(1 + x)` for `x` from 0 to 1: `2 * artanh(s)` with `s = x / (2 + x)`.
#[inline(always)]
pub(super) fn log_1p(x: f32) -> f32 {
    let s = x / (2.0 + x);
    let z = s * s;
    let series = ((z * 0.140_063_29 + 0.140_008_4) * z + 0.200_107_67) * z + 0.333_332_08;
    let twice = 2.0 * s;
    twice + twice * z * series
}

/// `n` and `m - 1`, where `x = 2ⁿ * m`, and `m` is from √½ to √2. `x` is above 0.
#[inline(always)]
fn reduced(x: f32) -> (f32, f32) {
    const ROOT: u32 = core::f32::consts::FRAC_1_SQRT_2.to_bits();
    // Below the normal numbers, from among these.
    let is_normal = x >= f32::MIN_POSITIVE;
    let (x, scale) = if is_normal { (x, 0.0) } else { (x * 8_388_608.0, 23.0) };
    let bits = x.to_bits().wrapping_sub(ROOT);
    let n = (bits.cast_signed() >> 23).cast_unsigned();
    let n = f32::from_bits(ROUNDING.to_bits().wrapping_add(n)) - ROUNDING;
    let m = f32::from_bits((bits & 0x7f_ffff).wrapping_add(ROOT));
    (n - scale, m - 1.0)
}

/// `artanh(s) / s - 1` for the `s` of [`log`].
#[inline(always)]
fn artanh(s: f32) -> f32 {
    let z = s * s;
    z * ((z * 0.149_355_36 + 0.199_887_85) * z + 0.333_333_88)
}

/// `ln(x)`: minus infinity for 0, NaN below.
///
/// With `x = 2ⁿ * m`, it is `n * ln(2) + 2 * artanh(s)` with `s = (m - 1) / (m + 1)`.
#[inline(always)]
pub(super) fn log(x: f32) -> f32 {
    let (n, f) = reduced(x);
    let s = f / (2.0 + f);
    let log = n * LN_2_HIGH + (2.0 * s + (2.0 * s * artanh(s) + n * LN_2_LOW));
    of_positive(x, log, f32::NEG_INFINITY, f32::INFINITY)
}

/// `log` where `x` is above 0 and finite; else what is stated for 0 and for infinity, and NaN below 0.
#[inline(always)]
fn of_positive(x: f32, log: f32, of_zero: f32, of_infinity: f32) -> f32 {
    let not_above = if x == 0.0 { of_zero } else { f32::NAN };
    let above = if x < f32::INFINITY { log } else { of_infinity };
    if x > 0.0 { above } else { not_above }
}

/// `ln(x)` for finite `x` above 0, off by about 2⁻²⁹ of itself.
#[inline(always)]
fn log_pair(x: f32) -> Pair {
    let (n, f) = reduced(x);
    let denominator = Pair::sum(2.0, f);
    let s = f / denominator.high;
    let product = Pair::product(s, denominator.high);
    let rest = (f - product.high) - product.low - s * denominator.low;
    let low = rest / denominator.high + s * artanh(s);
    let high = Pair::sum(n * LN_2_HIGH, 2.0 * s);
    Pair::sum(high.high, high.low + (2.0 * low + n * LN_2_LOW))
}

/// `|x|` to a power, by `e` to the power of `exponent * ln(|x|)`.
#[inline(always)]
pub(super) fn raised(x: f32, exponent: f32) -> f32 {
    let x = x.abs();
    let log = log_pair(x);
    let product = Pair::product(exponent, log.high);
    let argument = Pair { low: product.low + exponent * log.low, ..product };
    let [of_zero, of_infinity] =
        if exponent > 0.0 { [0.0, f32::INFINITY] } else { [f32::INFINITY, 0.0] };
    let power = of_positive(x, times_exp(1.0, argument), of_zero, of_infinity);
    if exponent == 0.0 { 1.0 } else { power }
}
