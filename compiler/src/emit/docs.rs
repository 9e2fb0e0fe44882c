//! The documentation of a network, made for this very one.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::{Network, integer, state, weights};
use crate::clock::Clock;
use crate::eval;
use crate::frontend::ast::{Math, Weights};
use crate::frontend::weights::Reference;
use crate::graph::{Fate, Graph, Layer, LayerId};
use crate::numbers::{float, plural, rounded};

/// One line of documentation.
pub(super) fn line(text: &str) -> TokenStream {
    let text = if text.is_empty() { String::new() } else { format!(" {text}") };
    quote!(#[doc = #text])
}

/// What the struct says: its shape, a table of its layers, and what it costs.
pub(super) fn net(network: &Network<'_>) -> Vec<String> {
    let graph = network.graph;
    let (inputs, outputs) = (plural(graph.inputs(), "channel"), plural(graph.outputs(), "channel"));
    let mut docs = vec![
        format!(
            "Takes frames of {inputs} and gives frames of {outputs}, one [`push`](Self::push) at a time."
        ),
        String::new(),
    ];
    docs.extend(table(graph));
    let frames = match graph.clock().reach().saturating_add(1) {
        usize::MAX => "all input frames so far".to_owned(),
        1 => "only the newest input frame".to_owned(),
        frames => format!("the newest {frames} input frames"),
    };
    docs.extend([
        String::new(),
        format!("An output depends on {frames}. {}", outputs_of(from_start(network))),
    ]);
    if network.ast.starts_at_rest() {
        docs.extend([
            String::new(),
            "The network starts in its steady state, as if a constant input had been pushed forever.".to_owned(),
        ]);
    }
    docs.extend([
        String::new(),
        format!(
            "The state takes {} bytes of RAM, the weights {} bytes of flash{}.",
            graph.sum(|value| state::bytes_of(graph, value)),
            weights::bytes(graph, network.integers.filter(|_| network.captures.is_empty())),
            if network.captures.is_empty() { "" } else { " for each file" }
        ),
    ]);
    if let Some(integers) = network.integers {
        docs.push(String::new());
        docs.extend(integer::docs(graph, integers));
    } else if let Some(run) = network.run {
        docs.extend([String::new(), recorded(graph, run)]);
    }
    if let Some(apart) = network.apart {
        docs.extend([
            String::new(),
            format!(
                "A window sees the frames before it, where the model alone sees zeros: over the recorded run, its outputs are up \
                 to {} from those of the model.",
                float(rounded(apart))
            ),
        ]);
    }
    if matches!(network.ast.attributes.weights, Some(Weights::Zeros(_))) {
        let line = "The network is not trained: its weights are zeros (`#[weights = zeros]`).";
        docs.extend([String::new(), line.to_owned()]);
    }
    if network.ast.math() == Math::Fast {
        let line =
            "`tanh`, `sigmoid`, `silu` and `gelu_tanh` are approximations: `#[math = \"fast\"]`.";
        docs.extend([String::new(), line.to_owned()]);
    }
    docs
}

/// What the recorded run proves.
fn recorded(graph: &Graph, run: &Reference) -> String {
    let all = run.output.len();
    let replayed = eval::frames(graph, all);
    let tolerance = float(rounded(run.tolerance));
    let test = format!(
        "The recorded run of {} is reproduced within {tolerance} of each number, or of 1 where that is more",
        plural(all, "frame")
    );
    if replayed == all {
        format!("{test}.")
    } else {
        format!("{test}; the first {replayed} were compared while compiling.")
    }
}

/// The clock of the output from the network's start on.
fn from_start(network: &Network<'_>) -> Clock {
    let clock = network.graph.clock();
    let first = if network.ast.starts_at_rest() { 0 } else { clock.first };
    Clock { first, ..clock }
}

/// The table as text: its cells without what is for a page.
pub(super) fn summary(graph: &Graph) -> String {
    let rows: Vec<_> =
        rows(graph).into_iter().map(|row| row.map(|cell| cell.replace('`', ""))).collect();
    let widths = widths(&rows);
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column < WORDS { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What `push` says.
pub(super) fn push(network: &Network<'_>) -> Vec<String> {
    let takes =
        "Takes the next frame and returns the output that is due at this push, if there is one.";
    vec![takes.to_owned(), String::new(), outputs_of(from_start(network))]
}

fn outputs_of(Clock { first, stride, lag, frames, .. }: Clock) -> String {
    let first = match first {
        0 => None,
        1 => Some("The first push returns `None`".to_owned()),
        first => Some(format!("The first {first} pushes return `None`")),
    };
    let outputs = match (first, stride) {
        (None, 1) => "Every push returns an output.".to_owned(),
        (None, stride) => format!("The first push returns an output, then one push in {stride}."),
        (Some(first), 1) => format!("{first}, every later push an output."),
        (Some(first), stride) => {
            format!("{first}, the next one an output, then one push in {stride}.")
        }
    };
    let outputs = match frames {
        1 => outputs,
        frames => format!("{outputs} An output has {frames} frames, the oldest first."),
    };
    match lag {
        0 => outputs,
        1 => format!("{outputs} An output belongs to the frame before the newest."),
        lag => format!("{outputs} An output belongs to the frame {lag} before the newest."),
    }
}

const HEADS: [&str; 9] = [
    "layer",
    "kind",
    "in",
    "out",
    "taps",
    "dilation",
    "history",
    "weights",
    "multiply-accumulates",
];
/// The columns of words; the others are numbers, and stand right.
const WORDS: usize = 2;

/// The rows of the table, with history in frames and weights in numbers, and their sums.
fn rows(graph: &Graph) -> Vec<[String; HEADS.len()]> {
    let mut rows: Vec<[String; HEADS.len()]> = vec![HEADS.map(str::to_owned)];
    rows.extend(graph.numbered_layers().map(|(id, layer)| row(graph, id, layer)));
    let mut total = HEADS.map(|_| String::new());
    let [layer, .., history, weights, macs] = &mut total;
    "total".clone_into(layer);
    *history = graph.sum(|value| graph[value].history()).to_string();
    *weights = graph.sum(|value| graph[value].weight_count()).to_string();
    *macs = graph.sum(|value| graph.macs(value)).to_string();
    rows.push(total);
    rows
}

/// The widths of the columns.
fn widths(rows: &[[String; HEADS.len()]]) -> Vec<usize> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    (0..HEADS.len()).map(width).collect()
}

/// The table of layers.
fn table(graph: &Graph) -> Vec<String> {
    let rows = rows(graph);
    let widths = widths(&rows);
    let mut lines: Vec<String> = rows.iter().map(|row| padded(row, &widths)).collect();
    let rule = widths.iter().enumerate().map(|(column, width)| {
        if column < WORDS {
            format!("-{}-|", "-".repeat(*width))
        } else {
            format!("-{}:|", "-".repeat(*width))
        }
    });
    lines.insert(1, format!("|{}", rule.collect::<String>()));
    lines
}

fn padded(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, &width))| {
        if column < WORDS { format!(" {cell:<width$} |") } else { format!(" {cell:>width$} |") }
    });
    format!("|{}", cells.collect::<String>())
}

fn row(graph: &Graph, id: LayerId, layer: &Layer) -> [String; HEADS.len()] {
    let flags = layer.flags.join(", ");
    let number =
        |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    // The costs of a layer that has become part of another one are those of that.
    let place = graph.fate(id);
    let (owner, numbers) = match place {
        Fate::Whole => (Some(layer), costs(graph, id)),
        Fate::PartOf(other) => (graph.layers.get(other.0), [0; 3]),
        Fate::Unneeded => (None, [0; 3]),
    };
    let name = owner.and_then(|owner| owner.name.as_ref());
    let name = name.map(|name| format!("`{}`", name.unraw())).unwrap_or_default();
    let unneeded = if place == Fate::Unneeded { ", not needed" } else { "" };
    let [history, weights, macs] = numbers.map(|number| number.to_string());
    [
        name,
        format!("{}`{}({flags})`{unneeded}", "· ".repeat(layer.depth), layer.kind),
        layer.inputs.to_string(),
        layer.outputs.to_string(),
        number(layer.taps),
        number(layer.dilation),
        history,
        weights,
        macs,
    ]
}

/// Frames that a layer keeps, its weights, and its multiply-accumulates.
fn costs(graph: &Graph, id: LayerId) -> [usize; 3] {
    [
        graph.sum_of(id, |value| graph[value].history()),
        graph.sum_of(id, |value| graph[value].weight_count()),
        graph.sum_of(id, |value| graph.macs(value)),
    ]
}
