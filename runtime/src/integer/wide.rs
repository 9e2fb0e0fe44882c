//! Products of 32 bits.

/// The upper half of a product: `⌊a * b / 2^32⌋`.
#[cfg(not(armv6m))]
#[inline(always)]
pub(super) fn high(a: u32, b: u32) -> u32 {
    #[allow(clippy::cast_possible_truncation, reason = "the upper half")]
    {
        ((u64::from(a) * u64::from(b)) >> 32) as u32
    }
}

/// The same by four products of 16 bits: these cores have no instruction for it.
#[cfg(armv6m)]
#[inline(always)]
pub(super) fn high(a: u32, b: u32) -> u32 {
    by_halves(a, b)
}

#[cfg(any(armv6m, test))]
#[inline(always)]
fn by_halves(a: u32, b: u32) -> u32 {
    let [(a_high, a_low), (b_high, b_low)] = [a, b].map(|number| (number >> 16, number & 0xFFFF));
    let (first, second) = (a_high * b_low, a_low * b_high);
    // 2 * (2^16 - 1) + (2^16 - 1)^2 is 2^32 - 1.
    let middle = ((a_low * b_low) >> 16) + (first & 0xFFFF) + second;
    a_high * b_high + (first >> 16) + (middle >> 16)
}

/// `2^62 / number` of a number from 2^31 to `2^32 - 1`, and at most 8 less: three steps of Newton's method.
#[inline(always)]
pub(super) fn reciprocal(number: u32) -> u32 {
    // 48/17 - 32/17 * number / 2^32, with 30 bits behind the point: 1/17 off at most.
    let mut inverse = 3_031_741_620 - high(number, 2_021_161_080);
    for _ in 0..3 {
        let correction = (1 << 31) - high(number, inverse);
        inverse = high(inverse << 1, correction << 1);
    }
    inverse
}

/// `2^46 / sqrt(number)` of a number from 2^30 on, and at most 8 off: four steps of Newton's method.
#[inline(always)]
pub(super) fn reciprocal_root(number: u32) -> u32 {
    // 1.0662 - 0.609 * number / 2^32, with 31 bits behind the point: less than 9 % off.
    let mut root = 2_289_694_549 - high(number, 1_307_817_542);
    for _ in 0..4 {
        let correction = (3 << 29) - (high(number, high(root, root)) << 1);
        root = high(root, correction << 1) << 1;
    }
    root
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn halves_give_the_upper_half() {
        let mut random = fastrand::Rng::with_seed(1);
        let numbers = [0, 1, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, u32::MAX];
        for a in numbers {
            for b in numbers {
                assert_eq!(by_halves(a, b), high(a, b), "{a} * {b}");
            }
        }
        for _ in 0..10_000 {
            let (a, b) = (random.u32(..), random.u32(..));
            assert_eq!(by_halves(a, b), high(a, b), "{a} * {b}");
        }
    }

    #[test]
    fn a_reciprocal_is_near() {
        let mut random = fastrand::Rng::with_seed(2);
        let numbers = [1 << 31, (1 << 31) + 1, 3 << 30, u32::MAX - 1, u32::MAX];
        for number in numbers.into_iter().chain((0..100_000).map(|_| random.u32(1 << 31..))) {
            let exact = (1_u64 << 62) / u64::from(number);
            let off = exact.abs_diff(reciprocal(number).into());
            assert!(off <= 8, "of {number}: {off}");
        }
    }

    #[test]
    fn a_reciprocal_root_is_near() {
        let mut random = fastrand::Rng::with_seed(3);
        let numbers = [1 << 30, (1 << 30) + 1, 1 << 31, 3 << 30, u32::MAX];
        for number in numbers.into_iter().chain((0..100_000).map(|_| random.u32(1 << 30..))) {
            let exact = libm::ldexp(1.0, 46) / libm::sqrt(number.into());
            let off = (exact - f64::from(reciprocal_root(number))).abs();
            assert!(off <= 8.0, "of {number}: {off}");
        }
    }
}
