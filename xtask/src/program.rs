//! Programs of the firmware workspace: built for a core and a kernel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::cmsis_dsp;
use crate::command::run;
use crate::cores::{Core, Kernel};
use crate::toolchain::Toolchain;

/// The compiler's settings.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Settings {
    /// As the release profile of the firmware says: `opt-level = 3`.
    Release,
    /// The same with `opt-level = "s"`.
    Small,
    /// The same with `opt-level = "z"`.
    Smallest,
    /// Those of the dev profile.
    Dev,
}

impl Settings {
    pub(crate) const ALL: [Self; 4] = [Self::Release, Self::Small, Self::Smallest, Self::Dev];
    /// What they are called in tables.
    pub(crate) const NAMES: [&str; 4] = ["`3`", "`\"s\"`", "`\"z\"`", "dev"];

    fn level(self) -> Option<&'static str> {
        match self {
            Self::Small => Some("s"),
            Self::Smallest => Some("z"),
            Self::Release | Self::Dev => None,
        }
    }
}

/// What builds programs for a core and a kernel.
pub(crate) struct Builder<'a> {
    core: &'a Core,
    kernel: Kernel,
    pub(crate) settings: Settings,
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
        Ok(Self { core, kernel, settings: Settings::Release, toolchain, cmsis_dsp })
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
    /// programs are in until others of the same target are built.
    pub(crate) fn build(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<PathBuf> {
        let Core { name, target, cpu, memory, .. } = self.core;
        // One folder for all: what runs on the host is compiled once.
        let target_dir = folder();
        let flags = format!("-C link-arg=-Tlink.x -C target-cpu={cpu}");
        let mut cargo = self.toolchain.cargo(target, &flags);
        cargo
            .current_dir(crate::root().join("examples/firmware"))
            .arg("--target-dir")
            .arg(&target_dir);
        cargo.args(arguments).env("MEMORY", memory);
        // As in the release profile: builds of few large crates gain nothing by it.
        cargo.env("CARGO_INCREMENTAL", "0");
        let profile = if self.settings == Settings::Dev { "debug" } else { "release" };
        if profile == "release" {
            cargo.arg("--release");
        }
        if let Some(level) = self.settings.level() {
            cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        }
        if let Some(built) = &self.cmsis_dsp {
            cargo.args(["--features", "cmsis-dsp", "--config"]).arg(&built.config);
        }
        cargo.envs(variables.iter().copied());
        run(&mut cargo).with_context(|| format!("{name}, {}", self.kernel.name()))?;
        Ok(target_dir.join(target).join(profile))
    }

    /// Copies programs from the folder that they were built in to one of their own, which is returned.
    pub(crate) fn keep(&self, built: &Path, programs: &[&str], name: &str) -> Result<PathBuf> {
        let settings = self.settings.level().unwrap_or(if self.settings == Settings::Dev {
            "dev"
        } else {
            "3"
        });
        let of = format!("{}-{}-{settings}", self.core.cpu, self.kernel.name());
        let kept = folder().join("kept").join(of).join(name);
        fs::create_dir_all(&kept)?;
        for program in programs {
            let from = built.join(program);
            fs::copy(&from, kept.join(program)).with_context(|| from.display().to_string())?;
        }
        Ok(kept)
    }
}

fn folder() -> PathBuf {
    crate::root().join("examples/firmware/target/xtask")
}
