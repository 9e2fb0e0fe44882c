//! The arithmetic of convolutions: a small set of primitives. Those of the layers that CMSIS-DSP serves have one
//! implementation for every target and one on CMSIS-DSP; the others are the same on both.

#[cfg(feature = "cmsis-dsp")]
mod cmsis_dsp;
mod conv2d;
mod conv_transpose;
mod depthwise;
mod gemm;
mod gemv;
#[cfg(not(feature = "cmsis-dsp"))]
mod portable;
#[cfg(feature = "cmsis-dsp")]
mod scalar_block;

#[cfg(feature = "cmsis-dsp")]
pub(crate) use cmsis_dsp::{conv, grouped_conv, is_written_out};
#[cfg(not(feature = "cmsis-dsp"))]
pub(crate) use portable::{conv, conv_frames, grouped_conv, is_written_out, residual_frames};
#[cfg(feature = "cmsis-dsp")]
pub(crate) use scalar_block::{conv_frames, residual_frames};

pub(crate) use self::conv_transpose::transposed;
pub(crate) use self::conv2d::{Positions, Shape, conv2d, depthwise_conv2d, grouped_conv2d};
pub(crate) use self::gemm::add_four;

/// Multiply-accumulates of a layer that is written out.
const MOST_INLINED: usize = 256;

/// Frames that a block is taken in: for so many, a weight is loaded once.
pub(crate) const FRAMES: usize = 4;

/// Whether there is a kernel for blocks, which is less work than one frame after the other. The Cortex-M55's vectors (Helium) hold several outputs of
/// one frame, and gain nothing from more frames. CMSIS-DSP gains little, and adds up more frames in another order.
pub(crate) const HAS_BLOCK_KERNEL: bool = cfg!(not(any(helium, feature = "cmsis-dsp")));

/// The neutral element of addition: with it, the compiler leaves the addition out. Plus zero is not neutral, because
/// `-0.0 + 0.0` is plus zero.
const NEGATIVE_ZERO: f32 = -0.0;

/// Sums without a term.
pub(crate) const fn neutral<const OUTPUTS: usize>() -> [f32; OUTPUTS] {
    [NEGATIVE_ZERO; OUTPUTS]
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
