//! A network that listens: it tells four kinds of sounds from whatever else is heard, as it was trained by `train.py`.
//!
//! ```text
//! cargo run --release --bin keyword                   # hears a recording of 5.6 s, with six events in it
//! cargo run --release --bin keyword -- heard.wav      # hears that one; `-` is standard input
//! cargo run --release --bin keyword -- --integers     # in 16-bit integers
//! cargo run --release --bin keyword -- --clips clips  # how many clips are named rightly, both ways
//! ```
//!
//! Samples go in one by one. Each event is printed when it is heard, and drawn over the waveform into `keyword.svg`.

mod clips;
mod detector;
mod draw;
mod front;
mod heard;
mod integers;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use hound::{SampleFormat, WavReader, WavSpec};
use lexopt::prelude::*;
use streaming_net::streaming_net;

use crate::detector::{CLASSES, Detector};
use crate::front::{Frame, FrontEnd, SAMPLE_RATE};
use crate::heard::Heard;
use crate::integers::IntegerSpotter;

streaming_net! {
    /// Hears 16 bands of the mel scale every 10 ms, and says every 20 ms what the newest half second had in it.
    #[weights = "keyword/weights.json"]
    pub struct Spotter <
        conv(k=5, in=16, out=16, stride=2, no_bias); batch_norm(epsilon=0.001); relu();
        depthwise(k=5, no_bias); batch_norm(epsilon=0.001); relu();
        dense(out=16, no_bias); batch_norm(epsilon=0.001); relu();
        depthwise(k=5, no_bias); batch_norm(epsilon=0.001); relu();
        dense(out=16, no_bias); batch_norm(epsilon=0.001); relu();
        global_avg(frames=16);
        dense(out=5, softmax)
    >
}

const USAGE: &str = "\
Usage: keyword [FILE.wav | -] [--integers] [--out FILE]
       keyword --clips FILE

  FILE.wav     what to listen to: one channel of 16 bits at 16 kHz; `-` is standard
               input; without it, the recording that comes with the program
  --integers   in 16-bit integers
  --clips FILE says how many clips of a file that `clips.py` wrote are named
               rightly, in floating point and in integers
  --out FILE   where to draw (keyword.svg)
  -h, --help   print this";

const DEMO: &[u8] = include_bytes!("demo.wav");

const EXPECTED: WavSpec = WavSpec {
    channels: 1,
    sample_rate: SAMPLE_RATE as u32,
    bits_per_sample: 16,
    sample_format: SampleFormat::Int,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keyword: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let Some(arguments) = arguments()? else {
        println!("{USAGE}");
        return Ok(());
    };
    if let Some(path) = arguments.clips {
        return clips::score(&path);
    }
    let recording = arguments.source.open()?;
    let heard = if arguments.integers {
        let mut net = IntegerSpotter::new();
        listen(recording, |frame| net.push_rounded(frame))?
    } else {
        let mut net = Spotter::new();
        listen(recording, |frame| net.push(frame))?
    };
    println!(
        "{} events in {:.2} s, {} multiply-accumulates for an output",
        heard.events.len(),
        heard.seconds(),
        Spotter::MACS
    );
    draw::draw(&arguments.out, &heard)?;
    println!("drawn into {}", arguments.out.display());
    Ok(())
}

/// Streams the recording through the network, and prints what is detected.
fn listen(
    recording: impl Read,
    mut push: impl FnMut(Frame) -> Option<[f32; Spotter::OUTPUTS]>,
) -> Result<Heard, Box<dyn Error>> {
    let mut reader = WavReader::new(recording)?;
    if reader.spec() != EXPECTED {
        let [found, expected] = [reader.spec(), EXPECTED].map(in_words);
        return Err(format!("{found}; expected {expected}").into());
    }
    let mut front = FrontEnd::new();
    let mut detector = Detector::default();
    let mut heard = Heard::default();
    for sample in reader.samples::<i16>() {
        let sample = f32::from(sample?) / 32_768.0;
        heard.samples.push(sample);
        let Some(frame) = front.push(sample) else { continue };
        let Some(output) = push(frame) else { continue };
        let event = detector.push(output);
        let probabilities = detector.smoothed();
        let now = heard.seconds();
        heard.outputs.push((now, probabilities));
        if let Some(class) = event {
            heard.events.push((now, class));
            println!("{now:6.2} s  {:<6}  {:.2}", CLASSES[class], probabilities[class]);
        }
    }
    Ok(heard)
}

fn in_words(spec: WavSpec) -> String {
    let WavSpec { channels, sample_rate, bits_per_sample, sample_format } = spec;
    format!("{channels} x {bits_per_sample}-bit {sample_format:?} at {sample_rate} Hz")
}

struct Arguments {
    source: Source,
    integers: bool,
    clips: Option<PathBuf>,
    out: PathBuf,
}

enum Source {
    Demo,
    StandardInput,
    File(PathBuf),
}

impl Source {
    fn open(&self) -> Result<Box<dyn Read>, String> {
        Ok(match self {
            Self::Demo => Box::new(DEMO),
            Self::StandardInput => Box::new(io::stdin().lock()),
            Self::File(path) => {
                let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()));
                Box::new(BufReader::new(file?))
            }
        })
    }
}

/// The arguments, or `None` where help is asked for.
fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments =
        Arguments { source: Source::Demo, integers: false, clips: None, out: "keyword.svg".into() };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) if value == "-" => arguments.source = Source::StandardInput,
            Value(value) => arguments.source = Source::File(value.into()),
            Long("integers") => arguments.integers = true,
            Long("clips") => arguments.clips = Some(parser.value()?.into()),
            Long("out") => arguments.out = parser.value()?.into(),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(arguments))
}
