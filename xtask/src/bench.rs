//! What a push costs on a Cortex-M: counted in QEMU and read off the linker's output, the same at every run.

mod cycles;
mod peer;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::cycles::Llvm;
use self::table::{CYCLES, Figures, Row, table};
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

/// Cores whose cycles are modelled.
const MODELLED: [&str; 2] = ["cortex-m4", "cortex-m7"];

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    Print,
    Check,
    Bless,
}

pub(crate) fn run(mode: Mode) -> Result<()> {
    let llvm = Llvm::find();
    let llvm = llvm.as_ref();
    let model = match llvm {
        Some(llvm) => format!("Cycles by LLVM {}.\n", llvm.version),
        None if mode == Mode::Bless => bail!("no llvm-mca: install Debian's llvm-19"),
        None => "No cycles: llvm-mca is not installed.\n".to_owned(),
    };
    let (mut rows, mut compilers) = (Vec::new(), Vec::new());
    for core in cores() {
        for &kernel in core.kernels {
            let builder = Builder::new(core, kernel)?;
            compilers.push(builder.compilers()?);
            let nothing = Size::of(&build(&builder, "none")?)?;
            for network in NETWORKS {
                let program = build(&builder, network)?;
                rows.push(row([network, kernel.name()], core, &program, Some(nothing), llvm)?);
            }
        }
        let program = peer::build(core)?;
        rows.push(row([peer::NETWORK, peer::KERNEL], core, &program, None, llvm)?);
    }
    rows.sort_by_key(|row| NETWORKS.iter().position(|network| *network == row.key[0]));
    compilers.dedup();
    let by = format!("By {}.\n", compilers.join("; "));
    let text = format!("{by}{model}\n{}", table(&rows));
    println!("{text}");
    let committed = Region::read("BENCHMARKS.md", "bench")?;
    match mode {
        Mode::Print => Ok(()),
        Mode::Bless => committed.write(&text),
        Mode::Check if !committed.text.starts_with(&by) => {
            eprintln!("not compared: the committed figures are by other compilers");
            Ok(())
        }
        Mode::Check => {
            let passed_over: &[_] = if committed.text.contains(&model) { &[] } else { &[CYCLES] };
            for column in passed_over {
                eprintln!("not compared: {column}, which another LLVM made");
            }
            let worse = table::worse(&rows, &committed.text, passed_over)?;
            if worse.is_empty() {
                return Ok(());
            }
            bail!("worse than BENCHMARKS.md:\n{}", worse.join("\n"))
        }
    }
}

/// Builds the program that measures a network; returns its path.
fn build(builder: &Builder<'_>, network: &str) -> Result<PathBuf> {
    let folder = builder.build(&["-p", "streaming-net-bench"], &[("BENCH", network)])?;
    Ok(folder.join("streaming-net-bench"))
}

/// Measures what a program prints and what it is. `nothing` is the size of the program without a network.
fn row(
    [network, kernel]: [&str; 2],
    core: &Core,
    program: &Path,
    nothing: Option<Size>,
    llvm: Option<&Llvm>,
) -> Result<Row> {
    let key = [network, core.name, kernel].map(str::to_owned);
    let figures = measure(core, program, nothing, llvm).with_context(|| key.join(", "))?;
    eprintln!("{}: measured", key.join(", "));
    Ok(Row { key, figures })
}

fn measure(
    core: &Core,
    program: &Path,
    nothing: Option<Size>,
    llvm: Option<&Llvm>,
) -> Result<Figures> {
    let printed = core.run(program, 10)?;
    let numbers: Vec<u64> = printed
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| printed.clone())?;
    let [mean, worst, macs, weights, state] = numbers[..] else {
        bail!("the program printed {printed}");
    };
    let cycles = match llvm.filter(|_| MODELLED.contains(&core.cpu)) {
        Some(llvm) => Some(llvm.cycles(core, program, worst)?),
        None => None,
    };
    let other = match nothing {
        Some(nothing) => {
            let flash = Size::of(program)?.text.checked_sub(nothing.text);
            let other = flash.and_then(|flash| flash.checked_sub(weights));
            Some(other.context("less flash than weights")?)
        }
        None => None,
    };
    let stack = stack::deepest(program, "push_net", 1)?;
    let [macs, mean, worst] = [macs, mean, worst].map(Some);
    Ok([macs, mean, worst, cycles, other, Some(weights), Some(state), Some(stack)])
}
