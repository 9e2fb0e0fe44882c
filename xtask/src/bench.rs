//! What a push costs on a Cortex-M: counted in QEMU and read off the linker's output, the same at every run.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::run as command;
use crate::cores::{CORES, Core, Kernel};
use crate::size::Size;
use crate::toolchain::Toolchain;
use crate::{cmsis_dsp, stack};

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
    let root = crate::root();
    let mut rows = Vec::new();
    for core in cores() {
        let toolchain = Toolchain::find(core.target)?;
        for &kernel in core.kernels {
            let nothing = build(core, kernel, &toolchain, "none")?;
            let nothing = Size::of(&nothing)?;
            for network in NETWORKS {
                let program = build(core, kernel, &toolchain, network)?;
                let key = [network, core.name, kernel.name()];
                let figures = measure(core, &program, nothing).with_context(|| key.join(", "))?;
                eprintln!("{}: {} instructions", key.join(", "), figures[1]);
                rows.push((key, figures));
            }
        }
    }
    rows.sort_by_key(|(key, _)| NETWORKS.iter().position(|network| *network == key[0]));
    let file = root.join("BENCHMARKS.md");
    let text = fs::read_to_string(&file).context("BENCHMARKS.md")?;
    let (start, end) = ("<!-- cargo xtask bench -->\n", "<!-- end -->");
    let (before, rest) =
        text.split_once(start).context("BENCHMARKS.md has no place for the table")?;
    let (committed, after) = rest.split_once(end).context("BENCHMARKS.md's table has no end")?;
    let table = table(&rows);
    println!("{table}");
    if bless {
        fs::write(&file, format!("{before}{start}{table}{end}{after}"))?;
        return Ok(());
    }
    let committed = parse(committed);
    let mut worse = Vec::new();
    for (key, figures) in &rows {
        let key = key.map(str::to_owned);
        let was =
            committed.get(&key).with_context(|| format!("{} is not committed", key.join(", ")))?;
        for ((name, is), was) in FIGURES.iter().zip(figures).zip(was) {
            #[allow(clippy::cast_precision_loss, reason = "the figures are far from 2^52")]
            if *is as f64 > *was as f64 * TOLERANCE {
                worse.push(format!("{}: {name} {is}, was {was}", key.join(", ")));
            }
        }
    }
    if worse.is_empty() { Ok(()) } else { bail!("worse than BENCHMARKS.md:\n{}", worse.join("\n")) }
}

/// Builds the program that measures a network; returns its path.
fn build(core: &Core, kernel: Kernel, toolchain: &Toolchain, network: &str) -> Result<PathBuf> {
    let folder = crate::root().join("examples/firmware");
    let target_dir = folder.join("target").join(format!("{}-{}", core.cpu, kernel.name()));
    let flags = format!("-C link-arg=-Tlink.x -C target-cpu={}", core.cpu);
    let mut cargo = toolchain.cargo(core.target, &flags);
    cargo.current_dir(&folder).args(["-p", "streaming-net-bench", "--target-dir"]).arg(&target_dir);
    if kernel == Kernel::CmsisDsp {
        let library = cmsis_dsp::build(core.target, Some(core.cpu), None, None)?;
        cargo.args(["--features", "cmsis-dsp", "--config"]).arg(library.config);
    }
    command(cargo.env("BENCH", network))?;
    Ok(target_dir.join(core.target).join("release/streaming-net-bench"))
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
    let flash = (Size::of(program)?.text).saturating_sub(nothing.text);
    let stack = stack::deepest(program, "push_net")?;
    Ok([macs, mean, worst, flash.saturating_sub(weights), weights, state, stack])
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
