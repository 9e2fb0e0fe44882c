//! Activations of frames, in place. NaN passes through each of them, as in Keras.
//!
//! The stated errors are the largest over all f32, found by `tests/activations.rs`, which also checks that `tanh`,
//! `sigmoid`, `elu`, `selu`, `hard_sigmoid` and the `eˣ` of softmax are monotonic. The vector instructions of a
//! Cortex-M55 treat numbers below 1.2e-38 as 0.

mod arithmetic;
mod cut;
pub(crate) mod exact;
mod exponential;
pub(crate) mod fast;
mod gauss;
mod pair;
mod smooth;

pub use self::arithmetic::{abs, clip, power, reciprocal, sqrt, square, thresholded_relu};
pub(crate) use self::cut::{is_not_above_0, rectified};
pub use self::smooth::{
    erf, exp, fast_gelu_tanh, gelu, gelu_tanh, log, log_sigmoid, log_softmax, mish, softplus,
};

#[cfg(all(assembly, not(helium)))]
use crate::kernel::cortex_m::activations as outlined;
use crate::kernel::elementwise::{self, each};

const FPV5: bool = cfg!(fpv5);
/// Whether [`rectified`] compares whole numbers.
pub(crate) const COMPARES_BITS: bool = cfg!(cortex_m7);

/// Applies an activation to a frame and returns the result.
///
/// ```
/// use streaming_net::__private::{activate, relu};
/// assert_eq!(activate([-1.5, 0.0, 2.5], relu), [0.0, 0.0, 2.5]);
/// ```
#[inline(always)]
#[must_use]
pub fn activate<const CHANNELS: usize>(
    mut frame: [f32; CHANNELS],
    activation: impl Fn(&mut [f32]),
) -> [f32; CHANNELS] {
    activation(&mut frame);
    elementwise::copied(&frame)
}

/// The activation that changes nothing.
///
/// ```
/// use streaming_net::__private::{activate, linear};
/// assert_eq!(activate([-1.5, 2.5], linear), [-1.5, 2.5]);
/// ```
#[inline(always)]
pub const fn linear(_: &mut [f32]) {}

/// `max(x, 0)` of each channel.
///
/// ```
/// use streaming_net::__private::{activate, relu};
/// assert_eq!(activate([-1.5, 0.0, 2.5], relu), [0.0, 0.0, 2.5]);
/// ```
#[inline(always)]
pub fn relu(frame: &mut [f32]) {
    elementwise::relu(frame);
}

/// `min(max(x, 0), 6)` of each channel.
///
/// ```
/// use streaming_net::__private::{activate, relu6};
/// assert_eq!(activate([-1.5, 2.5, 7.0], relu6), [0.0, 2.5, 6.0]);
/// ```
#[inline(always)]
pub fn relu6(frame: &mut [f32]) {
    each(frame, |x| cut::between::<FPV5>(x, 0.0, 6.0));
}

/// `slope * x` of each channel below 0, else `x`.
///
/// ```
/// use streaming_net::__private::{activate, leaky_relu};
/// assert_eq!(activate([-2.0, 3.0], leaky_relu(0.25)), [-0.5, 3.0]);
/// ```
#[inline(always)]
pub fn leaky_relu(slope: f32) -> impl Fn(&mut [f32]) {
    move |frame| {
        if cfg!(writes_out) {
            each(frame, |x| cut::leaky::<FPV5>(x, slope));
        } else {
            elementwise::leaky_relu(frame, slope);
        }
    }
}

/// `x` of each channel between `min` and `max`; below `min` a line of slope `min_slope`, above `max` one of
/// `max_slope`.
///
/// ```
/// use streaming_net::__private::{activate, leaky_hard_tanh};
/// assert_eq!(activate([-3.0, 0.5, 2.0], leaky_hard_tanh(-1.0, 1.0, 0.25, 0.5)), [-1.5, 0.5, 1.5]);
/// ```
#[inline(always)]
pub fn leaky_hard_tanh(min: f32, max: f32, min_slope: f32, max_slope: f32) -> impl Fn(&mut [f32]) {
    move |frame| {
        each(frame, |x| {
            let below = if x < min { (x - min) * min_slope + min } else { x };
            if x > max { (x - max) * max_slope + max } else { below }
        });
    }
}

/// A rational function near the hyperbolic tangent. Captures of [Neural Amp Modeler](https://www.neuralampmodeler.com)
/// may have been trained with it, under the name `Fasttanh`:
///
/// ```text
/// x (2.45550750702956 (1 + |x|) + (0.893229853513558 + 0.821226666969744 |x|) x²)
/// / (2.44506634652299 + (2.44506634652299 + x²) |x + 0.814642734961073 x |x||)
/// ```
///
/// Its relative error is at most 5e-7, it is an odd function to the last bit, its range is -1.0081 to 1.0081, and it
/// differs from the hyperbolic tangent by at most 0.0081.
///
/// ```
/// use streaming_net::__private::{activate, rational_tanh};
/// let [y] = activate([0.5], rational_tanh);
/// assert!((y - 0.461_734).abs() < 1e-6); // The hyperbolic tangent is 0.462117.
/// ```
#[inline(never)]
pub fn rational_tanh(frame: &mut [f32]) {
    each(frame, |x| {
        // Beyond, it goes on as it is there, and its terms would be too large.
        let x = x.clamp(-1e6, 1e6);
        let (size, square) = (x.abs(), x * x);
        let above = 2.455_507_5 * (1.0 + size) + (0.893_229_85 + 0.821_226_7 * size) * square;
        let below = (2.445_066_3 + square) * (x + 0.814_642_7 * x * size).abs();
        x * above / (2.445_066_3 + below)
    });
}

/// `alpha * (eˣ - 1)` of each channel below 0, else `x`.
///
/// The error of `eˣ - 1` is at most 4.3e-8, and relative to the result 8.8e-8.
///
/// ```
/// use streaming_net::__private::{activate, elu};
/// assert_eq!(activate([-1.0, 3.0], elu(2.0)), [-1.264_241_1, 3.0]);
/// ```
#[inline(always)]
pub fn elu(alpha: f32) -> impl Fn(&mut [f32]) {
    move |frame| elu_with(alpha, frame)
}

#[inline(never)]
fn elu_with(alpha: f32, frame: &mut [f32]) {
    each(frame, |x| {
        let (positive, negative) = parts(x);
        positive + alpha * exact::exp_m1(negative)
    });
}

/// Both parts of `x`, of which one is 0: a choice between what is made of them becomes a branch.
#[inline(always)]
fn parts(x: f32) -> (f32, f32) {
    if x > 0.0 { (x, 0.0) } else { (0.0, x) }
}

/// [`elu`] with `alpha` = 1.6732632, times 1.050701: with these factors, channels keep mean 0 and variance 1 from layer
/// to layer ([Klambauer et al., 2017](https://arxiv.org/abs/1706.02515)).
///
/// The error is at most 1.35e-7, relative to results above 1; relative to any result it is at most 1.54e-7.
///
/// ```
/// use streaming_net::__private::{activate, selu};
/// assert_eq!(activate([-1.0, 2.0], selu), [-1.111_330_7, 2.101_402]);
/// ```
#[inline(never)]
pub fn selu(frame: &mut [f32]) {
    const SCALE: f32 = 1.050_701;
    const ALPHA: f32 = 1.758_099_3; // Of elu, times the scale.
    each(frame, |x| {
        let (positive, negative) = parts(x);
        SCALE * positive + ALPHA * exact::exp_m1(negative)
    });
}

/// The hyperbolic tangent of each channel, from -1 to 1 and an odd function to the last bit.
///
/// The error is at most 1.05e-7, and relative to the result 6.1e-7. With `x = r + n * ln(2) / 2`, a polynomial gives
/// `tanh(r)`, and the addition theorem `tanh(x)`: `(a + b) / (1 + a * b)` for `a = tanh(r)`, `b = (2ⁿ - 1) / (2ⁿ + 1)`.
///
/// ```
/// use streaming_net::__private::{activate, tanh};
/// assert_eq!(activate([0.0, 0.5], tanh), [0.0, 0.462_117_2]);
/// ```
#[inline(never)]
pub fn tanh(frame: &mut [f32]) {
    #[cfg(all(assembly, not(helium)))]
    outlined::tanh(frame, &exact::CONSTANTS, exact::tanh);
    #[cfg(not(all(assembly, not(helium))))]
    each(frame, exact::tanh);
}

/// The logistic function of each channel, `1 / (1 + e⁻ˣ)`, from 0 to 1. For `x > 0` it is `1 - sigmoid(-x)` to the last
/// bit.
///
/// The error is at most 8.3e-8, and relative to the result 4.2e-6; below -87.69 it is 0. It is computed like [`tanh`],
/// as `sigmoid(x)` is `(1 + tanh(x / 2)) / 2`.
///
/// ```
/// use streaming_net::__private::{activate, sigmoid};
/// assert_eq!(activate([0.0, 2.0], sigmoid), [0.5, 0.880_797_1]);
/// ```
#[inline(never)]
pub fn sigmoid(frame: &mut [f32]) {
    #[cfg(all(assembly, not(helium)))]
    outlined::sigmoid(frame, &exact::CONSTANTS, exact::sigmoid);
    #[cfg(not(all(assembly, not(helium))))]
    each(frame, exact::sigmoid);
}

/// `x * sigmoid(x)` of each channel, also called swish. Minus infinity gives NaN, as in Keras.
///
/// The error is at most 1.33e-7, relative to results above 1; below -87.69 it is 0.
///
/// ```
/// use streaming_net::__private::{activate, silu};
/// assert_eq!(activate([-1.0, 2.0], silu), [-0.268_941_4, 1.761_594_2]);
/// ```
#[inline(never)]
pub fn silu(frame: &mut [f32]) {
    each(frame, |x| x * exact::sigmoid(x));
}

/// An approximation of [`tanh`] in two fifths of the instructions, from -1 to 1 and an odd function to the last bit.
/// With `#[math = "fast"]` it takes the place of `tanh`.
///
/// The error is at most 8.51e-5.
///
/// ```
/// use streaming_net::__private::{activate, fast_tanh};
/// assert_eq!(activate([0.0, 0.5], fast_tanh), [0.0, 0.462_142_1]);
/// ```
#[inline(always)]
pub fn fast_tanh(frame: &mut [f32]) {
    #[cfg(all(assembly, not(helium)))]
    if is_long(frame) {
        let constants = const { &fast::constants(1.0) };
        return outlined::fast_tanh(frame, constants, fast::tanh);
    }
    each(frame, fast::tanh);
}

/// An approximation of [`sigmoid`] in three fifths of the instructions, from 0 to 1: `0.5 + 0.5 * fast_tanh(x / 2)`.
///
/// The error is at most 4.26e-5, which is more than the result itself below -10.
///
/// ```
/// use streaming_net::__private::{activate, fast_sigmoid};
/// assert_eq!(activate([0.0, 2.0], fast_sigmoid), [0.5, 0.880_769_85]);
/// ```
#[inline(always)]
pub fn fast_sigmoid(frame: &mut [f32]) {
    #[cfg(all(assembly, not(helium)))]
    if is_long(frame) {
        let constants = const { &fast::constants(2.0) };
        return outlined::fast_sigmoid(frame, constants, fast::sigmoid);
    }
    each(frame, fast::sigmoid);
}

/// An approximation of [`silu`] in three fifths of the instructions: `x * fast_sigmoid(x)`. Minus infinity gives NaN,
/// as in Keras.
///
/// The error is at most 2.64e-4, relative to results above 1.
///
/// ```
/// use streaming_net::__private::{activate, fast_silu};
/// assert_eq!(activate([-1.0, 2.0], fast_silu), [-0.268_928_95, 1.761_539_7]);
/// ```
#[cfg_attr(writes_out, inline(always))]
#[cfg_attr(not(writes_out), inline(never))]
pub fn fast_silu(frame: &mut [f32]) {
    each(frame, |x| x * fast::sigmoid(x));
}

/// `min(max(x, -1), 1)` of each channel.
///
/// ```
/// use streaming_net::__private::{activate, hard_tanh};
/// assert_eq!(activate([-1.5, 0.5, 3.0], hard_tanh), [-1.0, 0.5, 1.0]);
/// ```
#[inline(always)]
pub fn hard_tanh(frame: &mut [f32]) {
    each(frame, |x| cut::between::<FPV5>(x, -1.0, 1.0));
}

/// `relu6(x + 3) / 6` of each channel: a line from 0 at -3 to 1 at 3, as in Keras 3 and PyTorch. That of Keras 2 is
/// steeper.
///
/// The error is at most 8e-8, and relative to the result 1.2e-7.
///
/// ```
/// use streaming_net::__private::{activate, hard_sigmoid};
/// assert_eq!(activate([-3.5, 0.0, 1.5, 4.0], hard_sigmoid), [0.0, 0.5, 0.75, 1.0]);
/// ```
#[inline(always)]
pub fn hard_sigmoid(frame: &mut [f32]) {
    each(frame, |x| x + 3.0);
    relu6(frame);
    each(frame, |x| x * (1.0 / 6.0));
}

/// `x * hard_sigmoid(x)` of each channel: Keras' `hard_silu`. Minus infinity gives NaN, as in Keras.
///
/// The error is at most 1.69e-7, relative to results above 1; relative to any result it is at most 1.79e-7.
///
/// ```
/// use streaming_net::__private::{activate, hard_swish};
/// assert_eq!(activate([-3.5, 1.5, 4.0], hard_swish), [0.0, 1.125, 4.0]);
/// ```
#[inline(always)]
pub fn hard_swish(frame: &mut [f32]) {
    each(frame, |x| {
        let mut share = [x];
        hard_sigmoid(&mut share);
        let [share] = share;
        x * share
    });
}

/// `x / (1 + |x|)` of each channel, from -1 to 1. An infinity gives NaN, as in Keras.
///
/// The error is at most 9e-8, and relative to the result 1.2e-7.
///
/// ```
/// use streaming_net::__private::{activate, softsign};
/// assert_eq!(activate([-1.0, 3.0], softsign), [-0.5, 0.75]);
/// ```
#[inline(always)]
pub fn softsign(frame: &mut [f32]) {
    each(frame, |x| x / (1.0 + x.abs()));
}

/// `eˣ` of every channel, divided by the sum of all `eˣ`. The largest channel is subtracted first, so that no `eˣ`
/// overflows.
///
/// The error of `eˣ` is at most 4.9e-8, and relative to the result 4.1e-6. It is `2ⁿ` times a polynomial of the
/// remainder.
///
/// ```
/// use streaming_net::__private::{activate, softmax};
/// assert_eq!(activate([1000.0, 1000.0], softmax), [0.5, 0.5]);
/// ```
#[inline(never)]
pub fn softmax(frame: &mut [f32]) {
    let largest = largest(frame);
    each(frame, |x| exact::exp(x - largest));
    let sum: f32 = frame.iter().sum();
    // One division, and a multiplication of every channel.
    let share = 1.0 / sum;
    each(frame, |power| power * share);
}

/// Whether a call is less work than what is written out for each number.
#[cfg(all(assembly, not(helium)))]
#[inline(always)]
const fn is_long(frame: &[f32]) -> bool {
    cfg!(not(writes_out)) || frame.len() >= 8
}

/// The largest channel. A NaN is passed over.
#[inline(always)]
fn largest(frame: &[f32]) -> f32 {
    frame.iter().fold(f32::NEG_INFINITY, |largest, &x| if x > largest { x } else { largest })
}
