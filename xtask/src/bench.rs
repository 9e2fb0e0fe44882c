//! What a push costs on a Cortex-M: counted in QEMU and read off the linker's output, the same at every run.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::cores::{CORES, Core};
use crate::program::Builder;
use crate::region::Region;
use crate::size::Size;
use crate::stack;

/// The networks of `examples/firmware/bench`.
const NETWORKS: [&str; 5] = ["mixer", "daisy", "nano", "wavenet16", "keywords64"];

/// Cores that have time for them: those with a floating-point unit.
fn cores() -> impl Iterator<Item = &'static Core> {
    CORES.iter().filter(|core| core.target.ends_with("hf"))
}

/// How much worse than the committed figure one may be.
const TOLERANCE: f64 = 1.02;

/// The columns of figures.
const FIGURES: [&str; 7] = [
    "multiply-accumulates",
    "instructions, mean",
    "worst",
    "code, bytes",
    "weights",
    "RAM",
    "stack",
];

type Figures = [u64; FIGURES.len()];

pub(crate) fn run(bless: bool) -> Result<()> {
    let (mut rows, mut compilers) = (Vec::new(), Vec::new());
    for core in cores() {
        for &kernel in core.kernels {
            let builder = Builder::new(core, kernel)?;
            compilers.push(builder.compilers()?);
            let nothing = Size::of(&build(&builder, "none")?)?;
            for network in NETWORKS {
                let program = build(&builder, network)?;
                let key = [network, core.name, kernel.name()];
                let figures = measure(core, &program, nothing).with_context(|| key.join(", "))?;
                eprintln!("{}: {} instructions", key.join(", "), figures[1]);
                rows.push((key, figures));
            }
        }
    }
    rows.sort_by_key(|(key, _)| NETWORKS.iter().position(|network| *network == key[0]));
    compilers.dedup();
    let by = format!("By {}.\n\n", compilers.join("; "));
    let table = by.clone() + &table(&rows);
    println!("{table}");
    let committed = Region::read("BENCHMARKS.md", "bench")?;
    if bless {
        return committed.write(&table);
    }
    if !committed.text.starts_with(&by) {
        eprintln!("not compared: the committed figures are by other compilers");
        return Ok(());
    }
    let worse = worse(&rows, &parse(&committed.text))?;
    if worse.is_empty() { Ok(()) } else { bail!("worse than BENCHMARKS.md:\n{}", worse.join("\n")) }
}

/// The figures that are worse than the committed ones.
fn worse(
    rows: &[([&str; 3], Figures)],
    committed: &HashMap<[String; 3], Vec<u64>>,
) -> Result<Vec<String>> {
    if committed.len() != rows.len() {
        bail!("BENCHMARKS.md has {} rows, not {}", committed.len(), rows.len());
    }
    let mut worse = Vec::new();
    for (key, figures) in rows {
        let was = committed.get(&key.map(str::to_owned)).filter(|was| was.len() == FIGURES.len());
        let was = was.with_context(|| format!("BENCHMARKS.md has no {}", key.join(", ")))?;
        for ((name, is), was) in FIGURES.iter().zip(figures).zip(was) {
            #[allow(clippy::cast_precision_loss, reason = "the figures are far from 2^52")]
            if *is as f64 > *was as f64 * TOLERANCE {
                worse.push(format!("{}: {name} {is}, was {was}", key.join(", ")));
            }
        }
    }
    Ok(worse)
}

/// Builds the program that measures a network; returns its path.
fn build(builder: &Builder<'_>, network: &str) -> Result<PathBuf> {
    let folder = builder.build(&["-p", "streaming-net-bench"], &[("BENCH", network)])?;
    Ok(folder.join("streaming-net-bench"))
}

fn measure(core: &Core, program: &Path, nothing: Size) -> Result<Figures> {
    let printed = core.run(program, 10)?;
    let numbers: Vec<u64> = printed
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| printed.clone())?;
    let [mean, worst, macs, weights, state] = numbers[..] else {
        bail!("the program printed {printed}");
    };
    let flash = Size::of(program)?.text.checked_sub(nothing.text);
    let other =
        flash.and_then(|flash| flash.checked_sub(weights)).context("less flash than weights")?;
    let stack = stack::deepest(program, "push_net", 1)?;
    Ok([macs, mean, worst, other, weights, state, stack])
}

fn table(rows: &[([&str; 3], Figures)]) -> String {
    let mut table = format!("| network | core | kernel | {} |\n", FIGURES.join(" | "));
    table += &format!("|---|---|---|{}\n", "---:|".repeat(FIGURES.len()));
    for (key, figures) in rows {
        let figures = figures.map(|figure| figure.to_string());
        table += &format!("| {} | {} |\n", key.join(" | "), figures.join(" | "));
    }
    table
}

/// The figures of a table, by network, core and kernel.
fn parse(table: &str) -> HashMap<[String; 3], Vec<u64>> {
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<_> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let (key, figures) = cells.split_first_chunk::<3>()?;
        let figures: Option<Vec<u64>> = figures.iter().map(|figure| figure.parse().ok()).collect();
        Some((key.clone(), figures?))
    });
    rows.collect()
}
