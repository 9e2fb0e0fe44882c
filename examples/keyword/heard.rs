//! What was heard, and what the network made of it.

use crate::detector::CLASSES;
use crate::front::SAMPLE_RATE;

#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) samples: Vec<f32>,
    /// The times of the outputs, in seconds, and the smoothed probabilities.
    pub(crate) outputs: Vec<(f64, [f32; CLASSES.len()])>,
    /// When an event was detected, and its class.
    pub(crate) events: Vec<(f64, usize)>,
}

impl Heard {
    /// How long the recording is so far.
    pub(crate) fn seconds(&self) -> f64 {
        seconds(self.samples.len())
    }
}

pub(crate) fn seconds(samples: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "2^52 samples are 9000 years")]
    let samples = samples as f64;
    samples / f64::from(SAMPLE_RATE)
}
