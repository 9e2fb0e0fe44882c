//! Gain staging: from the codec's level to the capture's, and from its loudness to that of the other captures.

use crate::captures::Capture;

/// The analog levels of a board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Codec {
    /// The level in dBu of a sine at the input whose samples reach from -1 to 1, the preamplifier in front of it included.
    pub input_dbu: f32,
}

impl Codec {
    /// A codec whose full scale is a sine of 1 V RMS, 2.2 dBu, such as the line input of a WM8731 at 3.3 V. Measure your board's.
    pub const ONE_VOLT: Self = Self { input_dbu: 2.2 };
}

/// The loudness that captures are brought to, in dB: the one of NAM's player.
const LOUDNESS: f32 = -18.0;

/// The factors around a capture, and its offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Staging {
    /// From the codec's samples to the capture's.
    pub input: f32,
    /// From the capture's to the loudness of all.
    pub output: f32,
    /// The capture's output in silence, which is taken off.
    pub at_rest: f32,
}

impl Staging {
    /// As it is before a capture is chosen.
    pub const NONE: Self = Self { input: 1.0, output: 1.0, at_rest: 0.0 };

    /// The factors of a capture: where its file states no level or loudness, there is nothing to make up for.
    pub fn of(capture: &Capture, codec: Codec) -> Self {
        let Capture { metadata, at_rest } = *capture;
        let analog = metadata.input_level_dbu.map_or(0.0, |level| codec.input_dbu - level);
        let loudness = metadata.loudness.map_or(0.0, |loudness| LOUDNESS - loudness);
        Self {
            input: factor(analog + metadata.in_gain_db.unwrap_or(0.0)),
            output: factor(loudness + metadata.out_gain_db.unwrap_or(0.0)),
            at_rest,
        }
    }
}

/// The factor of a gain in dB.
pub(crate) fn factor(db: f32) -> f32 {
    libm::exp2f(db * (core::f32::consts::LOG2_10 / 20.0))
}
