//! The processors that the firmware runs on, as QEMU has them.

/// A Cortex-M and the machine that QEMU has with it.
pub(super) struct Core {
    /// What it is called in tables and paths.
    pub(super) name: &'static str,
    pub(super) machine: &'static str,
    pub(super) target: &'static str,
    pub(super) cpu: &'static str,
    /// Programs for it; the cores without a floating-point unit have time for the notebook alone.
    pub(super) programs: &'static [&'static str],
    pub(super) kernels: &'static [Kernel],
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kernel {
    Portable,
    CmsisDsp,
}

impl Kernel {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::CmsisDsp => "CMSIS-DSP",
        }
    }
}

const SMALL: &[&str] = &["notebook", "no_panic"];
const ALL: &[&str] = &["notebook", "waveshaper", "realtime", "callback", "no_panic"];
/// With the program for RTIC, where its back end is the same.
const ALL_AND_RTIC: &[&str] =
    &["notebook", "waveshaper", "realtime", "callback", "no_panic", "rtic"];
const BOTH: &[Kernel] = &[Kernel::Portable, Kernel::CmsisDsp];

pub(super) const CORES: &[Core] = &[
    Core {
        name: "Cortex-M0",
        machine: "microbit",
        target: "thumbv6m-none-eabi",
        cpu: "cortex-m0",
        programs: SMALL,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M3",
        machine: "mps2-an385",
        target: "thumbv7m-none-eabi",
        cpu: "cortex-m3",
        programs: SMALL,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M4F",
        machine: "mps2-an386",
        target: "thumbv7em-none-eabihf",
        cpu: "cortex-m4",
        programs: ALL_AND_RTIC,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M7F",
        machine: "mps2-an500",
        target: "thumbv7em-none-eabihf",
        cpu: "cortex-m7",
        programs: ALL_AND_RTIC,
        kernels: BOTH,
    },
    Core {
        name: "Cortex-M55",
        machine: "mps3-an547",
        target: "thumbv8m.main-none-eabihf",
        cpu: "cortex-m55",
        programs: ALL,
        kernels: BOTH,
    },
];

/// What QEMU is told beside the machine: the program's output comes here, and an instruction takes a nanosecond.
pub(super) const QEMU: &str = "-nographic -semihosting-config enable=on,target=native \
     -icount shift=0,align=off,sleep=off -kernel";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_run_runs_the_first_core_of_a_target_in_the_same_way() {
        let config = include_str!("../../../examples/firmware/.cargo/config.toml");
        for (place, core) in CORES.iter().enumerate() {
            if CORES.iter().take(place).any(|before| before.target == core.target) {
                continue;
            }
            let table = format!("[target.{}]\n", core.target);
            let runner = format!("runner = \"qemu-system-arm -machine {} {QEMU}\"", core.machine);
            assert!(config.contains(&(table + &runner)), "no runner for {}:\n{runner}", core.name);
        }
    }
}
