//! The values that the sums of several frames start from, and where their results go.

use crate::kernel::{FRAMES, add_four};
use crate::{Bias, Conv};

/// The values that the sums of four frames start from, beside a bias.
pub trait First<const OUTPUTS: usize> {
    /// What does not change from frame to frame.
    type Weights: Copy;
    /// What does.
    type Four;

    /// What does not change.
    fn weights(&self) -> Self::Weights;

    /// What does, for the next frames.
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four>;

    /// Makes them the sums of four frames.
    fn four(
        weights: Self::Weights,
        bias: [f32; OUTPUTS],
        four: Self::Four,
        sums: &mut [[f32; OUTPUTS]; FRAMES],
    );
}

/// Only the bias.
impl<const OUTPUTS: usize> First<OUTPUTS> for () {
    type Weights = ();
    type Four = usize;

    #[inline(always)]
    fn weights(&self) {}

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = usize> {
        0..fours
    }

    #[inline(always)]
    fn four((): (), bias: [f32; OUTPUTS], _: usize, sums: &mut [[f32; OUTPUTS]; FRAMES]) {
        sums.fill(bias);
    }
}

/// Frames that the results are added to.
impl<'a, const OUTPUTS: usize> First<OUTPUTS> for &'a [[f32; OUTPUTS]] {
    type Weights = ();
    type Four = &'a [[f32; OUTPUTS]; FRAMES];

    #[inline(always)]
    fn weights(&self) {}

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four> {
        taken(self, fours).as_chunks().0.iter()
    }

    #[inline(always)]
    fn four((): (), bias: [f32; OUTPUTS], frames: Self::Four, sums: &mut [[f32; OUTPUTS]; FRAMES]) {
        for (sums, frame) in sums.iter_mut().zip(frames) {
            *sums = crate::add(*frame, bias);
        }
    }
}

/// A 1x1 convolution of other frames, added to the sums.
#[derive(Clone, Copy, Debug)]
pub struct Mixed<'a, const INPUTS: usize, const OUTPUTS: usize, B> {
    conv: &'a Conv<1, INPUTS, OUTPUTS, B>,
    frames: &'a [[f32; INPUTS]],
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
    /// This convolution of `frames`, which the sums of another convolution start from.
    #[inline(always)]
    pub const fn of<'a>(&'a self, frames: &'a [[f32; INPUTS]]) -> Mixed<'a, INPUTS, OUTPUTS, B> {
        Mixed { conv: self, frames }
    }
}

impl<'a, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> First<OUTPUTS>
    for Mixed<'a, INPUTS, OUTPUTS, B>
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
    fn four(
        conv: Self::Weights,
        bias: [f32; OUTPUTS],
        frames: Self::Four,
        sums: &mut [[f32; OUTPUTS]; FRAMES],
    ) {
        sums.fill(crate::add(bias, conv.bias.first_sums()));
        let [kernel] = &conv.kernel;
        add_four(sums, frames, kernel);
    }
}

/// What becomes of the outputs of four frames.
pub(crate) trait Answers {
    /// Whether the outputs are added to the frames there, or overwrite them.
    const ARE_ADDED: bool;

    #[inline(always)]
    fn take<const OUTPUTS: usize>(
        place: &mut [[f32; OUTPUTS]; FRAMES],
        answers: [[f32; OUTPUTS]; FRAMES],
    ) {
        if Self::ARE_ADDED {
            add_to(place, &answers);
        } else {
            *place = answers;
        }
    }
}

/// The outputs overwrite.
pub(crate) struct Stored;

/// The outputs are added.
pub(crate) struct Added;

impl Answers for Stored {
    const ARE_ADDED: bool = false;
}

impl Answers for Added {
    const ARE_ADDED: bool = true;
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

/// Where the results of the activation inside a residual block go beside its last layer, four at a time.
pub trait Tap<const CHANNELS: usize> {
    /// Where those of four frames go.
    type Four;

    /// Where those of the next frames go.
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four>;

    /// Takes those of four frames.
    fn take(four: Self::Four, answers: &[[f32; CHANNELS]; FRAMES]);
}

/// Nowhere.
impl<const CHANNELS: usize> Tap<CHANNELS> for () {
    type Four = usize;

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = usize> {
        0..fours
    }

    #[inline(always)]
    fn take(_: usize, _: &[[f32; CHANNELS]; FRAMES]) {}
}

/// Into a sum.
impl<'a, const CHANNELS: usize> Tap<CHANNELS> for &'a mut [[f32; CHANNELS]] {
    type Four = &'a mut [[f32; CHANNELS]; FRAMES];

    #[inline(always)]
    fn next(&mut self, fours: usize) -> impl Iterator<Item = Self::Four> {
        let taken = self.split_off_mut(..(fours * FRAMES).min(self.len()));
        taken.unwrap_or_default().as_chunks_mut().0.iter_mut()
    }

    #[inline(always)]
    fn take(sums: Self::Four, answers: &[[f32; CHANNELS]; FRAMES]) {
        add_to(sums, answers);
    }
}

/// Takes groups of four frames from the front.
#[inline(always)]
fn taken<'a, T>(frames: &mut &'a [T], fours: usize) -> &'a [T] {
    frames.split_off(..(fours * FRAMES).min(frames.len())).unwrap_or_default()
}
