//! The arithmetic of convolutions: a small set of primitives. Those of the layers that CMSIS-DSP serves have one
//! implementation for every target and one on CMSIS-DSP; the others are the same on both.

mod channels;
#[cfg(feature = "cmsis-dsp")]
mod cmsis_dsp;
mod features;
#[cfg(feature = "cmsis-dsp")]
mod one_by_one;
#[cfg(not(feature = "cmsis-dsp"))]
mod portable;
mod row;
mod several;
mod transposed;

#[cfg(feature = "cmsis-dsp")]
pub(crate) use cmsis_dsp::{conv, grouped_conv, is_written_out};
#[cfg(feature = "cmsis-dsp")]
pub(crate) use one_by_one::{conv_frames, residual_frames};
#[cfg(not(feature = "cmsis-dsp"))]
pub(crate) use portable::{conv, conv_frames, grouped_conv, is_written_out, residual_frames};

pub(crate) use self::features::{Positions, Shape, conv2d, depthwise_conv2d, grouped_conv2d};
pub(crate) use self::several::add_four;
pub(crate) use self::transposed::transposed;

/// Multiply-accumulates of a layer that is written out.
const MOST_INLINED: usize = 256;

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

/// Adds `frame * weights`, a row vector times a matrix, written out.
#[inline(always)]
fn add_tap<const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    frame: &[f32; INPUTS],
    weights: &[[f32; OUTPUTS]; INPUTS],
) {
    for (x, row) in frame.iter().zip(weights) {
        add_product(sums, *x, row);
    }
}

/// Adds `x * row` to `sums`.
#[inline(always)]
fn add_product(sums: &mut [f32], x: f32, row: &[f32]) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += x * weight;
    }
}
