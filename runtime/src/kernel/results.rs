//! What becomes of the sums of a convolution.

use crate::pointwise::Pointwise;

/// The activation of sums, and where the results go. Frames lie side by side.
#[derive(Debug)]
pub(crate) struct Results<'a> {
    pub(crate) activation: Pointwise,
    /// They are written here.
    pub(crate) outputs: Option<&'a mut [f32]>,
    /// They are added here.
    pub(crate) sums: Option<&'a mut [f32]>,
    pub(crate) end: Option<End<'a>>,
}

/// A 1x1 convolution of results, whose sums start from other frames.
#[derive(Debug)]
pub(crate) struct End<'a> {
    pub(crate) weights: &'a [f32],
    /// A number for each output.
    pub(crate) bias: &'a [f32],
    pub(crate) first: &'a [f32],
    pub(crate) outputs: &'a mut [f32],
}

impl<'a> Results<'a> {
    /// They go nowhere.
    pub(crate) const NONE: Self =
        Self { activation: Pointwise::Linear, outputs: None, sums: None, end: None };

    /// Whether there is room for so many frames of so many columns.
    pub(super) fn fit(&self, frames: usize, columns: usize) -> bool {
        let numbers = frames * columns;
        self.outputs.as_ref().is_none_or(|outputs| outputs.len() >= numbers)
            && self.sums.as_ref().is_none_or(|sums| sums.len() >= numbers)
            && self.end.as_ref().is_none_or(|end| end.fits(frames, columns))
    }

    /// Takes those of the next frames, which are all there.
    pub(crate) fn next(&mut self, frames: usize, columns: usize) -> Results<'a> {
        let numbers = frames * columns;
        Results {
            activation: self.activation,
            outputs: self.outputs.as_mut().and_then(|outputs| outputs.split_off_mut(..numbers)),
            sums: self.sums.as_mut().and_then(|sums| sums.split_off_mut(..numbers)),
            end: self.end.as_mut().and_then(|end| end.next(frames)),
        }
    }
}

impl<'a> End<'a> {
    fn fits(&self, frames: usize, columns: usize) -> bool {
        let outputs = self.bias.len();
        let numbers = frames * outputs;
        self.weights.len() >= outputs * columns
            && self.first.len() >= numbers
            && self.outputs.len() >= numbers
    }

    fn next(&mut self, frames: usize) -> Option<End<'a>> {
        let numbers = frames * self.bias.len();
        Some(End {
            weights: self.weights,
            bias: self.bias,
            first: self.first.split_off(..numbers)?,
            outputs: self.outputs.split_off_mut(..numbers)?,
        })
    }
}
