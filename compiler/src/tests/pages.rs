//! Compile errors and the expansion that the pages of the book and the README quote are what the macro prints.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use super::files::{Crate, messages};
use super::graphs::{of_net, right};
use super::{expand, folders};
use crate::passes::{align::align, rewrite};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks of a page, each with its language.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    page.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect()
}

/// The networks of the one macro call on a page that has `part` in it.
fn call(page: &str, part: &str) -> String {
    let calls = blocks(page).into_iter().filter(|(language, block)| {
        language.starts_with("rust") && block.contains("streaming_net! {") && block.contains(part)
    });
    let [(_, block)] = calls.collect::<Vec<_>>()[..] else { panic!("not one call with {part}") };
    let (_, networks) = block.split_once("streaming_net! {\n").unwrap();
    networks.split_once("\n}\n").unwrap().0.to_owned()
}

/// The errors of `networks`, as rustc prints them, without the lines that show the code.
fn errors(networks: &str, krate: &Crate) -> String {
    let tokens: TokenStream = networks.parse().unwrap();
    shown(&messages(crate::expand(tokens, &krate.folders())))
}

/// rustc indents the second line and those after it by the length of `error: `.
fn shown(messages: &[String]) -> String {
    let shown = messages.iter().map(|text| format!("error: {}\n", text.replace('\n', "\n       ")));
    shown.collect()
}

/// A weights file of RTNeural: a convolution, an LSTM and a dense layer, all zeros.
fn rtneural() -> String {
    fn array(shape: &[usize]) -> String {
        let Some((&length, inner)) = shape.split_first() else { return "0.0".to_owned() };
        format!("[{}]", vec![array(inner); length].join(","))
    }
    let layer = |kind: &str, outputs: usize, more: &str, tensors: &[&[usize]]| {
        let weights: Vec<_> = tensors.iter().map(|shape| array(shape)).collect();
        let weights = weights.join(",");
        let shape = format!("[null, null, {outputs}]");
        format!(r#"{{"type": "{kind}", "shape": {shape}, {more}, "weights": [{weights}]}}"#)
    };
    let conv = r#""activation": "tanh", "kernel_size": [3], "dilation": [2]"#;
    let layers = [
        layer("conv1d", 8, conv, &[&[3, 1, 8], &[8]]),
        layer("lstm", 8, r#""activation": """#, &[&[8, 32], &[8, 32], &[32]]),
        layer("dense", 1, r#""activation": """#, &[&[8, 1], &[1]]),
    ];
    format!(r#"{{"in_shape": [null, null, 1], "layers": [{}]}}"#, layers.join(","))
}

/// Each page that quotes errors, with the errors that the macro prints.
fn quoted() -> Vec<(&'static str, String)> {
    let krate = Crate::new("pages");
    fs::create_dir_all(krate.folder.join("weights")).unwrap();
    let write = |name: &str, text: &str| fs::write(krate.folder.join("weights").join(name), text);

    let block = fs::read_to_string(folders("tests/docs").manifest.join("weights/block.json"));
    write("block.json", &block.unwrap()).unwrap();
    let budgets = errors(&call(&page("docs/book/src/budgets.md"), "ram = 16"), &krate);

    write("amp.json", &rtneural()).unwrap();
    let rtneural =
        errors(&call(&page("docs/book/src/from_rtneural.md"), "pub struct Amp <"), &krate);

    // The shape that PyTorch has: (out, in, k).
    let kernel = "[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]]";
    let file = format!(r#"{{"layers": [{{"kernel": {kernel}, "bias": [0, 0, 0, 0]}}]}}"#);
    write("net.json", &file).unwrap();
    let net = r#"#[weights = "weights/net.json"] struct Net < conv(k=3, in=2, out=4) >"#;
    let weights = errors(net, &krate);

    vec![
        ("docs/book/src/budgets.md", budgets),
        ("docs/book/src/from_rtneural.md", rtneural),
        ("docs/book/src/weights.md", weights),
    ]
}

#[test]
fn quoted_errors_are_those_of_the_macro() {
    let expected = quoted();
    let mut names: Vec<String> = vec!["README.md".to_owned()];
    for entry in fs::read_dir(root().join("docs/book/src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Path::new(&name).extension().is_some_and(|extension| extension == "md") {
            names.push(format!("docs/book/src/{name}"));
        }
    }
    for name in names {
        let page = page(&name);
        let is_error = |(language, block): &(&str, &str)| {
            *language == "text" && (block.starts_with("error:") || block.contains("\nerror:"))
        };
        let quotes: Vec<_> = blocks(&page).into_iter().filter(is_error).collect();
        let printed = expected.iter().filter(|(page, _)| *page == name).map(|(_, text)| text);
        let printed: Vec<_> = printed.map(|text| ("text", text.as_str())).collect();
        assert_eq!(quotes, printed, "{name}");
    }
}

/// The graph of a network: with its branches aligned, and as it is printed.
fn graphs(network: &str) -> [String; 2] {
    let mut graph = right(|errors| of_net(network, errors));
    right(|errors| align(&mut graph, errors));
    let aligned = graph.to_string();
    right(|errors| rewrite(&mut graph, errors));
    [aligned, graph.to_string()]
}

#[test]
fn the_quoted_graphs_are_those_of_the_compiler() {
    let page = page("docs/book/src/architecture.md");
    let beginning = |start: &str| -> Vec<_> {
        let blocks = blocks(&page).into_iter().map(|(_, block)| block);
        blocks.filter(|block| block.starts_with(start)).collect()
    };
    let [network] = beginning("struct Block <")[..] else { panic!("not one network") };
    assert_eq!(beginning("%0 = input"), graphs(network));
}

/// In the order of the page. Lines with `…` stand for others, which the page leaves out.
#[test]
fn the_quoted_expansion_is_that_of_the_macro() {
    let page = page("docs/book/src/expansion.md");
    let printed = expand(&call(&page, "pub struct Block <"), &folders("tests/docs"));
    let printed: Vec<_> = printed.lines().map(str::trim).collect();
    let is_expansion = |(_, block): &(&str, &str)| {
        block.contains("impl Block {") && !block.contains("streaming_net!")
    };
    let blocks = blocks(&page);
    let (_, quoted) = blocks.iter().find(|block| is_expansion(block)).unwrap();
    let lines: Vec<_> = quoted
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.contains('…'))
        .collect();
    let mut rest = printed.iter();
    for line in &lines {
        assert!(rest.any(|printed| printed == line), "`{line}` is not printed there");
    }
    assert!(lines.len() > 20, "{lines:?}");
}

#[test]
fn the_page_shows_the_expansion_of_its_network() {
    let (_, network) = page_blocks()[0].split_once("streaming_net! {").unwrap();
    let (network, _) = network.split_once("\n}").unwrap();
    let expansion = expand(network, &folders("runtime"));
    let shown = page_blocks().into_iter().find_map(|block| block.strip_prefix("rust,ignore\n"));
    assert_shown(shown.unwrap(), &expansion);
}

#[test]
fn the_page_shows_the_expansion_of_its_residual_block() {
    let shown: Vec<_> = page_blocks()
        .into_iter()
        .filter_map(|block| block.strip_prefix("rust,ignore\n"))
        .skip_while(|block| !block.starts_with("residual <"))
        .collect();
    let krate = Crate::new("residual");
    let layer = format!(r#"{{"kernel": {:?}, "bias": {:?}}}"#, [[[0.5; 8]; 8]; 3], [0.0; 8]);
    krate.write(format!(r#"{{"layers": [{layer}, {layer}]}}"#));
    let network = format!(r#"#[weights = "net.json"] struct Tcn < relu(in=8); {} >"#, shown[0]);
    assert_shown(shown[1], &expand(&network, &krate.folders()));
}

fn page_blocks() -> Vec<&'static str> {
    include_str!("../../../docs/book/src/expansion.md").split("```").skip(1).step_by(2).collect()
}

fn assert_shown(shown: &str, expansion: &str) {
    for line in shown.lines().filter(|line| !line.contains('…')) {
        assert!(expansion.contains(line.trim()), "{line}\nis not in\n{expansion}");
    }
}
