//! Weights files of other formats than ours: damaged ones, and what a file's names and order say.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use expect_test::expect_file;

use super::files::{Crate, messages};

use crate::frontend::weights::Folders;

/// A file of `tests/weights/formats/`.
fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/weights/formats")
}

/// The text of the network that was recorded with a file.
fn net(name: &str) -> String {
    let recorded = fs::read(folder().join(format!("recorded/{name}.json"))).unwrap();
    let recorded: serde_json::Value = serde_json::from_slice(&recorded).unwrap();
    recorded["net"].as_str().unwrap().to_owned()
}

impl Crate {
    /// The messages about a network with a weights file of that name and content.
    pub(super) fn of(&self, name: &str, content: &[u8], net: &str) -> Vec<String> {
        fs::write(self.folder.join(name), content).unwrap();
        messages(self.expand_net(name, net))
    }

    pub(super) fn one(&self, name: &str, content: &[u8], net: &str) -> String {
        let messages = self.of(name, content, net);
        assert_eq!(messages.len(), 1, "{name}: {messages:?}");
        messages.concat()
    }
}

/// Those whose formats are read.
fn fixtures() -> Vec<&'static str> {
    let mut names = vec!["rtneural.json"];
    if cfg!(feature = "safetensors") {
        names.extend(["numbered_float32.safetensors", "labelled.safetensors"]);
    }
    if cfg!(feature = "npz") {
        names.extend(["chain.npz", "chain_deflated.npz", "named.npz"]);
    }
    if cfg!(feature = "hdf5") {
        names.extend(["chain.keras", "chain.weights.h5", "attributes.weights.h5"]);
    }
    names
}

#[test]
fn a_file_cut_short_anywhere() {
    let krate = Crate::new("formats_short");
    for name in fixtures() {
        let (file, net) = (fixture(name), net(name));
        assert_eq!(krate.of(name, &file, &net), [""; 0]);
        for length in (0..file.len()).step_by(97) {
            let message = krate.one(name, &file[..length], &net);
            assert!(message.contains(name), "{length} bytes: {message}");
        }
    }
}

#[test]
fn a_file_with_wrong_bytes_anywhere() {
    let krate = Crate::new("formats_bytes");
    for name in fixtures() {
        let (file, net) = (fixture(name), net(name));
        let mut wrong = 0;
        // Lengths and places that are lies are among them.
        for place in (0..file.len()).step_by(file.len().div_ceil(80)) {
            for bytes in [[0xff; 8], [0; 8]] {
                let mut file = file.clone();
                file.iter_mut().skip(place).zip(bytes).for_each(|(byte, other)| *byte = other);
                wrong += usize::from(!krate.of(name, &file, &net).is_empty());
            }
        }
        assert!(wrong > 10, "{name}: {wrong}");
    }
}

#[test]
fn a_file_of_something_else() {
    let krate = Crate::new("formats_else");
    let mut printed = String::new();
    let dense = "dense(in=1, out=1)";
    for name in
        ["a.safetensors", "a.npz", "a.keras", "a.weights.h5", "a.npy", "a.pt", "a.ckpt", "a.onnx"]
    {
        for content in ["no such file".as_bytes(), &[0; 100], b"\xff\xff\xff\xff\xff\xff\xff\xff{"]
        {
            let message = krate.one(name, content, dense);
            if !printed.contains(&message) {
                printed += &format!("{message}\n\n");
            }
        }
        assert_eq!(krate.one(name, b"", dense), format!("`{name}` is empty"));
        File::create(krate.folder.join(name)).unwrap().set_len(1 << 30).unwrap();
        let expected = format!("`{name}` has 1073741824 bytes, but the limit is 67108864");
        assert_eq!(messages(krate.expand_net(name, dense)), [expected]);
    }
    if cfg!(all(feature = "hdf5", feature = "npz", feature = "safetensors")) {
        expect_file!["formats_else.txt"].assert_eq(&printed);
    } else {
        assert!(printed.contains("of the crate streaming-net reads such files"), "{printed}");
    }
}

/// A file without an ending that says its format.
#[test]
fn first_bytes_say_the_format() {
    let krate = Crate::new("formats_bare");
    for name in fixtures() {
        assert_eq!(krate.of("weights", &fixture(name), &net(name)), [""; 0], "{name}");
    }
}

/// Layers that the text has otherwise than the file.
#[test]
fn layers_that_are_not_the_files() {
    let krate = Crate::new("formats_layers");
    let mut printed = String::new();
    let mut say = |name: &str, from: &str, to: &str| {
        let net = net(name);
        assert!(net.contains(from), "{net}");
        let messages = krate.of(name, &fixture(name), &net.replacen(from, to, 1));
        assert!(!messages.is_empty(), "{name}: {from} => {to}");
        printed += &format!("{name}: {from:?} => {to:?}\n{}\n\n", messages.join("\n"));
    };
    say("rtneural.json", "prelu(); ", "");
    say("rtneural.json", "lstm(units=4)", "gru(units=4)");
    if cfg!(feature = "npz") {
        say("chain.npz", "gru(units=3)", "gru(units=3, no_bias)");
        say(
            "chain.npz",
            "conv(k=2, out=4, dilation=2, causal, no_bias)",
            "conv(k=3, out=4, no_bias)",
        );
        say("chain.npz", "prelu()", "residual < prelu() >; sum < dense(out=4) | dense(out=4) >");
        say("chain.npz", "prelu()", "skips < skip(); head(out=4) >");
        say("named.npz", "beside: ", "bside: ");
    }
    if cfg!(feature = "hdf5") {
        say("chain.keras", "; dense(out=2)", "");
        say("chain.keras", "dense(out=4, tanh)", "dense(out=5, tanh)");
        say("chain.weights.h5", "; dense(out=2)", "");
        say("chain.weights.h5", "dense(out=4, tanh)", "conv(k=1, out=4, tanh)");
        say("chain.weights.h5", "lstm(units=3)", "gru(units=3)");
        say("side_by_side.keras", "one: ", "beside_one: ");
    }
    if cfg!(all(feature = "hdf5", feature = "npz")) {
        expect_file!["formats_layers.txt"].assert_eq(&printed);
    }
}

/// Without labels, they stand in the order in which the file has them.
#[cfg(feature = "hdf5")]
#[test]
fn layers_side_by_side() {
    let krate = Crate::new("formats_beside");
    let net = net("side_by_side.keras");
    let plain = ["one: ", "two: ", "beside: ", "out: "];
    let plain = plain.iter().fold(net, |net, label| net.replacen(label, "", 1));
    let (branches, out) = plain.split_once(" >").unwrap();
    let (one, other) = branches.strip_prefix("sum < ").unwrap().split_once(" | ").unwrap();
    let turned = format!("sum < {other} | {one} >{out}");
    let messages = |net: &str| krate.of("side_by_side.keras", &fixture("side_by_side.keras"), net);
    assert_eq!(messages(&turned), [""; 0]);
    let expected = "found `conv(k=2, in=3, out=3, causal, relu)`, but `side_by_side.keras` has \
                    `conv(k=2, in=3, out=3, causal, tanh)`\nhelp: write `struct Net;` to take the layers from the file";
    assert_eq!(messages(&plain), [expected]);
}

#[cfg(feature = "hdf5")]
#[test]
fn files_of_keras_that_are_refused() {
    let krate = Crate::new("formats_refused");
    let mut printed = String::new();
    for name in ["bidirectional.weights.h5", "legacy.h5"] {
        let file = fixture(&format!("refused/{name}"));
        printed += &krate.one(name, &file, "dense(in=1, out=1)");
        printed += "\n\n";
    }
    expect_file!["formats_refused.txt"].assert_eq(&printed);
}

#[test]
fn layers_of_rtneural_that_are_none_here() {
    let krate = Crate::new("formats_rtneural");
    let file = |layer: &str| {
        let dense = r#"{"type": "dense", "weights": [[[1]], [1]]}"#;
        format!(r#"{{"in_shape": [1], "layers": [{dense}, {layer}]}}"#)
    };
    let message = |layer| krate.one("net.json", file(layer).as_bytes(), "dense(in=1, out=1)");
    let expect = |layer, expected: &str| {
        let message = message(layer);
        assert!(message.starts_with("net.json:1:"), "{message}");
        assert!(message.ends_with(&format!(": {expected}\nnote: layer 2")), "{message}");
    };
    expect(
        r#"{"type": "unknown", "weights": []}"#,
        "the exporter did not know this layer and wrote the type `unknown`",
    );
    expect(r#"{"type": "conv2d", "weights": []}"#, "layers of the type `conv2d` are not read");
    expect(r#"{"weights": []}"#, "the key `type` is missing");
    expect(r#"{"type": "dense"}"#, "the key `weights` is missing");
    expect(r#"{"type": "gru", "type": "gru"}"#, "the key `type` appears twice");
    let activation = file(r#"{"type": "activation", "activation": "tanh", "weights": []}"#);
    assert_eq!(krate.of("net.json", activation.as_bytes(), "dense(in=1, out=1)"), [""; 0]);
}

/// Networks whose layers RTNeural's files say.
/// Files with PyTorch's names, whose network is known or not.
#[test]
fn state_dictionaries() {
    let krate = Crate::new("formats_state_dict");
    let mut printed = String::new();
    let mut say = |file: &str, layers: &str| {
        fs::write(krate.folder.join("net.json"), file).unwrap();
        let net = format!("#[weights = \"net.json\"] struct Net {layers};").parse().unwrap();
        let folders =
            Folders { working: krate.folder.clone(), manifest: krate.folder.clone(), out: None };
        let messages = messages(crate::expand(net, &folders));
        assert!(messages.len() <= 1, "{file}: {messages:?}");
        let message = if messages.is_empty() { "right".to_owned() } else { messages.concat() };
        printed += &format!("{file} {layers}\n{message}\n\n");
    };
    let model = |said: &str, tensors: &str| {
        format!(r#"{{"model_data": {{{said}}}, "state_dict": {{{tensors}}}}}"#)
    };
    let said = r#""input_size": 1, "hidden_size": 1, "skip": 1, "unit_type": "GRU""#;
    let rec = r#""rec.weight_ih_l0": [[1], [1], [1]], "rec.weight_hh_l0": [[1], [1], [1]]"#;
    let lin = r#""lin.weight": [[1]], "lin.bias": [1]"#;
    let both = format!("{rec}, {lin}");
    say(&model(said, &both), "");
    say(&model(&said.replace('1', "\"1\""), &both), "");
    say(&model(said, &both), "< residual < gru(in=1, units=1, no_bias); dense(out=1) > >");
    say(&model(said, &both), "< gru(in=1, units=1, no_bias); dense(out=1) >");
    say(&model(&said.replace("GRU", "LSTM"), &both), "");
    say(&model(&said.replace("GRU", "Mamba"), &both), "");
    say(&model(&format!(r#"{said}, "model": "RecNet""#), &both), "");
    say(&model(&format!(r#"{said}, "num_layers": 2"#), &both), "");
    say(&model(&format!(r#"{said}, "num_layers": 300"#), &both), "");
    say(&model(&format!(r#"{said}, "output_size": 2"#), &both), "");
    say(&model(&said.replace(r#""skip": 1, "#, ""), &both), "");
    say(&model(&said.replace(r#""skip": 1"#, r#""skip": -1"#), &both), "");
    say(&model(&said.replace(r#""input_size": 1"#, r#""input_size": 2"#), &both), "");
    say(&model(said, rec), "");
    say(&model(said, &format!("{both}, {}", lin.replace("lin", "out"))), "");
    say(&model(said, ""), "");
    say(r#"{"model_data": {}}"#, "");
    say(&format!(r#"{{"state_dict": {{{both}}}}}"#), "");
    let named = both.replace("rec.", "gru.");
    say(&format!("{{{named}}}"), "");
    say(&format!(r#"{{{named}, "eps": 1e-5}}"#), "< gru(in=1, units=1, no_bias); dense(out=1) >");
    say(&format!(r#"{{{named}, "out.weight": [[1]]}}"#), "");
    say(r#"{"weight": [[[1, 1]]], "bias": [1]}"#, "");
    say(r#"{"weight": [[[1, 1]]], "bias": [1]}"#, "< conv(k=2, in=1, out=1) >");
    say(r#"{"rnn.weight_ih_l0": [[1]], "rnn.weight_hh_l0": [[1]]}"#, "");
    say(r#"{"norm.weight": [1], "norm.running_mean": [1], "norm.bias": [1]}"#, "");
    say(r#"{"a.weight": [[1]], "a.weight": [[1]]}"#, "");
    say(r#"{"a.weight": [[1], [1, 2]]}"#, "");
    say(r#"{"a.weight": [["1"]]}"#, "");
    say(r#"{"a.weight": [[1e39]]}"#, "");
    say(r#"{"a.weight": [[1]"#, "");
    say(r#"{"residual_channels": 16, "variables": []}"#, "");
    expect_file!["formats_state_dict.txt"].assert_eq(&printed);
}

#[test]
fn layers_that_rtneural_says() {
    let krate = Crate::new("formats_said");
    let dense = r#"{"type": "dense", "weights": [[[1]], [1]]}"#;
    let conv = r#"{"type": "conv1d", "dilation": 2, "weights": [[[[1]], [[1]]], [1]]"#;
    let two = r#"{"type": "dense", "weights": [[[1], [1]], [1]]}"#;
    let message = |file: &str| {
        fs::write(krate.folder.join("net.json"), file).unwrap();
        let net = "#[weights = \"net.json\"] struct Net;".parse().unwrap();
        let folders =
            Folders { working: krate.folder.clone(), manifest: krate.folder.clone(), out: None };
        messages(crate::expand(net, &folders)).join("\n")
    };
    let mut printed = String::new();
    let mut say = |shape: &str, layers: &str, rest: &str| {
        let file = format!(r#"{{"in_shape": {shape}, "layers": [{layers}]{rest}}}"#);
        let message = message(&file);
        let message = if message.is_empty() { "right".to_owned() } else { message };
        printed += &format!("{file}\n{message}\n\n");
    };
    say("[null, null, 1]", dense, "");
    say("[null, 1]", dense, r#", "in_skip": 1"#);
    say("[null, 9, 1]", &format!(r#"{conv}, "shape": [null, 9, 1]}}"#), "");
    say("[null, 9, 1]", &format!(r#"{conv}, "shape": [null, 7, 1]}}"#), "");
    say("[null, 9, 1]", &format!(r#"{conv}, "shape": [null, 5, 1]}}"#), "");
    say("[null, null, 2]", &format!("{conv}}}"), "");
    say("[null, null, 3]", &format!(r#"{conv}, "groups": 2}}"#), "");
    say("[null, null, 1]", &dense.replace('}', r#", "activation": "celu"}"#), "");
    say("[null, null, 2]", two, r#", "in_skip": 1"#);
    let wide = r#"{"type": "dense", "weights": [[[1, 1]], [1, 1]]}"#;
    say("[null, null, 1]", wide, r#", "in_skip": 1"#);
    let strided = |word: &str| format!("{conv}, {word}}}");
    say("[null, null, 1]", &strided(r#""strides": 1"#), "");
    say("[null, null, 1]", &strided(r#""strides": 2"#), "");
    say("[null, null, 1]", &strided(r#""stride": [3]"#), "");
    let unknown = |shape: &str, weights: &str| {
        format!(r#"{{"type": "unknown", "shape": {shape}, "weights": {weights}}}, {dense}"#)
    };
    say("[null, null, 1]", &unknown("[[null, null, 1]]", "[]"), "");
    say("[null, null, 1]", &unknown("[null, null, 1]", "[]"), "");
    say("[null, null, 1]", &unknown("[[null, null, 1]]", "[[1]]"), "");
    say("[null, null, 1]", &unknown("[[null, null, 2]]", "[]"), "");
    let second = format!("{dense}, {}", unknown("[[null, null, 1]]", "[]"));
    say("[null, null, 1]", &second, "");
    say(
        "[null, null, 1]",
        dense,
        r#", "samplerate": "fast", "in_gain": [1], "metadata": {"name": 3}"#,
    );
    say("[null, null, 1]", dense, r#", "in_skip": 2"#);
    say("[null, null, 2]", dense, "");
    say("[1, 2, 3, 4]", dense, "");
    say("[null, null, 1]", r#"{"type": "batchnorm", "weights": [[1], [1]]}"#, "");
    say("[null, null, 1]", r#"{"type": "gru", "weights": [[1]]}"#, "");
    say("[null, null, 1]", "", "");
    say("[null, null, 0]", dense, "");
    say("[null, null, 1]", &dense.replace("[[1]]", "[[]]"), "");
    expect_file!["formats_said.txt"].assert_eq(&printed);
}
