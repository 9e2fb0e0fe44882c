//! What a capture's file says of its signal: constants of the network.

use crate::numbers::rounded;

/// What a file says beside its layers and weights. A file of such a format may lack each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) name: Option<String>,
    /// Frames a second that the network is made for.
    pub(crate) sample_rate: Option<f64>,
    /// How loud the capture is, in dB.
    pub(crate) loudness: Option<f64>,
    pub(crate) input_level_dbu: Option<f64>,
    pub(crate) output_level_dbu: Option<f64>,
    pub(crate) in_gain_db: Option<f64>,
    pub(crate) out_gain_db: Option<f64>,
    pub(crate) knobs: Vec<Knob>,
}

/// A control that is an input channel beside the signal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Knob {
    pub(crate) name: String,
    /// The input channel, counted from 0.
    pub(crate) channel: usize,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) default: f64,
}

/// Bytes of a name at most: it becomes text of the program.
const MOST_NAME: usize = 256;

impl Metadata {
    /// What both say alike.
    pub(crate) fn common(mut self, other: &Self) -> Self {
        fn keep<T: PartialEq>(own: &mut Option<T>, other: Option<&T>) {
            if own.as_ref() != other {
                *own = None;
            }
        }
        keep(&mut self.name, other.name.as_ref());
        keep(&mut self.sample_rate, other.sample_rate.as_ref());
        keep(&mut self.loudness, other.loudness.as_ref());
        keep(&mut self.input_level_dbu, other.input_level_dbu.as_ref());
        keep(&mut self.output_level_dbu, other.output_level_dbu.as_ref());
        keep(&mut self.in_gain_db, other.in_gain_db.as_ref());
        keep(&mut self.out_gain_db, other.out_gain_db.as_ref());
        if self.knobs != other.knobs {
            self.knobs.clear();
        }
        self
    }
}

/// A name that a file gives, where it is one.
pub(super) fn name(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= MOST_NAME).then(|| text.to_owned())
}

/// A number that a file gives as such or as text, where f32 has it.
pub(super) fn number(number: Option<f64>, text: Option<&str>) -> Option<f64> {
    let number = number.or_else(|| text?.trim().parse().ok())?;
    rounded(number).is_finite().then_some(number)
}
