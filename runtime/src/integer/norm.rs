use super::saturated;
use super::wide::{high, reciprocal_root};

/// What normalises the numbers of a frame by their mean and their variance, group by group.
///
/// A frame has blocks of `features` features of `channels` channels. A group is `channels / groups` neighbouring channels of
/// all features of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Norm {
    /// Features of a block.
    pub features: u16,
    /// Channels of a feature.
    pub channels: u16,
    /// Groups of a block.
    pub groups: u16,
    /// What is added to the variance, in steps of the input, times the square of the numbers of a group. At least 1.
    pub epsilon: u64,
    /// With `shift`, 1 in steps of the output: `multiplier / 2^shift`. From 2^31 on.
    pub multiplier: u32,
    /// Bits of `multiplier` behind the point.
    pub shift: u8,
}

/// `(x - mean) / sqrt(variance + epsilon)` of each number, where mean and variance are those of its group.
///
/// ```
/// use streaming_net::__private::integer::{Norm, normalize};
///
/// // Outputs in steps of 1/1024.
/// let norm = Norm { features: 1, channels: 2, groups: 1, epsilon: 1, multiplier: 1 << 31, shift: 21 };
/// assert_eq!(normalize([300, 100], norm), [1024, -1024]);
/// assert_eq!(normalize([7, 7], norm), [0, 0]);
/// ```
#[inline(always)]
#[must_use]
pub fn normalize<const NUMBERS: usize>(mut frame: [i16; NUMBERS], norm: Norm) -> [i16; NUMBERS] {
    norm.replace(&mut frame);
    frame
}

impl Norm {
    /// One function serves all frames.
    #[inline(never)]
    fn replace(self, frame: &mut [i16]) {
        let channels = usize::from(self.channels).max(1);
        let of_group = self.channels / self.groups.max(1);
        let count = u32::from(self.features) * u32::from(of_group);
        let of_group = usize::from(of_group).max(1);
        for block in frame.chunks_mut((usize::from(self.features) * channels).max(1)) {
            for first in (0..channels).step_by(of_group) {
                let (mut sum, mut squares) = (0, 0);
                for feature in block.chunks(channels) {
                    for number in feature.iter().skip(first).take(of_group) {
                        let number = i32::from(*number);
                        sum += number;
                        squares += u64::from((number * number).unsigned_abs());
                    }
                }
                let factor = self.factor(sum, squares, count);
                for feature in block.chunks_mut(channels) {
                    for number in feature.iter_mut().skip(first).take(of_group) {
                        // At most `count * 65535`.
                        *number = factor.apply(i32::from(*number) * count.cast_signed() - sum);
                    }
                }
            }
        }
    }

    /// What the distances of so many numbers from their mean, times their count, are multiplied by.
    #[inline(always)]
    fn factor(self, sum: i32, squares: u64, count: u32) -> Factor {
        let sum = u64::from(sum.unsigned_abs());
        let variance = u64::from(count) * squares - sum * sum + self.epsilon;
        // An even number of zeros, so that the root of what is shifted out is a power of two.
        let zeros = variance.leading_zeros() & 0x3E;
        #[allow(clippy::cast_possible_truncation, reason = "the upper half")]
        let upper = ((variance << zeros) >> 32) as u32;
        // A distance is below `2^(32 + spread - zeros / 2)`, as it is at most `sqrt((count - 1) * variance)`.
        let room = (zeros / 2).saturating_sub(1 + spread(count));
        let shift = u32::from(self.shift) + room - zeros / 2 - 2;
        let multiplier = high(reciprocal_root(upper), self.multiplier);
        Factor { room, multiplier, shift: shift & 31 }
    }
}

/// Half of the bits of `count - 1`, rounded up.
fn spread(count: u32) -> u32 {
    (33 - count.saturating_sub(1).leading_zeros()) / 2
}

/// `number * 2^room * multiplier / 2^(32 + shift)`
struct Factor {
    room: u32,
    multiplier: u32,
    shift: u32,
}

impl Factor {
    /// The nearest number of 16 bits, half up.
    #[inline(always)]
    fn apply(&self, number: i32) -> i16 {
        let number = number << (self.room & 31);
        let of_sign = (number >> 31).cast_unsigned() & self.multiplier;
        let upper = high(number.cast_unsigned(), self.multiplier).wrapping_sub(of_sign);
        saturated((upper.cast_signed() + ((1 << self.shift) >> 1)) >> self.shift)
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// How far numbers are at most from the nearest ones of the exact function.
    fn off<const NUMBERS: usize>(frame: [i16; NUMBERS], epsilon: u64, step: f64) -> i32 {
        let shift = (0..=34).find(|shift| libm::ldexp(1.0 / step, *shift) >= 2_147_483_648.0);
        let shift = shift.unwrap();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "32 bits")]
        let multiplier = libm::round(libm::ldexp(1.0 / step, shift)) as u32;
        let norm = Norm {
            features: 1,
            channels: NUMBERS.try_into().unwrap(),
            groups: 1,
            epsilon,
            multiplier,
            shift: shift.try_into().unwrap(),
        };
        let found = normalize(frame, norm);
        let frame = frame.map(f64::from);
        let count = f64::from(u16::try_from(NUMBERS).unwrap());
        let mean = frame.iter().sum::<f64>() / count;
        let variance = frame.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let root = libm::sqrt(variance + epsilon as f64 / count / count);
        let offs = found.iter().zip(frame).map(|(found, x)| {
            let exact = libm::round((x - mean) / root / step).clamp(-32768.0, 32767.0);
            #[allow(clippy::cast_possible_truncation, reason = "16 bits")]
            (i32::from(*found) - exact as i32).abs()
        });
        offs.max().unwrap()
    }

    fn most<const NUMBERS: usize>() -> i32 {
        let mut random = fastrand::Rng::with_seed(5);
        let mut most = 0;
        for bits in 1..=15 {
            for round in 0..100 {
                let number = |random: &mut fastrand::Rng| {
                    let number = random.i16(..) >> (15 - bits);
                    let at_rails = if number < 0 { i16::MIN } else { i16::MAX };
                    if round % 5 == 0 { at_rails } else { number }
                };
                let mut frame: [i16; NUMBERS] = core::array::from_fn(|_| number(&mut random));
                if round % 3 == 0 {
                    frame = [0; NUMBERS];
                    frame[0] = number(&mut random);
                }
                let epsilon = 1 << random.u32(0..45);
                let range = f64::from(random.u8(1..=16)) / 2.0 + random.f64();
                most = most.max(off(frame, epsilon, range / 32768.0));
            }
        }
        most
    }

    /// The figure of `docs/book/src/integers.md`.
    #[test]
    fn numbers_are_near() {
        assert_eq!([most::<1>(), most::<2>(), most::<5>(), most::<16>()], [0; 4]);
        assert_eq!([most::<64>(), most::<300>(), most::<1024>(), most::<2048>()], [0, 0, 1, 1]);
    }

    #[test]
    fn groups_are_apart() {
        let norm = Norm {
            features: 2,
            channels: 2,
            groups: 2,
            epsilon: 1,
            multiplier: 1 << 31,
            shift: 21,
        };
        let frame = [100, -7, 300, -7, 5, 1000, 3, 5000];
        let expected = [-1024, 0, 1024, 0, 916, -1024, -916, 1024];
        assert_eq!(normalize(frame, norm), expected);
    }
}
