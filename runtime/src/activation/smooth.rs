//! Activations with `eˣ`, `ln(x)` and the normal distribution. The stated errors are the largest in proportion to the
//! result, over all numbers whose result is a normal number.

use super::gauss::{FAR, gelu_argument, times_tail};
use super::pair::Pair;
use super::{each, exponential, fast, gauss, parts};

/// `eˣ` of each channel.
///
/// The error is at most 8.2e-8.
///
/// ```
/// use streaming_net::__private::{activate, exp};
/// assert_eq!(activate([0.0, 1.0], exp), [1.0, 2.718_281_7]);
/// ```
#[inline(never)]
pub fn exp(frame: &mut [f32]) {
    each(frame, exponential::exp);
}

/// The natural logarithm of each channel: minus infinity for 0, NaN for negative numbers.
///
/// The error is at most 1.8e-7.
///
/// ```
/// use streaming_net::__private::{activate, log};
/// assert_eq!(activate([1.0, 2.0], log), [0.0, 0.693_147_2]);
/// ```
#[inline(never)]
pub fn log(frame: &mut [f32]) {
    each(frame, exponential::log);
}

/// `ln(1 + eˣ)` of each channel.
///
/// The error is at most 2.3e-7.
///
/// ```
/// use streaming_net::__private::{activate, softplus};
/// assert_eq!(activate([0.0, 100.0], softplus), [0.693_147_2, 100.0]);
/// ```
#[inline(never)]
pub fn softplus(frame: &mut [f32]) {
    each(frame, |x| parts(x).0 + log_1p_exp(x));
}

/// `ln(sigmoid(x))` of each channel, `-softplus(-x)`.
///
/// The error is at most 2.3e-7.
///
/// ```
/// use streaming_net::__private::{activate, log_sigmoid};
/// assert_eq!(activate([0.0, -100.0], log_sigmoid), [-0.693_147_2, -100.0]);
/// ```
#[inline(never)]
pub fn log_sigmoid(frame: &mut [f32]) {
    each(frame, |x| parts(x).1 - log_1p_exp(x));
}

/// `ln(1 + e⁻ˣ)` of the size of `x`.
#[inline(always)]
fn log_1p_exp(x: f32) -> f32 {
    exponential::log_1p(exponential::exp(-x.abs()))
}

/// `x * tanh(softplus(x))` of each channel. Minus infinity gives NaN, as in Keras and PyTorch.
///
/// The error is at most 3e-7. With `w = eˣ`, the hyperbolic tangent is `(w² + 2 * w) / (w² + 2 * w + 2)`.
///
/// ```
/// use streaming_net::__private::{activate, mish};
/// assert_eq!(activate([-1.0, 1.0], mish), [-0.303_401_44, 0.865_098_4]);
/// ```
#[inline(never)]
pub fn mish(frame: &mut [f32]) {
    each(frame, |x| {
        let (positive, negative) = parts(x);
        // Beyond, the tangent is 1.
        let exponent = Pair { high: if x > FAR { FAR } else { x }, low: 0.0 };
        let w = exponential::times_exp(1.0, exponent);
        let share = (w + 2.0) / (w * (w + 2.0) + 2.0);
        let near = if negative < -FAR * 6.0 { -FAR * 6.0 } else { negative };
        let below = exponential::times_exp(near * share, exponent);
        positive * (w * share) + (below + negative * 0.0)
    });
}

/// `x` of each channel times the share of a normal distribution below `x`: `x * (1 + erf(x / √2)) / 2`. Minus infinity
/// gives NaN, as in Keras and PyTorch.
///
/// The error is at most 4.6e-7.
///
/// ```
/// use streaming_net::__private::{activate, gelu};
/// assert_eq!(activate([-1.0, 1.0], gelu), [-0.158_655_26, 0.841_344_7]);
/// ```
#[inline(never)]
pub fn gelu(frame: &mut [f32]) {
    each(frame, |x| gelu_by(x, |size| times_tail(size, size)));
}

/// [`gelu`] by the hyperbolic tangent: `x * (1 + tanh(√(2 / π) * (x + 0.044715 * x³))) / 2`, Keras' and PyTorch's
/// approximation.
///
/// The error is at most 2.3e-7.
///
/// ```
/// use streaming_net::__private::{activate, gelu_tanh};
/// assert_eq!(activate([-1.0, 1.0], gelu_tanh), [-0.158_808_01, 0.841_192]);
/// ```
#[inline(never)]
pub fn gelu_tanh(frame: &mut [f32]) {
    each(frame, |x| {
        gelu_by(x, |size| {
            let Pair { high, low } = gelu_argument(size);
            let exponent = Pair { high: -high, low: -low };
            exponential::times_exp(size / (1.0 + exponential::times_exp(1.0, exponent)), exponent)
        })
    });
}

/// The positive part of `x`, less `tail` of its size.
#[inline(always)]
fn gelu_by(x: f32, tail: impl Fn(f32) -> f32) -> f32 {
    let (positive, negative) = parts(x);
    let size = if x.abs() > FAR { FAR } else { x.abs() };
    positive - tail(size) + negative * 0.0
}

/// An approximation of [`gelu_tanh`], by [`fast_sigmoid`](super::fast_sigmoid). With `#[math = "fast"]` it takes the place of
/// `gelu_tanh`.
///
/// The error is at most 1.2e-4, relative to results above 1.
///
/// ```
/// use streaming_net::__private::{activate, fast_gelu_tanh};
/// assert_eq!(activate([0.0], fast_gelu_tanh), [0.0]);
/// ```
#[inline(always)]
pub fn fast_gelu_tanh(frame: &mut [f32]) {
    each(frame, |x| x * fast::sigmoid(x * (1.595_769_2 + 0.071_354_814 * (x * x))));
}

/// The error function of each channel, from -1 to 1 and an odd function to the last bit.
///
/// The error is at most 1.9e-7.
///
/// ```
/// use streaming_net::__private::{activate, erf};
/// assert_eq!(activate([0.0, 0.5], erf), [0.0, 0.520_499_9]);
/// ```
#[inline(never)]
pub fn erf(frame: &mut [f32]) {
    each(frame, gauss::erf);
}

/// `x` of each channel less the largest, and less the logarithm of the sum of all `eˣ` of these: `ln(softmax(x))`.
///
/// ```
/// use streaming_net::__private::{activate, log_softmax};
/// assert_eq!(activate([1000.0, 1000.0], log_softmax), [-0.693_147_2, -0.693_147_2]);
/// ```
#[inline(never)]
pub fn log_softmax(frame: &mut [f32]) {
    let largest = super::largest(frame);
    let sum: f32 = frame.iter().map(|x| exponential::exp(x - largest)).sum();
    let log = exponential::log(sum);
    each(frame, |x| (x - largest) - log);
}
