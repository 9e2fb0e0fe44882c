use crate::{activate, add, multiply};

/// Three numbers of every channel, in flash: `y[c] = (x[c] - center[c]) * scale[c] + shift[c]`. A trained batch
/// normalization is one. The center is taken off first, so that a large one, such as an air pressure in Pa, cancels without
/// a rounding.
///
/// ```
/// use streaming_net::{Affine, relu};
///
/// static AFFINE: Affine<2> =
///     Affine { center: [1.0, 0.0], scale: [2.0, -1.0], shift: [0.5, 1.0] };
/// assert_eq!(AFFINE.apply([3.0, 4.0], relu), [4.5, 0.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Affine<const CHANNELS: usize> {
    /// What is taken off.
    pub center: [f32; CHANNELS],
    /// The factors.
    pub scale: [f32; CHANNELS],
    /// The addends.
    pub shift: [f32; CHANNELS],
}

impl<const CHANNELS: usize> Affine<CHANNELS> {
    /// The `activation` of the output frame for `frame`.
    #[inline(always)]
    pub fn apply(
        &self,
        frame: [f32; CHANNELS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; CHANNELS] {
        let mut frame = frame;
        for (x, center) in frame.iter_mut().zip(self.center) {
            *x -= center;
        }
        activate(add(multiply(frame, self.scale), self.shift), activation)
    }
}
