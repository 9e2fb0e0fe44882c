//! Networks with several weights files.

use std::fs;

use expect_test::expect_file;

use super::files::{Crate, messages};
use crate::frontend::weights::Folders;

/// A file of two layers: the taps of the first, and the activation of the second.
fn file(taps: usize, activation: &str) -> String {
    let kernel = vec!["[[0.5]]"; taps].join(", ");
    format!(
        r#"{{"in_shape": [null, null, 1], "layers": [
            {{"type": "conv1d", "dilation": 1, "weights": [[{kernel}], [1]]}},
            {{"type": "dense", "activation": "{activation}", "weights": [[[1]], [1]]}}
        ]}}"#
    )
}

#[test]
fn lists_of_files() {
    let krate = Crate::new("captures");
    for (name, text) in [
        ("clean.json", file(2, "tanh")),
        ("lead.json", file(2, "tanh")),
        ("5150.json", file(2, "tanh")),
        ("macs.json", file(2, "tanh")),
        ("long.json", file(3, "tanh")),
        ("relu.json", file(2, "relu")),
        ("short.json", file(2, "tanh")[..80].to_owned()),
    ] {
        fs::write(krate.folder.join(name), text).unwrap();
    }
    let folders =
        Folders { working: krate.folder.clone(), manifest: krate.folder.clone(), out: None };
    let mut printed = String::new();
    for (list, attributes) in [
        (r#"("clean.json", "lead.json")"#, ""),
        (r#"("clean.json", "5150.json",)"#, ""),
        (r#"("clean.json", hot = "clean.json")"#, ""),
        (r#"("clean.json", r#type = "lead.json")"#, ""),
        (r#"("clean.json")"#, ""),
        ("()", ""),
        (r#"("clean.json" "lead.json")"#, ""),
        (r#"("clean.json", lead)"#, ""),
        (r#"("clean.json", zeros)"#, ""),
        (r#"("clean.json", "clean.json")"#, ""),
        (r#"("clean.json", "macs.json")"#, ""),
        (r#"("clean.json", inputs = "lead.json")"#, ""),
        (r#"("clean.json", "nowhere.json")"#, ""),
        (r#"("nowhere.json", "nobody.json")"#, ""),
        (r#"("clean.json", "short.json")"#, ""),
        (r#"("clean.json", "long.json")"#, ""),
        (r#"("clean.json", "relu.json")"#, ""),
        (r#"("clean.json", "lead.json")"#, "#[self_test]"),
        (r#"("clean.json", "lead.json")"#, "#[budget(flash = 39)]"),
        (r#"("clean.json", "lead.json")"#, "#[budget(flash = 40)]"),
        (r#"("clean.json", "lead.json")"#, r#"#[weights = "clean.json"]"#),
    ] {
        let net = format!("#[weights{list}] {attributes} pub struct Amp;");
        let messages = messages(crate::expand(net.parse().unwrap(), &folders));
        let text = if messages.is_empty() { "right".to_owned() } else { messages.join("\n") };
        printed += &format!("{net}\n{text}\n\n");
    }
    expect_file!["captures.txt"].assert_eq(&printed);
}
