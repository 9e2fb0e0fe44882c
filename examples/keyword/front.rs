//! The front end: the logarithm of the energy in bands of the mel scale, as `features.py` computes it for training.

use std::f32::consts::TAU;

pub(crate) const SAMPLE_RATE: u16 = 16_000;
/// Samples from one frame to the next: 10 ms.
pub(crate) const HOP: u16 = 160;
const BANDS: u16 = 16;

pub(crate) type Frame = [f32; BANDS as usize];

/// Samples that a frame is made of: 25 ms.
const WINDOW: u16 = 400;
/// The window with zeros behind it, for a transform of a power of two.
const FFT: u16 = 512;
const LOWEST: f32 = 100.0;
const HIGHEST: f32 = 8_000.0;
/// Below all sounds, and above what rounding to 16 bits adds.
const FLOOR: f32 = 1e-3;

pub(crate) struct FrontEnd {
    hann: Vec<f32>,
    /// What each bin of the spectrum gives to each band.
    bank: Vec<Frame>,
    /// The newest samples, fewer than a window.
    samples: Vec<f32>,
}

impl FrontEnd {
    pub(crate) fn new() -> Self {
        let hann = |n| 0.5 - 0.5 * (TAU * f32::from(n) / f32::from(WINDOW)).cos();
        let weights = |bin| {
            let place = place(f32::from(bin) * f32::from(SAMPLE_RATE) / f32::from(FFT));
            let mut middle = 0.0;
            [(); BANDS as usize].map(|()| {
                middle += 1.0;
                (1.0 - (place - middle).abs()).max(0.0)
            })
        };
        Self {
            hann: (0..WINDOW).map(hann).collect(),
            bank: (0..FFT / 2).map(weights).collect(),
            samples: Vec::with_capacity(WINDOW.into()),
        }
    }

    /// A frame, where the sample is the last of a window.
    pub(crate) fn push(&mut self, sample: f32) -> Option<Frame> {
        self.samples.push(sample);
        if self.samples.len() < WINDOW.into() {
            return None;
        }
        let mut buffer = [0.0; FFT as usize];
        for ((slot, sample), hann) in buffer.iter_mut().zip(&self.samples).zip(&self.hann) {
            *slot = sample * hann;
        }
        self.samples.drain(..usize::from(HOP));

        let mut energies = [FLOOR; BANDS as usize];
        // The first bin has the highest frequency in it too, and no band has either.
        for (bin, weights) in microfft::real::rfft_512(&mut buffer).iter().zip(&self.bank) {
            for (energy, weight) in energies.iter_mut().zip(weights) {
                *energy += weight * bin.norm_sqr();
            }
        }
        Some(energies.map(f32::ln))
    }
}

/// A frequency among the bands: the middle of the first is at 1, that of the second at 2.
fn place(hertz: f32) -> f32 {
    let bands = f32::from(BANDS + 1);
    (mel(hertz) - mel(LOWEST)) / (mel(HIGHEST) - mel(LOWEST)) * bands
}

/// O'Shaughnessy's mel scale, as HTK and Kaldi have it, but for a factor that no place has in it.
fn mel(hertz: f32) -> f32 {
    (1.0 + hertz / 700.0).ln()
}
