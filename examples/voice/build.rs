//! Says what to run where the model is missing.

use std::path::Path;

const MODEL: &str = "silero_vad_16k_sequence.onnx";

fn main() {
    println!("cargo::rerun-if-changed={MODEL}");
    println!("cargo::rerun-if-changed=build.rs");
    if !Path::new(MODEL).exists() {
        println!(
            "cargo::error=the model is missing: run `examples/voice/fetch`, which downloads it from PyPI"
        );
    }
}
