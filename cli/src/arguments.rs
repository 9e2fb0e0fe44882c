//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::convert::Format;

/// Show, draw, check, expand and convert the networks of `streaming_net!`.
#[derive(Parser)]
#[command(name = "streaming-net", version, max_term_width = 100, after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  the network does not compile, or a file cannot be read or written
  2  wrong command line
  3  `check`: the recorded run is not reproduced

Colours are left out where the output is no terminal, and where NO_COLOR is set.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print the layers, the memory, and the estimated time of a push in f32.
    Inspect(Inspect),
    /// Draw the timeline or the graph of a network as SVG.
    Draw(Draw),
    /// Replay the recorded run of a weights file in f64, f32 and, for integers, i16, and print the differences.
    Check(Check),
    /// Print the Rust that the macro makes.
    Expand(Expand),
    /// Print the text of a network for the macro, and write its weights as JSON or safetensors.
    Convert(Convert),
    /// Print the completions of a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Where the network is.
#[derive(Args)]
pub(crate) struct Input {
    /// A weights file that states its layers, a Rust file with calls of `streaming_net!`, the text of a network, or `-`.
    ///
    /// - a file such as `model.onnx`, `model.keras`, `amp.nam` or RTNeural's `model.json`;
    /// - a file that ends in `.rs`: the networks of its `streaming_net!` calls;
    /// - text such as 'conv(k=3, in=2, out=4); dense(out=1)': a network whose weights are zeros, or what stands between the
    ///   braces of the macro, with `struct` and attributes; paths start at the current folder;
    /// - `-`: the same text, from the standard input.
    #[arg(verbatim_doc_comment, value_name = "FILE|TEXT")]
    pub(crate) network: String,
    /// An attribute of the network, such as 'time = 1' or 'start = "rest"'. May be given several times.
    #[arg(short, long = "attribute", value_name = "ATTRIBUTE")]
    pub(crate) attributes: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Frames a second, for the share of each core's time. Default: what the file says, where it says it.
    #[arg(short, long, value_name = "HZ", value_parser = positive)]
    pub(crate) rate: Option<f64>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// A number above 0.
fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() => Ok(number),
        _ => Err("write a number above 0".to_owned()),
    }
}

#[derive(Args)]
pub(crate) struct Draw {
    #[command(flatten)]
    pub(crate) input: Input,
    /// What to draw.
    #[arg(short, long, value_enum, default_value_t = Picture::Timeline)]
    pub(crate) picture: Picture,
    /// The SVG file. Default: the standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Picture {
    /// Operations below each other, frames beside each other: which frames an output depends on, and when it is there.
    Timeline,
    /// The operations and what each reads.
    Graph,
}

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Expand {
    #[command(flatten)]
    pub(crate) input: Input,
    /// The Rust file. Default: the standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Convert {
    #[command(flatten)]
    pub(crate) input: Input,
    /// The file for the weights, which ends in `.json` or `.safetensors`.
    #[arg(short, long, value_name = "FILE", value_parser = weights_file)]
    pub(crate) out: PathBuf,
}

/// A file of a format that is written.
fn weights_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    match Format::of(&path) {
        Some(_) => Ok(path),
        None => Err("write a name that ends in `.json` or `.safetensors`".to_owned()),
    }
}
