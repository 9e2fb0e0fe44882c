//! Several output frames at once: what they are the sums of.

#[cfg(not(all(assembly, helium)))]
use super::FRAMES;
use super::{Results, Run, Runs};

/// Taps at equal distances, under several frames.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taps {
    /// Numbers from the inputs under a frame to those under the next one.
    pub(crate) frame: usize,
    /// Inputs of a tap.
    pub(crate) rows: usize,
    pub(crate) count: usize,
    /// Numbers from the inputs of a tap to those of the next one.
    pub(crate) step: usize,
}

impl Taps {
    /// Whether so many inputs and weights serve so many frames of so many columns.
    pub(super) const fn fit(
        self,
        inputs: usize,
        weights: usize,
        frames: usize,
        columns: usize,
    ) -> bool {
        self.count > 0
            && frames > 0
            && inputs >= (frames - 1) * self.frame + (self.count - 1) * self.step + self.rows
            && weights >= self.count * self.rows * columns
    }
}

/// The most runs that outputs are the sums of: a condition, the newest tap, and past taps with the end of a ring among them.
pub(super) const MOST_RUNS: usize = 5;

/// Several frames of a convolution: what their sums start from, the products that are added, one run after the other, and what
/// becomes of the sums.
#[derive(Debug)]
pub(crate) struct Product<'a> {
    /// A multiple of four.
    pub(crate) frames: usize,
    /// A number for each output of a frame.
    pub(crate) bias: &'a [f32],
    /// What is added to the bias first: as many frames as there are outputs.
    pub(crate) first: Option<&'a [f32]>,
    pub(crate) results: Results<'a>,
    runs: Runs<'a>,
}

impl<'a> Product<'a> {
    /// One without runs.
    #[inline(always)]
    pub(crate) const fn new(
        frames: usize,
        bias: &'a [f32],
        first: Option<&'a [f32]>,
        results: Results<'a>,
    ) -> Self {
        Self { frames, bias, first, results, runs: Runs::new() }
    }

    /// Adds taps, where there are some.
    #[inline(never)]
    pub(crate) fn add(&mut self, inputs: &'a [f32], weights: &'a [f32], taps: Taps) {
        if let Some(run) = Run::new(inputs, weights, taps, self.frames, self.bias.len()) {
            self.runs.push(run);
        }
    }

    /// Adds a condition, its channels and weights, and frames of so many channels that lie side by side.
    #[inline(never)]
    pub(super) fn add_newest(
        &mut self,
        condition: Option<(&'a [f32], usize, &'a [f32])>,
        inputs: &'a [f32],
        channels: usize,
        weights: &'a [f32],
    ) {
        let taps = |channels| Taps { frame: channels, rows: channels, count: 1, step: 0 };
        if let Some((frames, channels, weights)) = condition {
            self.add(frames, weights, taps(channels));
        }
        self.add(inputs, weights, taps(channels));
    }

    /// The results, and the runs that were added.
    pub(super) fn parts(&mut self) -> (&mut Results<'a>, &mut [Run<'a>]) {
        (&mut self.results, self.runs.all())
    }

    /// Whether first sums, runs and room for the results are there for all frames.
    #[cfg(not(all(assembly, helium)))]
    pub(super) fn fits(&self) -> bool {
        let numbers = self.frames * self.bias.len();
        numbers > 0
            && self.frames.is_multiple_of(FRAMES)
            && self.first.is_none_or(|first| first.len() >= numbers)
            && self.results.fit(self.frames, self.bias.len())
            && !self.runs.is_empty()
    }
}
