//! Softmax, in f64 and in i64.

/// The probabilities of a frame.
pub(super) fn exact(frame: &[f64]) -> Vec<f64> {
    let largest = frame.iter().copied().fold(f64::MIN, f64::max);
    let powers: Vec<f64> = frame.iter().map(|x| (x - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

/// The same in parts of 2^15, of integers that are multiples of `scale`.
pub(super) fn replay(frame: &[i64], scale: f64) -> Vec<i64> {
    let factor = scale * std::f64::consts::LOG2_E;
    // The finest multiplier of 16 bits.
    let fits = |shift: &i32| (factor * f64::from(*shift).exp2()).round() < 65536.0;
    let shift = (1..=31).rev().find(fits).expect("a network that was compiled");
    #[allow(clippy::cast_possible_truncation, reason = "16 bits")]
    let multiplier = (factor * f64::from(shift).exp2()).round() as i64;
    let largest = *frame.iter().max().expect("a channel");
    let powers: Vec<i64> = frame.iter().map(|x| power((largest - x) * multiplier, shift)).collect();
    let channels = i64::try_from(frame.len()).expect("a count");
    let spread = (0..20).find(|spread| channels <= 64 << spread).expect("few channels");
    let sum = powers.iter().sum::<i64>() >> spread;
    let zeros = (0..32).find(|zeros| sum << zeros >= 1 << 31).expect("a sum of 32 bits");
    let inverse = inverse(sum << zeros);
    let after = 21 + spread - zeros;
    let share = |power: &i64| ((((power << 6) * inverse) >> 32) + (1 << (after - 1))) >> after;
    powers.iter().map(|power| share(power).min(32767)).collect()
}

/// `2^-(exponent / 2^shift)` in parts of 2^25, on a line between two of 129 entries.
fn power(exponent: i64, shift: i32) -> i64 {
    let part = (exponent << (32 - shift)) % (1 << 32);
    let entry = |step: i64| {
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small")]
        {
            ((1.0 - (-(step as f64) / 128.0).exp2()) * 65536.0).round() as i64
        }
    };
    let (step, within) = (part / (1 << 25), part / (1 << 16) % 512);
    let less = entry(step) * 512 + (entry(step + 1) - entry(step)) * within;
    ((1 << 25) - less) >> (exponent >> shift).min(31)
}

/// `2^62 / number`, by Newton's method.
fn inverse(number: i64) -> i64 {
    let mut inverse = 3_031_741_620 - ((number * 2_021_161_080) >> 32);
    for _ in 0..3 {
        let correction = (1 << 31) - ((number * inverse) >> 32);
        inverse = (inverse * correction) >> 30;
    }
    inverse
}
