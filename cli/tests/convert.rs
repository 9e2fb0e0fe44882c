//! `streaming-net convert`: every network of the tests that is written as text computes the same. `UPDATE_EXPECT=1` writes the
//! expected text anew.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use expect_test::{expect, expect_file};
use serde_json::Value;
use streaming_net_compiler::report::Network;
use streaming_net_compiler::{Folders, compile};
use tempfile::TempDir;

const FORMATS: [&str; 2] = ["json", "safetensors"];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

/// What a call in `folder` prints: the standard output, the standard error, and the exit code.
fn call(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output =
        cargo_bin_cmd!("streaming-net").current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// The only network of a text, where it compiles.
fn network(text: &str, folder: &Path) -> Option<Network> {
    let folder = folder.to_owned();
    let folders = Folders { manifest: folder.clone(), out: None, working: folder };
    let mut compiled = compile(text.parse().ok()?, &folders);
    let network = compiled.networks.pop()?;
    (compiled.mistakes.is_empty() && compiled.networks.is_empty()).then_some(network)
}

/// Frames of numbers between -1 and 1, of which a network of long memory sees some.
fn frames(network: &Network) -> Vec<Vec<f64>> {
    let mut random = fastrand::Rng::with_seed(7);
    let past = network.timing.receptive_field.unwrap_or(20).min(300);
    let mut frame = || (0..network.inputs).map(|_| 2.0 * random.f64() - 1.0).collect();
    (0..network.timing.first + past + 5).map(|_| frame()).collect()
}

/// Converts a network, and compares its outputs with those of the text that is written.
fn round_trip(given: &[&str], original: &Network, folder: &Path, ending: &str) {
    let out = TempDir::new().unwrap();
    let file = out.path().join(format!("net.{ending}"));
    let arguments = [&["convert"], given, &["--out", file.to_str().unwrap()]].concat();
    let (text, error, code) = call(folder, &arguments);
    assert_eq!((code, error.as_str()), (Some(0), ""), "{given:?}");
    let written = network(&text, out.path()).unwrap_or_else(|| panic!("{given:?}\n{text}"));
    let distance = original.distance(&written, &frames(original));
    assert!(distance < 1e-6, "{given:?}: {distance:e}\n{text}");
    assert_eq!(written.run().is_some(), original.run().is_some(), "{given:?}");
}

/// The files of a folder and of those in it, in order.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn files_that_state_their_layers_are_written() {
    let mut found = Vec::new();
    for folder in ["weights/captures", "weights/formats", "weights/nam", "weights/onnx"] {
        files(&tests().join(folder), &mut found);
    }
    files(&tests().join("../examples/amp"), &mut found);
    files(&tests().join("../examples/pytorch"), &mut found);
    let mut count = [0; 4];
    for (place, path) in found.iter().enumerate() {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        let Some(kind) = ["json", "keras", "nam", "onnx"].iter().position(|kind| *kind == ending)
        else {
            continue;
        };
        let (folder, name) = (path.parent().unwrap(), path.file_name().unwrap().to_str().unwrap());
        // Numbers change places in it.
        if name == "mirrored.onnx" {
            continue;
        }
        // Many files state no layers, or are wrong on purpose.
        let text = format!("#[weights = {name:?}] struct Net;");
        let Some(original) = network(&text, folder) else { continue };
        round_trip(&[name], &original, folder, FORMATS[place % 2]);
        count[kind] += 1;
    }
    assert!(
        count.into_iter().zip([15, 2, 20, 18]).all(|(count, least)| count >= least),
        "{count:?}"
    );
}

#[test]
fn every_kind_of_layer_is_written() {
    let mut seen = BTreeSet::new();
    for folder in ["weights/keras", "weights/pytorch"] {
        let mut found = Vec::new();
        files(&tests().join(folder), &mut found);
        for (place, path) in found.iter().enumerate() {
            let file: Value = match fs::read(path).map(|text| serde_json::from_slice(&text)) {
                Ok(Ok(file)) => file,
                _ => continue,
            };
            let Some(layers) = file["net"].as_str() else { continue };
            let name = path.file_name().unwrap().to_str().unwrap();
            // Most networks are there twice, trained in each framework.
            if !seen.insert(name.to_owned()) {
                continue;
            }
            let folder = path.parent().unwrap();
            let text = format!("#[weights = {name:?}] struct Net < {layers} >");
            let original = network(&text, folder).unwrap_or_else(|| panic!("{name}"));
            round_trip(&[&text], &original, folder, FORMATS[place % 2]);
        }
    }
    assert!(seen.len() > 150, "{}", seen.len());
}

#[test]
fn what_a_model_needs_beside_its_file_is_an_attribute() {
    let folder = tests().join("weights/onnx/loops");
    let text = "#[weights = \"lstm_window.onnx\"] #[time = 1] #[carry] struct Net;";
    let original = network(text, &folder).unwrap();
    let given = ["lstm_window.onnx", "--attribute", "time = 1", "--attribute", "carry"];
    round_trip(&given, &original, &folder, "json");
}

#[test]
fn the_text_is_that_of_the_macro() {
    let out = TempDir::new().unwrap();
    let model = tests().join("../examples/pytorch/pulse.onnx");
    let call = |arguments: &[&str]| call(out.path(), arguments);
    let (text, error, code) = call(&["convert", model.to_str().unwrap(), "--out", "pulse.json"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    expect_file!["expected/convert.txt"].assert_eq(&text);
    // The recorded run is in the file.
    let (checked, ..) = call(&["check", &text]);
    assert!(checked.starts_with("Pulse: reproduced"), "{checked}");
    // The text can be converted again.
    let (again, ..) = call(&["convert", &text, "--out", "pulse.safetensors"]);
    assert_eq!(again, text.replace("pulse.json", "pulse.safetensors"));
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let out = TempDir::new().unwrap();
    let file = out.path().join("net.json");
    let file = file.to_str().unwrap();
    let fail = |network: &str, out: &str| {
        let (text, error, code) = call(&tests(), &["convert", network, "--out", out]);
        assert_eq!(text, "");
        format!("{}: {error}", code.unwrap())
    };
    let errors = [
        fail("weights/onnx/mirrored.onnx", file),
        fail("dense(in=1, out=2", file),
        fail(
            "#[weights = zeros] struct A < dense(in=1, out=2) > #[weights = zeros] struct B < dense(in=1, out=2) >",
            file,
        ),
        fail("#[weights = zeros] #[math = \"fast\"] struct A < gru(in=1, units=2) >", file),
        fail("weights/onnx/tcn.onnx", "net.bin"),
        fail("weights/notebook_v1.json", file),
        fail("weights/captures/guitarml_gru.json", "weights/captures/guitarml_gru.json"),
    ];
    assert!(!Path::new(file).exists());
    expect![[r#"
        1: error: `Mirrored` cannot be written as text: numbers of a frame change places, and not as `expand`, `permute` and `slice` do
        1: error: text: cannot parse string into token stream
        1: error: `convert` takes one network, and there are 2
        1: error: `A` cannot be written as text: it is compiled with `#[math = "fast"]`: convert it without
        2: error: invalid value 'net.bin' for '--out <FILE>': write a name that ends in `.json` or `.safetensors`

        For more information, try '--help'.
        1: error: `weights/notebook_v1.json` does not contain the layers of `NotebookV1`
         |
         = help: write the network in quotes, with its layers: '#[weights = "weights/notebook_v1.json"] struct Net < layer; layer >'; or name the `.rs` file that has the network

        1: error: weights/captures/guitarml_gru.json would be overwritten: write another name after `--out`
    "#]].assert_eq(&errors.concat());
}
