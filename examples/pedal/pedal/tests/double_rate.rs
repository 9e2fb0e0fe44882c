//! The error of the half-band filters around a capture that is made at 96 kHz.

use pedal::{BLOCK, DoubleRate, RATE};
use streaming_net::StreamingNet;

/// A network that changes nothing, so that the filters alone are heard.
struct Wire;

impl StreamingNet for Wire {
    type Input = [f32; 1];
    type Output = [f32; 1];
    const INPUTS: usize = 1;
    const OUTPUTS: usize = 1;
    const RECEPTIVE_FIELD: usize = 1;
    const MACS: usize = 0;
    const STATE_BYTES: usize = 0;
    const WEIGHT_BYTES: usize = 0;

    fn push(&mut self, frame: [f32; 1]) -> Option<[f32; 1]> {
        Some(frame)
    }

    fn push_block(&mut self, frames: &[[f32; 1]], outputs: &mut [[f32; 1]]) -> usize {
        outputs.copy_from_slice(frames);
        frames.len()
    }

    fn reset(&mut self) {}
}

fn sine(frequency: f64, sample: f64) -> f32 {
    ((sample * frequency / f64::from(RATE)).fract() * core::f64::consts::TAU).sin() as f32
}

/// The largest difference between a sine and what comes out `LATENCY` samples later.
fn error(frequency: f64) -> f32 {
    let mut filters = DoubleRate::new(Wire);
    let mut worst = 0.0_f32;
    for block in 0..100 {
        let first = (block * BLOCK) as f64;
        let mut samples = core::array::from_fn(|sample| sine(frequency, first + sample as f64));
        filters.block(&mut samples);
        if block >= 4 {
            for (sample, heard) in samples.into_iter().enumerate() {
                let late = first + sample as f64 - DoubleRate::<Wire>::LATENCY;
                worst = worst.max((heard - sine(frequency, late)).abs());
            }
        }
    }
    worst
}

#[test]
fn the_filters_pass_what_a_guitar_has() {
    for frequency in [50.0, 1_000.0, 10_000.0, 19_000.0] {
        let error = error(frequency);
        println!("{frequency} Hz: {:.1} dB", 20.0 * error.log10());
        assert!(error < 5e-5, "{frequency} Hz: {error}");
    }
    // Between the passband and half the codec's rate they do not.
    assert!(error(22_000.0) > 0.1);
}
