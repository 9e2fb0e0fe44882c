/// What the weights file of a capture states about the signal. A field is `None` where the file states nothing.
///
/// ```
/// use streaming_net::Metadata;
///
/// /// The gain in dB that brings a capture to -18 dB, or 0 dB where its file does not state how loud it is.
/// fn gain_db(metadata: Metadata) -> f32 {
///     metadata.loudness.map_or(0.0, |loudness| -18.0 - loudness)
/// }
///
/// assert_eq!(gain_db(Metadata { loudness: Some(-20.5), ..Metadata::NONE }), 2.5);
/// assert_eq!(gain_db(Metadata::NONE), 0.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metadata {
    /// The name that the file gives the capture.
    pub name: Option<&'static str>,
    /// The sample rate that the network was trained for, in frames per second.
    pub sample_rate: Option<f32>,
    /// How loud the capture is, in dB.
    pub loudness: Option<f32>,
    /// The analog level in dBu of an input of amplitude 1.
    pub input_level_dbu: Option<f32>,
    /// The analog level in dBu of an output of amplitude 1.
    pub output_level_dbu: Option<f32>,
    /// The gain in dB that the file asks the player for, before the network. The network does not apply it.
    pub in_gain_db: Option<f32>,
    /// The gain in dB that the file asks the player for, after the network. The network does not apply it.
    pub out_gain_db: Option<f32>,
    /// The controls that the file names.
    pub knobs: &'static [Knob],
}

impl Metadata {
    /// The metadata of a file that states nothing.
    pub const NONE: Self = Self {
        name: None,
        sample_rate: None,
        loudness: None,
        input_level_dbu: None,
        output_level_dbu: None,
        in_gain_db: None,
        out_gain_db: None,
        knobs: &[],
    };
}

/// A control of a parametric capture: an input channel beside the signal.
///
/// ```
/// use streaming_net::Knob;
///
/// /// The value of a knob's channel, from a potentiometer's position between 0 and 1.
/// fn value(knob: &Knob, position: f32) -> f32 {
///     knob.min + position * (knob.max - knob.min)
/// }
///
/// let tone = Knob { name: "tone", channel: 1, min: -10.0, max: 10.0, default: 0.0 };
/// assert_eq!(value(&tone, 0.75), 5.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knob {
    /// The name of the control in the file.
    pub name: &'static str,
    /// The input channel, counted from 0.
    pub channel: usize,
    /// The smallest value.
    pub min: f32,
    /// The largest value.
    pub max: f32,
    /// The value that the file was written with.
    pub default: f32,
}
