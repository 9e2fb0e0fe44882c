//! Captures of Neural Amp Modeler that are wrong, or of which something is not served.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::files::{Crate, messages};

use crate::frontend::weights::Folders;

fn fixture(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/weights/nam");
    serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
}

impl Crate {
    /// The expansion of a network with that file, and with what is written beside its path.
    fn capture(&self, file: &str, attributes: &str, layers: &str) -> TokenStream {
        fs::write(self.folder.join("amp.nam"), file).unwrap();
        let net = format!("#[weights = \"amp.nam\"] {attributes} struct Amp {layers};");
        let manifest = self.folder.clone();
        let folders = Folders { working: manifest.clone(), manifest, out: None };
        crate::expand(net.parse().unwrap(), &folders)
    }
}

/// The value at a path such as `/config/layers/0/channels`, made where it is not there.
fn set(file: &mut Value, path: &str, value: Value) {
    let (object, key) = path.rsplit_once('/').unwrap();
    match file.pointer_mut(object).unwrap() {
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        other => panic!("{other}"),
    }
}

#[test]
fn files_that_are_wrong() {
    let modulation = json!({ "active": true, "shift": true, "groups": 1 });
    let off = json!({ "active": false, "groups": 1 });
    let cases = [
        ("gated", "/version", json!("0.4.0")),
        ("gated", "/version", json!("0.8.0")),
        ("gated", "/version", json!("0.7.1-beta")),
        ("gated", "/version", json!("1.0.0")),
        ("gated", "/version", json!(0.5)),
        ("gated", "/architecture", json!("HyperConvNet")),
        ("gated", "/architecture", json!("CatWaveNet")),
        ("gated", "/config", Value::Null),
        ("gated", "/config/layers", json!([])),
        ("gated", "/config/layers/0", json!(1)),
        ("gated", "/config/layers/0/channels", json!(0)),
        ("gated", "/config/layers/0/channels", json!(70_000)),
        ("gated", "/config/layers/0/channels", json!("4")),
        ("gated", "/config/layers/0/channels", json!(5)),
        ("gated", "/config/layers/0/kernel_size", json!(60_000)),
        ("gated", "/config/layers/0/kernel_size", Value::Null),
        ("gated", "/config/layers/0/kernel_sizes", json!([2, 2, 2])),
        ("gated", "/config/layers/0/dilations", json!([1, 2.5])),
        ("gated", "/config/layers/0/dilations", json!(vec![1; 300])),
        ("gated", "/config/layers/0/activation", json!("Snake")),
        ("gated", "/config/layers/0/activation", json!(["Tanh", "Tanh"])),
        ("gated", "/config/layers/0/activation", json!({ "name": "Tanh" })),
        (
            "gated",
            "/config/layers/0/activation",
            json!({ "type": "LeakyReLU", "negative_slope": "0.1" }),
        ),
        (
            "gated",
            "/config/layers/0/activation",
            json!({ "type": "PReLU", "negative_slopes": [0.5] }),
        ),
        ("gated", "/config/layers/0/gated", json!("yes")),
        ("gated", "/config/layers/0/condition_size", json!(2)),
        ("gated", "/config/layers/0/input_size", json!(2)),
        ("gated", "/config/layers/1/bottleneck", json!(2)),
        ("gated", "/config/layers/1/head_size", Value::Null),
        ("gated", "/weights", json!(null)),
        ("gated", "/weights", json!([1, 2])),
        ("gated", "/weights/3", json!("1")),
        ("gated", "/weights/3", json!(1e39)),
        ("options", "/config/layers/0/gating_mode", json!("sometimes")),
        ("options", "/config/layers/0/kernel_sizes", json!([2, 2])),
        ("options", "/config/layers/0/kernel_size", json!(2)),
        ("options", "/config/layers/0/layer1x1", off),
        ("options", "/config/layers/0/conv_pre_film", modulation.clone()),
        ("options", "/config/layers/1/head1x1_post_film", modulation),
        ("film_conv_post", "/config/layers/0/conv_post_film/shift", json!(1)),
        ("film_conv_post", "/config/layers/0/conv_post_film/active", json!("yes")),
        ("film_groups", "/config/layers/0/conv_post_film/groups", json!(3)),
        ("film_all", "/config/layers/0/head1x1/active", json!(false)),
        ("cat_lstm", "/config/parametric/tone/minval", json!(11)),
        ("cat_lstm", "/config/parametric/tone/maxval", json!("ten")),
        ("cat_lstm", "/config/parametric/tone", json!(0.5)),
        ("cat_lstm", "/config/parametric", json!({ "tone": {} })),
        ("options", "/config/layers/0/groups_input", json!(4)),
        ("options", "/config/layers/0/groups_input_mixin", json!(2)),
        ("condition", "/config/condition_dsp/version", json!("1.0.0")),
        ("condition", "/config/condition_dsp/config/layers/0/conv_post_film", json!({})),
        ("condition", "/config/condition_dsp/weights", json!([])),
        ("post_head", "/config/head/in_channels", json!(3)),
        ("post_head", "/config/head/activation", Value::Null),
        ("lstm", "/config/num_layers", json!(60_000)),
        ("lstm", "/sample_rate", json!(0)),
        ("conv_net", "/config/activation", json!("Softmax")),
        ("linear", "/config/in_channels", json!(2)),
    ];
    let krate = Crate::new("nam_wrong");
    let mut printed = String::new();
    for (name, path, value) in cases {
        let mut file = fixture(&format!("{name}.nam"));
        assert_eq!(messages(krate.capture(&file.to_string(), "", "")), [""; 0], "{name}");
        set(&mut file, path, value.clone());
        let messages = messages(krate.capture(&file.to_string(), "", ""));
        let value = value.to_string();
        let value = if value.len() > 60 { "…" } else { &value };
        printed += &format!("{name}.nam, {path} = {value}\n{}\n\n", messages.join("\n"));
        assert_eq!(messages.len(), 1, "{name} {path}: {messages:?}");
    }
    for (what, file) in [
        ("no JSON", "WaveNet".to_owned()),
        ("cut short", fixture("gated.nam").to_string()[..600].to_owned()),
        ("a list", "[1, 2]".to_owned()),
        ("a key twice", r#"{"version": "0.5.0", "version": "0.5.0"}"#.to_owned()),
        ("deep", "[".repeat(1000)),
    ] {
        let messages = messages(krate.capture(&file, "", ""));
        printed += &format!("{what}\n{}\n\n", messages.join("\n"));
        assert_eq!(messages.len(), 1, "{what}: {messages:?}");
    }
    expect_file!["nam_wrong.txt"].assert_eq(&printed);
}

#[test]
fn what_is_chosen() {
    let krate = Crate::new("nam_chosen");
    let mut printed = String::new();
    for (name, attributes) in [
        ("container", ""),
        ("container", "#[submodel = 2]"),
        ("container", "#[submodel = -1]"),
        ("container", "#[submodel]"),
        ("container", "#[submodel = 0] #[slim = 2]"),
        ("container", "#[submodel = 1] #[slim = 3]"),
        ("gated", "#[submodel = 0]"),
        ("gated", "#[slim = 2]"),
        ("slimmable", "#[slim = 0]"),
        ("slimmable", "#[slim = 3]"),
        ("lstm", "#[slim = 2]"),
    ] {
        let file = fixture(&format!("{name}.nam")).to_string();
        let messages = messages(krate.capture(&file, attributes, ""));
        printed += &format!("{name}.nam {attributes}\n{}\n\n", messages.join("\n"));
        assert_eq!(messages.len(), 1, "{name} {attributes}: {messages:?}");
    }
    let mut file = fixture("slimmable.nam");
    set(&mut file, "/config/layers/0/conv_pre_film", json!({ "active": true }));
    let messages = messages(krate.capture(&file.to_string(), "#[slim = 2]", ""));
    printed += &format!("slimmable.nam with FiLM #[slim = 2]\n{}\n\n", messages.join("\n"));
    assert_eq!(messages.len(), 1, "{messages:?}");
    expect_file!["nam_chosen.txt"].assert_eq(&printed);
}

/// The layers of `post_head.nam`.
const WRITTEN: &str = "
    conditioned < skips <
        dense(in=1, out=3, no_bias);
        residual < conv(k=3, out=3, causal); mixin(); tanh(); skip(); dense(out=3) >;
        residual < conv(k=3, out=3, dilation=2, causal); mixin(tanh); skip(); dense(out=3) >;
        residual < conv(k=3, out=3, dilation=4, causal); mixin(tanh); skip(); conv(k=1, out=3) >
    > >;
    dense(out=2); scale();
    tanh(); conv(k=2, out=3, causal);
    tanh(); conv(k=3, out=3, causal, tanh);
    dense(out=1)";

#[test]
fn layers_that_are_written() {
    let krate = Crate::new("nam_written");
    let file = fixture("post_head.nam").to_string();
    let capture = |layers: &str| krate.capture(&file, "", &format!("< {layers} >"));
    assert_eq!(messages(capture(WRITTEN)), [""; 0]);
    let mut printed = String::new();
    for (from, to) in [
        ("dilation=2", "dilation=3"),
        ("k=3, out=3, dilation=4", "k=2, out=3, dilation=4"),
        ("mixin(tanh)", "mixin(relu)"),
        ("out=2", "out=4"),
        ("dense(out=2); scale();", "dense(out=2);"),
        ("dense(out=1)", "dense(out=1); relu6(); relu()"),
        ("skip();", "skip(out=3);"),
        ("dense(in=1, out=3, no_bias)", "dense(in=1, out=3)"),
        ("causal, tanh);", "causal, relu);"),
        ("dense(out=1)", "dense(out=0)"),
    ] {
        assert!(WRITTEN.contains(from), "{from}");
        let messages = messages(capture(&WRITTEN.replacen(from, to, 1)));
        printed += &format!("{from} => {to}\n{}\n\n", messages.join("\n"));
        assert_eq!(messages.len(), 1, "{from} => {to}: {messages:?}");
    }
    expect_file!["nam_written.txt"].assert_eq(&printed);
}

#[test]
fn layers_that_are_left_out() {
    let krate = Crate::new("nam_left_out");
    let message = |text: &str| {
        let manifest = krate.folder.clone();
        let folders = Folders { working: manifest.clone(), manifest, out: None };
        fs::write(krate.folder.join("net.json"), r#"{"layers": []}"#).unwrap();
        let messages = messages(crate::expand(text.parse().unwrap(), &folders));
        assert_eq!(messages.len(), 1, "{text}: {messages:?}");
        messages.concat()
    };
    let net = "#[weights = \"net.json\"] struct Net";
    let expected = "`net.json` does not contain the layers of `Net`\nhelp: write the layers: `struct Net < layer; layer >`";
    assert_eq!(message(net), expected);
    assert_eq!(message(&format!("{net};")), expected);
    assert_eq!(message(&format!("{net}; struct Other < relu(in=1) >")), expected);
    assert!(
        message("#[weights = \"no.json\"] struct Net;")
            .starts_with("there is no weights file `no.json`")
    );
    assert!(message("struct Net;").starts_with("expected `<` after `Net`"));
    let slim = format!("#[slim = 2] {net} < relu(in=1) >");
    assert!(message(&slim).starts_with("`net.json` contains one model of one size"));
}

/// The paths of all values below `value`, but those of weights.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    let pairs: Vec<_> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in pairs {
        let path = format!("{path}/{key}");
        if key != "weights" {
            paths(value, &path, found);
        }
        found.push(path);
    }
}

#[test]
fn a_file_with_any_value_replaced() {
    let krate = Crate::new("nam_replaced");
    let others = [
        json!(null),
        json!(0),
        json!(-1),
        json!(2),
        json!(65_535),
        json!(1e300),
        json!(true),
        json!("Tanh"),
        json!([]),
        json!([1, "ReLU"]),
        json!({}),
    ];
    for name in ["options", "gated_slopes", "condition", "post_head", "lstm", "conv_net", "linear"]
    {
        let file = fixture(&format!("{name}.nam"));
        let mut found = Vec::new();
        paths(&file, "", &mut found);
        let mut wrong = 0;
        for (path, value) in
            found.iter().flat_map(|path| others.iter().map(move |value| (path, value)))
        {
            let mut file = file.clone();
            set(&mut file, path, value.clone());
            let messages = messages(krate.capture(&file.to_string(), "", ""));
            assert!(messages.len() <= 1, "{name} {path} {value}: {messages:?}");
            wrong += messages.len();
        }
        assert!(wrong > found.len(), "{name}: {wrong} of {}", found.len());
    }
}

#[test]
fn a_file_cut_short_anywhere() {
    let krate = Crate::new("nam_short");
    for name in ["options", "container", "lstm"] {
        let file = fixture(&format!("{name}.nam")).to_string();
        for length in (0..file.len()).step_by(61) {
            let messages = messages(krate.capture(&file[..length], "", ""));
            assert_eq!(messages.len(), 1, "{name}, {length} bytes: {messages:?}");
        }
    }
}

/// A `wavenet` with mixins, and the layers that it stands for.
#[test]
fn a_stack_with_mixins_is_written_out() {
    let krate = Crate::new("nam_stack");
    let conv = json!({ "kernel": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]], "bias": [1, 2] });
    let (mixin, dense) =
        (json!({ "kernel": [[1, 2]] }), json!({ "kernel": [[1, 2], [3, 4]], "bias": [1, 2] }));
    let skip = json!({ "kernel": [[1, 2, 3], [4, 5, 6]], "bias": [1, 2, 3] });
    let block = [conv, mixin, skip, dense.clone()];
    let first = json!({ "kernel": [[1, 2]], "bias": [3, 4] });
    let layers: Vec<_> = [first].into_iter().chain(block.clone()).chain(block).collect();
    fs::write(krate.folder.join("net.json"), json!({ "layers": layers }).to_string()).unwrap();
    let push = |layers: &str| {
        let net = format!(
            "#[weights = \"net.json\"] struct Net < conditioned < dense(in=1, out=2); {layers} > >"
        );
        let folders =
            Folders { working: krate.folder.clone(), manifest: krate.folder.clone(), out: None };
        let expansion = crate::expand(net.parse().unwrap(), &folders);
        assert_eq!(messages(expansion.clone()), [""; 0], "{layers}");
        let expansion = expansion.to_string();
        let (_, push) = expansion.split_once("fn push").unwrap();
        push.split_once("rust_analyzer").unwrap().0.to_owned()
    };
    let block = |dilation: usize| {
        format!(
            "residual < conv(k=2, out=2, dilation={dilation}, causal); mixin(tanh); skip(out=3); dense(out=2) >"
        )
    };
    let written = format!("skips < {}; {} >", block(1), block(2));
    let stack = "wavenet(channels=2, k=2, dilations=[1, 2], skip=3, tanh, mixin, causal)";
    assert_eq!(push(stack), push(&written));
}
