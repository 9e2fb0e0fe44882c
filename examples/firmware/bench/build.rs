//! Declares the network that `BENCH` names, or the model whose file `MODEL` names.

mod model;
mod networks;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=BENCH");
    println!("cargo::rerun-if-env-changed=MODEL");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let declaration = if let Some(file) = env::var_os("MODEL") {
        model::declare(Path::new(&file), &out)
    } else {
        let name = env::var("BENCH").unwrap_or_else(|_| "none".to_owned());
        networks::declare(&name, "Net", &out) + FROM_START
    };
    fs::write(out.join("net.rs"), declaration).expect("it takes files");
}

/// A network of `networks` is measured from its first push on.
const FROM_START: &str = "
/// QEMU is to run it so that an instruction takes `2^SHIFT` nanoseconds.
pub const SHIFT: u32 = 10;
/// Pushes that are not measured.
pub const BEFORE: usize = 0;
";
