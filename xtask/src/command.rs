//! Running other programs, with errors that say which one and what to install.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

/// The package that a missing program is in, as Debian calls it.
fn package(program: &str) -> &str {
    match program {
        "arm-none-eabi-gcc" | "arm-none-eabi-ar" | "arm-none-eabi-objdump" => {
            "gcc-arm-none-eabi and libnewlib-arm-none-eabi"
        }
        "qemu-system-arm" => "qemu-system-arm",
        "llvm-mca-19" | "llvm-objdump-19" => "llvm-19",
        "python3" => "python3-pip",
        "cc" | "ar" => "gcc",
        other => other,
    }
}

/// Runs a program to its end and returns what it printed; an error where it fails, with what it said.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    bail!("{}: {}\n{text}{said}", line(command), output.status)
}

fn output(command: &mut Command) -> Result<Output> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("`{program}` is not there: install Debian's {}", package(&program))
        }
        output => output.with_context(|| line(command)),
    }
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
