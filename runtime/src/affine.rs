use crate::{activate, add, multiply};

/// The weights of an affine map of each channel, in flash: `y[c] = scale[c] * x[c] + shift[c]`. A trained batch
/// normalization is such a map.
///
/// ```
/// use streaming_net::{Affine, relu};
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
