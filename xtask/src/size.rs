//! Bytes of a program in flash and in RAM, from the linker's output.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};

/// As `size` counts them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    /// Code, constants and weights: flash.
    pub(crate) text: u64,
    /// Initial values of variables: flash and RAM.
    pub(crate) data: u64,
    /// Variables that start at zero: RAM.
    pub(crate) bss: u64,
}

impl Size {
    pub(crate) fn of(program: &Path) -> Result<Self> {
        let bytes =
            fs::read(program).with_context(|| format!("cannot read {}", program.display()))?;
        let elf = object::File::parse(&*bytes)?;
        let mut size = Self { text: 0, data: 0, bss: 0 };
        for section in elf.sections().filter(|section| !is_free_memory(section.name())) {
            let sum = match section.kind() {
                SectionKind::Text | SectionKind::ReadOnlyData | SectionKind::ReadOnlyString => {
                    &mut size.text
                }
                SectionKind::Data => &mut size.data,
                SectionKind::UninitializedData => &mut size.bss,
                _ => continue,
            };
            *sum += section.size();
        }
        Ok(size)
    }
}

/// Whether a section has this name that `riscv-rt` gives to memory that the program leaves free: it holds no variable.
fn is_free_memory(name: object::Result<&str>) -> bool {
    matches!(name, Ok(".heap" | ".stack"))
}

/// Bytes of the functions with these names.
pub(crate) fn functions(program: &Path, names: &BTreeSet<String>) -> Result<u64> {
    let bytes = fs::read(program).with_context(|| format!("cannot read {}", program.display()))?;
    let elf = object::File::parse(&*bytes)?;
    let is_one = |name: &str| names.contains(name);
    let symbols = elf.symbols().filter(|symbol| symbol.name().is_ok_and(is_one));
    Ok(symbols.map(|symbol| symbol.size()).sum())
}
