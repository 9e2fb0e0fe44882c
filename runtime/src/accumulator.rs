//! What the sums of a block start from, and where the outputs go.

use crate::combine::add;
use crate::conv::{Bias, Conv};
use crate::kernel::{FRAMES, add_four};
use crate::sealed::Sealed;

/// What the sums of a block start from beside the bias: nothing, `()`; frames; or a convolution of frames,
/// [`ConditionSums`].
pub trait AccumulatorInit<const OUTPUTS: usize>: Sealed {
    /// The part that is the same for every frame.
    type Weights: Copy;
    /// The part that belongs to four frames.
    type Four;

    /// The part that is the same for every frame.
    fn weights(&self) -> Self::Weights;

    /// The parts of the next frames, four frames an item: `fours` items.
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four>;

    /// Sets `sums` to the initial values of four frames, `bias` included.
    fn init(
        weights: Self::Weights,
        bias: [f32; OUTPUTS],
        four: Self::Four,
        sums: &mut [[f32; OUTPUTS]; FRAMES],
    );
}

/// Only the bias.
impl<const OUTPUTS: usize> AccumulatorInit<OUTPUTS> for () {
    type Weights = ();
    type Four = usize;

    #[inline(always)]
    fn weights(&self) {}

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = usize> {
        0..fours
    }

    #[inline(always)]
    fn init((): (), bias: [f32; OUTPUTS], _: usize, sums: &mut [[f32; OUTPUTS]; FRAMES]) {
        sums.fill(bias);
    }
}

/// One frame of initial values for each frame.
impl<'a, const OUTPUTS: usize> AccumulatorInit<OUTPUTS> for &'a [[f32; OUTPUTS]] {
    type Weights = ();
    type Four = &'a [[f32; OUTPUTS]; FRAMES];

    #[inline(always)]
    fn weights(&self) {}

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four> {
        taken(self, fours).as_chunks().0.iter()
    }

    #[inline(always)]
    fn init((): (), bias: [f32; OUTPUTS], frames: Self::Four, sums: &mut [[f32; OUTPUTS]; FRAMES]) {
        for (sums, frame) in sums.iter_mut().zip(frames) {
            *sums = add(*frame, bias);
        }
    }
}

/// A 1x1 convolution of other frames, which the sums of another convolution start from.
#[derive(Clone, Copy, Debug)]
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

impl<const INPUTS: usize, const OUTPUTS: usize, B> Sealed
    for ConditionSums<'_, INPUTS, OUTPUTS, B>
{
}

impl<'a, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> AccumulatorInit<OUTPUTS>
    for ConditionSums<'a, INPUTS, OUTPUTS, B>
{
    type Weights = &'a Conv<1, INPUTS, OUTPUTS, B>;
    type Four = &'a [[f32; INPUTS]; FRAMES];

    #[inline(always)]
    fn weights(&self) -> Self::Weights {
        self.conv
    }

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four> {
        taken(&mut self.frames, fours).as_chunks().0.iter()
    }

    #[inline(always)]
    fn init(
        conv: Self::Weights,
        bias: [f32; OUTPUTS],
        frames: Self::Four,
        sums: &mut [[f32; OUTPUTS]; FRAMES],
    ) {
        sums.fill(add(bias, conv.bias.first_sums()));
        let [kernel] = &conv.kernel;
        add_four(sums, frames, kernel);
    }
}

/// How the outputs of four frames are written.
pub(crate) trait Sink {
    /// Whether outputs are added to the frames that are there, instead of overwriting them.
    const ACCUMULATES: bool;

    #[inline(always)]
    fn write<const OUTPUTS: usize>(
        to: &mut [[f32; OUTPUTS]; FRAMES],
        outputs: [[f32; OUTPUTS]; FRAMES],
    ) {
        if Self::ACCUMULATES {
            add_to(to, &outputs);
        } else {
            *to = outputs;
        }
    }
}

/// Outputs overwrite.
pub(crate) struct Overwrite;

/// Outputs are added.
pub(crate) struct Accumulate;

impl Sink for Overwrite {
    const ACCUMULATES: bool = false;
}

impl Sink for Accumulate {
    const ACCUMULATES: bool = true;
}

/// Adds four frames to others.
#[inline(always)]
fn add_to<const CHANNELS: usize>(
    sums: &mut [[f32; CHANNELS]; FRAMES],
    frames: &[[f32; CHANNELS]; FRAMES],
) {
    for (sum, x) in sums.as_flattened_mut().iter_mut().zip(frames.as_flattened()) {
        *sum += x;
    }
}

/// The sum of skips that a residual block adds the results of its activation to: frames, or none, `()`.
pub trait SkipSum<const CHANNELS: usize>: Sealed {
    /// The sums of four frames.
    type Four;

    /// The sums of the next frames, four frames an item: `fours` items.
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four>;

    /// Adds the skips of four frames to their sums.
    fn add(sums: Self::Four, skips: &[[f32; CHANNELS]; FRAMES]);
}

/// No sum.
impl<const CHANNELS: usize> SkipSum<CHANNELS> for () {
    type Four = usize;

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = usize> {
        0..fours
    }

    #[inline(always)]
    fn add(_: usize, _: &[[f32; CHANNELS]; FRAMES]) {}
}

/// One sum for each frame.
impl<'a, const CHANNELS: usize> SkipSum<CHANNELS> for &'a mut [[f32; CHANNELS]] {
    type Four = &'a mut [[f32; CHANNELS]; FRAMES];

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four> {
        debug_assert!(fours * FRAMES <= self.len(), "a sum of skips for each frame");
        let taken = self.split_off_mut(..(fours * FRAMES).min(self.len()));
        taken.unwrap_or_default().as_chunks_mut().0.iter_mut()
    }

    #[inline(always)]
    fn add(sums: Self::Four, skips: &[[f32; CHANNELS]; FRAMES]) {
        add_to(sums, skips);
    }
}

/// Takes groups of four frames from the front.
#[inline(always)]
fn taken<'a, T>(frames: &mut &'a [T], fours: usize) -> &'a [T] {
    debug_assert!(fours * FRAMES <= frames.len(), "initial values for each frame");
    frames.split_off(..(fours * FRAMES).min(frames.len())).unwrap_or_default()
}
