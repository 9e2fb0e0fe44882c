//! Chooses the machine's memory, and turns the recorded input of the networks into Rust.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

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
    Ok(())
}

/// The recorded input of a weights file.
fn input(file: &Path) -> Result<Vec<[f32; 2]>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", file.display());
    let mut json: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    Ok(serde_json::from_value(json["reference"]["input"].take())?)
}
