//! Activations of whole frames. NaN passes through each of them, as in Keras.

/// `x` where it is positive, else 0.
///
/// ```
/// assert_eq!(streaming_net::relu([-1.5, 0.0, 2.5]), [0.0, 0.0, 2.5]);
/// ```
#[inline]
#[must_use]
pub fn relu<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    frame.map(|x| if x < 0.0 { 0.0 } else { x })
}

/// `x` cut off at 0 and at 6.
///
/// ```
/// assert_eq!(streaming_net::relu6([-1.5, 2.5, 7.0]), [0.0, 2.5, 6.0]);
/// ```
#[inline]
#[must_use]
pub fn relu6<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    relu(frame).map(|x| if x > 6.0 { 6.0 } else { x })
}

/// `x` where it is positive, else `slope * x`.
///
/// ```
/// assert_eq!(streaming_net::leaky_relu(0.25, [-2.0, 3.0]), [-0.5, 3.0]);
/// ```
#[inline]
#[must_use]
pub fn leaky_relu<const CHANNELS: usize>(slope: f32, frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    frame.map(|x| if x < 0.0 { slope * x } else { x })
}

/// `x` where it is positive, else `alpha * (eˣ - 1)`.
///
/// ```
/// assert_eq!(streaming_net::elu(2.0, [-1.0, 3.0]), [-1.264_241_1, 3.0]);
/// ```
#[inline]
#[must_use]
pub fn elu<const CHANNELS: usize>(alpha: f32, frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    frame.map(|x| if x < 0.0 { alpha * libm::expm1f(x) } else { x })
}

/// The hyperbolic tangent.
///
/// ```
/// assert_eq!(streaming_net::tanh([0.0, 0.5]), [0.0, 0.462_117_14]);
/// ```
#[inline]
#[must_use]
pub fn tanh<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    frame.map(libm::tanhf)
}

/// The logistic function, `1 / (1 + e⁻ˣ)`.
///
/// ```
/// assert_eq!(streaming_net::sigmoid([0.0, 2.0]), [0.5, 0.880_797_05]);
/// ```
#[inline]
#[must_use]
pub fn sigmoid<const CHANNELS: usize>(frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
    frame.map(|x| 1.0 / (1.0 + libm::expf(-x)))
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
    let powers = frame.map(|x| libm::expf(x - largest));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
