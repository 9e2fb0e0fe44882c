//! The instructions of a program, by their addresses.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::class::Class;
use super::instruction::Instruction;
use crate::command::run;

/// A program's instructions and functions, by address and by name.
pub(super) struct Listing {
    /// As text, where the table of instructions has none such.
    instructions: HashMap<u32, Result<Instruction, String>>,
    functions: HashMap<String, u32>,
}

impl Listing {
    pub(super) fn of(program: &Path) -> Result<Self> {
        let mut objdump = Command::new("arm-none-eabi-objdump");
        let text = run(objdump.args(["--disassemble", "--no-show-raw-insn"]).arg(program))?;
        Ok(Self::parse(&text))
    }

    fn parse(disassembly: &str) -> Self {
        let hex = |text: &str| u32::from_str_radix(text.trim(), 16).ok();
        let (mut lines, mut functions) = (Vec::new(), HashMap::new());
        for line in disassembly.lines() {
            if let Some((address, name)) = line.split_once(" <")
                && let Some((address, name)) = hex(address).zip(name.strip_suffix(">:"))
            {
                functions.insert(name.to_owned(), address);
            } else if let Some((address, text)) = line.split_once(":\t")
                && let Some(address) = hex(address)
            {
                lines.push((address, text));
            }
        }
        // Instructions behind `it` that are left.
        let mut conditional = 0;
        let mut instructions = HashMap::new();
        for (place, &(address, text)) in lines.iter().enumerate() {
            let next = lines.get(place + 1).map_or(address + 4, |next| next.0);
            let size = if next - address == 2 { 2 } else { 4 };
            let parsed = Instruction::parse(text, size, conditional > 0);
            conditional = match &parsed {
                Some(Instruction { class: Class::It, .. }) => {
                    text.split('\t').next().map_or(0, |it| it.len() - 1)
                }
                _ => usize::saturating_sub(conditional, 1),
            };
            instructions.insert(address, parsed.ok_or_else(|| text.to_owned()));
        }
        Self { instructions, functions }
    }

    pub(super) fn instruction(&self, address: u32) -> Result<&Instruction> {
        match self.instructions.get(&address) {
            Some(Ok(instruction)) => Ok(instruction),
            Some(Err(text)) => bail!("the models of the pipelines do not know `{text}`"),
            None => bail!("the disassembly has no instruction at {address:#x}"),
        }
    }

    /// The address of the one function whose name has `part` in it.
    pub(super) fn function(&self, part: &str) -> Result<u32> {
        let mut found = self.functions.iter().filter(|(name, _)| name.contains(part));
        let one = match (found.next(), found.next()) {
            (Some((_, address)), None) => Some(*address),
            _ => None,
        };
        one.with_context(|| format!("expected one function with `{part}` in its name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DISASSEMBLY: &str = "
program:     file format elf32-littlearm

000006d0 <push_net>:
     6d0:\tpush\t{r4, lr}
     6d2:\tvldr\ts0, [pc, #1008]\t@ ad4 <push_net+0x404>
     6d6:\tcbz\tr0, 6e0 <push_net+0x10>
     6d8:\titt\tmi
     6da:\tmovmi\tr0, #1
     6dc:\taddmi.w\tr1, r1, #400\t@ 0x190
     6e0:\twfi
";

    #[test]
    fn the_disassembly_is_read() {
        let listing = Listing::parse(DISASSEMBLY);
        assert_eq!(listing.function("push").unwrap(), 0x6d0);
        assert!(listing.function("pull").is_err());
        assert_eq!(listing.instruction(0x6d2).unwrap().size, 4);
        let behind_it = |address| listing.instruction(address).unwrap().conditional;
        assert_eq!([0x6d8, 0x6da, 0x6dc].map(behind_it), [false, true, true]);
        assert!(listing.instruction(0x6e0).unwrap_err().to_string().contains("wfi"));
    }
}
