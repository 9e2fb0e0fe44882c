//! Tells the kernels whether the processor has vectors, which rustc does not on its stable channel.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(helium)");
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let helium = ["target-cpu=cortex-m55", "target-cpu=cortex-m85", "+mve.fp"];
    if target.starts_with("thumbv8") && helium.iter().any(|flag| flags.contains(flag)) {
        println!("cargo::rustc-cfg=helium");
    }
}
