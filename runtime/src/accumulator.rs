//! What the sums of a block start from.

use crate::activation::linear;
use crate::combine::add;
use crate::conv::{Bias, Conv};
use crate::sealed::Sealed;

/// The same for convolutions of every shape.
#[derive(Clone, Copy, Debug, Default)]
pub struct First<'a> {
    /// Frames that are added.
    pub(crate) frames: Option<&'a [f32]>,
    /// Frames of so many channels, and the weights that they are multiplied by.
    pub(crate) condition: Option<(&'a [f32], usize, &'a [f32])>,
}

/// What the sums of a block start from beside the bias: nothing, `()`; frames; or a convolution of frames,
/// [`ConditionSums`].
pub trait AccumulatorInit<const OUTPUTS: usize>: Sealed + Copy {
    /// The frames.
    fn first(&self) -> First<'_>;

    /// What the sums of the first frame start from, `bias` included.
    fn of_frame(&self, bias: &[f32; OUTPUTS]) -> [f32; OUTPUTS];

    /// `bias`, with that of the convolution of frames.
    fn with_bias(&self, bias: [f32; OUTPUTS]) -> [f32; OUTPUTS] {
        bias
    }
}

/// Only the bias.
impl<const OUTPUTS: usize> AccumulatorInit<OUTPUTS> for () {
    #[inline(always)]
    fn first(&self) -> First<'_> {
        First::default()
    }

    #[inline(always)]
    fn of_frame(&self, bias: &[f32; OUTPUTS]) -> [f32; OUTPUTS] {
        *bias
    }
}

/// One frame of initial values for each frame.
impl<const OUTPUTS: usize> AccumulatorInit<OUTPUTS> for &[[f32; OUTPUTS]] {
    #[inline(always)]
    fn first(&self) -> First<'_> {
        First { frames: Some(self.as_flattened()), condition: None }
    }

    #[inline(always)]
    fn of_frame(&self, bias: &[f32; OUTPUTS]) -> [f32; OUTPUTS] {
        match self {
            [frame, ..] => add(*frame, *bias),
            [] => *bias,
        }
    }
}

/// A 1x1 convolution of other frames, which the sums of another convolution start from.
#[derive(Debug)]
pub struct ConditionSums<'a, const INPUTS: usize, const OUTPUTS: usize, B> {
    conv: &'a Conv<1, INPUTS, OUTPUTS, B>,
    frames: &'a [[f32; INPUTS]],
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
    /// This convolution of `frames`, as the initial value of the sums of another convolution.
    #[inline(always)]
    pub const fn sums_of<'a>(
        &'a self,
        frames: &'a [[f32; INPUTS]],
    ) -> ConditionSums<'a, INPUTS, OUTPUTS, B> {
        ConditionSums { conv: self, frames }
    }
}

// They are references, whatever the bias is.
impl<const INPUTS: usize, const OUTPUTS: usize, B> Clone for ConditionSums<'_, INPUTS, OUTPUTS, B> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<const INPUTS: usize, const OUTPUTS: usize, B> Copy for ConditionSums<'_, INPUTS, OUTPUTS, B> {}

impl<const INPUTS: usize, const OUTPUTS: usize, B> Sealed
    for ConditionSums<'_, INPUTS, OUTPUTS, B>
{
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> AccumulatorInit<OUTPUTS>
    for ConditionSums<'_, INPUTS, OUTPUTS, B>
{
    #[inline(always)]
    fn first(&self) -> First<'_> {
        let weights = self.conv.kernel.as_flattened().as_flattened();
        First { frames: None, condition: Some((self.frames.as_flattened(), INPUTS, weights)) }
    }

    #[inline(always)]
    fn of_frame(&self, bias: &[f32; OUTPUTS]) -> [f32; OUTPUTS] {
        match self.frames {
            [frame, ..] => self.conv.mixed(bias, frame, linear),
            [] => *bias,
        }
    }

    #[inline(always)]
    fn with_bias(&self, bias: [f32; OUTPUTS]) -> [f32; OUTPUTS] {
        if B::IS_NEUTRAL { bias } else { add(bias, *self.conv.bias.first_sums()) }
    }
}
