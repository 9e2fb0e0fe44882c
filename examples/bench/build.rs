//! Declares the networks that `cargo xtask bench` measures on a Cortex-M.

#[path = "../firmware/bench/networks.rs"]
mod networks;

use std::env;
use std::fs;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let declarations: String = [
        ("mixer", "Mixer"),
        ("daisy", "Daisy"),
        ("nano", "Nano"),
        ("wavenet16", "Wavenet16"),
        ("wavenet_gated", "WavenetGated"),
        ("a1_10_10", "A1TenTen"),
        ("a1_10_10_fast", "A1TenTenFast"),
        ("a1_10_10_relu", "A1TenTenRelu"),
        ("a2_lite", "A2Lite"),
        ("a2_full", "A2Full"),
        ("tcn", "Tcn"),
        ("amp", "Amp"),
        ("conv_gru", "ConvGru"),
        ("lstm", "Lstm"),
        ("lstm40_fast", "Lstm40Fast"),
        ("keywords", "Keywords"),
        ("keywords64", "Keywords64"),
    ]
    .map(|(name, structure)| networks::declare(name, structure, &[7], &out))
    .concat();
    fs::write(out.join("networks.rs"), declarations).expect("it takes files");
}
