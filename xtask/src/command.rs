//! Running other programs, with errors that say which one and what to install.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

/// The Debian packages that contain a program.
fn package(program: &str) -> &str {
    match program {
        "arm-none-eabi-gcc" | "arm-none-eabi-ar" | "arm-none-eabi-objdump" => {
            "gcc-arm-none-eabi libnewlib-arm-none-eabi"
        }
        "qemu-system-arm" => "qemu-system-arm",
        "qemu-system-riscv32" => "qemu-system-misc",
        "python3" => "python3-pip",
        "cc" | "ar" => "gcc",
        other => other,
    }
}

/// Runs a program and returns its standard output. If the program fails, the error contains all of its output.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    bail!("{}: {}\n{text}{errors}", line(command), output.status)
}

fn output(command: &mut Command) -> Result<Output> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("`{program}` is not installed: install the Debian packages {}", package(&program))
        }
        output => output.with_context(|| line(command)),
    }
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
