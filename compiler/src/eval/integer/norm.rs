//! Normalisation of integers.

use crate::integers::{Norm, saturated};

/// Each number's distance from the mean of its group, by the root of the group's variance.
pub(super) fn normalised(norm: &Norm, frame: &[i32]) -> Vec<i32> {
    let of_group = (norm.channels / norm.groups.max(1)).max(1);
    let count = i128::try_from(norm.features * of_group).unwrap_or_default();
    let mut outputs = frame.to_vec();
    for block in outputs.chunks_mut((norm.features * norm.channels).max(1)) {
        for group in 0..norm.groups {
            let own = |(place, _): &(usize, &mut i32)| place % norm.channels / of_group == group;
            let mut numbers: Vec<_> = block.iter_mut().enumerate().filter(own).collect();
            let sum: i128 = numbers.iter().map(|(_, x)| i128::from(**x)).sum();
            let squares: i128 = numbers.iter().map(|(_, x)| i128::from(**x).pow(2)).sum();
            let variance = count * squares - sum * sum + i128::from(norm.epsilon);
            let variance = u64::try_from(variance).unwrap_or_default();
            let zeros = variance.leading_zeros() / 2 * 2;
            let upper = (variance << (zeros & 63)) >> 32;
            let spread = Norm::spread(norm.features * of_group);
            let room = (zeros / 2).saturating_sub(1 + spread);
            let shift = norm.shift + room - zeros / 2 - 2;
            let multiplier =
                i128::from((reciprocal_root(upper) * u64::from(norm.multiplier)) >> 32);
            for (_, number) in &mut numbers {
                let distance = (i128::from(**number) * count - sum) << room;
                let scaled = (((distance * multiplier) >> 32) + (1 << shift >> 1)) >> shift;
                **number = saturated(i32::try_from(scaled).unwrap_or_default());
            }
        }
    }
    outputs
}

/// `2^46 / sqrt(number)`, by four steps of Newton's method.
fn reciprocal_root(number: u64) -> u64 {
    let high = |a: u64, b: u64| (a * b) >> 32;
    let first = 2_289_694_549 - high(number, 1_307_817_542);
    (0..4).fold(first, |root, _| {
        let correction = (3 << 29) - (high(number, high(root, root)) << 1);
        high(root, correction << 1) << 1
    })
}
