//! Chooses the machine's memory, and turns the recorded input of the networks into Rust.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let target = env::var("TARGET")?;
    let (memory, clock) = match target.as_str() {
        "thumbv6m-none-eabi" => ("microbit", 16_000_000),
        "thumbv8m.main-none-eabihf" => ("mps3", 32_000_000),
        _ => ("mps2", 25_000_000),
    };
    println!("cargo::rerun-if-changed=memory");
    println!("cargo::rustc-link-search={}", out.display());
    fs::copy(format!("memory/{memory}.x"), out.join("memory.x"))?;

    let notebook = input(Path::new("../../tests/weights/notebook_v4.json"))?;
    let waveshaper = input(Path::new("../waveshaper/weights.json"))?;
    let text = format!(
        "/// The sequence of the notebook.\npub static NOTEBOOK: [[f32; 2]; {}] = {notebook:?};\n\
         /// A gliding sine, and a knob that is turned half-way through.\npub static WAVESHAPER: [[f32; 2]; {}] = \
         {waveshaper:?};\n/// Cycles a second.\npub const CLOCK: u32 = {clock};\n",
        notebook.len(),
        waveshaper.len(),
    );
    fs::write(out.join("inputs.rs"), text)?;
    fs::write(out.join("every.json"), every().to_string())?;
    Ok(())
}

/// Weights of the network that has every kind of layer: taps, inputs of a group, outputs, and whether there is a bias.
fn every() -> Value {
    let shapes =
        [(3, 2, 20, true), (2, 20, 20, true), (16, 1, 20, true), (2, 5, 8, false), (1, 8, 3, true)];
    let mut number = 0;
    let mut row = |length: usize| -> Vec<f32> {
        number += 1;
        (0..length).map(|column| ((number + column) % 7) as f32 / 8.0 - 0.375).collect()
    };
    let layers = shapes.map(|(taps, inputs, outputs, bias)| {
        let kernel: Vec<Vec<_>> =
            (0..taps).map(|_| (0..inputs).map(|_| row(outputs)).collect()).collect();
        if bias {
            json!({ "kernel": kernel, "bias": row(outputs) })
        } else {
            json!({ "kernel": kernel })
        }
    });
    json!({ "layers": layers })
}

/// The recorded input of a weights file.
fn input(file: &Path) -> Result<Vec<[f32; 2]>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", file.display());
    let mut json: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    Ok(serde_json::from_value(json["reference"]["input"].take())?)
}
