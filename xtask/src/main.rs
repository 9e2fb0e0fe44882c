//! Tasks of the project that are more than one command: `cargo xtask …`.

mod bench;
mod cmsis_dsp;
mod command;
mod cores;
mod figure;
mod firmware;
mod program;
mod region;
mod size;
mod stack;
mod toolchain;
mod trace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;
use lexopt::{Arg, Parser};

const USAGE: &str = "\
Usage: cargo xtask TASK

  cmsis-dsp --target TRIPLE [--cpu CPU] [--source DIR] [--out DIR]
      Builds the functions of CMSIS-DSP that the feature `cmsis-dsp` calls, and writes
      the cargo configuration that links them.
        --target TRIPLE   the Rust target, such as thumbv7em-none-eabihf or the host's
        --cpu CPU         the processor, such as cortex-m7; the target's oldest if left out
        --source DIR      a CMSIS-DSP checkout; if left out, PyPI's source archive is fetched
        --out DIR         where the results go (target/cmsis-dsp/TRIPLE[-CPU])

  firmware [--bless] [NAME]
      Builds the programs of examples/firmware for every core and kernel, runs them in
      QEMU, and compares what they print, their numbers and their sizes with what is
      committed and with what Keras recorded.
        --bless           writes what is committed anew
        NAME              one program alone

  bench [--check | --bless]
      Counts, in QEMU, the instructions of a push of each network of
      examples/firmware/bench, and its flash, RAM and stack; and the cycles by LLVM's model
      of the processor, where llvm-mca is installed. Prints the table.
        --check           fails where a figure is more than 2 % worse than in BENCHMARKS.md
        --bless           writes BENCHMARKS.md anew, and what is made of it

  figure [--check]
      Draws docs/cost.svg, the figure of the README, from BENCHMARKS.md.
        --check           fails where the committed figure is another";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut parser = Parser::from_env();
    match parser.next()? {
        Some(Value(task)) if task == "cmsis-dsp" => cmsis_dsp(parser),
        Some(Value(task)) if task == "firmware" => firmware(parser),
        Some(Value(task)) if task == "bench" => bench(parser),
        Some(Value(task)) if task == "figure" => figure(parser),
        None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => unexpected(other),
    }
}

/// An argument that a task does not take, unless it asks for help.
fn unexpected(argument: Arg<'_>) -> Result<()> {
    if matches!(argument, Short('h') | Long("help")) {
        println!("{USAGE}");
        return Ok(());
    }
    bail!("{}\n\n{USAGE}", argument.unexpected())
}

fn cmsis_dsp(mut parser: Parser) -> Result<()> {
    let (mut target, mut cpu) = (None, None);
    let (mut source, mut out) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("target") => target = Some(parser.value()?.string()?),
            Long("cpu") => cpu = Some(parser.value()?.string()?),
            Long("source") => source = Some(PathBuf::from(parser.value()?)),
            Long("out") => out = Some(PathBuf::from(parser.value()?)),
            other => return unexpected(other),
        }
    }
    let Some(target) = target else { bail!("`cmsis-dsp` needs `--target TRIPLE`\n\n{USAGE}") };
    let library = cmsis_dsp::build(&target, cpu.as_deref(), source.as_deref(), out.as_deref())?;
    println!("{}", library.instructions());
    Ok(())
}

fn firmware(mut parser: Parser) -> Result<()> {
    let (mut bless, mut program) = (false, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("bless") => bless = true,
            Value(name) if program.is_none() => program = Some(name.string()?),
            other => return unexpected(other),
        }
    }
    firmware::run(program.as_deref(), bless)
}

fn bench(mut parser: Parser) -> Result<()> {
    let mut mode = bench::Mode::Print;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") if mode == bench::Mode::Print => mode = bench::Mode::Check,
            Long("bless") if mode == bench::Mode::Print => mode = bench::Mode::Bless,
            other => return unexpected(other),
        }
    }
    bench::run(mode)
}

fn figure(mut parser: Parser) -> Result<()> {
    let mut check = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => check = true,
            other => return unexpected(other),
        }
    }
    figure::run(check)
}

/// The workspace's folder.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}
