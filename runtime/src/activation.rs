//! Activations of whole frames. NaN passes through each of them, as in Keras.

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
/// ```
/// assert_eq!(streaming_net::elu(2.0, [-1.0, 3.0]), [-1.264_241_1, 3.0]);
/// ```
#[inline]
#[must_use]
pub fn elu<const CHANNELS: usize>(alpha: f32, frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, |x| if x < 0.0 { alpha * libm::expm1f(x) } else { x })
}

/// The hyperbolic tangent.
///
/// ```
/// assert_eq!(streaming_net::tanh([0.0, 0.5]), [0.0, 0.462_117_14]);
/// ```
#[inline]
#[must_use]
pub fn tanh<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, libm::tanhf)
}

/// The logistic function, `1 / (1 + e⁻ˣ)`.
///
/// ```
/// assert_eq!(streaming_net::sigmoid([0.0, 2.0]), [0.5, 0.880_797_05]);
/// ```
#[inline]
#[must_use]
pub fn sigmoid<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    each(frame, |x| 1.0 / (1.0 + libm::expf(-x)))
}

/// `eˣ` of every channel, divided by their sum. The largest channel is subtracted first, so that no `eˣ` overflows.
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
    let powers = each(frame, |x| libm::expf(x - largest));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
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
