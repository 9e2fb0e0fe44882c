//! What a push of one network costs, beside the same network as it is commonly written on CMSIS-DSP.

use anyhow::Result;

use super::{Drawing, figure, grouped};

/// The network and the core that are shown.
const NETWORK: &str = "daisy";
const CORE: &str = "Cortex-M7F";

/// One way to run the network.
struct Way {
    label: &'static str,
    class: &'static str,
    kernel: &'static str,
    /// The columns of `BENCHMARKS.md` with its cycles and its code.
    columns: [&'static str; 2],
}

const WAYS: [Way; 3] = [
    Way {
        label: "streaming_net, push",
        class: "ours",
        kernel: "portable",
        columns: ["cycles", "code"],
    },
    Way {
        label: "streaming_net, blocks of 48",
        class: "ours",
        kernel: "portable",
        columns: ["cycles in blocks", "with blocks"],
    },
    Way {
        label: "CMSIS-DSP, a call per tap",
        class: "theirs",
        kernel: "a call a tap",
        columns: ["cycles", "code"],
    },
];

const PANELS: [&str; 3] = ["cycles a sample", "RAM, bytes", "flash, bytes"];

const NOTES: [&str; 2] = [
    "Nine convolutions: four of four taps, dilations 1 to 64, and five of one tap. Cycles are modelled from the instructions \
     that QEMU runs.",
    "RAM is the state between pushes, without the stack. Flash is weights and code.",
];

const HEIGHT: usize = 222;
/// Where the first panel starts, how far it is to the next, and the longest bar.
const LEFT: usize = 206;
const STEP: usize = 216;
const LONGEST: u64 = 150;

/// The figure as SVG, from the table `benchmarks`.
pub(super) fn draw(benchmarks: &str) -> Result<String> {
    let mut costs = Vec::new();
    for Way { kernel, columns: [cycles, code], .. } in WAYS {
        let figure = |column| figure(benchmarks, [NETWORK, CORE, kernel], column);
        costs.push([figure(cycles)?, figure("RAM")?, figure("weights")? + figure(code)?]);
    }
    let macs = figure(benchmarks, [NETWORK, CORE, WAYS[0].kernel], "multiply-accumulates")?;
    let mut drawing = Drawing::new(HEIGHT, &alternative(&costs));
    let title = format!(
        "One network of {} multiply-accumulates on a {CORE}: shorter is better",
        grouped(macs)
    );
    drawing.text("title", 16, 30, &title)?;
    for (row, way) in WAYS.iter().enumerate() {
        drawing.text("", 16, middle(row), way.label)?;
    }
    for (panel, name) in PANELS.iter().enumerate() {
        let x = LEFT + panel * STEP;
        drawing.text("", x, 64, name)?;
        let most = costs.iter().map(|costs| costs[panel]).max().unwrap_or(1);
        for (row, (way, costs)) in WAYS.iter().zip(&costs).enumerate() {
            let cost = costs[panel];
            drawing.bar(way.class, [x, middle(row)], cost * LONGEST / most, cost)?;
        }
    }
    for (row, note) in NOTES.iter().enumerate() {
        drawing.text("note", 16, 186 + 18 * row, note)?;
    }
    Ok(drawing.finish())
}

/// The baseline of a row's text.
fn middle(row: usize) -> usize {
    92 + row * 30
}

/// The figure in words.
fn alternative(costs: &[[u64; 3]]) -> String {
    let ways = WAYS.iter().zip(costs).map(|(way, costs)| {
        let costs =
            PANELS.iter().zip(costs).map(|(name, cost)| format!("{} {name}", grouped(*cost)));
        format!("{}: {}", way.label, costs.collect::<Vec<_>>().join(", "))
    });
    ways.collect::<Vec<_>>().join("; ")
}
