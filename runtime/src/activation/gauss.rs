//! The normal distribution: the function behind `gelu` and `erf`. As [`exponential`](super::exponential) is.

use super::exponential::times_exp;
use super::pair::{Pair, minus_half_square};

/// Beyond, every result is that of its limit.
pub(super) const FAR: f32 = 20.0;

/// `factor` times the share of a normal distribution above `x`, from 0 to [`FAR`]: `erfc(x / √2) / 2`.
///
/// It is `e` to the power of `-x² / 2`, times a function that is smooth as far as infinity: a polynomial of
/// `q = (x - 3) / (x + 3)`, divided by `x + 3`, as by M. M. Shepherd and J. G. Laframboise, "Chebyshev approximation of
/// (1 + 2x)exp(x²)erfc x".
#[inline(always)]
pub(super) fn times_tail(factor: f32, x: f32) -> f32 {
    let reciprocal = 1.0 / (x + 3.0);
    let q = (x - 3.0) * reciprocal;
    let series = ((q * -2.667_676_3e-4 - 9.032_543_6e-4) * q + 0.001_076_037_3) * q;
    let series = ((series + 0.006_923_923_7) * q - 0.010_479_935) * q - 0.047_256_1;
    let series = ((series * q + 0.230_019_35) * q - 0.509_332_3) * q + 0.729_083_7;
    times_exp(factor * (series * reciprocal), minus_half_square(x))
}

/// The error function, odd to the bit: its series below 1, and the tail beyond.
#[inline(always)]
pub(super) fn erf(x: f32) -> f32 {
    const SIGN: u32 = 1 << 31;
    let size = if x.abs() > FAR { FAR } else { x.abs() };
    let z = size * size;
    let series = ((z * 7.853_529_8e-5 - 8.010_101_4e-4) * z + 0.005_188_318) * z;
    let series = ((series - 0.026_853_807) * z + 0.112_835_85) * z - 0.376_126_26;
    let near = size * (series * z + core::f32::consts::FRAC_2_SQRT_PI);
    let far = 1.0 - times_tail(2.0, size * core::f32::consts::SQRT_2);
    let magnitude = if size < 1.0 { near } else { far };
    f32::from_bits(magnitude.to_bits() | x.to_bits() & SIGN)
}

/// `2 * √(2 / π) * (x + 0.044715 * x³)` for `x` from 0 to [`FAR`]: gelu by the hyperbolic tangent is `x` times the logistic
/// function of it.
#[inline(always)]
pub(super) fn gelu_argument(x: f32) -> Pair {
    // Each coefficient as f32, and what that leaves of it.
    const LINEAR: [f32; 2] = [1.595_769_2, -4.534_068e-8];
    const CUBIC: [f32; 2] = [0.071_354_814, 2.398_832_4e-9];
    let square = Pair::product(x, x);
    let cubic = Pair::product(CUBIC[0], square.high);
    let factor = Pair::sum(LINEAR[0], cubic.high);
    let low = cubic.low + CUBIC[0] * square.low + CUBIC[1] * square.high;
    let product = Pair::product(x, factor.high);
    Pair { low: product.low + x * (factor.low + (low + LINEAR[1])), ..product }
}
