//! Recordings: WAV files of one channel at the rate of the captures.

use std::error::Error;
use std::io::Read;
use std::path::Path;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

/// Samples a second, what NAM trains its captures at.
pub(crate) const SAMPLE_RATE: u16 = 48_000;

/// What is written: numbers as they come, so that nothing is rounded and nothing clips.
const WRITTEN: WavSpec = WavSpec {
    channels: 1,
    sample_rate: SAMPLE_RATE as u32,
    bits_per_sample: 32,
    sample_format: SampleFormat::Float,
};

/// The samples of a recording, full scale at 1.
pub(crate) fn read(recording: impl Read) -> Result<Vec<f32>, Box<dyn Error>> {
    let mut reader = WavReader::new(recording)?;
    let WavSpec { channels, sample_rate, bits_per_sample, sample_format } = reader.spec();
    if (channels, sample_rate) != (1, SAMPLE_RATE.into()) {
        return Err(format!(
            "{channels} x {bits_per_sample}-bit {sample_format:?} at {sample_rate} Hz; \
             expected one channel at {SAMPLE_RATE} Hz"
        )
        .into());
    }
    let samples: Result<Vec<f32>, hound::Error> = match sample_format {
        SampleFormat::Float => reader.samples::<f32>().collect(),
        SampleFormat::Int => {
            let full_scale = 2.0_f32.powi(i32::from(bits_per_sample) - 1);
            #[allow(clippy::cast_precision_loss, reason = "24 bits fit; of 32, the last are noise")]
            let scaled = |sample: i32| sample as f32 / full_scale;
            reader.samples::<i32>().map(|sample| sample.map(scaled)).collect()
        }
    };
    let samples = samples?;
    if samples.is_empty() { Err("nothing is recorded".into()) } else { Ok(samples) }
}

pub(crate) fn write(path: &Path, samples: &[f32]) -> Result<(), hound::Error> {
    let mut writer = WavWriter::create(path, WRITTEN)?;
    samples.iter().try_for_each(|&sample| writer.write_sample(sample))?;
    writer.finalize()
}

/// How long so many samples sound.
pub(crate) fn seconds(samples: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "to be read and drawn")]
    let samples = samples as f32;
    samples / f32::from(SAMPLE_RATE)
}
