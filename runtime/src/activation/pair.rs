//! Numbers as sums of two f32, for arguments of `eˣ`: an error in them is one in proportion of the result. Without a fused
//! multiply-add, which not every core has, and which rounds otherwise.

/// The number `high + low`, where `low` is what `high` leaves of it.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) high: f32,
    pub(super) low: f32,
}

impl Pair {
    /// `a + b` without an error (D. Knuth, "The Art of Computer Programming", volume 2).
    #[inline(always)]
    pub(super) fn sum(a: f32, b: f32) -> Self {
        let high = a + b;
        let part = high - a;
        Self { high, low: (a - (high - part)) + (b - part) }
    }

    /// `a * b` without an error, where none of the products of halves is below the normal numbers (T. J. Dekker, "A
    /// floating-point technique for extending the available precision").
    #[inline(always)]
    pub(super) fn product(a: f32, b: f32) -> Self {
        let ([a, below_a], [b, below_b], high) = (halves(a), halves(b), a * b);
        Self { high, low: ((a * b - high) + a * below_b + below_a * b) + below_a * below_b }
    }
}

/// The upper 12 bits of a number, and the lower ones: products of them are exact.
#[inline(always)]
fn halves(x: f32) -> [f32; 2] {
    let upper = f32::from_bits(x.to_bits() & !0xfff);
    [upper, x - upper]
}

/// `-x² / 2`.
#[inline(always)]
pub(super) fn minus_half_square(x: f32) -> Pair {
    let [upper, lower] = halves(x);
    Pair { high: -0.5 * upper * upper, low: -0.5 * lower * (x + upper) }
}
