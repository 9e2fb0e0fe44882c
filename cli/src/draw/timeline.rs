//! Operations below each other, pushes beside each other: what an output depends on, and when it is there.

use std::collections::BTreeSet;

use streaming_net_compiler::report::{Network, Operation};
use svg::Document;
use svg::node::element::path::Data;
use svg::node::element::{Circle, Path, Text};

use super::{label, picture, width_of};

/// Pushes that are drawn at most.
const MOST_PUSHES: usize = 32;
/// Pixels from row to row, from push to push, and around all.
const ROW: usize = 44;
const COLUMN: usize = 26;
const MARGIN: usize = 24;

/// A value: the place of its operation, and its push.
type Value = (usize, usize);

pub(super) fn draw(network: &Network) -> Document {
    let operations = &network.operations;
    let Some(last) = operations.len().checked_sub(1) else { return Document::new() };
    let (newest, from) = pushes(network);
    let seen = seen(operations, (last, newest), from);
    let labels: Vec<String> = operations.iter().map(label).collect();
    let left = MARGIN + width_of(labels.iter().map(String::as_str)) + MARGIN;
    // The output is at the top, the input at the bottom.
    let x = |push: usize| left + (push - from) * COLUMN;
    let y = |place: usize| MARGIN + (last - place) * ROW;
    let width = x(newest) + MARGIN;
    let height = y(0) + 2 * MARGIN;
    let mut document = picture(width, height, &title(network, newest));
    let (mut all, mut used) = (Data::new(), Data::new());
    for (place, operation) in operations.iter().enumerate() {
        for push in (from..=newest).filter(|push| has_value(operation, *push)) {
            for (operand, at) in reads(operations, (place, push)) {
                if at < from {
                    continue;
                }
                let line =
                    |data: Data| data.move_to((x(at), y(operand))).line_to((x(push), y(place)));
                all = line(all);
                if seen.contains(&(place, push)) {
                    used = line(used);
                }
            }
        }
    }
    document = document
        .add(Path::new().set("class", "all").set("d", all))
        .add(Path::new().set("class", "seen").set("d", used));
    for (place, (operation, label)) in operations.iter().zip(&labels).enumerate() {
        document = document.add(Text::new(label).set("x", MARGIN).set("y", y(place) + 4));
        for push in from..=newest {
            let (class, radius) = match (place, has_value(operation, push)) {
                (_, false) => ("none", 1.0),
                _ if (place, push) == (last, newest) => ("output", 6.3),
                _ if seen.contains(&(place, push)) => ("part", 4.5),
                _ => ("value", 3.5),
            };
            let circle = Circle::new().set("cx", x(push)).set("cy", y(place)).set("r", radius);
            document = document.add(circle.set("class", class));
        }
    }
    for push in (from..=newest).filter(|push| push.is_multiple_of(4) || *push == newest) {
        let number = Text::new(push.to_string()).set("class", "small").set("text-anchor", "middle");
        document = document.add(number.set("x", x(push)).set("y", y(0) + MARGIN));
    }
    document.add(Text::new("push").set("class", "small").set("x", MARGIN).set("y", y(0) + MARGIN))
}

/// The newest push that is drawn, which has an output, and the first one.
fn pushes(network: &Network) -> (usize, usize) {
    let timing = network.timing;
    let reach = timing.receptive_field.unwrap_or(MOST_PUSHES).min(MOST_PUSHES);
    let least = (reach + 2 * timing.stride).min(MOST_PUSHES);
    // The first push with an output that has room for what it depends on.
    let outputs = least.saturating_sub(1 + timing.first).div_ceil(timing.stride);
    let newest = timing.first + outputs * timing.stride;
    (newest, (newest + 1).saturating_sub(MOST_PUSHES))
}

fn has_value(operation: &Operation, push: usize) -> bool {
    let timing = operation.timing;
    push >= timing.first && (push - timing.first).is_multiple_of(timing.stride)
}

/// The values that a value is computed from. Those before the first push are zeros.
fn reads(operations: &[Operation], (place, push): Value) -> Vec<Value> {
    let Some(operation) = operations.get(place) else { return Vec::new() };
    let (taps, dilation) = operation.taps;
    let word = operation.text.split('(').next().unwrap_or_default();
    // A delay reads the oldest frame that it keeps, and nothing between.
    let first = if word == "delay" { taps - 1 } else { 0 };
    let of = |operand: &usize| {
        let stride = operations.get(*operand).map_or(1, |operand| operand.timing.stride);
        let at = move |tap: usize| Some((*operand, push.checked_sub(tap * dilation * stride)?));
        (first..taps).filter_map(at).collect::<Vec<_>>()
    };
    let mut values: Vec<Value> = operation.operands.iter().flat_map(of).collect();
    values.retain(|(operand, at)| operations.get(*operand).is_some_and(|of| has_value(of, *at)));
    // A cell reads what it gave before.
    if matches!(word, "gru" | "lstm" | "rnn") {
        values.extend(push.checked_sub(operation.timing.stride).map(|at| (place, at)));
    }
    values
}

/// The values that `output` depends on, itself among them, from a push on.
fn seen(operations: &[Operation], output: Value, from: usize) -> BTreeSet<Value> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![output]);
    while let Some(value) = next.pop() {
        if value.1 >= from && seen.insert(value) {
            next.extend(reads(operations, value));
        }
    }
    seen
}

fn title(network: &Network, newest: usize) -> String {
    let timing = network.timing;
    let depends = match timing.receptive_field {
        Some(frames) => format!("the newest {frames} frames"),
        None => "all frames so far".to_owned(),
    };
    let every = match timing.stride {
        1 => "then at every push".to_owned(),
        stride => format!("then every {stride} pushes"),
    };
    format!(
        "{}: the output at push {newest} depends on {depends}; the first output is at push {}, {every}",
        network.name, timing.first
    )
}
