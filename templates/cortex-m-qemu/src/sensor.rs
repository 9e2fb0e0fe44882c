//! A simulated pulse sensor. Replace it by your input.

/// 72 beats a minute on a floor that drifts, under noise.
pub struct Sensor {
    seconds: f32,
    random: u32,
}

impl Sensor {
    /// A sensor that has measured nothing yet.
    pub const fn new() -> Self {
        Self {
            seconds: 0.0,
            random: 1,
        }
    }

    /// The next frame.
    pub fn measure(&mut self) -> f32 {
        let beat = fraction(1.2 * self.seconds);
        let floor = 0.5 - bump(2.0 * fraction(0.23 * self.seconds) - 1.0);
        self.seconds += 0.01;
        bump((beat - 0.3) / 0.2) + 0.4 * bump((beat - 0.6) / 0.24) + floor + 0.25 * self.noise()
    }

    /// A number of mean 0 and variance 1, close to normal.
    fn noise(&mut self) -> f32 {
        let mut sum = -6.0;
        for _ in 0..12 {
            self.random = self
                .random
                .wrapping_mul(1_664_525)
                .wrapping_add(1_013_904_223);
            sum += (self.random >> 16) as f32 / 65_536.0;
        }
        sum
    }
}

/// The part of a positive number behind the point.
fn fraction(number: f32) -> f32 {
    number - number as u32 as f32
}

/// 1 at zero, and 0 from 1 on either side.
fn bump(at: f32) -> f32 {
    let root = (1.0 - at * at).max(0.0);
    root * root
}
