//! The program `streaming-net`: what the compiler of `streaming_net!` knows of a network, on the command line.

mod arguments;
mod check;
mod convert;
mod draw;
mod estimate;
mod expand;
mod inspect;
mod integers;
mod mistakes;
mod network;
mod print;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use self::arguments::{Cli, Command};

/// Why a command did not succeed.
enum Failure {
    /// The network does not compile, or a file cannot be read or written: exit code 1.
    Error(anyhow::Error),
    /// The same, and it has been said.
    Told,
    /// The recorded run is not reproduced: exit code 3.
    NotReproduced,
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

fn main() -> ExitCode {
    // A reader that closes the pipe, such as `head`, ends the program without a message.
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => {
            print::error(&format!("{error:#}"));
            ExitCode::from(1)
        }
        Err(Failure::Told) => ExitCode::from(1),
        Err(Failure::NotReproduced) => ExitCode::from(3),
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Inspect(inspect) => inspect::run(&inspect),
        Command::Draw(draw) => draw::run(&draw),
        Command::Check(check) => check::run(&check),
        Command::Expand(expand) => expand::run(&expand),
        Command::Convert(convert) => convert::run(&convert),
        Command::Completions { shell } => {
            let mut words = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "streaming-net", &mut words);
            print::bytes(&words)?;
            Ok(())
        }
    }
}
