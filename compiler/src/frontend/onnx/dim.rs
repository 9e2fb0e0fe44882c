//! Lengths that may depend on how long a sequence is: `(a * T + b) / c`, rounded down, where `T` is the length of the input.

use std::fmt;

/// A whole number, or a length that grows with the input's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Dim {
    /// 0 in a number.
    times: i64,
    plus: i64,
    /// Above 0; 1 in a number.
    over: i64,
}

impl Dim {
    /// The length of the input.
    pub(super) const INPUT: Self = Self { times: 1, plus: 0, over: 1 };

    pub(super) const fn number(number: i64) -> Self {
        Self { times: 0, plus: number, over: 1 }
    }

    pub(super) fn size(size: usize) -> Self {
        Self::number(i64::try_from(size).unwrap_or(i64::MAX))
    }

    /// The number that it is, whatever the input.
    pub(super) fn as_number(self) -> Option<i64> {
        (self.times == 0).then_some(self.plus)
    }

    pub(super) fn as_size(self) -> Option<usize> {
        usize::try_from(self.as_number()?).ok()
    }

    /// Whether it grows with the input.
    pub(super) fn grows(self) -> bool {
        self.times != 0
    }

    /// Whether it falls as the input grows.
    pub(super) fn falls(self) -> bool {
        self.times < 0
    }

    pub(super) fn plus(self, number: i64) -> Self {
        let plus = self.plus.saturating_add(number.saturating_mul(self.over));
        Self { plus, ..self }
    }

    /// Divided by a number above 0, and rounded down.
    pub(super) fn over(self, number: i64) -> Self {
        if self.times == 0 {
            return Self::number(self.plus.div_euclid(number.max(1)));
        }
        Self { over: self.over.saturating_mul(number.max(1)), ..self }.reduced()
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        match (self.as_number(), other.as_number()) {
            (_, Some(number)) => Some(self.plus(number)),
            (Some(number), None) => Some(other.plus(number)),
            (None, None) if self.over == 1 && other.over == 1 => Some(
                Self {
                    times: self.times.saturating_add(other.times),
                    plus: self.plus.saturating_add(other.plus),
                    over: 1,
                }
                .reduced(),
            ),
            (None, None) => None,
        }
    }

    pub(super) fn subtract(self, other: Self) -> Option<Self> {
        match other.as_number() {
            Some(number) => Some(self.plus(number.saturating_neg())),
            None if other.over == self.over && other.times == self.times => {
                let apart = self.plus.saturating_sub(other.plus);
                (apart % self.over == 0).then(|| Self::number(apart / self.over))
            }
            None => self.add(other.negative()?),
        }
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        let (dim, number) = match (self.as_number(), other.as_number()) {
            (_, Some(number)) => (self, number),
            (Some(number), None) => (other, number),
            (None, None) => return None,
        };
        let scaled = |over: i64| {
            Self {
                times: dim.times.saturating_mul(number),
                plus: dim.plus.saturating_mul(number),
                over,
            }
            .reduced()
        };
        (dim.over == 1 || number == 1).then(|| scaled(dim.over))
    }

    fn negative(self) -> Option<Self> {
        (self.over == 1).then(|| Self {
            times: self.times.saturating_neg(),
            plus: self.plus.saturating_neg(),
            over: 1,
        })
    }

    /// Without what all its numbers are multiples of.
    fn reduced(self) -> Self {
        let Self { times, plus, over } = self;
        if times == 0 {
            return Self::number(plus.div_euclid(over));
        }
        // Below the steps of `times`, what is added makes no difference but its own multiple.
        let common = divisor(times, over);
        Self { times: times / common, plus: plus.div_euclid(common), over: over / common }
    }

    /// For an input of so many frames.
    #[cfg(test)]
    pub(super) fn of(self, frames: i64) -> i64 {
        self.times.saturating_mul(frames).saturating_add(self.plus).div_euclid(self.over)
    }
}

/// The greatest common divisor, above 0.
fn divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a.max(1)).unwrap_or(1)
}

impl fmt::Display for Dim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { times, plus, over } = *self;
        if times == 0 {
            return write!(formatter, "{plus}");
        }
        let product = if times == 1 { "T".to_owned() } else { format!("{times} * T") };
        let sum = match plus {
            0 => product,
            plus if plus < 0 => format!("{product} - {}", plus.unsigned_abs()),
            plus => format!("{product} + {plus}"),
        };
        match over {
            1 => write!(formatter, "{sum}"),
            _ if plus == 0 && times == 1 => write!(formatter, "T / {over}"),
            _ => write!(formatter, "({sum}) / {over}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_follow_the_input() {
        // A convolution of 3 taps and stride 2, then one of 2 taps.
        let length = Dim::INPUT.plus(-3).over(2).plus(1);
        assert_eq!(length.to_string(), "(T - 1) / 2");
        let length = length.plus(-1);
        for frames in 3..40 {
            assert_eq!(length.of(frames), (frames - 3) / 2);
        }
        assert_eq!(Dim::INPUT.over(2).over(3), Dim::INPUT.over(6));
        let twice = Dim::INPUT.multiply(Dim::number(2)).unwrap();
        assert_eq!(twice.over(2), Dim::INPUT);
        assert_eq!(twice.plus(1).over(2), Dim::INPUT);
    }

    #[test]
    fn differences_of_lengths_are_numbers() {
        let [long, short] = [Dim::INPUT.plus(-1), Dim::INPUT.plus(-4)];
        assert_eq!(long.subtract(short).and_then(Dim::as_number), Some(3));
        let [long, short] = [long.over(2), long.over(2).plus(-2)];
        assert_eq!(long.subtract(short).and_then(Dim::as_number), Some(2));
        assert_eq!(Dim::INPUT.over(2).subtract(Dim::INPUT.plus(1).over(2)), None);
        assert_eq!(Dim::number(7).over(2), Dim::number(3));
        assert_eq!(Dim::number(5).add(Dim::INPUT), Some(Dim::INPUT.plus(5)));
    }
}
