//! Tasks of the project that are more than one command: `cargo xtask <COMMAND>`.

mod bench;
mod cmsis_dsp;
mod command;
mod cores;
mod figure;
mod firmware;
mod models;
mod package;
mod pipeline;
mod program;
mod region;
mod size;
mod stack;
mod templates;
mod toolchain;
mod trace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

/// Tasks of the project that are more than one command.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", flatten_help = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what the feature `cmsis-dsp` links, and write the cargo configuration for it.
    CmsisDsp(CmsisDsp),
    /// Run the programs of examples/firmware in QEMU, on every core and kernel.
    ///
    /// Compares what the programs print, their sizes and their stack with the committed files, and the networks' outputs
    /// with the runs that Keras recorded.
    Firmware {
        /// Write the committed files anew.
        #[arg(long)]
        bless: bool,
        /// Run this program only.
        program: Option<String>,
    },
    /// Measure the networks of examples/firmware/bench in QEMU, and print the tables of BENCHMARKS.md.
    ///
    /// The figures are the instructions and modelled cycles of a `push` and of blocks, flash, RAM and stack.
    Bench {
        /// Fail if a figure is more than 2 % worse than in BENCHMARKS.md.
        #[arg(long, conflicts_with = "bless")]
        check: bool,
        /// Write BENCHMARKS.md anew.
        #[arg(long)]
        bless: bool,
        #[command(flatten)]
        only: bench::Only,
    },
    /// Measure each model in ONNX of a folder in QEMU, and print the rows of docs/book/src/models.md.
    ///
    /// The attributes of `NAME.onnx`, such as `#[time = 1]`, are in the file `NAME.attributes` beside it.
    Models {
        /// The folder with the models.
        folder: PathBuf,
        /// The core, such as Cortex-M4F.
        #[arg(long, default_value = "Cortex-M4F")]
        core: String,
    },
    /// Instructions and modelled cycles of the first call of a function in a program, run in QEMU.
    Cycles {
        /// The program, an ELF file.
        program: PathBuf,
        /// The core that it is for, such as Cortex-M7F or M7F.
        #[arg(long)]
        core: String,
        /// A part of the function's name that no other function has.
        #[arg(long, default_value = "push_net")]
        function: String,
    },
    /// Draw docs/book/src/cost.svg, the figure in the README, from BENCHMARKS.md.
    Figure {
        /// Fail if the committed figure differs from BENCHMARKS.md.
        #[arg(long)]
        check: bool,
    },
    /// Package the published crates, compile the archives, and check their contents.
    Package {
        /// Also run `cargo publish --dry-run`, which needs the registry.
        #[arg(long)]
        publish_dry_run: bool,
    },
    /// Fill in fresh copies of the templates of `cargo generate`, build them, and run that for QEMU.
    Templates,
}

#[derive(Args)]
struct CmsisDsp {
    /// The Rust target, such as thumbv7em-none-eabihf, or that of the host.
    #[arg(long, value_name = "TRIPLE")]
    target: String,
    /// The processor, such as cortex-m7. Default: the oldest one of the target.
    #[arg(long)]
    cpu: Option<String>,
    /// A checkout of CMSIS-DSP. Default: the source archive from PyPI.
    #[arg(long, value_name = "DIR")]
    source: Option<PathBuf>,
    /// The folder for the results. Default: target/cmsis-dsp/TRIPLE[-CPU].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::CmsisDsp(CmsisDsp { target, cpu, source, out }) => {
            let library =
                cmsis_dsp::build(&target, cpu.as_deref(), source.as_deref(), out.as_deref())?;
            println!("{}", library.instructions());
            Ok(())
        }
        Task::Firmware { bless, program } => firmware::run(program.as_deref(), bless),
        Task::Bench { check: true, only, .. } => bench::run(bench::Mode::Check, &only),
        Task::Bench { bless: true, only, .. } => bench::run(bench::Mode::Bless, &only),
        Task::Bench { only, .. } => bench::run(bench::Mode::Print, &only),
        Task::Models { folder, core } => models::run(&folder, &core),
        Task::Cycles { program, core, function } => {
            let core = cores::find(&core)?;
            let cost = pipeline::first_call(core, &program, &function)?;
            let cycles =
                cost.cycles.map_or_else(|| "no model of its".to_owned(), |c| c.to_string());
            println!("{} instructions, {cycles} cycles", cost.instructions);
            Ok(())
        }
        Task::Figure { check } => figure::run(check),
        Task::Package { publish_dry_run } => package::run(publish_dry_run),
        Task::Templates => templates::run(),
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}
