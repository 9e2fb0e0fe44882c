//! Links by the script of `cortex-m-rt`, into the memory of QEMU's machine; and draws the weights of the captures whose cost
//! `budget` counts, which does not depend on their values.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let is_m33 = env::var("TARGET").is_ok_and(|target| target.starts_with("thumbv8m"));
    println!("cargo::rustc-check-cfg=cfg(an505)");
    if is_m33 {
        println!("cargo::rustc-cfg=an505");
    }
    let memory = if is_m33 { "memory/an505.x" } else { "memory/mps2.x" };
    println!("cargo::rerun-if-changed=memory");
    println!("cargo::rustc-link-search={}", out.display());
    fs::copy(memory, out.join("memory.x")).expect("the folder is cargo's");
    println!("cargo::rustc-link-arg-bins=-Tlink.x");

    let seven: Vec<usize> = (0..7).map(|power| 1 << power).collect();
    let ten: Vec<usize> = (0..10).map(|power| 1 << power).collect();
    let thirteen: Vec<usize> = [128, 256, 512].into_iter().chain(ten.iter().copied()).collect();
    for (name, channels, dilations) in [
        ("a1_nano", [4, 2], [&seven, &thirteen]),
        ("a1_feather", [8, 4], [&seven, &thirteen]),
        ("a1_lite", [12, 6], [&seven, &thirteen]),
        ("a1_standard", [16, 8], [&ten, &ten]),
    ] {
        a1(&out, name, channels, dilations);
    }
    for units in [6, 8, 16, 24, 32, 40] {
        lstm(&out, units);
    }
}

/// A `WaveNet` of Neural Amp Modeler's first generation, as its trainer's presets have it.
fn a1(out: &Path, name: &str, channels: [usize; 2], dilations: [&Vec<usize>; 2]) {
    let [first, second] = channels;
    let array = |input: usize, channels: usize, head: usize, bias: bool, dilations: &[usize]| {
        let layer = channels * channels * 3 + channels + channels + channels * channels + channels;
        let head_weights = head * channels + if bias { head } else { 0 };
        let count = input * channels + dilations.len() * layer + head_weights;
        let text = format!(
            r#"{{"input_size": {input}, "condition_size": 1, "head_size": {head}, "channels": {channels}, "kernel_size": 3,
            "dilations": {dilations:?}, "activation": "Tanh", "gated": false, "head_bias": {bias}}}"#
        );
        (text, count)
    };
    let (one, of_one) = array(1, first, second, false, dilations[0]);
    let (two, of_two) = array(first, second, 1, true, dilations[1]);
    let config = format!(r#"{{"layers": [{one}, {two}], "head": null, "head_scale": 0.02}}"#);
    write(out, name, "WaveNet", &config, of_one + of_two + 1);
}

fn lstm(out: &Path, units: usize) {
    let config = format!(r#"{{"input_size": 1, "hidden_size": {units}, "num_layers": 1}}"#);
    let count = 4 * units * (units + 1) + 4 * units + 2 * units + units + 1;
    write(out, &format!("lstm_{units}"), "LSTM", &config, count);
}

fn write(out: &Path, name: &str, architecture: &str, config: &str, count: usize) {
    let mut random = fastrand::Rng::with_seed(7);
    let weights: Vec<f32> = (0..count).map(|_| random.f32() - 0.5).collect();
    let file = format!(
        r#"{{"version": "0.5.4", "architecture": "{architecture}", "config": {config}, "weights": {weights:?}, "sample_rate": 48000}}"#
    );
    fs::write(out.join(format!("{name}.nam")), file).expect("the folder is cargo's");
}
