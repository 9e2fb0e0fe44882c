//! The error function in f64, within a few units of the last place: a library for it takes a user longer to build than a tenth of
//! the compiler.

use std::f64::consts::FRAC_2_SQRT_PI;

/// From here on, the fraction is the more exact one: `1 - erf(x)` would lose digits.
const SEAM: f64 = 1.0;
/// Steps of the fraction that are enough from there on.
const STEPS: u32 = 200;

/// `2 / sqrt(pi)` times the integral of `exp(-t * t)` from 0 to `x`.
pub(super) fn erf(x: f64) -> f64 {
    if x.abs() < SEAM { series(x) } else { (1.0 - fraction(x.abs())).copysign(x) }
}

/// `1 - erf(x)`, without the digits that this would lose.
pub(super) fn erfc(x: f64) -> f64 {
    if x < SEAM { 1.0 - erf(x) } else { fraction(x) }
}

/// `exp(-x * x)` times a sum of numbers of one sign.
fn series(x: f64) -> f64 {
    let square = 2.0 * x * x;
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    loop {
        odd += 2.0;
        term *= square / odd;
        let next = sum + term;
        // NaN too.
        if !(next - sum).is_normal() {
            return FRAC_2_SQRT_PI * (-x * x).exp() * next;
        }
        sum = next;
    }
}

/// `erfc(x)` as a continued fraction, from its end.
fn fraction(x: f64) -> f64 {
    let below = (1..=STEPS).rev().fold(x, |below, step| x + f64::from(step) * 0.5 / below);
    0.5 * FRAC_2_SQRT_PI * (-x * x).exp() / below
}

#[cfg(test)]
mod tests {
    use super::{erf, erfc};

    #[test]
    fn both_are_those_of_a_library() {
        let apart = |given: f64, exact: f64| (given - exact).abs() / exact.abs().max(1e-300);
        for step in -6000..=6000 {
            let x = f64::from(step) / 1000.0;
            assert!(apart(erf(x), libm::erf(x)) < 1e-15 || x == 0.0, "erf({x})");
            assert!(apart(erfc(x), libm::erfc(x)) < 5e-15, "erfc({x})");
        }
        let ends = [f64::NEG_INFINITY, f64::INFINITY];
        let bits = |numbers: [f64; 2]| numbers.map(f64::to_bits);
        assert_eq!(bits(ends.map(erf)), bits([-1.0, 1.0]));
        assert_eq!(bits(ends.map(erfc)), bits([2.0, 0.0]));
        assert!(erf(f64::NAN).is_nan() && erfc(f64::NAN).is_nan());
        assert!(erf(-0.0).is_sign_negative() && erf(-0.0) == 0.0);
        assert!(apart(erf(1e-300), libm::erf(1e-300)) < 1e-15);
    }
}
