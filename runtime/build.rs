//! Tells the kernels which processor they are for: whether it has vectors (`helium`), products of pairs (`dsp`), an instruction for the
//! larger of two numbers (`fpv5`), or is a Cortex-M7; and whether they are assembly. On its stable channel, rustc tells none of these.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(helium, fpv5, assembly, cortex_m7, writes_out)");
    println!("cargo::rustc-check-cfg=cfg(thumb, dsp, armv6m, armv8m, rust_analyzer)");
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let helium = ["target-cpu=cortex-m55", "target-cpu=cortex-m85", "+mve.fp"];
    let has_helium =
        target.starts_with("thumbv8") && helium.iter().any(|flag| flags.contains(flag));
    if has_helium {
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
    // On CMSIS-DSP, nothing else is faster than in Rust.
    let is_own = env::var_os("CARGO_FEATURE_CMSIS_DSP").is_none();
    if is_own && target.starts_with("thumb") && target.ends_with("eabihf") {
        println!("cargo::rustc-cfg=assembly");
    }
    // With less, code that is written out is not made of straight lines.
    if matches!(env::var("OPT_LEVEL").as_deref(), Ok("2" | "3")) {
        println!("cargo::rustc-cfg=writes_out");
    }
    // Where flags cannot be set, the kernels can be told all the same.
    println!("cargo::rerun-if-env-changed=STREAMING_NET_CPU");
    let is_told = env::var("STREAMING_NET_CPU").as_deref() == Ok("cortex-m7");
    if flags.contains("target-cpu=cortex-m7") || is_told && target.starts_with("thumbv7em") {
        println!("cargo::rustc-cfg=cortex_m7");
    }
}
