//! The spectrum of a recording: its mean over windows that overlap by half, in bands of a twelfth of an octave.

use std::f32::consts::TAU;

use crate::sound::SAMPLE_RATE;

const WINDOW: u16 = 16_384;
const BANDS: u8 = 101;
const BANDS_AN_OCTAVE: f32 = 12.0;
/// The middles of the lowest band and of the highest, hertz. Even the lowest is wider than a bin.
pub(crate) const LOWEST: f32 = 60.0;
pub(crate) const HIGHEST: f32 = 19_350.0;
/// By Hann's window a sine is in several bins, whose powers add up to so many times that of one.
const HANN: f32 = 1.5;
/// What is below is drawn as this.
const FLOOR: f32 = -120.0;

/// The middles of the bands in hertz, and what is in each in decibels: 0 is a sine of full scale.
pub(crate) fn spectrum(samples: &[f32]) -> Vec<(f32, f32)> {
    let bins = mean_power(samples);
    let width = f32::from(SAMPLE_RATE) / f32::from(WINDOW);
    let half = 2.0_f32.powf(0.5 / BANDS_AN_OCTAVE);
    (0..BANDS)
        .map(|band| {
            let middle = LOWEST * 2.0_f32.powf(f32::from(band) / BANDS_AN_OCTAVE);
            let band = middle / half..middle * half;
            let inside = |bin: u16| band.contains(&(width * f32::from(bin)));
            let powers = (0..).zip(&bins).filter(|&(bin, _)| inside(bin));
            let power = powers.map(|(_, power)| power).sum::<f32>() / HANN;
            (middle, (10.0 * power.log10()).max(FLOOR))
        })
        .collect()
}

/// The power of each bin; a recording shorter than a window has silence behind it.
fn mean_power(samples: &[f32]) -> Vec<f32> {
    let hann = |n| 0.5 - 0.5 * (TAU * f32::from(n) / f32::from(WINDOW)).cos();
    let hann: Vec<f32> = (0..WINDOW).map(hann).collect();
    let full_scale = 0.5 * hann.iter().sum::<f32>();
    let (length, hop) = (usize::from(WINDOW), usize::from(WINDOW) / 2);
    let mut powers = vec![0.0; hop];
    let mut windows = 0.0;
    #[allow(clippy::large_stack_arrays, reason = "64 KiB are little on a host")]
    let mut buffer = [0.0; WINDOW as usize];
    for start in (0..=samples.len().saturating_sub(length)).step_by(hop) {
        buffer.fill(0.0);
        for ((slot, sample), weight) in buffer.iter_mut().zip(&samples[start..]).zip(&hann) {
            *slot = sample * weight;
        }
        // The first bin has the highest frequency in it too, and no band has either.
        for (power, bin) in powers.iter_mut().zip(microfft::real::rfft_16384(&mut buffer)) {
            *power += bin.norm_sqr() / (full_scale * full_scale);
        }
        windows += 1.0;
    }
    powers.into_iter().map(|power| power / windows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_is_at_its_frequency_and_level() {
        let hertz = 1000.0;
        let phase = |n: u16| TAU * (hertz / f32::from(SAMPLE_RATE) * f32::from(n)).fract();
        let samples: Vec<f32> = (0..24_000).map(|n| 0.1 * phase(n).sin()).collect();
        let bands = spectrum(&samples);
        let (middle, level) = bands.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert!((middle / hertz).log2().abs() <= 0.5 / BANDS_AN_OCTAVE, "{middle} Hz");
        assert!((level + 20.0).abs() < 0.1, "{level} dB");
    }
}
