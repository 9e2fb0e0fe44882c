//! Activations of blocks.

#[cfg(all(assembly, not(helium)))]
use crate::activation::{exact, fast};
use crate::activation::{fast_tanh, tanh};
#[cfg(all(assembly, not(helium)))]
use crate::kernel::cortex_m::activations::Constants;
use crate::kernel::elementwise;
use crate::sealed::Sealed;

/// An activation that a kernel applies to sums before it writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Pointwise {
    /// None.
    #[default]
    Linear,
    /// [`relu`](crate::__private::relu).
    Relu,
    /// [`leaky_relu`](crate::__private::leaky_relu) with a slope above 0 and at most 1.
    LeakyRelu(f32),
}

impl Pointwise {
    /// What it is for the assembly: 0 none, 1 ReLU, 2 leaky ReLU; and its slope.
    #[cfg(assembly)]
    pub(crate) const fn code(self) -> (u32, f32) {
        match self {
            Self::Linear => (0, 0.0),
            Self::Relu => (1, 0.0),
            Self::LeakyRelu(slope) => (2, slope),
        }
    }

    /// Applies it to numbers.
    #[inline(always)]
    pub(crate) fn apply(self, numbers: &mut [f32]) {
        match self {
            Self::Linear => {}
            Self::Relu => elementwise::relu_block(numbers),
            Self::LeakyRelu(slope) => elementwise::leaky_relu(numbers, slope),
        }
    }
}

/// What a block of a convolution is given as its activation: one that kernels apply, or any function of numbers.
pub trait BlockActivation: Sized {
    /// What a kernel applies to sums.
    fn pointwise(&self) -> Pointwise {
        Pointwise::Linear
    }

    /// Applies what is left to the results.
    fn apply_rest(self, results: &mut [f32]);
}

impl BlockActivation for Pointwise {
    #[inline(always)]
    fn pointwise(&self) -> Pointwise {
        *self
    }

    #[inline(always)]
    fn apply_rest(self, _: &mut [f32]) {}
}

impl<F: Fn(&mut [f32])> BlockActivation for F {
    #[inline(always)]
    fn apply_rest(self, results: &mut [f32]) {
        self(results);
    }
}

/// What the kernel of residual blocks applies to sums of few channels: a [`Pointwise`], [`Tanh`] or [`FastTanh`]. The last two are types,
/// so that a program without a tanh does not have its code.
pub trait FewActivation: Sealed + Copy {
    /// What the kernel applies by itself.
    fn pointwise(self) -> Pointwise {
        Pointwise::Linear
    }

    /// Whether there is more to apply.
    const HAS_REST: bool = true;

    /// Applies that.
    fn apply_rest(results: &mut [f32]);

    /// The function that the assembly calls for four numbers at a time: 0 none, 1 [`tanh`], 2 [`fast_tanh`]; and what it begins with.
    #[cfg(all(assembly, not(helium)))]
    const OF_FOURS: (i32, &'static Constants);
}

impl Sealed for Pointwise {}

impl FewActivation for Pointwise {
    const HAS_REST: bool = false;

    #[inline(always)]
    fn pointwise(self) -> Pointwise {
        self
    }

    #[inline(always)]
    fn apply_rest(_: &mut [f32]) {}

    #[cfg(all(assembly, not(helium)))]
    const OF_FOURS: (i32, &'static Constants) = (0, &[0.0; 8]);
}

/// [`tanh`].
#[derive(Clone, Copy, Debug)]
pub struct Tanh;

impl Sealed for Tanh {}

impl FewActivation for Tanh {
    #[inline(always)]
    fn apply_rest(results: &mut [f32]) {
        tanh(results);
    }

    #[cfg(all(assembly, not(helium)))]
    const OF_FOURS: (i32, &'static Constants) = (1, &exact::CONSTANTS);
}

/// [`fast_tanh`].
#[derive(Clone, Copy, Debug)]
pub struct FastTanh;

impl Sealed for FastTanh {}

impl FewActivation for FastTanh {
    #[inline(always)]
    fn apply_rest(results: &mut [f32]) {
        fast_tanh(results);
    }

    #[cfg(all(assembly, not(helium)))]
    const OF_FOURS: (i32, &'static Constants) = (2, &fast::constants(1.0));
}
