//! The arithmetic of convolutions: a few functions that are not generic, which all layers call. On Cortex-M processors with a
//! floating-point unit they are assembly, elsewhere Rust. The products of a dense layer may be on CMSIS-DSP.

mod block;
#[cfg(feature = "cmsis-dsp")]
mod cmsis_dsp;
mod conv2d;
mod conv_transpose;
#[cfg(assembly)]
pub(crate) mod cortex_m;
mod depthwise;
pub(crate) mod elementwise;
#[cfg(not(assembly))]
mod portable;
mod portable_elementwise;
mod results;
mod runs;
mod shape;
#[cfg(not(feature = "cmsis-dsp"))]
mod written_out;

use core::array;

pub(crate) use self::block::{Layer, Walk, newest};
#[cfg(feature = "cmsis-dsp")]
pub(crate) use self::cmsis_dsp::conv_of_past;
pub(crate) use self::conv_transpose::transposed;
pub(crate) use self::conv2d::{
    Layer2d, Positions, Windows, conv2d, depthwise_conv2d, grouped_conv2d,
};
#[cfg(assembly)]
pub(crate) use self::cortex_m::{Run, Runs, add_conv, few, frames, gates};
pub(crate) use self::depthwise::depthwise_conv;
pub(crate) use self::elementwise::copy;
#[cfg(not(assembly))]
pub(crate) use self::portable::{Run, Runs, add_conv, few, frames, gates};
pub(crate) use self::results::{End, Results};
use self::runs::{Product, Taps};
pub(crate) use self::shape::{LayerShape, Shape};
#[cfg(not(feature = "cmsis-dsp"))]
pub(crate) use self::written_out::conv_of_past;
use crate::activation::linear;
use crate::delay_line::Past;
use crate::pointwise::FewActivation;

/// Frames that a block is taken in: for so many, a weight is loaded once.
pub(crate) const FRAMES: usize = 4;

/// Layers of at most so many inputs and outputs have a kernel of their own.
pub(crate) const FEW: usize = 4;

/// Whether there is a kernel for blocks, which is less work than one frame after the other. CMSIS-DSP gains little, and adds
/// up more frames in another order.
pub(crate) const HAS_BLOCK_KERNEL: bool = cfg!(not(feature = "cmsis-dsp"));

/// The neutral element of addition: with it, the compiler leaves the addition out. Plus zero is not neutral, because
/// `-0.0 + 0.0` is plus zero.
const NEGATIVE_ZERO: f32 = -0.0;

/// Sums without a term.
pub(crate) const fn neutral<const OUTPUTS: usize>() -> [f32; OUTPUTS] {
    [NEGATIVE_ZERO; OUTPUTS]
}

/// The results of several frames of a convolution of so many inputs and outputs. What is left of the activation is applied for few
/// channels only.
#[inline(always)]
pub(crate) fn product<const INPUTS: usize, const OUTPUTS: usize, A: FewActivation>(
    product: &mut Product<'_>,
) {
    if INPUTS <= FEW && OUTPUTS <= FEW {
        few::<INPUTS, OUTPUTS, A>(product);
    } else {
        frames(product);
    }
}

/// The `first` sums, and `frame * weights`, a row vector times a matrix.
#[inline(always)]
pub(crate) fn dense<const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    frame: &[f32; INPUTS],
    weights: &[[f32; OUTPUTS]; INPUTS],
) -> [f32; OUTPUTS] {
    activated(first, frame, weights, linear)
}

/// The same, and an activation.
#[inline(always)]
pub(crate) fn activated<const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    frame: &[f32; INPUTS],
    weights: &[[f32; OUTPUTS]; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    // A factor alone.
    if cfg!(not(writes_out))
        && let ([x], [row]) = (frame.as_slice(), weights.as_slice())
    {
        let mut sums = elementwise::scaled_sum(first, row, *x);
        activation(&mut sums);
        return sums;
    }
    let shape = const { &LayerShape::new(1) };
    conv_of_past(first, frame, array::from_ref(weights), shape, Past::NONE, activation)
}
