//! Chooses the machine's memory, turns the recorded inputs of networks into Rust, and draws weights.

mod weights;

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let target = env::var("TARGET")?;
    let memory = match target.as_str() {
        "thumbv6m-none-eabi" => "microbit",
        "thumbv8m.main-none-eabihf" => "mps3",
        _ if target.starts_with("riscv32") => "virt",
        _ => "mps2",
    };
    // For a machine that has the same target and another memory: `an505` for `mps2-an505`.
    println!("cargo::rerun-if-env-changed=MEMORY");
    let memory = env::var("MEMORY").unwrap_or_else(|_| memory.to_owned());
    let clock = match memory.as_str() {
        "microbit" => 16_000_000,
        "mps3" => 32_000_000,
        "an505" => 20_000_000,
        _ => 25_000_000,
    };
    println!("cargo::rerun-if-changed=memory");
    println!("cargo::rustc-link-search={}", out.display());
    fs::copy(format!("memory/{memory}.x"), out.join("memory.x"))?;
    fs::copy("memory/daisy.x", out.join("daisy.x"))?;
    for pedal in ["pedal_a1", "pedal_a2"] {
        println!("cargo::rustc-link-arg-bin={pedal}=-Tdaisy.x");
    }

    let mut inputs = format!("/// Cycles a second.\npub const CLOCK: u32 = {clock};\n");
    for (name, doc, file) in RECORDED {
        let frames = input(Path::new(file))?;
        let channels = frames.first().map_or(0, Vec::len);
        let length = frames.len();
        writeln!(
            inputs,
            "/// {doc}\npub static {name}: [[f32; {channels}]; {length}] = {frames:?};"
        )?;
    }
    fs::write(out.join("inputs.rs"), inputs)?;
    for (name, layers) in DRAWN {
        fs::write(out.join(name), weights::draw(7, layers.split("; ")))?;
    }
    Ok(())
}

/// The recorded inputs: what each is called, what it is, and the weights file that has it.
const RECORDED: [(&str, &str, &str); 7] = [
    ("NOTEBOOK", "The sequence of the notebook.", "../../tests/weights/notebook_v4.json"),
    (
        "WAVESHAPER",
        "A gliding sine, and a knob that is turned half-way through.",
        "../waveshaper/weights.json",
    ),
    ("TCN", "Noise.", "../../tests/weights/keras/tcn.json"),
    ("WAVENET", "Noise.", "../../tests/weights/keras/wavenet_stack.json"),
    ("KEYWORDS", "Noise.", "../../tests/weights/keras/keywords.json"),
    ("AMP", "Noise.", "../../tests/weights/keras/amp.json"),
    ("GUITAR", "The beginning of a recording.", "../amp/a1_nano.json"),
];

/// The weights of the networks that together have every kind of layer.
const DRAWN: [(&str, &str); 11] = [
    (
        "convolutions.json",
        "kernel 3 2 20, bias 20; kernel 2 20 20, bias 20; kernel 16 1 20, bias 20; kernel 2 5 8; \
         kernel 3 8 8, bias 8; kernel 4 8 4, bias 4; kernel 4 3, bias 3",
    ),
    (
        "planes.json",
        "kernel 2 24, bias 24; kernel 3 3 2 4, bias 4; kernel 2 3 4 1, bias 4; kernel 2 4 4 1",
    ),
    (
        "branches.json",
        "kernel 3 2 6, bias 6; kernel 2 6, bias 6; kernel 3 6 6, bias 6; kernel 5 6 4, bias 4; \
         kernel 16 16, bias 16; kernel 16 8, bias 8; kernel 2 16 8, bias 8; \
         kernel 2 4 4, bias 4; kernel 3 4 4, bias 4; \
         kernel 3 4 8, bias 8; kernel 4 20, bias 20; kernel 4 4, bias 4; \
         kernel 3 4 8, bias 8; kernel 4 20, bias 20; kernel 4 4, bias 4; \
         kernel 20 2, bias 2; kernel 2 20 4, bias 4; kernel 2 4; kernel 2 4 3, bias 3; kernel 4 6, bias 6; \
         kernel 3 2, bias 2; kernel 2 3 2, bias 2; kernel 4 2, bias 2",
    ),
    (
        "recurrent.json",
        "kernel 2 54, recurrent_kernel 18 54, bias 2 54; kernel 18 12, recurrent_kernel 4 12, bias 12; \
         kernel 4 40, recurrent_kernel 10 40, bias 40; kernel 10 12, recurrent_kernel 3 12; \
         kernel 3 12, recurrent_kernel 4 12, bias 2 12; kernel 4 30, recurrent_kernel 10 30, bias 30; \
         kernel 10 68, recurrent_kernel 17 68, bias 68; kernel 17 3, bias 3",
    ),
    ("pools.json", "kernel 2 2 5, bias 5; kernel 15 3, bias 3"),
    (
        "features.json",
        "kernel 2 24, bias 24; kernel 3 3 1 4, bias 4; kernel 1 2 4 2, bias 8; gamma 8, beta 8; kernel 1 4 4 8, bias 4; \
         gamma 4, beta 4; kernel 4 4, bias 4",
    ),
    (
        "windows.json",
        "kernel 2 4, bias 4; kernel 4 5, recurrent_kernel 5 5, bias 5; kernel 5 3, recurrent_kernel 3 3, bias 3; \
         kernel 4 8 3, bias 8",
    ),
    (
        "frames.json",
        "gamma 2, beta 2, moving_mean 2, moving_variance 2; kernel 1 2 12, bias 12; gamma 12, beta 12; \
         alpha 12; scale 12; alpha 1; bias 12; kernel 12 3, bias 3",
    ),
    ("functions.json", "kernel 32 3, bias 3"),
    (
        "upsampling.json",
        "kernel 3 2 4, bias 4; kernel 5 3 4, bias 3; kernel 3 3 9, bias 9; kernel 3 9 9, bias 9; \
         kernel 9 2, bias 2",
    ),
    (
        "resting.json",
        "kernel 3 2 4, bias 4; kernel 1 4 4, bias 4; kernel 3 4 4, bias 4; kernel 4 4, bias 4; \
         kernel 8 9, recurrent_kernel 3 9, bias 2 9; kernel 3 8, recurrent_kernel 2 8, bias 8; \
         kernel 3 3 2, bias 3; kernel 3 3 2, bias 2",
    ),
];

/// The recorded input of a weights file.
fn input(file: &Path) -> Result<Vec<Vec<f32>>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", file.display());
    let mut json: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    Ok(serde_json::from_value(json["reference"]["input"].take())?)
}
