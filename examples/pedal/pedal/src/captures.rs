//! The captures that the pedal plays, each three files of one shape.

use streaming_net::{Metadata, StreamingNet, streaming_net};

streaming_net! {
    /// An amplifier at three settings of its gain, by A1-nano.
    #[weights(
        clean = "../captures/clean_a1_nano.nam",
        crunch = "../captures/crunch_a1_nano.nam",
        lead = "../captures/lead_a1_nano.nam"
    )]
    #[start = "rest"]
    #[math = "fast"]
    pub struct A1Nano;

    /// The same by an LSTM of 6 units, for a core without the time for A1-nano.
    #[weights(
        clean = "../captures/clean_lstm_6.nam",
        crunch = "../captures/crunch_lstm_6.nam",
        lead = "../captures/lead_lstm_6.nam"
    )]
    #[start = "rest"]
    #[math = "fast"]
    pub struct Lstm6;
}

/// What the file of a capture says of its signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capture {
    /// What its file states.
    pub metadata: Metadata,
    /// The output in silence.
    pub at_rest: f32,
}

/// A network with the weights of several captures.
pub trait Captures: StreamingNet<Input = [f32; 1], Output = [f32; 1]> {
    /// The captures, in the order in which the foot switch goes through them.
    const ALL: &'static [Capture];

    /// Swaps the weights for those of a capture, and comes to rest. A number that no capture has changes nothing.
    fn load(&mut self, capture: usize);
}

macro_rules! captures {
    ($($net:ident)*) => {$(
        impl Captures for $net {
            const ALL: &'static [Capture] = &{
                let mut all = [Capture { metadata: Metadata::NONE, at_rest: 0.0 }; $net::WEIGHTS.len()];
                let mut capture = 0;
                while capture < all.len() {
                    let weights = $net::WEIGHTS[capture];
                    let [at_rest] = weights.output_at_rest();
                    all[capture] = Capture { metadata: weights.metadata(), at_rest };
                    capture += 1;
                }
                all
            };

            fn load(&mut self, capture: usize) {
                if let Some(weights) = Self::WEIGHTS.get(capture) {
                    Self::load(self, *weights);
                    Self::reset(self);
                }
            }
        }
    )*};
}

captures!(A1Nano Lstm6);

/// Whether all captures are made for a rate. A file that states none is made at 48 kHz, as NAM's player takes it.
///
/// ```compile_fail
/// use pedal::captures::{A1Nano, Captures, are_made_for};
///
/// const _: () = assert!(are_made_for(44_100.0, A1Nano::ALL));
/// ```
pub const fn are_made_for(rate: f32, captures: &[Capture]) -> bool {
    let mut capture = 0;
    while capture < captures.len() {
        let own = match captures[capture].metadata.sample_rate {
            Some(own) => own,
            None => 48_000.0,
        };
        if own != rate {
            return false;
        }
        capture += 1;
    }
    true
}
