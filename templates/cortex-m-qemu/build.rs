//! Tells the linker where `memory.x` is.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=memory.x");
    // The linker looks in `OUT_DIR`, which stays this project's own when its folder is renamed or copied.
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::copy("memory.x", Path::new(&out).join("memory.x")).expect("memory.x is beside build.rs");
    println!("cargo::rustc-link-search={out}");
}
