//! The foot switch and the potentiometers.

/// What the board reads from its pins before a block. Potentiometers are between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controls {
    /// Whether the foot switch is down.
    pub foot_switch: bool,
    /// The gain in front of the capture.
    pub gain: f32,
    /// The volume behind everything.
    pub level: f32,
    /// The tone stack.
    pub bass: f32,
    /// Its middle.
    pub middle: f32,
    /// Its top.
    pub treble: f32,
}

impl Default for Controls {
    /// All in the middle: no gain, no change of the tone, and half of the volume.
    fn default() -> Self {
        Self { foot_switch: false, gain: 0.5, level: 0.5, bass: 0.5, middle: 0.5, treble: 0.5 }
    }
}

impl Controls {
    /// The three knobs of a small pedal: `tone` takes the bass down and the treble up.
    pub fn with_tone(foot_switch: bool, gain: f32, level: f32, tone: f32) -> Self {
        Self { foot_switch, gain, level, bass: 1.0 - tone, middle: 0.5, treble: tone }
    }
}

/// A number that follows another one without a step.
#[derive(Clone, Copy, Debug)]
pub struct Smooth {
    value: f32,
    rate: f32,
}

impl Smooth {
    /// A number that covers 63 % of the way in `steps` calls of `follow`.
    pub const fn new(value: f32, steps: usize) -> Self {
        Self { value, rate: 1.0 / steps as f32 }
    }

    /// Goes towards `target`, and returns where it is.
    pub fn follow(&mut self, target: f32) -> f32 {
        self.value += (target - self.value) * self.rate;
        self.value
    }
}

/// A foot switch whose contacts bounce.
#[derive(Clone, Copy, Debug)]
pub struct FootSwitch {
    down: bool,
    /// Readings in a row that differ from `down`.
    changed: u8,
}

impl FootSwitch {
    /// Blocks for which the contacts have to rest: 20 ms.
    const STEADY: u8 = 30;

    /// A switch that is not pressed.
    pub const fn new() -> Self {
        Self { down: false, changed: 0 }
    }

    /// Takes a reading of each block. Returns whether the switch went down.
    pub fn went_down(&mut self, is_down: bool) -> bool {
        self.changed = if is_down == self.down { 0 } else { self.changed + 1 };
        if self.changed < Self::STEADY {
            return false;
        }
        self.down = is_down;
        self.changed = 0;
        is_down
    }
}

impl Default for FootSwitch {
    fn default() -> Self {
        Self::new()
    }
}
