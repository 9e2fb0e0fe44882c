//! The tone stack behind the capture: two shelves and a bell, by the crate `biquad`.

use biquad::{Biquad as _, Coefficients, DirectForm1, Hertz, Type};

use crate::knobs::Smooth;
use crate::{BLOCK, Controls, RATE};

/// The gain at either end of a knob, in dB.
const MOST: f32 = 12.0;
/// Blocks in which a knob covers 63 % of its way: 20 ms.
const FOLLOW: usize = 30;
/// The middle of each filter in Hz, and its quality.
const BANDS: [(f32, f32); 3] = [(120.0, 0.7), (600.0, 0.7), (2_500.0, 0.7)];

/// A filter that changes nothing.
const FLAT: Coefficients<f32> = Coefficients { a1: 0.0, a2: 0.0, b0: 1.0, b1: 0.0, b2: 0.0 };

/// Bass, middle and treble. The filters are of direct form 1, which changes its coefficients without a click.
#[derive(Clone, Copy, Debug)]
pub struct ToneStack {
    filters: [DirectForm1<f32>; 3],
    knobs: [Smooth; 3],
    /// The filter that takes its coefficients before the next block.
    turn: usize,
}

impl ToneStack {
    /// A tone stack that changes nothing.
    pub const fn new() -> Self {
        Self {
            filters: [DirectForm1::<f32>::new(FLAT); 3],
            knobs: [Smooth::new(0.5, FOLLOW); 3],
            turn: 0,
        }
    }

    /// Filters a block. The coefficients of one filter are computed, whether or not its knob was turned, so that all blocks
    /// take the same time.
    pub fn block(&mut self, controls: &Controls, samples: &mut [f32; BLOCK]) {
        let [bass, middle, treble] = &mut self.knobs;
        let positions = [
            bass.follow(controls.bass),
            middle.follow(controls.middle),
            treble.follow(controls.treble),
        ];
        let kinds = [Type::LowShelf, Type::PeakingEQ, Type::HighShelf];
        let bands = positions.into_iter().zip(kinds).zip(BANDS).zip(&mut self.filters);
        if let Some((((position, kind), (middle, quality)), filter)) =
            bands.into_iter().nth(self.turn)
        {
            let kind = kind((2.0 * position.clamp(0.0, 1.0) - 1.0) * MOST);
            if let (Ok(rate), Ok(middle)) = (Hertz::from_hz(RATE), Hertz::from_hz(middle))
                && let Ok(coefficients) = Coefficients::from_params(kind, rate, middle, quality)
            {
                filter.update_coefficients(coefficients);
            }
        }
        self.turn = (self.turn + 1) % BANDS.len();
        for filter in &mut self.filters {
            for sample in samples.iter_mut() {
                *sample = filter.run(*sample);
            }
        }
    }
}

impl Default for ToneStack {
    fn default() -> Self {
        Self::new()
    }
}
