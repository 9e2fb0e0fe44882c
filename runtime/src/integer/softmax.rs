use super::wide::{high, reciprocal};

/// What a difference of inputs is multiplied by to be an exponent of 2: `multiplier / 2^shift`, the input's scale times
/// `log2(e)`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Exponent {
    /// Any.
    pub multiplier: u16,
    /// From 1 to 31.
    pub shift: u8,
}

/// `e^x / Σ e^x` over the channels of a frame, in parts of 2^15. A probability of 1 is 32767.
///
/// ```
/// use streaming_net::__private::integer::{Exponent, softmax};
///
/// // Inputs in steps of ln(2) / 8.
/// let factor = Exponent { multiplier: 1 << 12, shift: 15 };
/// assert_eq!(softmax([8, 0], factor), [21_845, 10_923]);
/// assert_eq!(softmax([-32_768, 32_767], factor), [0, 32_767]);
/// ```
#[inline(always)]
#[must_use]
pub fn softmax<const CHANNELS: usize>(
    mut frame: [i16; CHANNELS],
    factor: Exponent,
) -> [i16; CHANNELS] {
    let (mut powers, spread) = ([0; CHANNELS], const { spread(CHANNELS) });
    shares(&mut frame, &mut powers, factor, spread);
    frame
}

/// Bits of the sum that are left out: with `64 * 2^spread` channels at most, it is no more than 2^31.
const fn spread(channels: usize) -> u32 {
    let mut spread = 0;
    while channels > 64 << spread {
        spread += 1;
    }
    assert!(spread <= 10, "a frame has 65,536 channels at most");
    spread
}

/// Bits behind the point of a power.
const POINT: u32 = 25;

/// One function serves all frames. There is a power for each number.
#[inline(never)]
fn shares(frame: &mut [i16], powers: &mut [u32], factor: Exponent, spread: u32) {
    let largest = frame.iter().fold(i16::MIN, |largest, number| largest.max(*number));
    let (mut sum, mut left_out) = (0, 0);
    for (number, power) in frame.iter().zip(&mut *powers) {
        *power = factor.power(largest.abs_diff(*number));
        left_out += *power;
        sum += left_out >> spread;
        left_out &= (1 << spread) - 1;
    }
    // The power of the largest number is 1: there are at most `6 + spread` zeros.
    let zeros = sum.leading_zeros() & 31;
    let inverse = reciprocal(sum << zeros);
    let shift = (21 + spread).saturating_sub(zeros) & 31;
    let half = (1 << shift) >> 1;
    for (number, power) in frame.iter_mut().zip(powers) {
        let share = (high(*power << 6, inverse) + half) >> shift;
        *number = i16::try_from(share).unwrap_or(i16::MAX);
    }
}

impl Exponent {
    /// `2^-(below * multiplier / 2^shift)` with [`POINT`] bits behind the point.
    #[inline(always)]
    fn power(self, below: u16) -> u32 {
        let (product, shift) =
            (u32::from(below) * u32::from(self.multiplier), u32::from(self.shift) & 31);
        let (whole, part) = (product >> shift, product << ((32 - shift) & 31));
        let step = (part >> 25) as usize;
        let [from, to] = match LESS.get(step..) {
            Some([from, to, ..]) => [u32::from(*from), u32::from(*to)],
            _ => [0; 2],
        };
        let less = (from << 9) + (to - from) * ((part >> 16) & 0x1FF);
        ((1 << POINT) - less) >> whole.min(31)
    }
}

/// `(1 - 2^-(k / 128)) * 2^16`
static LESS: [u16; 129] = [
    0, 354, 706, 1056, 1404, 1751, 2095, 2438, 2779, 3117, 3455, 3790, 4123, 4455, 4785, 5113,
    5439, 5764, 6087, 6408, 6727, 7045, 7360, 7675, 7987, 8298, 8607, 8914, 9220, 9524, 9827,
    10_128, 10_427, 10_725, 11_021, 11_315, 11_608, 11_899, 12_189, 12_477, 12_763, 13_048, 13_332,
    13_614, 13_894, 14_173, 14_451, 14_726, 15_001, 15_274, 15_545, 15_815, 16_084, 16_351, 16_616,
    16_881, 17_143, 17_405, 17_665, 17_923, 18_180, 18_436, 18_690, 18_943, 19_195, 19_445, 19_694,
    19_942, 20_188, 20_433, 20_677, 20_919, 21_160, 21_399, 21_638, 21_875, 22_111, 22_345, 22_578,
    22_810, 23_041, 23_271, 23_499, 23_726, 23_952, 24_176, 24_400, 24_622, 24_843, 25_063, 25_281,
    25_499, 25_715, 25_930, 26_144, 26_356, 26_568, 26_779, 26_988, 27_196, 27_403, 27_609, 27_814,
    28_018, 28_220, 28_422, 28_622, 28_821, 29_020, 29_217, 29_413, 29_608, 29_802, 29_995, 30_187,
    30_378, 30_568, 30_757, 30_945, 31_131, 31_317, 31_502, 31_686, 31_869, 32_050, 32_231, 32_411,
    32_590, 32_768,
];

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_powers_of_two() {
        for (k, less) in (0_u8..).zip(LESS) {
            let exact = (1.0 - libm::exp2(-f64::from(k) / 128.0)) * 65536.0;
            assert!((f64::from(less) - exact).abs() <= 0.5, "{k}: {less}, {exact}");
        }
    }

    /// How far a frame's probabilities are at most from the nearest ones of the exact function.
    fn off<const CHANNELS: usize>(frame: [i16; CHANNELS], scale: f64) -> i32 {
        let factor =
            |shift: u8| libm::round(scale * core::f64::consts::LOG2_E * f64::from(1_u32 << shift));
        let shift = (1..=31).rev().find(|shift| factor(*shift) < 65536.0).unwrap();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        let found = softmax(frame, Exponent { multiplier: factor(shift) as u16, shift });
        let largest = f64::from(frame.iter().copied().max().unwrap());
        let powers = frame.map(|x| libm::exp((f64::from(x) - largest) * scale));
        let sum: f64 = powers.iter().sum();
        let offs = found.iter().zip(powers).map(|(found, power)| {
            let exact = libm::round(power / sum * 32768.0).min(32767.0);
            #[allow(clippy::cast_possible_truncation, reason = "16 bits")]
            (i32::from(*found) - exact as i32).abs()
        });
        offs.max().unwrap()
    }

    /// Over ranges of the inputs from 1/64 to 1024, of noise, and of one number far above the others.
    fn most<const CHANNELS: usize>() -> i32 {
        let mut random = fastrand::Rng::with_seed(3);
        let mut most = 0;
        for octave in -6..=10 {
            let scale = libm::exp2(f64::from(octave)) / 32768.0 * (1.0 + random.f64());
            for round in 0..400 {
                let low = if round % 2 == 0 { i16::MIN } else { -2000 };
                let mut frame: [i16; CHANNELS] =
                    core::array::from_fn(|_| random.i16(low..=-low.saturating_add(1)));
                if round % 3 == 0 {
                    frame[random.usize(0..CHANNELS)] = i16::MAX;
                }
                if round % 7 == 0 {
                    // As many small ones as there are.
                    frame = [random.i16(..); CHANNELS];
                    frame[0] = i16::MAX;
                }
                most = most.max(off(frame, scale));
            }
        }
        most
    }

    /// The figure of `docs/book/src/integers.md`.
    #[test]
    fn probabilities_are_near() {
        assert_eq!([most::<1>(), most::<2>(), most::<5>(), most::<12>()], [0, 1, 1, 1]);
        assert_eq!([most::<64>(), most::<65>(), most::<300>(), most::<1000>()], [1, 1, 1, 1]);
    }
}
