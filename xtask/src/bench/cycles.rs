//! The cycles that LLVM's model of a processor gives a push: `llvm-mca` on the instructions that it executed.

use std::collections::HashMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::command::run;
use crate::cores::Core;
use crate::trace;

/// LLVM's tools, of a version whose `llvm-mca` can pass over what its model lacks.
pub(crate) struct Llvm {
    suffix: &'static str,
    pub(super) version: String,
}

/// Instructions of the call around a push at most, which are in the count and not in the trace, or the other way round.
const CALL: u64 = 8;

/// The first version that will do.
const OLDEST: u32 = 19;

impl Llvm {
    pub(super) fn find() -> Option<Self> {
        ["-19", ""].into_iter().find_map(|suffix| {
            let printed = run(Command::new(format!("llvm-mca{suffix}")).arg("--version")).ok()?;
            let version = printed.split_once("LLVM version ")?.1.lines().next()?.to_owned();
            let major: u32 = version.split('.').next()?.parse().ok()?;
            (major >= OLDEST).then_some(Self { suffix, version })
        })
    }

    /// Cycles of the program's first push. The instructions of pushes were counted too, from the mean to the worst.
    pub(super) fn cycles(
        &self,
        core: &Core,
        program: &Path,
        counted: RangeInclusive<u64>,
    ) -> Result<u64> {
        let listing = self.disassemble(core, program)?;
        let trace = trace::first_call(core, program, listing.function("push_net")?)?;
        let (traced, (mean, worst)) = (trace.len() as u64, counted.into_inner());
        // Rings start with one part empty, which is a little less.
        let least = mean - mean / 1000;
        if traced + CALL < least || traced > worst + CALL {
            bail!("the traced push has {traced} instructions, expected {least} to {worst}");
        }
        let mut text = String::new();
        for address in &trace {
            let instruction = listing.instructions.get(address);
            let instruction = instruction
                .with_context(|| format!("the disassembly has no instruction at {address:#x}"))?;
            text += &for_model(instruction, core.cpu);
            text.push('\n');
        }
        let file = program.with_extension("s");
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        let printed = run(Command::new(format!("llvm-mca{}", self.suffix))
            .args([&format!("-mtriple={}", core.target), &format!("-mcpu={}", core.cpu)])
            // One push by itself: pushes that follow at once would share the pipeline.
            .args(["-iterations=1", "-skip-unsupported-instructions=lack-sched", "-json"])
            .arg(&file))?;
        let model: Value = serde_json::from_str(&printed)?;
        let summary = &model["CodeRegions"][0]["SummaryView"];
        let number = |name: &str| {
            summary[name].as_u64().with_context(|| format!("the output of llvm-mca has no {name}"))
        };
        let instructions = number("Instructions")?;
        if instructions < trace.len() as u64 {
            bail!("LLVM's model knows {instructions} of {} instructions", trace.len());
        }
        number("TotalCycles")
    }

    fn disassemble(&self, core: &Core, program: &Path) -> Result<Listing> {
        let text = run(Command::new(format!("llvm-objdump{}", self.suffix))
            .args(["--disassemble", "--no-show-raw-insn", &format!("--mcpu={}", core.cpu)])
            .arg(program))?;
        Ok(Listing::parse(&text))
    }
}

/// A program's instructions and functions, by address and by name.
#[derive(Default)]
struct Listing {
    instructions: HashMap<u32, String>,
    functions: HashMap<String, u32>,
}

impl Listing {
    fn parse(disassembly: &str) -> Self {
        let mut listing = Self::default();
        for line in disassembly.lines() {
            let hex = |text: &str| u32::from_str_radix(text.trim(), 16).ok();
            if let Some((address, name)) = line.split_once(" <")
                && let Some((address, name)) = hex(address).zip(name.strip_suffix(">:"))
            {
                listing.functions.insert(name.to_owned(), address);
            } else if let Some((address, instruction)) = line.split_once(':')
                && let Some(address) = hex(address)
            {
                listing.instructions.insert(address, instruction.trim().to_owned());
            }
        }
        listing
    }

    /// The address of the one function whose name has `part` in it.
    fn function(&self, part: &str) -> Result<u32> {
        let mut found = self.functions.iter().filter(|(name, _)| name.contains(part));
        match (found.next(), found.next()) {
            (Some((_, address)), None) => Ok(*address),
            _ => bail!("expected one function with `{part}` in its name"),
        }
    }
}

/// A line of the disassembly as `llvm-mca` takes it, with what its model has in place of what it has not.
fn for_model(line: &str, cpu: &str) -> String {
    let text = line.split('@').next().unwrap_or_default().trim_end();
    let (mnemonic, operands) = text.split_once('\t').unwrap_or((text, ""));
    // What is executed next stands on the next line, wherever a branch goes; the model takes a call for 100 cycles.
    if let Some((before, _)) = operands.split_once(" <") {
        let registers = before.rsplit_once(' ').map_or("", |(registers, _)| registers);
        let branch = if mnemonic == "bl" { "b.w" } else { mnemonic };
        return format!("{branch}\t{registers} there");
    }
    if cpu == "cortex-m7" {
        // That of the Cortex-M7 passes over `it`, which is one of the two that it may start in a cycle.
        if mnemonic.starts_with("it") {
            return format!("nop\n{text}");
        }
        // Of the comparisons of floats it has one, which takes the same time as those with zero and those that signal.
        if let Some(rest) = mnemonic.strip_prefix("vcmp") {
            let of =
                operands.strip_suffix(", #0").map(|register| format!("{register}, {register}"));
            let kind = rest.trim_start_matches('e');
            return format!("vcmp{kind}\t{}", of.as_deref().unwrap_or(operands));
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DISASSEMBLY: &str = "
program:	file format elf32-littlearm

000006d0 <push_net>:
     6d0:      \tpush\t{r4, lr}
     6d2:      \tvldr\ts0, [pc, #1008]         @ 0xad4 <push_net+0x404>
     6d6:      \tcbz\tr0, 0x6e0 <push_net+0x10>      @ imm = #0x6
     6d8:      \tbl\t0x700 <other>      @ imm = #0x24
     6dc:      \tit\tmi
";

    #[test]
    fn the_disassembly_is_read() {
        let listing = Listing::parse(DISASSEMBLY);
        assert_eq!(listing.function("push").unwrap(), 0x6d0);
        assert!(listing.function("pull").is_err());
        assert_eq!(listing.instructions.len(), 5);
        assert_eq!(listing.instructions[&0x6d0], "push\t{r4, lr}");
    }

    #[test]
    fn the_model_gets_what_it_has() {
        let listing = Listing::parse(DISASSEMBLY);
        let model = |address, cpu| for_model(&listing.instructions[&address], cpu);
        assert_eq!(model(0x6d2, "cortex-m4"), "vldr\ts0, [pc, #1008]");
        assert_eq!(model(0x6d6, "cortex-m4"), "cbz\tr0, there");
        assert_eq!(model(0x6d8, "cortex-m4"), "b.w\t there");
        assert_eq!(model(0x6dc, "cortex-m4"), "it\tmi");
        assert_eq!(model(0x6dc, "cortex-m7"), "nop\nit\tmi");
        assert_eq!(for_model("vcmp.f32\ts14, #0", "cortex-m4"), "vcmp.f32\ts14, #0");
        assert_eq!(for_model("vcmp.f32\ts14, #0", "cortex-m7"), "vcmp.f32\ts14, s14");
        assert_eq!(for_model("vcmpe.f32\ts1, s2", "cortex-m7"), "vcmp.f32\ts1, s2");
    }
}
