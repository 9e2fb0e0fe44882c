//! Approximations of the hyperbolic tangent and the logistic function, in two and three fifths of the instructions of the
//! exact ones, for networks that are mostly these. Without a branch, a loop or a limit that `x` would have to be compared
//! with: what overflows is divided by.
//!
//! `tanh(x) = 1 - 2 / (1 + e²ˣ)`, and for `x >= 0` a polynomial that grows from the 2 on takes the place of `1 + e²ˣ`:
//! `(((x + s)⁴ + a)² + b)²`, in proportion. As `x` grows, no rounding of a sum or a square lets it fall, so that all is
//! monotonic. `fit/activations.py` makes the numbers, which leave an error that is as large at four places.

use super::cut::signed;

/// Whether it is less to choose a sign than to bring bits to where they can be put together. LLVM puts the latter into
/// vectors.
const CHOOSES: bool = cfg!(all(target_arch = "arm", not(helium)));

/// The hyperbolic tangent, odd to the bit.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    const LEAST: f32 = growing(0.0, 1.0);
    signed::<CHOOSES>(1.0 - LEAST / growing(x.abs(), 1.0), x)
}

/// The logistic function, `(1 + tanh(x / 2)) / 2`.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> f32 {
    const LEAST: f32 = growing(0.0, 2.0);
    0.5 + signed::<CHOOSES>(0.5 - 0.5 * LEAST / growing(x.abs(), 2.0), x)
}

/// The numbers of [`growing`].
const SHIFT: f32 = 2.037_704_3;
const INNER: f32 = 737.005_2;
const OUTER: f32 = 466_722.2;

/// What the assembly of [`tanh`] has in registers, or of [`sigmoid`], of which `scale` is 2.
#[cfg(all(assembly, not(helium)))]
pub(crate) const fn constants(scale: f32) -> crate::kernel::cortex_m::activations::Constants {
    let fourth = scale * scale * scale * scale;
    let outer = OUTER * fourth * fourth;
    let one = 1.0 / scale;
    [SHIFT * scale, INNER * fourth, outer, one * growing(0.0, scale), one, 0.0, 0.0, 0.0]
}

/// The polynomial of `x / scale`, times `scale¹⁶`. For a `scale` that is a power of two, to the bit.
#[inline(always)]
const fn growing(x: f32, scale: f32) -> f32 {
    let square = scale * scale;
    let fourth = square * square;
    let x = x + SHIFT * scale;
    let x = x * x;
    let x = x * x + INNER * fourth;
    let x = x * x - OUTER * fourth * fourth;
    x * x
}
