//! A block of sound, from the guitar to the amplifier.

use crate::captures::Captures;
use crate::gain::{Codec, factor};
use crate::{BLOCK, Channel, Controls, FootSwitch, Smooth, ToneStack};

/// The gain of the first knob at either end, in dB.
const MOST: f32 = 20.0;
/// Samples in which a knob covers 63 % of its way: 5 ms.
const FOLLOW: usize = 240;

/// A pedal: gain, a capture of several, tone stack, level.
#[derive(Debug)]
pub struct Pedal<C> {
    channel: C,
    capture: usize,
    codec: Codec,
    foot_switch: FootSwitch,
    gain: Smooth,
    tone: ToneStack,
    level: Smooth,
}

impl<C: Channel> Pedal<C> {
    /// A pedal. Call [`start`](Self::start) before the first block.
    ///
    /// Captures of another rate than [`RATE`](crate::RATE) do not compile:
    /// they sound like another amplifier.
    pub const fn new(channel: C) -> Self {
        const {
            assert!(
                crate::captures::are_made_for(crate::RATE, <C::Net as Captures>::ALL),
                "a capture is made at another rate than the codec's: set the codec to that rate"
            );
        }
        Self {
            channel,
            capture: 0,
            codec: Codec::ONE_VOLT,
            foot_switch: FootSwitch::new(),
            gain: Smooth::new(1.0, FOLLOW),
            tone: ToneStack::new(),
            level: Smooth::new(0.0, FOLLOW),
        }
    }

    /// The same on a board with other analog levels.
    #[must_use]
    pub fn on(self, codec: Codec) -> Self {
        Self { codec, ..self }
    }

    /// Begins with a capture, at rest, such as the one that was played when the pedal was last switched off. Those behind the
    /// last one are the first one again.
    pub fn start(&mut self, capture: usize) {
        self.capture = capture % <C::Net as Captures>::ALL.len();
        self.channel.start(self.capture, self.codec);
    }

    /// The number of the capture that was chosen, for the board's light.
    pub const fn capture(&self) -> usize {
        self.capture
    }

    /// Turns a block of the guitar's samples, between -1 and 1, into what the amplifier hears.
    pub fn block(&mut self, controls: &Controls, samples: &mut [f32; BLOCK]) {
        if self.foot_switch.went_down(controls.foot_switch) {
            self.capture = (self.capture + 1) % <C::Net as Captures>::ALL.len();
            self.channel.select(self.capture);
        }
        let gain = factor((2.0 * controls.gain.clamp(0.0, 1.0) - 1.0) * MOST);
        for sample in samples.iter_mut() {
            *sample *= self.gain.follow(gain);
        }
        self.channel.block(self.codec, samples);
        self.tone.block(controls, samples);
        let level = controls.level.clamp(0.0, 1.0);
        for sample in samples.iter_mut() {
            *sample = (*sample * self.level.follow(level * level)).clamp(-1.0, 1.0);
        }
    }
}
