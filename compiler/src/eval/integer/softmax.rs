//! Softmax of integers.

use crate::integers::Exponent;

/// Steps of the table.
const STEPS: u32 = 128;
/// Bits behind the point of a power.
const POINT: u32 = 25;

/// `e^x / Σ e^x` in parts of 2^15.
pub(super) fn softmax(frame: &[i32], factor: Exponent) -> Vec<i32> {
    let largest = frame.iter().copied().max().unwrap_or_default();
    let powers: Vec<u64> =
        frame.iter().map(|number| power(largest.abs_diff(*number), factor)).collect();
    let spread: u32 = (0..31).find(|spread| frame.len() <= 64 << spread).unwrap_or_default();
    let sum = powers.iter().sum::<u64>() >> spread;
    // As many zeros as are before its 32 bits.
    let zeros = (sum.leading_zeros() - 32) & 31;
    let inverse = reciprocal(sum << zeros);
    let shift = (21 + spread).saturating_sub(zeros);
    let shares = powers.iter().map(|power| {
        let share = (high(power << 6, inverse) + (1 << shift >> 1)) >> shift;
        i32::try_from(share).unwrap_or_default().min(32767)
    });
    shares.collect()
}

/// `2^-(below * factor)`
fn power(below: u32, factor: Exponent) -> u64 {
    let product = u64::from(below) * u64::from(factor.multiplier);
    let (whole, part) = (product >> factor.shift, product << (32 - factor.shift) & 0xFFFF_FFFF);
    let less = |step: u64| {
        let step = f64::from(u32::try_from(step).unwrap_or_default());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 2^15")]
        {
            ((1.0 - (-step / f64::from(STEPS)).exp2()) * 65536.0).round() as u64
        }
    };
    let step = part >> 25;
    let [from, to] = [less(step), less(step + 1)];
    ((1 << POINT) - ((from << 9) + (to - from) * (part >> 16 & 0x1FF))) >> whole.min(31)
}

/// `2^62 / number`, by three steps of Newton's method.
fn reciprocal(number: u64) -> u64 {
    let first = 3_031_741_620 - high(number, 2_021_161_080);
    (0..3).fold(first, |inverse, _| high(inverse << 1, ((1 << 31) - high(number, inverse)) << 1))
}

fn high(a: u64, b: u64) -> u64 {
    (a * b) >> 32
}
