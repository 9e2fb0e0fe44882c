//! Every kind of layer is where it has to be.

use syn::parse::{ParseStream, Parser as _};

use super::graphs::{read, right};
use crate::frontend::ast::Net;
use crate::frontend::kinds::KINDS;
use crate::frontend::lower::lower;
use crate::frontend::parse;
use crate::graph::Graph;
use crate::passes::{align::align, rewrite};

/// The networks of `examples/firmware`.
fn of_the_firmware() -> Vec<Net> {
    let source = include_str!("../../../examples/firmware/src/networks.rs");
    let (_, source) = source.split_once("streaming_net! {").unwrap();
    let (source, _) = source.rsplit_once('}').unwrap();
    right(|errors| {
        let parse = |input: ParseStream<'_>| {
            let mut nets = Vec::new();
            while !input.is_empty() {
                nets.push(parse::net(input, errors).unwrap());
            }
            Ok(nets)
        };
        parse.parse_str(source).unwrap()
    })
}

#[test]
fn the_runtime_has_the_same_numbers() {
    let number = |source: &str, name: &str| -> usize {
        let (_, rest) = source.split_once(&format!("const {name}: usize = ")).unwrap();
        rest.split_once(';').unwrap().0.parse().unwrap()
    };
    let kernel = include_str!("../../../runtime/src/kernel.rs");
    assert_eq!(number(kernel, "FRAMES"), crate::emit::FRAMES);
}

#[test]
fn the_reference_names_every_kind_with_its_keys_and_flags() {
    let reference = include_str!("../../../macros/src/streaming_net.md");
    for kind in KINDS {
        let row = format!("\n| `{}` |", kind.name);
        let (_, row) = reference.split_once(&row).unwrap_or_else(|| panic!("no row {row}"));
        let row = row.lines().next().unwrap();
        let flags = kind.flags().map(|flag| flag.name);
        for name in kind.keys.iter().map(|key| key.name).chain(flags) {
            let is_there = row.contains(&format!("`{name}`")) || row.contains(&format!("`{name}="));
            assert!(is_there, "`{name}` is not in the row of `{}`: {row}", kind.name);
        }
    }
}

/// What is proven there is proven of every kind: that no panic is reachable, and that time depends on no data.
#[test]
fn the_firmware_has_a_network_with_every_kind() {
    let words: Vec<_> = of_the_firmware().into_iter().flat_map(|net| net.words).collect();
    for kind in KINDS {
        let is_there = words.iter().any(|(layer, arguments)| {
            let as_a_flag =
                kind.activation.is_some() && arguments.iter().any(|flag| flag == kind.name);
            layer == kind.name || as_a_flag
        });
        assert!(is_there, "no network of examples/firmware has `{}`", kind.name);
    }
}

/// The text of a graph is read as that graph.
#[test]
fn the_graphs_of_the_firmware_are_read_from_their_text() {
    let nets = of_the_firmware();
    let nets: Vec<_> = nets.iter().filter(|net| net.are_written).collect();
    assert!(nets.len() > 10);
    let mut text = String::new();
    for net in nets {
        let mut graph = right(|errors| lower(net, errors).graph);
        right(|errors| align(&mut graph, errors));
        text += &assert_read(&graph);
        right(|errors| rewrite(&mut graph, errors));
        text += &assert_read(&graph);
    }
    let words = [
        "conv",
        "conv2d",
        "recurrent",
        "pool",
        "newest",
        "delay",
        "affine",
        "layer_norm",
        "prelu",
        "map",
        "softmax",
        "add",
        "multiply",
        "concat",
        "slice",
    ];
    for word in words {
        assert!(text.contains(&format!(" = {word} ")), "no `{word}`");
    }
}

/// Asserts that the text of a graph is read as that graph; gives the text.
pub(super) fn assert_read(graph: &Graph) -> String {
    let text = graph.to_string();
    let read = read(&text);
    assert_eq!(read.to_string(), text);
    for value in graph.lines() {
        let (node, same) = (&graph[value], &read[value]);
        assert_eq!(
            (node.channels, node.has_bias),
            (same.channels, same.has_bias),
            "{value}\n{text}"
        );
        assert_eq!(node.op.clock(), same.op.clock(), "{value}\n{text}");
    }
    text
}
