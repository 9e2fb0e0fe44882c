//! What a function executes, instruction by instruction, as QEMU logs it: loops and calls are in it as often as they ran.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::command::run;
use crate::cores::{Core, qemu};

/// Lines of the log at most, before and in the call: a program that never calls the function ends all the same.
const LINES: usize = 20_000_000;

/// The addresses of the instructions from the first call of the function at `entry` to its return, in their order.
pub(crate) fn first_call(core: &Core, program: &Path, entry: u32) -> Result<Vec<u32>> {
    let help = run(Command::new("qemu-system-arm").arg("--help"))?;
    // The name of the same option before QEMU 8.1, and since.
    let one_by_one: &[_] = if help.contains("one-insn-per-tb") {
        &["-accel", "tcg,one-insn-per-tb=on"]
    } else {
        &["-singlestep"]
    };
    let mut child = Command::new("qemu-system-arm")
        .args(["-machine", core.machine])
        .args(one_by_one)
        .args(["-d", "exec,nochain"])
        .args(qemu(10).split_whitespace())
        .arg(program)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("qemu-system-arm")?;
    let log = child.stderr.take().context("QEMU's log is not piped")?;
    let lines = BufReader::new(log).lines().take(LINES).map_while(Result::ok);
    let trace = call(lines, entry);
    // The rest of its run is of no interest.
    child.kill()?;
    child.wait()?;
    trace
}

fn call(log: impl Iterator<Item = String>, entry: u32) -> Result<Vec<u32>> {
    let (mut before, mut addresses) = (None, Vec::new());
    let mut back = None;
    for line in log {
        if line.starts_with("Stopped execution") {
            // QEMU did not come to the instruction that it logged last, and will log it again.
            addresses.pop();
            continue;
        }
        let Some(address) = address(&line) else { continue };
        if back.is_none() && address == entry {
            let call: u32 = before.context("the program starts with the function")?;
            // A call takes two bytes or four.
            back = Some([call + 2, call + 4]);
        }
        match back {
            Some(back) if back.contains(&address) => return Ok(addresses),
            Some(_) => addresses.push(address),
            None => {}
        }
        before = Some(address);
    }
    bail!("QEMU's log contains no complete call of the function at {entry:#x}")
}

/// The address in a line such as `Trace 0: 0x7f9d48009ec0 [00800400/000006d0/00000010/ff020201] push_net`.
fn address(line: &str) -> Option<u32> {
    let (_, state) = line.strip_prefix("Trace ")?.split_once('[')?;
    u32::from_str_radix(state.split('/').nth(1)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: &[&str]) -> impl Iterator<Item = String> {
        let lines = lines.iter().map(|line| match u32::from_str_radix(line, 16) {
            Ok(address) => format!("Trace 0: 0x7f9d48009ec0 [00800400/{address:08x}/00/ff] name"),
            Err(_) => (*line).to_owned(),
        });
        lines.collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn a_call_is_traced_through_its_loops_and_calls_until_it_is_back() {
        let program = ["0", "10", "20", "22", "20", "22", "40", "24", "14", "10", "20"];
        assert_eq!(call(log(&program), 0x20).unwrap(), [0x20, 0x22, 0x20, 0x22, 0x40, 0x24]);
    }

    #[test]
    fn an_instruction_that_is_logged_again_counts_once() {
        let stopped = "Stopped execution of TB chain before 0x7f9d48007780 [00000022] name";
        let program = ["10", "20", "22", stopped, "22", "12"];
        assert_eq!(call(log(&program), 0x20).unwrap(), [0x20, 0x22]);
    }

    #[test]
    fn no_call_and_no_return_are_errors() {
        assert!(call(log(&["10", "14"]), 0x20).is_err());
        assert!(call(log(&["10", "20", "22"]), 0x20).is_err());
    }
}
