//! The operations of a push below each other, and lines from each to those that read it.

use streaming_net_compiler::report::Network;
use svg::Document;
use svg::node::element::path::Data;
use svg::node::element::{Path, Rectangle, Text};

use super::{label, picture, width_of};

/// Pixels from row to row, of a box, from lane to lane, and around all.
const ROW: usize = 40;
const BOX: usize = 24;
const LANE: usize = 12;
const MARGIN: usize = 24;

/// A value that is read further down than in the next row: from which row to which, and beside the boxes, how far.
struct Skip {
    from: usize,
    to: usize,
    lane: usize,
}

pub(super) fn draw(network: &Network) -> Document {
    let operations = &network.operations;
    let labels: Vec<String> = operations
        .iter()
        .map(|operation| format!("{}   [{}]", label(operation), operation.channels))
        .collect();
    let skips = skips(network);
    let lanes = skips.iter().map(|skip| skip.lane + 1).max().unwrap_or_default();
    let wide = width_of(labels.iter().map(String::as_str)) + MARGIN;
    let right = MARGIN + wide;
    let y = |row: usize| MARGIN + row * ROW;
    let height = y(operations.len()) + MARGIN - (ROW - BOX);
    let title = format!(
        "{}: the operations of a push from top to bottom, with the channels of each",
        network.name
    );
    let mut document = picture(right + (lanes + 1) * LANE + MARGIN, height, &title);
    let (mut chain, mut over) = (Data::new(), Data::new());
    for (row, operation) in operations.iter().enumerate() {
        if row > 0 && operation.operands.contains(&(row - 1)) {
            let x = MARGIN + MARGIN;
            chain = chain.move_to((x, y(row - 1) + BOX)).line_to((x, y(row)));
        }
    }
    for Skip { from, to, lane } in skips {
        let x = right + (lane + 1) * LANE;
        over = over
            .move_to((right, y(from) + BOX / 2))
            .line_to((x, y(from) + BOX / 2))
            .line_to((x, y(to) + BOX / 2))
            .line_to((right, y(to) + BOX / 2));
    }
    document = document
        .add(Path::new().set("class", "seen").set("d", chain))
        .add(Path::new().set("class", "seen").set("d", over));
    for (row, label) in labels.iter().enumerate() {
        let outline = Rectangle::new()
            .set("class", "box")
            .set("x", MARGIN)
            .set("y", y(row))
            .set("width", wide)
            .set("height", BOX)
            .set("rx", 4);
        let text = Text::new(label).set("x", MARGIN + LANE).set("y", y(row) + BOX / 2 + 4);
        document = document.add(outline).add(text);
    }
    document
}

/// The lines beside the boxes, each in the first lane where no other is.
fn skips(network: &Network) -> Vec<Skip> {
    let mut skips: Vec<Skip> = Vec::new();
    for (to, operation) in network.operations.iter().enumerate() {
        let mut operands = operation.operands.clone();
        operands.dedup();
        for from in operands.into_iter().filter(|from| from + 1 < to) {
            let is_free = |lane: &usize| {
                !skips.iter().any(|skip| {
                    skip.lane == *lane && skip.from != from && skip.from < to && from < skip.to
                })
            };
            let lane = (0..=skips.len()).find(is_free).unwrap_or_default();
            skips.push(Skip { from, to, lane });
        }
    }
    skips
}
