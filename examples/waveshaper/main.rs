//! A small real job: a sine goes in, a square or a saw comes out, as the network was trained by `train.py`.
//!
//! ```text
//! cargo run --release --bin waveshaper                # a sine is made, gliding up while the knob turns
//! … | cargo run --release --bin waveshaper -- -       # frames from standard input: "sine knob" on each line
//! ```
//!
//! What came in, what was to come out and what did is drawn into `waveshaper.svg`.

mod draw;
mod signal;

use std::error::Error;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use streaming_net::streaming_net;

streaming_net! {
    /// Shapes a sine, channel 0, into a square (knob, channel 1, at 0) or a saw (knob at 1).
    #[weights = "waveshaper/weights.json"]
    pub struct Waveshaper <
        conv(k=4, in=2, out=4, causal, relu);
        dense(out=4, relu);
        conv(k=4, out=4, dilation=4, causal, relu);
        dense(out=4, relu);
        conv(k=4, out=4, dilation=16, causal, relu);
        dense(out=4, relu);
        conv(k=4, out=8, dilation=64, causal, relu);
        dense(out=8, relu);
        dense(out=1)
    >
}

const USAGE: &str = "\
Usage: waveshaper [-] [--out FILE]

  -            read frames from standard input, one a line: a sine of amplitude 1 at
               48 kHz, and the knob from 0 (square) to 1 (saw); without it, one is made
  --out FILE   where to draw (waveshaper.svg)
  -h, --help   print this";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("waveshaper: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let Some(arguments) = arguments()? else {
        println!("{USAGE}");
        return Ok(());
    };
    let frames = if arguments.from_standard_input {
        signal::read(BufReader::new(io::stdin()))?
    } else {
        signal::glide()
    };
    let mut net = Waveshaper::new();
    // Every layer is causal, so every push has an output.
    let output: Vec<f32> =
        frames.iter().filter_map(|frame| net.push(frame.input())).map(|[y]| y).collect();
    let target = signal::target(&frames);

    // Before that, the outputs still depend on the zeros that the history starts from.
    let warm = Waveshaper::RECEPTIVE_FIELD.min(frames.len());
    let differences = target.iter().zip(&output).skip(warm).map(|(target, y)| target - y);
    let (squares, count) =
        differences.fold((0.0, 0.0), |(sum, count), off| (sum + off * off, count + 1.0));
    println!("{} frames, {} multiply-accumulates each", frames.len(), Waveshaper::MACS);
    if count > 0.0 {
        let error = f32::sqrt(squares / count);
        println!("root mean square error after {warm} frames: {error:.3}");
    }
    draw::draw(&arguments.out, &frames, &target, &output)?;
    println!("drawn into {}", arguments.out.display());
    Ok(())
}

struct Arguments {
    from_standard_input: bool,
    out: PathBuf,
}

/// The arguments, or `None` where help is asked for.
fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments { from_standard_input: false, out: "waveshaper.svg".into() };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) if value == "-" => arguments.from_standard_input = true,
            Long("out") => arguments.out = parser.value()?.into(),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(arguments))
}
