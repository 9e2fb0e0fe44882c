//! What a capture that is made at 96 kHz takes on a codec of 48 kHz.

use cortex_m_semihosting::hprintln;
use pedal::captures::Lstm6;
use pedal::{BLOCK, DoubleRate};

use crate::blocks;
use crate::clock::Clock;

pub(crate) fn play(clock: &Clock) {
    let mut alone = Lstm6::new();
    let mut between = DoubleRate::new(Lstm6::new());
    let (mut of_one, mut of_both, mut count) = (0, 0, 0);
    for mut samples in blocks().take(100) {
        let frames = samples.map(|sample| [sample]);
        of_one += clock.instructions(|| {
            let mut outputs = [[0.0]; BLOCK];
            alone.push_block(&frames, &mut outputs);
        });
        of_both += clock.instructions(|| between.block(&mut samples));
        count += BLOCK as u32;
        hprintln!("lstm_6 at 96 kHz {:.6}", samples[0] + 0.0);
    }
    let filters = of_both.saturating_sub(2 * of_one) / count;
    hprintln!(
        "# lstm_6 at 96 kHz: {} instructions a sample, of them {} for two half-band filters",
        of_both / count,
        filters
    );
}
