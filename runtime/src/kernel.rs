//! The arithmetic of convolutions: a small set of primitives, with one implementation for every target and one on
//! CMSIS-DSP.

#[cfg(feature = "cmsis-dsp")]
mod cmsis_dsp;
#[cfg(not(feature = "cmsis-dsp"))]
mod portable;

#[cfg(feature = "cmsis-dsp")]
pub(crate) use cmsis_dsp::{conv, conv_frames, grouped_conv, is_written_out};
#[cfg(not(feature = "cmsis-dsp"))]
pub(crate) use portable::{conv, conv_frames, grouped_conv, is_written_out};

/// Frames that a block is taken in: for so many, a weight is loaded once.
pub(crate) const FRAMES: usize = 4;

/// Whether that is less work than to take the frames one by one. The Cortex-M55's vectors (Helium) hold several outputs of
/// one frame, and gain nothing from more frames. CMSIS-DSP gains little, and adds up more frames in another order.
pub(crate) const AT_ONCE: bool = cfg!(not(any(helium, feature = "cmsis-dsp")));

/// Sums of nothing. Minus zero is the neutral element of addition, plus zero is not: with this one the compiler leaves
/// the addition out.
pub(crate) const fn nothing<const OUTPUTS: usize>() -> [f32; OUTPUTS] {
    [-0.0; OUTPUTS]
}
