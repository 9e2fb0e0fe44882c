//! What the outputs of a network of 16-bit integers lose.

use serde::Serialize;
use streaming_net_compiler::report::Quality;

/// As JSON.
#[derive(Serialize)]
pub(crate) struct Integers {
    /// Frames that were compared.
    pub(crate) frames: usize,
    /// Signal to noise in dB. JSON has no infinity: `None` where there is no noise.
    snr: Option<f64>,
    /// The largest difference of an output, in its own unit.
    pub(crate) worst: f64,
    /// The same in steps of the output.
    pub(crate) steps: u16,
}

impl From<Quality> for Integers {
    fn from(Quality { frames, snr, worst, steps }: Quality) -> Self {
        Self { frames, snr: Some(snr).filter(|snr| snr.is_finite()), worst, steps }
    }
}

impl Integers {
    /// The signal to noise as text.
    pub(crate) fn decibels(&self) -> String {
        self.snr.map_or("no noise".to_owned(), |snr| format!("{snr:.1} dB"))
    }
}
