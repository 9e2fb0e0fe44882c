//! A guitar amplifier: plays a recording through a capture by Neural Amp Modeler, and writes and draws what comes out.
//!
//! ```text
//! cargo run --release --bin amp                            # two seconds of a guitar that comes with the program
//! cargo run --release --bin amp -- guitar.wav --capture a2-lite
//! cargo run --release --bin amp -- --integers              # in 16-bit integers, and what that loses
//! ```
//!
//! The captures are the project's own: `train.py` computes an amplifier, trains them on it and writes their `.nam` files.
//! To play through another, put its file in the place of one of these.

mod draw;
mod integers;
mod sound;
mod spectrum;

use std::error::Error;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::*;
use streaming_net::{StreamingNet, streaming_net};

streaming_net! {
    /// A1-nano, the smallest of the first generation.
    #[weights = "amp/a1_nano.nam"]
    #[start = "rest"]
    pub struct Nano;

    /// The same with rectifiers, which are cheaper than tanh.
    #[weights = "amp/a1_nano_relu.nam"]
    #[start = "rest"]
    pub struct NanoRelu;

    /// A2-Lite, the small one of the second generation.
    #[weights = "amp/a2.nam"]
    #[submodel = 0]
    #[start = "rest"]
    pub struct Lite;
}

const USAGE: &str = "\
Usage: amp [FILE.wav | -] [--capture NAME] [--integers] [--sound FILE] [--out FILE]

  FILE.wav        what to play: one channel at 48 kHz; `-` is standard input;
                  without it, the recording that comes with the program
  --capture NAME  a1-nano (if left out), a1-nano-relu or a2-lite
  --integers      plays in 16-bit integers, and prints what that loses
  --sound FILE    where to write what comes out (amp.wav)
  --out FILE      where to draw (amp.svg)
  -h, --help      print this";

/// Frames that go in at once, as an audio interface brings them.
const BLOCK: usize = 48;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("amp: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let Some(arguments) = arguments()? else {
        println!("{USAGE}");
        return Ok(());
    };
    let played = sound::read(open(arguments.recording.as_deref())?)?;
    let amplified = match arguments.capture {
        Capture::Nano => play(&mut Nano::new(), &played),
        Capture::NanoRelu => play(&mut NanoRelu::new(), &played),
        Capture::Lite => play(Box::new(Lite::new()).as_mut(), &played),
    };
    let amplified = if arguments.integers {
        integers::play(arguments.capture, &played, &amplified)
    } else {
        amplified
    };
    sound::write(&arguments.sound, &amplified)?;
    println!("written to {}", arguments.sound.display());
    draw::draw(&arguments.out, &played, &amplified)?;
    println!("drawn into {}", arguments.out.display());
    Ok(())
}

/// What comes out, and how fast it did.
fn play<N>(net: &mut N, played: &[f32]) -> Vec<f32>
where
    N: StreamingNet<Input = [f32; 1], Output = [f32; 1]>,
{
    let frames: Vec<[f32; 1]> = played.iter().map(|&sample| [sample]).collect();
    // Every layer is causal, so every push has an output.
    let mut outputs = vec![[0.0]; frames.len()];
    let started = Instant::now();
    for (frames, outputs) in frames.chunks(BLOCK).zip(outputs.chunks_mut(BLOCK)) {
        net.push_block(frames, outputs);
    }
    let taken = started.elapsed().as_secs_f32();
    let lasting = sound::seconds(played.len());
    println!(
        "{lasting:.2} s, {} multiply-accumulates a sample, {} bytes of state",
        N::MACS,
        N::STATE_BYTES
    );
    println!("played in {:.1} ms, {:.0} times as fast as it sounds", 1e3 * taken, lasting / taken);
    outputs.into_iter().flatten().collect()
}

#[derive(Clone, Copy)]
enum Capture {
    Nano,
    NanoRelu,
    Lite,
}

const DEMO: &[u8] = include_bytes!("demo.wav");

/// The recording: a file's, standard input's, or else the one that comes with the program.
fn open(recording: Option<&Path>) -> Result<Box<dyn Read>, String> {
    Ok(match recording {
        None => Box::new(DEMO),
        Some(path) if path == Path::new("-") => Box::new(io::stdin().lock()),
        Some(path) => {
            let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()));
            Box::new(BufReader::new(file?))
        }
    })
}

struct Arguments {
    recording: Option<PathBuf>,
    capture: Capture,
    integers: bool,
    sound: PathBuf,
    out: PathBuf,
}

/// The arguments, or `None` where help is asked for.
fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments {
        recording: None,
        capture: Capture::Nano,
        integers: false,
        sound: "amp.wav".into(),
        out: "amp.svg".into(),
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(path) => arguments.recording = Some(path.into()),
            Long("capture") => arguments.capture = parser.value()?.parse_with(capture)?,
            Long("integers") => arguments.integers = true,
            Long("sound") => arguments.sound = parser.value()?.into(),
            Long("out") => arguments.out = parser.value()?.into(),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(arguments))
}

fn capture(name: &str) -> Result<Capture, &'static str> {
    match name {
        "a1-nano" => Ok(Capture::Nano),
        "a1-nano-relu" => Ok(Capture::NanoRelu),
        "a2-lite" => Ok(Capture::Lite),
        _ => Err("there are a1-nano, a1-nano-relu and a2-lite"),
    }
}
