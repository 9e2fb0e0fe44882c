//! The functions that activations are, in f64, with their parameters.

use super::MOST_PARAMETERS;

pub(in crate::layer) type Parameters = [f64; MOST_PARAMETERS];

pub(super) fn linear(x: f64, _: Parameters) -> f64 {
    x
}

pub(super) fn relu(x: f64, _: Parameters) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

pub(super) fn relu6(x: f64, _: Parameters) -> f64 {
    x.clamp(0.0, 6.0)
}

pub(super) fn leaky_relu(x: f64, [slope, ..]: Parameters) -> f64 {
    if x < 0.0 { slope * x } else { x }
}

pub(super) fn leaky_hard_tanh(x: f64, [min, max, min_slope, max_slope]: Parameters) -> f64 {
    if x < min {
        min + min_slope * (x - min)
    } else if x > max {
        max + max_slope * (x - max)
    } else {
        x
    }
}

pub(super) fn rational_tanh(x: f64, _: Parameters) -> f64 {
    let x = x.clamp(-1e6, 1e6);
    let (size, square) = (x.abs(), x * x);
    let above = 2.455_507_507_029_56 * (1.0 + size)
        + (0.893_229_853_513_558 + 0.821_226_666_969_744 * size) * square;
    let below = (2.445_066_346_522_99 + square) * (x + 0.814_642_734_961_073 * x * size).abs();
    x * above / (2.445_066_346_522_99 + below)
}

pub(super) fn elu(x: f64, [alpha, ..]: Parameters) -> f64 {
    if x < 0.0 { alpha * x.exp_m1() } else { x }
}

pub(super) fn selu(x: f64, _: Parameters) -> f64 {
    const SCALE: f64 = 1.050_700_987_355_480_5;
    const ALPHA: f64 = 1.673_263_242_354_377_2;
    SCALE * if x < 0.0 { ALPHA * x.exp_m1() } else { x }
}

pub(super) fn tanh(x: f64, _: Parameters) -> f64 {
    x.tanh()
}

pub(super) fn sigmoid(x: f64, _: Parameters) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub(super) fn silu(x: f64, none: Parameters) -> f64 {
    x * sigmoid(x, none)
}

/// The runtime's approximation of tanh.
pub(super) fn fast_tanh(x: f64, _: Parameters) -> f64 {
    let growing = |x: f64| (((x + 2.037_704_3).powi(4) + 737.005_2).powi(2) - 466_722.2).powi(2);
    (1.0 - growing(0.0) / growing(x.abs())).copysign(x)
}

pub(super) fn fast_sigmoid(x: f64, none: Parameters) -> f64 {
    0.5 + 0.5 * fast_tanh(0.5 * x, none)
}

pub(super) fn fast_silu(x: f64, none: Parameters) -> f64 {
    x * fast_sigmoid(x, none)
}

pub(super) fn softsign(x: f64, _: Parameters) -> f64 {
    x / (1.0 + x.abs())
}

pub(super) fn hard_tanh(x: f64, _: Parameters) -> f64 {
    x.clamp(-1.0, 1.0)
}

pub(super) fn hard_sigmoid(x: f64, _: Parameters) -> f64 {
    (x + 3.0).clamp(0.0, 6.0) / 6.0
}

pub(super) fn hard_swish(x: f64, none: Parameters) -> f64 {
    x * hard_sigmoid(x, none)
}

pub(super) fn softmax(frame: &mut [f64]) {
    let largest = frame.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for x in &mut *frame {
        *x = (*x - largest).exp();
    }
    let sum: f64 = frame.iter().sum();
    for x in frame {
        *x /= sum;
    }
}
