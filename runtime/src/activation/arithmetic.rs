//! Activations by arithmetic alone.

use super::pair::Pair;
use super::{FPV5, cut, each, exponential};
use crate::layer_norm::reciprocal_root;

/// The size of each channel, without its sign.
///
/// ```
/// use streaming_net::__private::{abs, activate};
/// assert_eq!(activate([-1.5, 2.0], abs), [1.5, 2.0]);
/// ```
#[inline(always)]
pub fn abs(frame: &mut [f32]) {
    each(frame, f32::abs);
}

/// `x²` of each channel.
///
/// ```
/// use streaming_net::__private::{activate, square};
/// assert_eq!(activate([-1.5, 2.0], square), [2.25, 4.0]);
/// ```
#[inline(always)]
pub fn square(frame: &mut [f32]) {
    each(frame, |x| x * x);
}

/// `1 / x` of each channel.
///
/// ```
/// use streaming_net::__private::{activate, reciprocal};
/// assert_eq!(activate([-0.5, 4.0], reciprocal), [-2.0, 0.25]);
/// ```
#[inline(always)]
pub fn reciprocal(frame: &mut [f32]) {
    each(frame, |x| 1.0 / x);
}

/// The square root of each channel, NaN for negative numbers.
///
/// The error is at most 6e-8, relative to the result.
///
/// ```
/// use streaming_net::__private::{activate, sqrt};
/// assert_eq!(activate([2.25, 4.0], sqrt), [1.5, 2.0]);
/// ```
#[inline(never)]
pub fn sqrt(frame: &mut [f32]) {
    each(frame, root);
}

/// `√x`: from its reciprocal, and one step more with the error of the square.
#[inline(always)]
fn root(x: f32) -> f32 {
    // So that the error of the square is a normal number: times 2⁶⁴ where `x` is small.
    const SCALE: f32 = 4_294_967_296.0;
    let (scaled, back) = if x >= 1e-20 { (x, 1.0) } else { (x * SCALE * SCALE, 1.0 / SCALE) };
    let reciprocal = reciprocal_root(scaled);
    let root = scaled * reciprocal;
    let square = Pair::product(root, root);
    let root = root + 0.5 * reciprocal * ((scaled - square.high) - square.low);
    let above = if x < f32::INFINITY { root * back } else { x };
    let not_above = if x == 0.0 { x } else { f32::NAN };
    if x > 0.0 { above } else { not_above }
}

/// Each channel to a power: NaN for negative numbers, unless the exponent is a whole number.
///
/// The error is at most 1.5e-7, relative to the result. Exponents of -1, -0.5, 0.5, 1, 2 and 3 are computed by arithmetic, any
/// other by `eˣ` and a logarithm.
///
/// ```
/// use streaming_net::__private::{activate, power};
/// assert_eq!(activate([-2.0, 3.0], power(3.0)), [-8.0, 27.0]);
/// assert_eq!(activate([4.0, 0.0], power(1.5)), [8.0, 0.0]);
/// ```
#[inline(always)]
pub fn power(exponent: f32) -> impl Fn(&mut [f32]) {
    // Known when the firmware is compiled.
    move |frame| match exponent {
        -1.0 => reciprocal(frame),
        -0.5 => {
            sqrt(frame);
            reciprocal(frame);
        }
        0.5 => sqrt(frame),
        1.0 => {}
        2.0 => square(frame),
        3.0 => each(frame, |x| x * x * x),
        _ => power_with(exponent, frame),
    }
}

#[inline(never)]
fn power_with(exponent: f32, frame: &mut [f32]) {
    const SIGN: u32 = 1 << 31;
    let is_whole =
        |x: f32| x.abs() >= 8_388_608.0 || (x.abs() + 8_388_608.0) - 8_388_608.0 == x.abs();
    // From 2²⁴ on, all are even.
    let is_odd = is_whole(exponent) && exponent.abs() < 16_777_216.0 && !is_whole(0.5 * exponent);
    let is_even = is_whole(exponent) && !is_odd;
    let sign = if is_odd { SIGN } else { 0 };
    each(frame, |x| {
        let power = exponential::raised(x, exponent);
        let power = f32::from_bits(power.to_bits() | x.to_bits() & sign);
        if x < 0.0 && !is_odd && !is_even { f32::NAN } else { power }
    });
}

/// Each channel, cut off below `min` and above `max`.
///
/// ```
/// use streaming_net::__private::{activate, clip};
/// assert_eq!(activate([-1.5, 0.5, 3.0], clip(0.0, 2.0)), [0.0, 0.5, 2.0]);
/// ```
#[inline(always)]
pub fn clip(min: f32, max: f32) -> impl Fn(&mut [f32]) {
    move |frame| each(frame, |x| cut::between::<FPV5>(x, min, max))
}

/// Each channel above `theta`, else 0.
///
/// ```
/// use streaming_net::__private::{activate, thresholded_relu};
/// assert_eq!(activate([-1.5, 0.5, 3.0], thresholded_relu(1.0)), [0.0, 0.0, 3.0]);
/// ```
#[inline(always)]
pub fn thresholded_relu(theta: f32) -> impl Fn(&mut [f32]) {
    move |frame| each(frame, |x| if x <= theta { 0.0 } else { x })
}
