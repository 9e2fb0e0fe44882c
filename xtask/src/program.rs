//! Programs of the firmware workspace: built for a core and a kernel.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::cmsis_dsp;
use crate::command::run;
use crate::cores::{Core, Kernel};
use crate::toolchain::Toolchain;

/// What builds programs for a core and a kernel.
pub(crate) struct Builder<'a> {
    core: &'a Core,
    kernel: Kernel,
    toolchain: Toolchain,
    cmsis_dsp: Option<cmsis_dsp::Library>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(core: &'a Core, kernel: Kernel) -> Result<Self> {
        let toolchain = Toolchain::find(core.target)?;
        let cmsis_dsp = match kernel {
            Kernel::Portable => None,
            Kernel::CmsisDsp => Some(cmsis_dsp::build(core.target, Some(core.cpu), None, None)?),
        };
        Ok(Self { core, kernel, toolchain, cmsis_dsp })
    }

    /// Which compilers the programs are made by.
    pub(crate) fn compilers(&self) -> Result<String> {
        let rustc = self.toolchain.rustc()?;
        let gcc = run(Command::new("arm-none-eabi-gcc").arg("-dumpfullversion"))?;
        let qemu = run(Command::new("qemu-system-arm").arg("--version"))?;
        let qemu = qemu.split_whitespace().nth(3).unwrap_or_default();
        Ok(format!("{}, GCC {}, QEMU {qemu}", rustc.trim(), gcc.trim()))
    }

    /// Builds in `examples/firmware` what `arguments` say, with these environment variables; returns the folder that the
    /// programs are in.
    pub(crate) fn build(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<PathBuf> {
        let Core { name, target, cpu, memory, .. } = self.core;
        let folder = crate::root().join("examples/firmware");
        let target_dir = folder.join("target").join(format!("{cpu}-{}", self.kernel.name()));
        let flags = format!("-C link-arg=-Tlink.x -C target-cpu={cpu}");
        let mut cargo = self.toolchain.cargo(target, &flags);
        cargo
            .current_dir(&folder)
            .arg("--target-dir")
            .arg(&target_dir)
            .args(arguments)
            .env("MEMORY", memory);
        if let Some(built) = &self.cmsis_dsp {
            cargo.args(["--features", "cmsis-dsp", "--config"]).arg(&built.config);
        }
        cargo.envs(variables.iter().copied());
        run(&mut cargo).with_context(|| format!("{name}, {}", self.kernel.name()))?;
        Ok(target_dir.join(target).join("release"))
    }
}
