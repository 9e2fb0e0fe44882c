//! The documentation of a network, made for this very one.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use crate::ast::{Math, Weights};
use crate::layer::Timing;
use crate::model::{Fate, NamedLayer, Net, macs};
use crate::numbers::plural;

/// One line of documentation.
pub(super) fn line(text: &str) -> TokenStream {
    let text = if text.is_empty() { String::new() } else { format!(" {text}") };
    quote!(#[doc = #text])
}

/// What the struct says: its shape, a table of its layers, and what it costs.
pub(super) fn net(net: &Net<'_>) -> Vec<String> {
    let (inputs, outputs) = (plural(net.inputs, "channel"), plural(net.outputs, "channel"));
    let mut docs = vec![
        format!(
            "Takes frames of {inputs} and gives frames of {outputs}, one [`push`](Self::push) at a time."
        ),
        String::new(),
    ];
    docs.extend(table(net));
    let frames = match net.timing.reach().saturating_add(1) {
        usize::MAX => "all input frames so far".to_owned(),
        1 => "only the newest input frame".to_owned(),
        frames => format!("the newest {frames} input frames"),
    };
    docs.extend([
        String::new(),
        format!("An output depends on {frames}. {}", answers(net.timing_from_start())),
    ]);
    if net.silence.is_some() {
        docs.extend([
            String::new(),
            "The network starts in its steady state, as if a constant input had been pushed forever."
                .to_owned(),
        ]);
    }
    docs.extend([
        String::new(),
        format!(
            "The state takes {} bytes of RAM, the weights {} bytes of flash.",
            net.state_bytes(),
            net.weight_bytes()
        ),
    ]);
    if matches!(net.ast.attributes.weights, Some(Weights::Zeros(_))) {
        let line = "The network is not trained: its weights are zeros (`#[weights = zeros]`).";
        docs.extend([String::new(), line.to_owned()]);
    }
    if net.ast.math() == Math::Fast {
        let line = "`tanh`, `sigmoid` and `silu` are approximations: `#[math = \"fast\"]`.";
        docs.extend([String::new(), line.to_owned()]);
    }
    docs
}

/// The table as text: its cells without what is for a page.
pub(super) fn summary(net: &Net<'_>) -> String {
    let rows: Vec<_> =
        rows(net).into_iter().map(|row| row.map(|cell| cell.replace('`', ""))).collect();
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
pub(super) fn push(net: &Net<'_>) -> Vec<String> {
    let takes =
        "Takes the next frame and returns the output that is due at this push, if there is one.";
    vec![takes.to_owned(), String::new(), answers(net.timing_from_start())]
}

fn answers(Timing { first, stride, lag, frames, .. }: Timing) -> String {
    let first = match first {
        0 => None,
        1 => Some("The first push returns `None`".to_owned()),
        first => Some(format!("The first {first} pushes return `None`")),
    };
    let answers = match (first, stride) {
        (None, 1) => "Every push returns an output.".to_owned(),
        (None, stride) => format!("The first push returns an output, then one push in {stride}."),
        (Some(first), 1) => format!("{first}, every later push an output."),
        (Some(first), stride) => {
            format!("{first}, the next one an output, then one push in {stride}.")
        }
    };
    let answers = match frames {
        1 => answers,
        frames => format!("{answers} An output has {frames} frames, the oldest first."),
    };
    match lag {
        0 => answers,
        1 => format!("{answers} An output belongs to the frame before the newest."),
        lag => format!("{answers} An output belongs to the frame {lag} before the newest."),
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
fn rows(net: &Net<'_>) -> Vec<[String; HEADS.len()]> {
    let mut rows: Vec<[String; HEADS.len()]> = vec![HEADS.map(str::to_owned)];
    rows.extend(
        net.layers.iter().zip(net.ast.depths()).map(|(layer, depth)| row(net, layer, depth)),
    );
    let mut total = HEADS.map(|_| String::new());
    let [layer, .., history, weights, macs] = &mut total;
    "total".clone_into(layer);
    *history = net.sum(|layer| layer.layer.history()).to_string();
    *weights = net.sum(|layer| layer.layer.numbers()).to_string();
    *macs = net.macs().to_string();
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
fn table(net: &Net<'_>) -> Vec<String> {
    let rows = rows(net);
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

fn row(net: &Net<'_>, named: &NamedLayer<'_>, depth: usize) -> [String; HEADS.len()] {
    let NamedLayer { ast, name, layer, fate, .. } = named;
    let summary = layer.summary();
    let flags = summary.flags.join(", ");
    let dead = if *fate == Fate::Dead { ", not needed" } else { "" };
    let number =
        |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let (layer_name, numbers) = match fate {
        Fate::Line => (name.as_ref(), [layer.history(), layer.numbers(), macs(named)]),
        // Its costs are those of the layer that it is part of, as that may be of another one.
        Fate::Part { of, .. } => {
            let mut whole = net.layers.get(*of);
            while let Some(NamedLayer { fate: Fate::Part { of, .. }, .. }) = whole {
                whole = net.layers.get(*of);
            }
            (whole.and_then(|layer| layer.name.as_ref()), [0; 3])
        }
        Fate::Dead => (None, [0; 3]),
    };
    let layer_name = layer_name.map(|name| format!("`{}`", name.unraw())).unwrap_or_default();
    let [history, weights, macs] = numbers.map(|number| number.to_string());
    [
        layer_name,
        format!("{}`{}({flags})`{dead}", "· ".repeat(depth), ast.kind),
        layer.inputs().to_string(),
        layer.outputs().to_string(),
        number(summary.taps),
        number(summary.dilation),
        history,
        weights,
        macs,
    ]
}
