//! A Rust that compiles for a target: the target installed, or installed now, or built from Debian's sources.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::run;

/// How cargo is to be called for a target.
pub(crate) enum Toolchain {
    /// The target's library is there.
    Installed,
    /// Debian's compiler builds `core` from its sources.
    BuildStd,
}

impl Toolchain {
    /// Finds one, and says which where it is not the usual one.
    pub(crate) fn find(target: &str) -> Result<Self> {
        if is_installed(target) {
            return Ok(Self::Installed);
        }
        let added = run(Command::new("rustup").args(["target", "add", target]));
        if is_installed(target) {
            eprintln!("rustup installed the target {target}");
            return Ok(Self::Installed);
        }
        let debian =
            Path::new("/usr/bin/rustc").exists() && Path::new("/usr/bin/ld.lld-19").exists();
        if debian && Path::new("/usr/lib/rustlib/src").exists() {
            eprintln!("rustup has no target {target}: Debian's rustc builds core");
            return Ok(Self::BuildStd);
        }
        let why = added.err().map_or_else(String::new, |error| format!(" ({error:#})"));
        bail!(
            "no Rust compiler for {target}: `rustup target add {target}` failed{why}. Install the target, or Debian's \
             packages rustc-web, rust-web-src and lld-19"
        )
    }

    /// The compiler's version.
    pub(crate) fn rustc(&self) -> Result<String> {
        let rustc = match self {
            Self::Installed => "rustc",
            Self::BuildStd => "/usr/bin/rustc",
        };
        run(Command::new(rustc).arg("--version"))
    }

    /// A cargo that builds for `target` with these flags for rustc.
    pub(crate) fn cargo(&self, target: &str, flags: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--target", target]);
        match self {
            Self::Installed => cargo.env("RUSTFLAGS", flags),
            Self::BuildStd => cargo
                .arg("-Zbuild-std=core")
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTFLAGS", format!("{flags} -C linker=ld.lld-19")),
        };
        cargo
    }
}

fn is_installed(target: &str) -> bool {
    let library = run(Command::new("rustc").args(["--print", "target-libdir", "--target", target]));
    library.is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}
