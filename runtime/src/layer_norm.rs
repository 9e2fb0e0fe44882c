mod reciprocal_root;

pub(crate) use self::reciprocal_root::reciprocal_root;
use crate::schedule::in_16_bits;

/// The weights of a layer normalization, in flash:
/// `y[c] = gamma[c] * (x[c] - mean) / sqrt(variance + epsilon) + beta[c]`, with the mean and the variance of the
/// channels of the frame. It is Keras'
/// [`LayerNormalization`](https://keras.io/api/layers/normalization_layers/layer_normalization/) and PyTorch's
/// ([Ba et al., 2016](https://arxiv.org/abs/1607.06450)). The variance is the sum of the squared differences to the
/// mean, divided by the number of channels.
///
/// A mean that is large compared with the differences costs no accuracy. The sum of the squared differences must be
/// below 3.4e38. A NaN in one channel makes all channels NaN.
///
/// ```
/// use streaming_net::__private::LayerNorm;
///
/// static NORM: LayerNorm<2> = LayerNorm { gamma: [1.0, 2.0], beta: [0.0, 0.5], epsilon: 0.75 };
/// // The mean is 2.5, the variance 0.25.
/// assert_eq!(NORM.apply([2.0, 3.0]), [-0.5, 1.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LayerNorm<const CHANNELS: usize> {
    /// The factor of each channel.
    pub gamma: [f32; CHANNELS],
    /// The addend of each channel.
    pub beta: [f32; CHANNELS],
    /// Accumulate to the variance, so that a frame of equal channels is not divided by 0. Keras' default is 1e-3, PyTorch's
    /// 1e-5.
    pub epsilon: f32,
}

impl<const CHANNELS: usize> LayerNorm<CHANNELS> {
    const COUNT: f32 = {
        assert!(CHANNELS >= 1 && CHANNELS <= u16::MAX as usize, "a frame has 1 to 65535 channels");
        in_16_bits(CHANNELS) as f32
    };

    /// The output frame for `frame`.
    #[inline(always)]
    #[must_use]
    pub fn apply(&self, mut frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
        // One function for all layers of as many channels.
        normalize(&mut frame, Self::COUNT, self.epsilon);
        for (x, (gamma, beta)) in frame.iter_mut().zip(self.gamma.iter().zip(&self.beta)) {
            *x = gamma * *x + beta;
        }
        frame
    }
}

/// `(x - mean) / sqrt(variance + epsilon)` of the `count` channels of a frame.
#[inline(never)]
fn normalize(frame: &mut [f32], count: f32, epsilon: f32) {
    let share = 1.0 / count;
    subtract_mean(frame, share);
    // What rounding has left of the mean, where that is large beside the differences.
    subtract_mean(frame, share);
    let squares: f32 = frame.iter().map(|x| x * x).sum();
    let factor = reciprocal_root(squares * share + epsilon);
    for x in frame {
        *x *= factor;
    }
}

#[inline(always)]
fn subtract_mean(frame: &mut [f32], share: f32) {
    let sum: f32 = frame.iter().sum();
    let mean = sum * share;
    for x in frame {
        *x -= mean;
    }
}
