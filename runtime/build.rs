//! Tells the kernels whether the processor has vectors, and the activations whether it has an instruction for the larger
//! of two numbers. On its stable channel, rustc tells neither.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(helium, fpv5)");
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let helium = ["target-cpu=cortex-m55", "target-cpu=cortex-m85", "+mve.fp"];
    if target.starts_with("thumbv8") && helium.iter().any(|flag| flags.contains(flag)) {
        println!("cargo::rustc-cfg=helium");
    }
    // The Cortex-M4's unit is FPv4, and for those without a unit all of it is a call.
    let fpv5 = ["target-cpu=cortex-m7", "+fp-armv8d16"];
    let has_fpv5 =
        target.starts_with("thumbv8m.main") || fpv5.iter().any(|flag| flags.contains(flag));
    if target.ends_with("eabihf") && has_fpv5 {
        println!("cargo::rustc-cfg=fpv5");
    }
}
