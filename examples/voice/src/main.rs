//! Hears where a recording has a voice, with Silero's network, which the macro reads as it is published.
//!
//! ```text
//! ./fetch                                # the models, once
//! cargo run --release -- heard.wav       # hears that recording
//! cargo run --release                    # hears a synthesised one
//! ```

#![forbid(unsafe_code)]

mod chunks;
mod draw;
mod sound;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use lexopt::prelude::*;
use streaming_net::{StreamingNet, streaming_net};

use crate::chunks::Chunks;

streaming_net! {
    /// The probability that the newest 512 of 576 samples have a voice.
    #[weights = "silero_vad_16k_sequence.onnx"]
    #[budget(flash = 1_240_000)]
    pub struct Voice;
}

const USAGE: &str = "\
Usage: voice [FILE.wav] [--out FILE] [--write FILE]

  FILE.wav      what to listen to: one channel of 16 bits at 16 kHz; without it, a
                sound that is synthesised: vowels, pauses and noise
  --out FILE    where to draw (voice.svg)
  --write FILE  where to write what was heard, as a WAV file
  -h, --help    print this";

/// The rate that the model was trained for.
const SAMPLE_RATE: u32 = 16_000;

const FORMAT: WavSpec = WavSpec {
    channels: 1,
    sample_rate: SAMPLE_RATE,
    bits_per_sample: 16,
    sample_format: SampleFormat::Int,
};

/// A voice is where the probability is at least this, as Silero recommends.
const THRESHOLD: f32 = 0.5;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("voice: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let (mut source, mut write, mut out) = (None, None, PathBuf::from("voice.svg"));
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) => source = Some(PathBuf::from(value)),
            Long("out") => out = parser.value()?.into(),
            Long("write") => write = Some(PathBuf::from(parser.value()?)),
            Short('h') | Long("help") => {
                println!("{USAGE}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let samples = match source {
        Some(path) => {
            let mut reader =
                WavReader::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            if reader.spec() != FORMAT {
                return Err("expected one channel of 16 bits at 16 kHz".into());
            }
            reader.samples::<i16>().collect::<Result<_, _>>()?
        }
        None => sound::synthesised(),
    };
    if let Some(path) = write {
        let mut writer = WavWriter::create(path, FORMAT)?;
        samples.iter().try_for_each(|sample| writer.write_sample(*sample))?;
        writer.finalize()?;
    }
    let probabilities = listen(&mut Voice::new(), &samples);
    for [from, to] in voices(&probabilities) {
        println!("{:6.2} s to {:6.2} s  voice", seconds(from), seconds(to));
    }
    draw::draw(&out, &samples, &probabilities)?;
    println!("drawn into {}", out.display());
    Ok(())
}

/// The probability of a voice for each whole chunk of the samples.
fn listen<N>(net: &mut N, samples: &[i16]) -> Vec<f32>
where
    N: StreamingNet<Input = [f32; chunks::LENGTH], Output = [f32; 1]>,
{
    let mut chunks = Chunks::default();
    let (new, _) = samples.as_chunks();
    let probabilities = new.iter().filter_map(|new| net.push(chunks.next(new)));
    probabilities.map(|[probability]| probability).collect()
}

/// The chunks from which on there is a voice, and up to which.
fn voices(probabilities: &[f32]) -> Vec<[usize; 2]> {
    let mut voices: Vec<[usize; 2]> = Vec::new();
    for (chunk, probability) in probabilities.iter().enumerate() {
        if *probability < THRESHOLD {
            continue;
        }
        match voices.last_mut() {
            Some([_, end]) if *end == chunk => *end += 1,
            _ => voices.push([chunk, chunk + 1]),
        }
    }
    voices
}

/// The time at which a chunk begins.
fn seconds(chunk: usize) -> f64 {
    (chunk * chunks::NEW) as f64 / f64::from(SAMPLE_RATE)
}
