//! A sound like speech: vowels by a train of pulses through three resonances, with pauses and noise.

use std::f64::consts::TAU;

use crate::SAMPLE_RATE;

/// Chunks of 512 samples.
const CHUNKS: usize = 500;

/// The resonances of vowels, in Hz.
const VOWELS: [[f64; 3]; 5] = [
    [730.0, 1090.0, 2440.0],
    [530.0, 1840.0, 2480.0],
    [270.0, 2290.0, 3010.0],
    [570.0, 840.0, 2410.0],
    [300.0, 870.0, 2240.0],
];

pub(crate) fn synthesised() -> Vec<i16> {
    let rate = f64::from(SAMPLE_RATE);
    let (mut phase, mut noise) = (0.0, 1_u32);
    let mut past = [[0.0; 2]; 3];
    let sample = |place: usize| {
        let time = place as f64 / rate;
        // Four syllables a second, for 2 s of every 4 s.
        let (syllable, within) = ((time * 4.0) as usize, (time * 4.0).fract());
        let speaks = time % 4.0 >= 1.0 && time % 4.0 < 3.0;
        let loudness = if speaks { (within * TAU / 2.0).sin().powi(2) } else { 0.0 };
        let pitch = 130.0 - 20.0 * (time % 4.0 - 1.0) + 15.0 * (within * TAU / 2.0).sin();
        phase += pitch / rate;
        let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
        phase = phase.fract();
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let hiss = f64::from(noise >> 8) / f64::from(1 << 23) - 1.0;
        let mut x = (pulse + 0.01 * hiss) * loudness;
        // One resonance behind the other, each of a width of 80 Hz to 160 Hz.
        let vowel = VOWELS[syllable * 3 % VOWELS.len()];
        for ((resonance, width), [newer, older]) in
            vowel.into_iter().zip([80.0, 110.0, 160.0]).zip(&mut past)
        {
            let radius = (-TAU / 2.0 * width / rate).exp();
            let turn = 2.0 * radius * (TAU * resonance / rate).cos();
            x = (1.0 - turn + radius * radius) * x + turn * *newer - radius * radius * *older;
            (*older, *newer) = (*newer, x);
        }
        // The noise is louder in the second half.
        let background = if time < 8.0 { 0.001 } else { 0.01 };
        ((3.0 * x + background * hiss).clamp(-1.0, 1.0) * 32_767.0) as i16
    };
    (0..CHUNKS * crate::chunks::NEW).map(sample).collect()
}
