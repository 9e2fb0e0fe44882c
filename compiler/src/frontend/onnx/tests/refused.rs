//! What a message says of each model that cannot be a stream. A file has models, each with the message behind it.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use proc_macro2::TokenStream;

use super::super::read;
use super::model;
use crate::errors::Errors;
use crate::frontend::parse;
use syn::parse::Parser as _;

/// The message about a model in text, whose first lines may be attributes.
fn message(text: &str) -> String {
    let is_attribute = |line: &&str| line.starts_with("#[");
    let attributes: String = text.lines().filter(is_attribute).collect();
    let rest: Vec<_> = text.lines().filter(|line| !is_attribute(line)).collect();
    let net = format!("#[weights = \"model.onnx\"] {attributes} struct Net;");
    let mut errors = Errors::default();
    let parser = |input: syn::parse::ParseStream<'_>| Ok(parse::net(input, &mut errors));
    let net = parser.parse_str(&net).unwrap().unwrap();
    assert!(errors.finish().is_none(), "{attributes}");
    let words = net.attributes.onnx;
    match read(&model::model(&rest.join("\n")), &words, None, &TokenStream::new()) {
        Ok((graph, _)) => format!("it is read:\n{graph}"),
        Err(message) => message.to_string(),
    }
}

/// The models of a file, with the messages that they have now.
fn compared(name: &str) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/frontend/onnx/tests/refused").join(name);
    let written = fs::read_to_string(&path).unwrap();
    let mut now = String::new();
    for block in written.trim_end().split("\n\n") {
        let (text, _) = block.split_once("\n=> ").unwrap_or((block, ""));
        let message = message(text);
        now +=
            &format!("{}\n=> {}\n\n", text.trim_end(), message.trim_end().replace('\n', "\n   "));
    }
    expect_file![path].assert_eq(&now);
    assert!(!now.contains("=> it is read"), "{now}");
}

#[test]
fn constants() {
    compared("constants.txt");
}

#[test]
fn convolutions() {
    compared("convolutions.txt");
}

#[test]
fn frames() {
    compared("frames.txt");
}

#[test]
fn inputs() {
    compared("inputs.txt");
}

#[test]
fn loops() {
    compared("loops.txt");
}

#[test]
fn operations() {
    compared("operations.txt");
}

#[test]
fn padding() {
    compared("padding.txt");
}

#[test]
fn recurrent() {
    compared("recurrent.txt");
}

#[test]
fn shapes() {
    compared("shapes.txt");
}

#[test]
fn windows() {
    compared("windows.txt");
}

/// What no model can bring about, for another check comes first.
const UNREACHED: [&str; 8] = [
    "it has no two inputs",
    "the number of its items depends",
    "its condition depends",
    "its `pads` leave no features",
    "it has no mean",
    "the length of the axis that it splits depends",
    "its frames are too large",
    "the function `{function}` is not served",
];

#[test]
fn every_message_has_a_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/frontend/onnx");
    let mut shown = String::new();
    for entry in fs::read_dir(folder.join("tests/refused")).unwrap() {
        shown += &fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    // Those of bytes that no text of a model has.
    shown += &fs::read_to_string(folder.join("tests/robust.rs")).unwrap();
    let mut sources = vec![folder.clone(), folder.join("ops"), folder.join("ops/recurrent_loop")];
    let mut count = 0;
    for folder in sources.drain(..) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            for text in texts(&fs::read_to_string(&path).unwrap()) {
                count += 1;
                let is_shown = shown.lines().any(|line| has(line, &text));
                assert!(is_shown != UNREACHED.contains(&text.as_str()), "{path:?}: {text}");
            }
        }
    }
    assert!(count > 150, "{count} messages");
}

/// The texts that a source refuses with, as it has them.
fn texts(source: &str) -> Vec<String> {
    let calls = ["refuse(", "refuse_with(", "invalid(", "of_length("];
    let behind = calls.iter().flat_map(|call| source.split(call).skip(1));
    let literal = |behind: &str| {
        let behind = behind.trim_start();
        let behind = behind.strip_prefix("format!(").unwrap_or(behind).trim_start();
        let behind = behind.strip_prefix('"')?.replace("\\\"", "\u{1}");
        Some(behind.split_once('"')?.0.replace('\u{1}', "\""))
    };
    behind.filter_map(literal).collect()
}

/// Whether a line has the parts of a text, with anything for what stands in braces.
fn has(line: &str, text: &str) -> bool {
    let parts = text.split('{').enumerate().map(|(place, part)| {
        if place == 0 { part } else { part.split_once('}').map_or("", |(_, part)| part) }
    });
    let mut rest = Some(line);
    for part in parts {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|(_, rest)| rest);
    }
    rest.is_some()
}
