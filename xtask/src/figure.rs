//! The figure of the README: what a push of one network costs, beside the same network as it is commonly written on
//! CMSIS-DSP. Its numbers are rows of `BENCHMARKS.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::region::Region;

const FILE: &str = "docs/cost.svg";

/// The network and the core that are shown.
const NETWORK: &str = "daisy";
const CORE: &str = "Cortex-M7F";

/// One way to run the network.
struct Way {
    label: &'static str,
    class: &'static str,
    kernel: &'static str,
    /// The columns of `BENCHMARKS.md` with its instructions and its code.
    columns: [&'static str; 2],
}

const WAYS: [Way; 3] = [
    Way {
        label: "streaming_net, push",
        class: "ours",
        kernel: "portable",
        columns: ["instructions, mean", "code"],
    },
    Way {
        label: "streaming_net, blocks of 48",
        class: "ours",
        kernel: "portable",
        columns: ["in blocks", "with blocks"],
    },
    Way {
        label: "CMSIS-DSP, a call per tap",
        class: "theirs",
        kernel: "a call a tap",
        columns: ["instructions, mean", "code"],
    },
];

const PANELS: [&str; 3] = ["instructions a sample", "RAM, bytes", "flash, bytes"];

/// Colours that can be read on white and on a dark page: the reader's setting chooses.
const STYLE: &str = "\
.card{fill:#fff;stroke:#d0d7de}text{fill:#1f2328;font:13px system-ui,sans-serif}.title{font-size:15px;font-weight:600}\
.note{fill:#59636e;font-size:12px}.ours{fill:#0969da}.theirs{fill:#8c959f}.number{font-size:12px}\
@media(prefers-color-scheme:dark){.card{fill:#0d1117;stroke:#3d444d}text{fill:#f0f6fc}.note{fill:#9198a1}\
.ours{fill:#4493f8}.theirs{fill:#656c76}}";

const WIDTH: usize = 860;
const HEIGHT: usize = 222;
/// Where the first panel starts, how far it is to the next, and the longest bar.
const LEFT: usize = 206;
const STEP: usize = 216;
const LONGEST: u64 = 150;

/// Draws the figure. With `check`, fails where the committed one is another.
pub(crate) fn run(check: bool) -> Result<()> {
    let drawn = draw(&Region::read("BENCHMARKS.md", "bench")?.text)?;
    let file = path();
    if !check {
        return fs::write(&file, drawn).with_context(|| format!("cannot write {FILE}"));
    }
    let committed = fs::read_to_string(&file).with_context(|| format!("cannot read {FILE}"))?;
    if committed != drawn {
        bail!("{FILE} is not what BENCHMARKS.md has: `cargo xtask figure` draws it anew");
    }
    Ok(())
}

fn path() -> PathBuf {
    crate::root().join(FILE)
}

/// A figure of the table `benchmarks`, by the names of its row and its column.
fn figure(benchmarks: &str, kernel: &str, column: &str) -> Result<u64> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows = benchmarks.lines().filter(|line| line.starts_with('|')).map(cells);
    let header = rows.next().context("no table")?;
    let place = header.iter().position(|name| name == column);
    let row = rows.find(|row| row.starts_with(&[NETWORK, CORE, kernel].map(str::to_owned)));
    let cell = row.as_ref().zip(place).and_then(|(row, place)| row.get(place));
    let cell = cell.with_context(|| format!("no {column} of {NETWORK}, {CORE}, {kernel}"))?;
    cell.parse().with_context(|| format!("{column} of {NETWORK}, {CORE}, {kernel} is {cell}"))
}

/// The figure as SVG, from the table `benchmarks`.
fn draw(benchmarks: &str) -> Result<String> {
    let mut costs = Vec::new();
    for Way { kernel, columns: [instructions, code], .. } in WAYS {
        let figure = |column| figure(benchmarks, kernel, column);
        costs.push([figure(instructions)?, figure("RAM")?, figure("weights")? + figure(code)?]);
    }
    let macs = figure(benchmarks, WAYS[0].kernel, "multiply-accumulates")?;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
        alternative(&costs),
        WIDTH - 1,
        HEIGHT - 1
    );
    let mut text = |class: &str, x: usize, y: usize, text: &str| {
        writeln!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{text}</text>")
    };
    let title = format!(
        "One network of {} multiply-accumulates on a {CORE}: shorter is better",
        grouped(macs)
    );
    text("title", 16, 30, &title)?;
    for (row, way) in WAYS.iter().enumerate() {
        text("", 16, middle(row), way.label)?;
    }
    for (panel, name) in PANELS.iter().enumerate() {
        text("", LEFT + panel * STEP, 64, name)?;
    }
    text(
        "note",
        16,
        186,
        "Nine convolutions: four of four taps, dilations 1 to 64, and five of one tap. Instructions are counted in QEMU.",
    )?;
    text(
        "note",
        16,
        204,
        "RAM is the state between pushes, without the stack. Flash is weights and code.",
    )?;
    for (panel, _) in PANELS.iter().enumerate() {
        let most = costs.iter().map(|costs| costs[panel]).max().unwrap_or(1);
        for (row, (way, costs)) in WAYS.iter().zip(&costs).enumerate() {
            let (x, y, cost) = (LEFT + panel * STEP, middle(row), costs[panel]);
            let (length, class) = (cost * LONGEST / most, way.class);
            writeln!(
                svg,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"{length}\" height=\"16\" rx=\"2\"/>\n\
                 <text class=\"number\" x=\"{}\" y=\"{y}\">{}</text>",
                y - 13,
                x as u64 + length + 6,
                grouped(cost)
            )?;
        }
    }
    Ok(svg + "</svg>\n")
}

/// The baseline of a row's text.
fn middle(row: usize) -> usize {
    92 + row * 30
}

/// The figure in words, for those who do not see it.
fn alternative(costs: &[[u64; 3]]) -> String {
    let ways = WAYS.iter().zip(costs).map(|(way, costs)| {
        let costs =
            PANELS.iter().zip(costs).map(|(name, cost)| format!("{} {name}", grouped(*cost)));
        format!("{}: {}", way.label, costs.collect::<Vec<_>>().join(", "))
    });
    ways.collect::<Vec<_>>().join("; ")
}

/// `31,412` for 31412.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_figure_is_what_the_benchmarks_have() {
        run(true).unwrap();
    }

    #[test]
    fn another_number_is_another_figure() {
        let benchmarks = Region::read("BENCHMARKS.md", "bench").unwrap().text;
        let instructions = figure(&benchmarks, "portable", "instructions, mean").unwrap();
        let other = benchmarks.replace(&format!("| {instructions} |"), "| 1 |");
        assert_ne!(draw(&benchmarks).unwrap(), draw(&other).unwrap());
        assert!(draw(&benchmarks.replace("a call a tap", "another")).is_err());
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([7, 999, 1000, 1_234_567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}
