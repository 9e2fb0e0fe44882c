//! Says what to run where the model is missing.

use std::path::Path;

/// The example reads the first. The tests read all.
const MODELS: [&str; 3] =
    ["silero_vad_16k_sequence.onnx", "silero_vad_openvino_16k.onnx", "silero_vad_16k_op15.onnx"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for model in MODELS {
        println!("cargo::rerun-if-changed={model}");
        if !Path::new(model).exists() {
            println!(
                "cargo::error={model} is missing: run `examples/voice/fetch`, which downloads it from PyPI"
            );
        }
    }
}
