use crate::activation::activate;
use crate::combine::{add, multiply};

/// The weights of an affine map of each channel, in flash: `y[c] = scale[c] * x[c] + shift[c]`. A trained batch
/// normalization is such a map.
///
/// ```
/// use streaming_net::__private::{Affine, relu};
///
/// static AFFINE: Affine<2> = Affine { scale: [2.0, -1.0], shift: [0.5, 1.0] };
/// assert_eq!(AFFINE.apply([3.0, 4.0], relu), [6.5, 0.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Affine<const CHANNELS: usize> {
    /// The factor of each channel.
    pub scale: [f32; CHANNELS],
    /// The addend of each channel.
    pub shift: [f32; CHANNELS],
}

impl<const CHANNELS: usize> Affine<CHANNELS> {
    /// The output frame for `frame`, with `activation` applied.
    #[inline(always)]
    pub fn apply(
        &self,
        frame: [f32; CHANNELS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; CHANNELS] {
        activate(add(multiply(frame, self.scale), self.shift), activation)
    }
}

/// A trained batch normalization, in flash: `y[c] = (x[c] - mean[c]) * scale[c] + shift[c]`. The mean is taken off first: a
/// large one, such as an air pressure in Pa, cancels without being rounded.
///
/// ```
/// use streaming_net::__private::{BatchNorm, linear};
///
/// static NORM: BatchNorm<1> = BatchNorm { mean: [101_325.0], scale: [0.1], shift: [0.0] };
/// assert_eq!(NORM.apply([101_330.0], linear), [0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BatchNorm<const CHANNELS: usize> {
    /// The means of the training.
    pub mean: [f32; CHANNELS],
    /// The factors.
    pub scale: [f32; CHANNELS],
    /// The addends.
    pub shift: [f32; CHANNELS],
}

impl<const CHANNELS: usize> BatchNorm<CHANNELS> {
    /// The `activation` of the output frame for `frame`.
    #[inline(always)]
    pub fn apply(
        &self,
        mut frame: [f32; CHANNELS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; CHANNELS] {
        for (x, mean) in frame.iter_mut().zip(self.mean) {
            *x -= mean;
        }
        activate(add(multiply(frame, self.scale), self.shift), activation)
    }
}
