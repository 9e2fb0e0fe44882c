//! Tells the kernels whether the processor has vectors or products of pairs, and the activations whether it has an instruction for the larger
//! of two numbers. On its stable channel, rustc tells neither.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(helium, fpv5, thumb, dsp, armv6m, armv8m)");
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let helium = ["target-cpu=cortex-m55", "target-cpu=cortex-m85", "+mve.fp"];
    if target.starts_with("thumbv8") && helium.iter().any(|flag| flags.contains(flag)) {
        println!("cargo::rustc-cfg=helium");
    }
    // Products of two pairs of 16 bits in one instruction.
    let with_dsp = ["cortex-m33", "cortex-m35p", "cortex-m55", "cortex-m85", "+dsp"];
    let has_dsp = target.starts_with("thumbv8m.main")
        && with_dsp.iter().any(|flag| flags.contains(flag))
        && !flags.contains("-dsp");
    if has_dsp || target.starts_with("thumbv7em") {
        println!("cargo::rustc-cfg=dsp");
    }
    if target.starts_with("thumb") {
        println!("cargo::rustc-cfg=thumb");
    }
    if target.starts_with("thumbv8m.main") {
        println!("cargo::rustc-cfg=armv8m");
    }
    if target.starts_with("thumbv6m") || target.starts_with("thumbv8m.base") {
        println!("cargo::rustc-cfg=armv6m");
    }
    // The Cortex-M4's unit is FPv4, and for those without a unit all of it is a call.
    let fpv5 = ["target-cpu=cortex-m7", "+fp-armv8d16"];
    let has_fpv5 =
        target.starts_with("thumbv8m.main") || fpv5.iter().any(|flag| flags.contains(flag));
    if target.ends_with("eabihf") && has_fpv5 {
        println!("cargo::rustc-cfg=fpv5");
    }
}
