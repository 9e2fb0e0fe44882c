//! What the outputs of a network of 16-bit integers lose.

use serde::Serialize;
use streaming_net_compiler::report::Quality;

/// As JSON.
#[derive(Serialize)]
pub(crate) struct Integers {
    /// Frames that were compared.
    pub(crate) frames: usize,
    /// Signal to noise in dB. JSON has no infinity: `None` where there is no noise, or no signal.
    snr: Option<f64>,
    /// The largest difference of an output, in its own unit.
    pub(crate) worst: f64,
}

impl From<Quality> for Integers {
    fn from(Quality { frames, snr, worst, .. }: Quality) -> Self {
        Self { frames, snr: Some(snr).filter(|snr| snr.is_finite()), worst }
    }
}

impl Integers {
    /// The signal to noise as text.
    pub(crate) fn decibels(&self) -> String {
        match self.snr {
            Some(snr) => format!("{snr:.1} dB"),
            None if self.worst > 0.0 => "no signal".to_owned(),
            None => "no noise".to_owned(),
        }
    }
}
