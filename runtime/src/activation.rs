//! Activations of whole frames. NaN passes through each of them, as in Keras.
//!
//! The errors stated are the largest of every f32, by `tests/activations.rs`, which also finds `tanh`, `sigmoid`, `elu`
//! and softmax's `eˣ` monotonic. The vectors of a Cortex-M55 take numbers below 1.2e-38 for 0.

mod exact;

/// 0 where `x` is negative, else `x`.
///
/// ```
/// assert_eq!(streaming_net::relu([-1.5, 0.0, 2.5]), [0.0, 0.0, 2.5]);
/// ```
#[inline]
#[must_use]
pub fn relu<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, |x| if x < 0.0 { 0.0 } else { x })
}

/// `x` cut off at 0 and at 6.
///
/// ```
/// assert_eq!(streaming_net::relu6([-1.5, 2.5, 7.0]), [0.0, 2.5, 6.0]);
/// ```
#[inline]
#[must_use]
pub fn relu6<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(relu(frame), |x| if x > 6.0 { 6.0 } else { x })
}

/// `slope * x` where `x` is negative, else `x`.
///
/// ```
/// assert_eq!(streaming_net::leaky_relu(0.25, [-2.0, 3.0]), [-0.5, 3.0]);
/// ```
#[inline]
#[must_use]
pub fn leaky_relu<const CHANNELS: usize>(slope: f32, frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, |x| if x < 0.0 { slope * x } else { x })
}

/// `alpha * (eˣ - 1)` where `x` is negative, else `x`.
///
/// `eˣ - 1` is off by at most 4.3e-8, and by 8.8e-8 of itself.
///
/// ```
/// assert_eq!(streaming_net::elu(2.0, [-1.0, 3.0]), [-1.264_241_1, 3.0]);
/// ```
#[inline]
#[must_use]
pub fn elu<const CHANNELS: usize>(alpha: f32, frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, |x| {
        // Both parts of every `x`, of which one is 0: a choice between them becomes a branch.
        let (positive, negative) = if x > 0.0 { (x, 0.0) } else { (0.0, x) };
        positive + alpha * exact::exp_m1(negative)
    })
}

/// The hyperbolic tangent, from -1 to 1 and odd to the bit.
///
/// It is off by at most 1.05e-7, and by 6.1e-7 of itself. With `x = r + n * ln(2) / 2`, a polynomial gives `tanh(r)`, and
/// the addition theorem `tanh(x)`: `(a + b) / (1 + a * b)` for `a = tanh(r)`, `b = (2ⁿ - 1) / (2ⁿ + 1)`.
///
/// ```
/// assert_eq!(streaming_net::tanh([0.0, 0.5]), [0.0, 0.462_117_2]);
/// ```
#[inline]
#[must_use]
pub fn tanh<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, exact::tanh)
}

/// The logistic function, `1 / (1 + e⁻ˣ)`, from 0 to 1. For `x > 0` it is `1 - sigmoid(-x)` to the bit.
///
/// It is off by at most 8.3e-8, and by 4.2e-6 of itself; below -87.69 it is 0. Its source is that of [`tanh`], as
/// `sigmoid(x)` is `(1 + tanh(x / 2)) / 2`.
///
/// ```
/// assert_eq!(streaming_net::sigmoid([0.0, 2.0]), [0.5, 0.880_797_1]);
/// ```
#[inline]
#[must_use]
pub fn sigmoid<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, exact::sigmoid)
}

/// `eˣ` of every channel, divided by their sum. The largest channel is subtracted first, so that no `eˣ` overflows.
///
/// `eˣ` is then off by at most 4.9e-8, and by 4.1e-6 of itself: `2ⁿ`, times a polynomial for the rest of `x`.
///
/// ```
/// assert_eq!(streaming_net::softmax([1000.0, 1000.0]), [0.5, 0.5]);
/// ```
#[inline]
#[must_use]
pub fn softmax<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    let largest = frame
        .into_iter()
        .fold(f32::NEG_INFINITY, |largest, x| if x > largest { x } else { largest });
    let powers = each(frame, |x| exact::exp(x - largest));
    let sum: f32 = powers.iter().sum();
    // One division, and a multiplication of every channel.
    let share = 1.0 / sum;
    each(powers, |power| power * share)
}

/// Channels of a frame that are written out one by one.
const MOST_INLINED: usize = 16;

/// `activation` of every channel.
#[inline(always)]
fn each<const CHANNELS: usize>(
    mut frame: [f32; CHANNELS],
    activation: impl Fn(f32) -> f32,
) -> [f32; CHANNELS] {
    if CHANNELS <= MOST_INLINED {
        frame.map(activation)
    } else {
        each_of_many(&mut frame, activation);
        frame
    }
}

/// The same for a frame of any length: one function for all large frames.
#[inline(never)]
fn each_of_many(frame: &mut [f32], activation: impl Fn(f32) -> f32) {
    for x in frame {
        *x = activation(*x);
    }
}
