//! What layers come to where their input has been the same forever.

use super::Activation;
use crate::tensor::Tensor;

/// The frames of a push, where all pushes are the same: one, and behind a layer that upsamples several.
pub(crate) type Frames = Vec<Vec<f64>>;

/// What a layer is given at every push.
pub(crate) struct Given<'a> {
    pub(crate) tensors: &'a [Tensor],
    pub(crate) frames: &'a Frames,
    /// The frames of its branches.
    pub(crate) branches: &'a [Frames],
    /// Those that the layer around it conditions it by.
    pub(crate) condition: &'a Frames,
}

/// What it comes to.
pub(crate) struct Rest {
    /// What it answers, to which its activation is yet to be applied.
    pub(crate) frames: Frames,
    /// For each of its states, what that is filled with, if anything.
    pub(crate) states: Vec<Option<Tensor>>,
    /// How far apart its numbers still are from push to push.
    pub(crate) spread: f64,
}

impl Rest {
    /// Of a layer that answers with these frames and keeps nothing.
    pub(super) fn of(frames: Frames) -> Self {
        Self { frames, states: Vec::new(), spread: 0.0 }
    }

    /// The same, where each frame is made of one that is given.
    pub(super) fn of_each(given: &Given<'_>, answer: impl Fn(&[f64]) -> Vec<f64>) -> Self {
        Self::of(given.frames.iter().map(|frame| answer(frame)).collect())
    }

    /// Its state is filled with these numbers.
    pub(super) fn keeping(mut self, state: Tensor) -> Self {
        self.states.push(Some(state));
        self
    }

    /// Its state is filled, with the frame that is given at every push.
    pub(super) fn keeping_frame(self, frames: &Frames) -> Self {
        let frame = frames.first().cloned().unwrap_or_default();
        self.keeping(Tensor { shape: vec![frame.len()], numbers: frame })
    }

    /// Applies an activation to what it answers.
    pub(crate) fn activate(&mut self, activation: Activation) {
        self.frames.iter_mut().for_each(|frame| activation.apply(frame));
    }
}

/// Frames one after the other.
pub(super) fn sequence(frames: &Frames) -> Tensor {
    let channels = frames.first().map_or(0, Vec::len);
    Tensor { shape: vec![frames.len(), channels], numbers: frames.concat() }
}

/// The number at that place; those of shapes that are proven are there.
pub(super) fn at(numbers: &[f64], place: usize) -> f64 {
    numbers.get(place).copied().unwrap_or_default()
}
