//! Activations of blocks.

#[cfg(not(all(assembly, helium)))]
use crate::activation::{leaky_relu, relu};

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
    /// Applies it to numbers.
    #[cfg(not(all(assembly, helium)))]
    pub(crate) fn apply(self, numbers: &mut [f32]) {
        match self {
            Self::Linear => {}
            Self::Relu => relu(numbers),
            Self::LeakyRelu(slope) => leaky_relu(slope)(numbers),
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
