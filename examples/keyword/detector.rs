//! From probabilities to events: smoothed, begun at one threshold and over at a lower one.

use crate::Spotter;

/// What the network's outputs stand for.
pub(crate) const CLASSES: [&str; Spotter::OUTPUTS] = ["none", "rise", "fall", "bell", "clicks"];

/// How far an output moves the smoothed probabilities.
const WEIGHT: f32 = 0.4;
const BEGINS: f32 = 0.7;
const ENDS: f32 = 0.3;

#[derive(Default)]
pub(crate) struct Detector {
    smoothed: [f32; CLASSES.len()],
    /// The class of the event that is not over.
    class: Option<usize>,
}

impl Detector {
    /// The class of an event, with the output that it begins with.
    pub(crate) fn push(&mut self, output: [f32; CLASSES.len()]) -> Option<usize> {
        for (smoothed, probability) in self.smoothed.iter_mut().zip(output) {
            *smoothed += WEIGHT * (probability - *smoothed);
        }
        self.class = self.class.filter(|&class| self.smoothed[class] > ENDS);
        if self.class.is_some() {
            return None;
        }
        self.class = (1..CLASSES.len()).find(|&class| self.smoothed[class] > BEGINS);
        self.class
    }

    pub(crate) fn smoothed(&self) -> [f32; CLASSES.len()] {
        self.smoothed
    }
}
