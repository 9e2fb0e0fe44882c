//! The pages of the book on layers, one for each kind: made of the table of kinds, of `docs/book/layers.json`, and of what the
//! compiler makes of each example. `UPDATE_EXPECT=1` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use proc_macro2::TokenStream;
use serde_json::Value as Json;
use syn::parse::{ParseStream, Parser as _};

use super::folders;
use super::graphs::right;
use crate::frontend::build::Convention;
use crate::frontend::kinds::{Flag, IN, KINDS, Key, Kind, Takes, Weights, named};
use crate::frontend::lower::lower;
use crate::frontend::parse;
use crate::report::{Layer, LayerFate, Network, Timing};

/// The folder of the book.
fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/book")
}

/// What the table of kinds does not say of a kind.
struct Written {
    /// A line each.
    formula: Vec<String>,
    /// The layers of the example.
    layers: String,
    keras: String,
    pytorch: String,
    /// What else there is to know.
    note: String,
    /// The order of the gates in Keras' tensors, the same in Keras' names, and the order in PyTorch's.
    gates: Vec<String>,
}

/// What `docs/book/layers.json` says of each kind.
fn written() -> BTreeMap<String, Written> {
    let text = fs::read_to_string(book().join("layers.json")).unwrap();
    let entries: BTreeMap<String, BTreeMap<String, Json>> = serde_json::from_str(&text).unwrap();
    let read = |(name, mut entry): (String, BTreeMap<String, Json>)| {
        let kind = named(&name).unwrap_or_else(|| panic!("layers.json: `{name}` is no kind"));
        let mut text = |key: &str| entry.remove(key).map(|text| text.as_str().unwrap().to_owned());
        let [keras, pytorch, note] =
            ["keras", "pytorch", "note"].map(|key| text(key).unwrap_or_default());
        let layers =
            text("network").unwrap_or_else(|| format!("dense(in=2, out=4, {})", flag(kind)));
        let [formula, gates] = ["formula", "gates"].map(|key| {
            let lines = entry.remove(key).unwrap_or(Json::Array(Vec::new()));
            let lines = lines.as_array().unwrap().iter();
            lines.map(|line| line.as_str().unwrap().to_owned()).collect()
        });
        assert!(entry.is_empty(), "layers.json, `{name}`: {entry:?}");
        (name, Written { formula, layers, keras, pytorch, note, gates })
    };
    entries.into_iter().map(read).collect()
}

/// An activation as a flag, which its documentation says: `leaky_relu=0.1`.
fn flag(kind: &Kind) -> &'static str {
    let (_, flag) = kind.doc.split_once("the flag `").unwrap();
    flag.split_once('`').unwrap().0
}

/// The example as a network; `weights` is its attribute, where it has one.
fn network(layers: &str, weights: &str) -> String {
    format!("{weights}struct Net < {layers} >")
}

/// The example's attribute, and what the compiler makes of it.
fn compiled(layers: &str) -> (&'static str, Network) {
    for weights in ["", "#[weights = zeros] "] {
        let tokens: TokenStream = network(layers, weights).parse().unwrap();
        let mut compiled = crate::compile(tokens, &folders("tests"));
        if compiled.mistakes.is_empty() {
            return (weights, compiled.networks.remove(0));
        }
        assert!(weights.is_empty(), "{layers}: {:?}", compiled.mistakes);
    }
    unreachable!()
}

/// The tensors of the first layer of that kind in the example: in Keras' order, and in PyTorch's where it has another.
fn tensors(kind: &Kind, layers: &str) -> Vec<String> {
    let parse = |input: ParseStream<'_>| right(|errors| Ok(parse::net(input, errors)));
    let ast = parse.parse_str(&network(layers, "")).unwrap().unwrap();
    let lowered = right(|errors| lower(&ast, errors));
    let needs = lowered.needs.iter().flatten().find(|needs| needs.kind == kind.name);
    let conventions = needs.map_or(&[][..], |needs| needs.conventions.as_slice());
    let of = |convention: &Convention| {
        let tensors = convention.tensors.iter().map(|tensor| {
            let names: Vec<_> = tensor.dimensions.iter().map(|one| one.name).collect();
            let count = |lengths: &[usize]| lengths.iter().product::<usize>();
            let also = tensor.also.as_ref().filter(|also| count(also) == count(&tensor.lengths()));
            let also = also.map(|also| format!(" or {}", shape(also)));
            let here = shape(&tensor.lengths()) + &also.unwrap_or_default();
            format!("`{}` ({}), here {here}", tensor.name, names.join(", "))
        });
        tensors.collect::<Vec<_>>().join("; ")
    };
    conventions.iter().map(of).filter(|text| !text.is_empty()).collect()
}

fn shape(lengths: &[usize]) -> String {
    let lengths: Vec<_> = lengths.iter().map(ToString::to_string).collect();
    format!("({})", lengths.join(", "))
}

fn key(Key { name, doc, takes, aliases }: &Key) -> String {
    let number = match takes {
        _ if *name == IN.name => "a whole number from 1; the first layer of a network needs it",
        Takes::Count => "a whole number from 1",
        Takes::OptionalCount => "a whole number from 1; optional",
        Takes::Counts => "a list of whole numbers from 1",
        Takes::Real => "a number",
        Takes::Size => "a whole number from 0",
    };
    let aliases: Vec<_> = aliases.iter().map(|alias| format!("`{alias}`")).collect();
    format!("| `{name}=…` | {doc} | {number} | {} |\n", aliases.join(", "))
}

fn flags(kind: &Kind) -> String {
    let mut text = String::new();
    for together in kind.flags {
        for (place, Flag { name, doc }) in together.iter().enumerate() {
            let default = if place == 0 && together.len() > 1 { "; the default" } else { "" };
            writeln!(text, "| `{name}` | {doc}{default} |").unwrap();
        }
    }
    let page = "../layers.md#activations";
    text += &match (kind.activations, kind.weights) {
        (0, _) => String::new(),
        (1, Weights::OfLayers) => {
            format!("| one [activation]({page}) | applied in each of its layers |\n")
        }
        (1, _) => format!("| one [activation]({page}) | applied to its output |\n"),
        _ => format!("| two [activations]({page}), in order | in place of tanh and sigmoid |\n"),
    };
    text
}

/// When a network gives an output.
fn timing(Timing { first, stride, frames, .. }: Timing) -> String {
    let first = match first {
        0 => "the first push gives an output".to_owned(),
        _ => format!("push {} gives the first output", first + 1),
    };
    let every = match stride {
        1 => "each later push another".to_owned(),
        _ => format!("every {stride} pushes there is another"),
    };
    let frames =
        if frames == 1 { String::new() } else { format!("; an output is {frames} frames") };
    format!("{first}, and {every}{frames}")
}

/// What the network of the example costs.
fn cost(kind: &Kind, network: &Network) -> String {
    let Network { macs, state_bytes, weight_bytes, work, layers, .. } = network;
    let functions = match work.functions {
        0 => String::new(),
        1 => ", 1 value of a function such as tanh".to_owned(),
        count => format!(", {count} values of functions such as tanh"),
    };
    let mut text = format!(
        "- A push: {macs} multiply-accumulates{functions}\n- Memory: {state_bytes} bytes of RAM, {weight_bytes} bytes of flash \
         for weights\n"
    );
    let layer = layers.iter().find(|layer| layer.kind == kind.name);
    if let Some(Layer { fate: LayerFate::PartOf(other), .. }) = layer {
        writeln!(
            text,
            "- The arithmetic of `{}` is part of `{other}`'s: it costs nothing more",
            kind.name
        )
        .unwrap();
    }
    text
}

/// The layers of an example, each on a line of its own; what a layer contains stays on its line.
fn lines(layers: &str) -> String {
    let (mut text, mut depth) = (String::new(), 0);
    for word in layers.split(' ') {
        depth += word.matches('<').count();
        depth -= word.matches('>').count();
        text += word;
        text += if depth == 0 && word.ends_with(';') { "\n        " } else { " " };
    }
    text.trim_end().to_owned()
}

fn page(kind: &Kind, written: &Written) -> String {
    let Written { formula, layers, keras, pytorch, note, gates } = written;
    let (weights, network) = compiled(layers);
    let mut page = format!("# `{}`\n\n{}\n\n", kind.name, kind.doc);
    if !formula.is_empty() {
        write!(page, "```text\n{}\n```\n\n", formula.join("\n")).unwrap();
    }
    for (framework, name) in [("Keras", keras), ("PyTorch", pytorch)] {
        if !name.is_empty() {
            writeln!(page, "- {framework}: {name}").unwrap();
        }
    }
    if !keras.is_empty() || !pytorch.is_empty() {
        page += "\n";
    }
    if !note.is_empty() {
        write!(page, "{note}\n\n").unwrap();
    }
    page += "| key | states | value | frameworks call it |\n|---|---|---|---|\n";
    let keys = kind.keys.iter().filter(|key| Some(key.name) != kind.input_key);
    page += &key(&IN);
    page.extend(kind.keys.iter().filter(|one| Some(one.name) == kind.input_key).map(key));
    page.extend(keys.map(key));
    let flags = flags(kind);
    if !flags.is_empty() {
        write!(page, "\n| flag | says |\n|---|---|\n{flags}").unwrap();
    }
    let tensors = tensors(kind, layers);
    if !tensors.is_empty() {
        let names = ["Keras' order", "PyTorch's order"];
        page += "\nIts tensors in the weights file:\n\n";
        for (order, tensors) in names.into_iter().zip(tensors) {
            writeln!(page, "- in {order}: {tensors}").unwrap();
        }
        if let [keras, called, pytorch] = gates.as_slice() {
            write!(
                page,
                "\nEach tensor has the gates one after another: {keras} in Keras' order (Keras calls them {called}), {pytorch} in \
                 PyTorch's. Gates in another order have the same shapes: only a [recorded run](../testing.md) shows the mistake.\n"
            )
            .unwrap();
        }
    }
    let weights = weights.trim_end();
    let weights = if weights.is_empty() { String::new() } else { format!("    {weights}\n") };
    let Network { inputs, outputs, macs, state_bytes, weight_bytes, .. } = &network;
    write!(
        page,
        "\n## Example\n\n```rust\nuse streaming_net::streaming_net;\n\nstreaming_net! {{\n{weights}    pub struct Net <\n        \
         {}\n    >\n}}\n\nassert_eq!((Net::INPUTS, Net::OUTPUTS), ({inputs}, {outputs}));\nassert_eq!((Net::MACS, \
         Net::STATE_BYTES, Net::WEIGHT_BYTES), ({macs}, {state_bytes}, {weight_bytes}));\n```\n\n- Outputs: {}\n{}",
        lines(layers),
        timing(network.timing),
        cost(kind, &network),
    )
    .unwrap();
    page
}

/// A row of the table of all kinds.
fn row((kind, written): (&Kind, &Written)) -> String {
    let (name, Written { keras, pytorch, .. }) = (kind.name, written);
    let cell = |text: &str| if text.is_empty() { " ".to_owned() } else { format!(" {text} ") };
    format!("| [`{name}`](layers/{name}.md) |{}|{}|\n", cell(keras), cell(pytorch))
}

/// The file of the book with another text between two lines.
fn between(file: &str, [before, after]: [&str; 2], text: &str) {
    let path = book().join("src").join(file);
    let page = fs::read_to_string(&path).unwrap();
    let (head, rest) = page.split_once(before).unwrap_or_else(|| panic!("{file} lacks {before}"));
    let (_, tail) = rest.split_once(after).unwrap_or_else(|| panic!("{file} lacks {after}"));
    expect_file![path].assert_eq(&format!("{head}{before}{text}{after}{tail}"));
}

#[test]
fn each_kind_has_its_page() {
    let written = written();
    let of = |kind: &'static Kind| {
        (kind, written.get(kind.name).unwrap_or_else(|| panic!("layers.json lacks {}", kind.name)))
    };
    let folder = book().join("src/layers");
    fs::create_dir_all(&folder).unwrap();
    let mut links = String::new();
    for (kind, written) in KINDS.iter().map(of) {
        let has_formula = !written.formula.is_empty() || kind.activation.is_some();
        assert!(has_formula, "layers.json: `{}` has no formula", kind.name);
        let file = format!("{}.md", kind.name);
        expect_file![folder.join(&file)].assert_eq(&page(kind, written));
        writeln!(links, "  - [`{}`](layers/{file})", kind.name).unwrap();
    }
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let kind = name.strip_suffix(".md").and_then(named);
        assert!(kind.is_some(), "docs/book/src/layers/{name} is the page of no kind");
    }
    between("SUMMARY.md", ["- [Layers](layers.md)\n", "- [When"], &links);
    let (activations, others): (Vec<_>, Vec<_>) =
        KINDS.iter().map(of).partition(|(kind, _)| kind.activation.is_some());
    let head = "\n| layer | Keras | PyTorch |\n|-------|-------|---------|\n";
    for (name, kinds) in [("layers", others), ("activations", activations)] {
        let rows: String = kinds.into_iter().map(row).collect();
        let start = format!(
            "<!-- {name}: UPDATE_EXPECT=1 cargo test -p streaming-net-compiler layers -->\n"
        );
        between("layers.md", [&start, "\n<!-- end -->"], &(head.to_owned() + &rows));
    }
}
