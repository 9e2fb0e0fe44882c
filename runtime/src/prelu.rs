use crate::activation::is_not_above_0;

/// The trained slopes of a leaky ReLU, one per channel, in flash: `alpha[c] * x[c]` if `x[c]` is negative, else
/// `x[c]`. Keras' [`PReLU`](https://keras.io/api/layers/activation_layers/prelu/) with its time axis shared, and
/// PyTorch's. NaN passes.
///
/// ```
/// use streaming_net::__private::Prelu;
///
/// static PRELU: Prelu<3> = Prelu { alpha: [0.25, -1.0, 0.5] };
/// assert_eq!(PRELU.apply([-2.0, -3.0, 4.0]), [-0.5, 3.0, 4.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Prelu<const CHANNELS: usize> {
    /// The slope of each channel.
    pub alpha: [f32; CHANNELS],
}

impl<const CHANNELS: usize> Prelu<CHANNELS> {
    /// The output frame for `frame`.
    #[inline(always)]
    #[must_use]
    pub fn apply(&self, mut frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
        for (x, alpha) in frame.iter_mut().zip(&self.alpha) {
            *x = if is_not_above_0(*x) { alpha * *x } else { *x };
        }
        frame
    }
}
