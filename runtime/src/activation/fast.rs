//! Approximations of the hyperbolic tangent and the logistic function in a third of the instructions of the exact ones,
//! for networks that are mostly these. Without a branch, a loop or a limit that `x` would have to be compared with: what
//! overflows is divided by.
//!
//! `tanh(x) = 1 - 2 / (1 + e²ˣ)`, and for `x >= 0` a polynomial that grows from the 2 on takes the place of `1 + e²ˣ`:
//! `(((x + s)⁴ + a)² + b)²`, in proportion. As `x` grows, no rounding of a sum or a square lets it fall, so that all is
//! monotonic. `fit/activations.py` makes the numbers, which leave an error that is as large at four places.

/// The bit of a number's sign.
const SIGN: u32 = 1 << 31;

/// The hyperbolic tangent, odd to the bit.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    const LEAST: f32 = growing(0.0, 1.0);
    signed(1.0 - LEAST / growing(x.abs(), 1.0), x)
}

/// The logistic function, `(1 + tanh(x / 2)) / 2`.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> f32 {
    const LEAST: f32 = growing(0.0, 2.0);
    0.5 + signed(0.5 - 0.5 * LEAST / growing(x.abs(), 2.0), x)
}

/// `magnitude`, which has no sign, with that of `x`: one more bit, which LLVM puts into vectors.
#[inline(always)]
fn signed(magnitude: f32, x: f32) -> f32 {
    f32::from_bits(magnitude.to_bits() | x.to_bits() & SIGN)
}

/// The polynomial of `x / scale`, times `scale¹⁶`. For a `scale` that is a power of two, to the bit.
#[inline(always)]
const fn growing(x: f32, scale: f32) -> f32 {
    let square = scale * scale;
    let fourth = square * square;
    let x = x + 2.037_704_3 * scale;
    let x = x * x;
    let x = x * x + 737.005_2 * fourth;
    let x = x * x - 466_722.2 * fourth * fourth;
    x * x
}
