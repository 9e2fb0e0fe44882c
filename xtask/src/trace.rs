//! What a function executes, instruction by instruction, as QEMU logs it: loops and calls are in it as often as they ran.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

use anyhow::{Context as _, Result, bail};

use crate::cores::Core;

/// Instructions that QEMU ran in a row, and the core's registers before them.
pub(crate) struct Block {
    pub(crate) addresses: Rc<[u32]>,
    pub(crate) registers: [u32; 16],
}

/// Lines of the log at most, before and in the call: a program that never calls the function ends all the same.
const LINES: usize = 200_000_000;

/// The instructions from the first call of the function at `entry` to its return, in their order.
pub(crate) fn first_call(core: &Core, program: &Path, entry: u32) -> Result<Vec<Block>> {
    let emulator = core.emulator(10);
    let (name, arguments) = emulator.split_once(' ').context("QEMU has no arguments")?;
    let mut child = Command::new(name)
        .args(arguments.split(' '))
        .arg(program)
        // The addresses of a block's instructions when it is translated, and a line and the registers when it runs.
        .args(["-d", "in_asm,exec,nochain,cpu", "-D", "/dev/stderr"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| name.to_owned())?;
    let log = child.stderr.take().context("QEMU's log is not piped")?;
    let lines = BufReader::new(log).lines().take(LINES).map_while(Result::ok);
    let trace = call(lines, entry);
    // The rest of its run is of no interest.
    child.kill()?;
    child.wait()?;
    trace
}

fn call(log: impl Iterator<Item = String>, entry: u32) -> Result<Vec<Block>> {
    // QEMU's own address of a block says which one runs: several may start at the same place.
    let mut translated: HashMap<String, Rc<[u32]>> = HashMap::new();
    let mut listed: Vec<u32> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut back = None;
    for line in log {
        if line.starts_with("Stopped execution") {
            // QEMU did not come to the block that it logged last, and will log it again.
            blocks.pop();
        } else if let Some(registers) = line.strip_prefix('R') {
            let Some(block) = blocks.last_mut() else { continue };
            log_registers(registers, &mut block.registers);
            if back.is_none() && registers.starts_with("12=") {
                back = Some(block.registers[14] & !1);
            }
        } else if let Some(rest) = line.strip_prefix("Trace ") {
            let (host, address) = runs(rest).with_context(|| line.clone())?;
            if !listed.is_empty() {
                translated.insert(host.to_owned(), listed.drain(..).collect());
            }
            if back.is_some_and(|back| back == address) {
                return Ok(blocks);
            }
            if back.is_some() || address == entry {
                let addresses = translated.get(host);
                let addresses = addresses.with_context(|| format!("not translated: {line}"))?;
                blocks.push(Block { addresses: Rc::clone(addresses), registers: [0; 16] });
            }
        } else if let Some((address, _)) = line.split_once(": ")
            && let Some(digits) = address.strip_prefix("0x")
        {
            listed.extend(u32::from_str_radix(digits, 16));
        }
    }
    bail!("QEMU's log contains no complete call of the function at {entry:#x}")
}

/// QEMU's address of the block and that of its first instruction, in a line such as
/// `Trace 0: 0x7f9d48009ec0 [00800400/000006d0/00000010/ff020201] push_net`.
fn runs(line: &str) -> Option<(&str, u32)> {
    let (_, rest) = line.split_once(": ")?;
    let (host, state) = rest.split_once(" [")?;
    Some((host, u32::from_str_radix(state.split('/').nth(1)?, 16).ok()?))
}

/// Registers in a line such as `R00=200129c0 R01=0000558b R02=00000001 R03=00003a99`, whose first `R` is gone.
fn log_registers(line: &str, registers: &mut [u32; 16]) {
    for word in line.split(' ') {
        let word = word.trim_start_matches('R').split_once('=');
        if let Some((number, value)) = word
            && let Ok(number) = number.parse::<usize>()
            && let Some(register) = registers.get_mut(number)
            && let Ok(value) = u32::from_str_radix(value, 16)
        {
            *register = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of blocks: where QEMU has each, and its addresses where it is new. All are called from 14.
    fn log(blocks: &[(u32, &[u32])]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut starts = HashMap::new();
        for (host, addresses) in blocks {
            if let Some(first) = addresses.first() {
                starts.insert(host, *first);
                lines.push("IN: name".to_owned());
                lines.extend(
                    addresses.iter().map(|at| format!("0x{at:08x}:  b580       push {{r7}}")),
                );
            }
            lines.push(format!("Trace 0: {host:#x} [00800400/{:08x}/00/ff] name", starts[host]));
            lines.push("R00=00000007 R01=00000000 R02=00000000 R03=00000000".to_owned());
            lines.push("R12=00000000 R13=20000100 R14=00000015 R15=00000000".to_owned());
        }
        lines
    }

    fn trace(log: Vec<String>) -> Result<Vec<u32>> {
        let blocks = call(log.into_iter(), 0x20)?;
        Ok(blocks.iter().flat_map(|block| block.addresses.iter().copied()).collect())
    }

    #[test]
    fn a_call_is_traced_through_its_loops_and_calls_until_it_is_back() {
        let blocks: [(u32, &[u32]); 6] =
            [(1, &[0x10]), (2, &[0x20, 0x22]), (3, &[0x22]), (3, &[]), (4, &[0x40]), (5, &[0x14])];
        assert_eq!(trace(log(&blocks)).unwrap(), [0x20, 0x22, 0x22, 0x22, 0x40]);
    }

    #[test]
    fn the_registers_before_a_block_are_known() {
        let blocks = log(&[(1, &[0x20]), (2, &[0x14])]);
        let registers = call(blocks.into_iter(), 0x20).unwrap()[0].registers;
        assert_eq!([registers[0], registers[13], registers[14]], [7, 0x2000_0100, 0x15]);
    }

    #[test]
    fn a_block_that_is_logged_again_counts_once() {
        let mut lines = log(&[(1, &[0x20]), (2, &[0x22])]);
        lines.push("Stopped execution of TB chain before 0x2 [00000022] name".to_owned());
        lines.extend(log(&[(3, &[0x22]), (4, &[0x14])]));
        assert_eq!(trace(lines).unwrap(), [0x20, 0x22]);
    }

    #[test]
    fn no_call_and_no_return_are_errors() {
        assert!(trace(log(&[(1, &[0x10]), (2, &[0x14])])).is_err());
        assert!(trace(log(&[(1, &[0x10]), (2, &[0x20]), (3, &[0x22])])).is_err());
    }
}
