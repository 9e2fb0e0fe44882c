//! The processors that the firmware runs on, as QEMU has them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::command::run;

/// A processor and the machine that QEMU has with it.
pub(crate) struct Core {
    /// What it is called in tables and paths.
    pub(crate) name: &'static str,
    pub(crate) machine: &'static str,
    /// The file in `examples/firmware/memory` with the machine's memory.
    pub(crate) memory: &'static str,
    pub(crate) target: &'static str,
    pub(crate) cpu: &'static str,
    /// Programs for it; the cores without a floating-point unit have no time for the waveshaper at its rate, and functions
    /// in its place whose time depends on the numbers.
    pub(crate) programs: &'static [&'static str],
    pub(crate) kernels: &'static [Kernel],
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kernel {
    Portable,
    CmsisDsp,
}

impl Kernel {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::CmsisDsp => "CMSIS-DSP",
        }
    }
}

/// Those that need neither a Cortex-M's timer nor its interrupts.
const REPLAYS: &[&str] = &["notebook", "layers", "integers"];
const SMALL: &[&str] = &["notebook", "layers", "integers", "no_panic"];
const ALL: &[&str] = &[
    "notebook",
    "layers",
    "integers",
    "waveshaper",
    "realtime",
    "callback",
    "constant",
    "no_panic",
];
/// With the program for RTIC, where its back end is the same.
const ALL_AND_RTIC: &[&str] = &[
    "notebook",
    "layers",
    "integers",
    "waveshaper",
    "realtime",
    "callback",
    "constant",
    "no_panic",
    "rtic",
];
/// And with the pedals, which are a Daisy's.
const DAISY: &[&str] = &[
    "notebook",
    "layers",
    "integers",
    "waveshaper",
    "realtime",
    "callback",
    "constant",
    "no_panic",
    "rtic",
    "pedal_a1",
    "pedal_a2",
];
const BOTH: &[Kernel] = &[Kernel::Portable, Kernel::CmsisDsp];

pub(crate) const CORES: &[Core] = &[
    Core {
        name: "Cortex-M0",
        machine: "microbit",
        memory: "microbit",
        target: "thumbv6m-none-eabi",
        cpu: "cortex-m0",
        programs: SMALL,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M3",
        machine: "mps2-an385",
        memory: "mps2",
        target: "thumbv7m-none-eabi",
        cpu: "cortex-m3",
        programs: SMALL,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M4F",
        machine: "mps2-an386",
        memory: "mps2",
        target: "thumbv7em-none-eabihf",
        cpu: "cortex-m4",
        programs: ALL_AND_RTIC,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M7F",
        machine: "mps2-an500",
        memory: "mps2",
        target: "thumbv7em-none-eabihf",
        cpu: "cortex-m7",
        programs: DAISY,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M55",
        machine: "mps3-an547",
        memory: "mps3",
        target: "thumbv8m.main-none-eabihf",
        cpu: "cortex-m55",
        programs: ALL,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M33",
        machine: "mps2-an505",
        memory: "an505",
        target: "thumbv8m.main-none-eabihf",
        cpu: "cortex-m33",
        programs: ALL,
        kernels: &[Kernel::Portable],
    },
    Core {
        name: "RV32IMAC",
        machine: "virt",
        memory: "virt",
        target: "riscv32imac-unknown-none-elf",
        cpu: "generic-rv32",
        programs: REPLAYS,
        kernels: &[Kernel::Portable],
    },
    Core {
        name: "RV32IMAFC",
        machine: "virt",
        memory: "virt",
        target: "riscv32imafc-unknown-none-elf",
        cpu: "generic-rv32",
        programs: REPLAYS,
        kernels: &[Kernel::Portable],
    },
];

/// Whether `name` is that of a core: `M7F` is short for `Cortex-M7F`.
pub(crate) fn is_called(name: &str, core: &str) -> bool {
    core == name || core.strip_prefix("Cortex-") == Some(name)
}

pub(crate) fn find(name: &str) -> Result<&'static Core> {
    CORES.iter().find(|core| is_called(name, core.name)).with_context(|| {
        let names: Vec<_> = CORES.iter().map(|core| core.name).collect();
        format!("unknown core `{name}`. The cores are {}", names.join(", "))
    })
}

impl Core {
    /// QEMU for this core, to which the program's path is to be added. An instruction takes `2^shift` nanoseconds.
    pub(crate) fn emulator(&self, shift: u32) -> String {
        let (program, firmware) = if self.is_arm() {
            ("qemu-system-arm", "")
        } else {
            ("qemu-system-riscv32", " -bios none")
        };
        format!(
            "{program} -machine {}{firmware} -nographic -semihosting-config enable=on,target=native \
             -icount shift={shift},align=off,sleep=off -kernel",
            self.machine
        )
    }

    /// Whether Arm's tools know its programs.
    pub(crate) fn is_arm(&self) -> bool {
        self.target.starts_with("thumb")
    }

    /// Runs a program in QEMU and returns what it prints. An instruction takes `2^shift` nanoseconds. A panic, or a
    /// program that does not end in a minute, is an error.
    pub(crate) fn run(&self, program: &Path, shift: u32) -> Result<String> {
        let emulator = self.emulator(shift);
        // Where it is missing, `timeout` would be the one to say so.
        run(Command::new(emulator.split(' ').next().unwrap_or_default()).arg("--version"))?;
        let mut command = Command::new("timeout");
        let printed = run(command.arg("60").args(emulator.split(' ')).arg(program));
        printed.context("the program failed, or ran for more than a minute (status 124)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_run_runs_the_first_core_of_a_target_in_the_same_way() {
        let config = include_str!("../../examples/firmware/.cargo/config.toml");
        for (place, core) in CORES.iter().enumerate() {
            if CORES.iter().take(place).any(|before| before.target == core.target) {
                continue;
            }
            let table = format!("[target.{}]\n", core.target);
            let runner = format!("runner = \"{}\"", core.emulator(crate::firmware::SHIFT));
            assert!(config.contains(&(table + &runner)), "no runner for {}:\n{runner}", core.name);
        }
    }

    #[test]
    fn the_configuration_for_a_daisy_runs_its_core_in_the_same_way() {
        let config = include_str!("../../examples/firmware/cortex-m7.toml");
        let core = CORES.iter().find(|core| core.cpu == "cortex-m7").unwrap();
        let runner = format!("runner = \"{}\"", core.emulator(crate::firmware::SHIFT));
        assert!(config.contains(&format!("[target.{}]\n", core.target)));
        assert!(config.contains(&format!("target-cpu={}", core.cpu)));
        assert!(config.contains(&runner), "{runner}");
    }
}
