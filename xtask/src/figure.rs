//! The figures of the README and of `BENCHMARKS.md`. Their numbers are rows of `BENCHMARKS.md`.

mod cost;
mod peers;

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::bench;
use crate::region::Region;

/// Draws a figure from the table of figures.
type Draw = fn(&str) -> Result<String>;

const FIGURES: [(&str, Draw); 2] =
    [("docs/book/src/cost.svg", cost::draw), ("docs/book/src/peers.svg", peers::draw)];

/// Draws the figures. With `check`, fails where a committed one is another.
pub(crate) fn run(check: bool) -> Result<()> {
    let benchmarks = Region::read("BENCHMARKS.md", "bench")?.text;
    for (name, draw) in FIGURES {
        let (drawn, file) = (draw(&benchmarks)?, crate::root().join(name));
        if !check {
            fs::write(&file, drawn).with_context(|| format!("cannot write {name}"))?;
            continue;
        }
        let committed = fs::read_to_string(&file).with_context(|| format!("cannot read {name}"))?;
        if committed != drawn {
            bail!("{name} is not what BENCHMARKS.md has: `cargo xtask figure` draws it anew");
        }
    }
    Ok(())
}

/// A figure of the table `benchmarks`, by network, core and kernel, and by the name of its column.
fn figure(benchmarks: &str, key: [&str; 3], name: &str) -> Result<u64> {
    let figure = bench::column(benchmarks, &key, name).next().map(|(_, figure)| figure);
    let figure = figure.with_context(|| format!("no {name} of {}", key.join(", ")))?;
    figure.parse().with_context(|| format!("{name} of {} is {figure}", key.join(", ")))
}

/// Colours that can be read on white and on a dark page: the reader's setting chooses.
const STYLE: &str = "\
.card{fill:#fff;stroke:#d0d7de}text{fill:#1f2328;font:13px system-ui,sans-serif}.title{font-size:15px;font-weight:600}\
.note{fill:#59636e;font-size:12px}.ours{fill:#0969da}.theirs{fill:#8c959f}.published{fill:#bf8700}.number{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:4px}\
.limit{stroke:#cf222e;stroke-dasharray:4 3}\
@media(prefers-color-scheme:dark){.card{fill:#0d1117;stroke:#3d444d}text{fill:#f0f6fc}.note{fill:#9198a1}\
.number{stroke:#0d1117}.ours{fill:#4493f8}.theirs{fill:#656c76}.published{fill:#d29922}.limit{stroke:#f85149}}";

const WIDTH: usize = 860;

/// An SVG that is being drawn.
struct Drawing {
    svg: String,
}

impl Drawing {
    /// `alternative` says the same in words, for those who do not see it.
    fn new(height: usize, alternative: &str) -> Self {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\">\n<title>{alternative}</title>\n<style>{STYLE}</style>\n\
             <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
            WIDTH - 1,
            height - 1
        );
        Self { svg }
    }

    fn text(&mut self, class: &str, x: usize, y: usize, text: &str) -> Result<()> {
        Ok(writeln!(self.svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{text}</text>")?)
    }

    /// A bar with its number behind it, on the line of text at `y`.
    fn bar(&mut self, class: &str, [x, y]: [usize; 2], length: u64, number: u64) -> Result<()> {
        let top = y - 13;
        writeln!(
            self.svg,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{top}\" width=\"{length}\" height=\"16\" rx=\"2\"/>"
        )?;
        let behind = x + usize::try_from(length)? + 6;
        self.text("number", behind, y, &grouped(number))
    }

    /// A vertical line.
    fn limit(&mut self, x: usize, top: usize, bottom: usize) -> Result<()> {
        Ok(writeln!(
            self.svg,
            "<line class=\"limit\" x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"/>"
        )?)
    }

    fn finish(self) -> String {
        self.svg + "</svg>\n"
    }
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
    fn the_committed_figures_are_what_the_benchmarks_have() {
        run(true).unwrap();
    }

    #[test]
    fn another_number_is_another_figure() {
        let benchmarks = Region::read("BENCHMARKS.md", "bench").unwrap().text;
        let cycles = figure(&benchmarks, ["daisy", "Cortex-M7F", "portable"], "cycles").unwrap();
        let other = benchmarks.replace(&format!("| {cycles} |"), "| 1 |");
        for (name, draw) in FIGURES {
            assert_ne!(draw(&benchmarks).unwrap(), draw(&other).unwrap(), "{name}");
            assert!(draw(&benchmarks.replace("a call a tap", "another")).is_err(), "{name}");
        }
    }

    /// The words beside the figure name rows that the figure does not draw.
    #[test]
    fn the_readme_has_the_numbers_of_the_benchmarks() {
        let readme = include_str!("../../README.md");
        let benchmarks = Region::read("BENCHMARKS.md", "bench").unwrap().text;
        for ([network, core, kernel], name, words) in [
            (["daisy", "Cortex-M7F", "a call a tap"], "cycles", "takes {} cycles a sample"),
            (["daisy", "Cortex-M7F", "CMSIS-DSP"], "cycles", "takes {} if you choose CMSIS-DSP"),
            (["daisy", "Cortex-M7F", "portable"], "cycles", "and {} with its own"),
            (["daisy", "Cortex-M7F", "portable"], "cycles in blocks", "at once, takes {},"),
            (["daisy_i16", "Cortex-M0", "portable"], "instructions, mean", "takes {} instructions"),
        ] {
            let number = grouped(figure(&benchmarks, [network, core, kernel], name).unwrap());
            let words = words.replace("{}", &number);
            assert!(readme.contains(&words), "the README does not say \"{words}\"");
        }
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([7, 999, 1000, 1_234_567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}
