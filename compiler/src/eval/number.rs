//! The numbers that a graph is computed in: f64, and f32 as a microcontroller has it.

use std::ops::{Add, Div, Mul, Sub};

use crate::numbers::rounded;

pub(crate) trait Number:
    Copy
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
{
    const ZERO: Self;
    const ONE: Self;

    fn of(number: f64) -> Self;
    fn wide(self) -> f64;

    fn count(count: usize) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "the numbers of a frame are not as many")]
        Self::of(count as f64)
    }
}

impl Number for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn of(number: f64) -> Self {
        number
    }

    fn wide(self) -> f64 {
        self
    }
}

impl Number for f32 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn of(number: f64) -> Self {
        rounded(number)
    }

    fn wide(self) -> f64 {
        f64::from(self)
    }
}

/// The number at that place; those of shapes that are proven are there.
pub(super) fn at<T: Number>(numbers: &[T], place: usize) -> T {
    numbers.get(place).copied().unwrap_or(T::ZERO)
}
