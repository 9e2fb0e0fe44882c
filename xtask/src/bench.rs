//! What a push costs on a Cortex-M: counted in QEMU and read off the linker's output, the same at every run.

mod page;
mod peer;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::table::{CODE, Figures, Row, table};
use crate::cores::{self, CORES, Core};
use crate::program::Builder;
use crate::region::Region;
use crate::size::Size;
use crate::stack;
use crate::{figure, pipeline};

/// The networks of `examples/firmware/bench`.
const NETWORKS: [&str; 15] = [
    "mixer",
    "daisy",
    "nano",
    "wavenet16",
    "wavenet_gated",
    "a1_10_10",
    "a1_10_10_fast",
    "a1_10_10_relu",
    "a2_lite",
    "a2_full",
    "tcn",
    "amp",
    "lstm",
    "keywords",
    "keywords64",
];

/// Cores that have time for them: those with a floating-point unit.
fn cores() -> impl Iterator<Item = &'static Core> {
    CORES.iter().filter(|core| core.target.ends_with("hf"))
}

/// Instructions of the call around a push at most, which are in the count and not in the trace, or the other way round.
const CALL: u64 = 8;

/// Frames of a block in the program `blocks`.
const BLOCK: u64 = 48;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    Print,
    Check,
    Bless,
}

pub(crate) fn run(mode: Mode, only: &Only) -> Result<()> {
    only.check()?;
    let (mut rows, mut compilers) = (Vec::new(), Vec::new());
    for core in cores().filter(|core| only.has_core(core.name)) {
        for &kernel in core.kernels.iter().filter(|kernel| only.has_kernel(kernel.name())) {
            let builder = Builder::new(core, kernel)?;
            compilers.push(builder.compilers()?);
            let nothing = Programs::build(&builder, "none")?.sizes()?;
            for network in NETWORKS.into_iter().filter(|network| only.has_network(network)) {
                let programs = Programs::build(&builder, network)?;
                let key = [network, core.name, kernel.name()].map(str::to_owned);
                let figures = programs.figures(core, &nothing);
                rows.push(Row { figures: figures.with_context(|| key.join(", "))?, key });
            }
            eprintln!("{}, {}: done", core.name, kernel.name());
        }
        if !only.has_network(peer::NETWORK) || !only.has_kernel(peer::KERNEL) {
            continue;
        }
        let program = peer::build(core)?;
        let pushes = pushes(core, &program).context(peer::KERNEL)?;
        let key = [peer::NETWORK, core.name, peer::KERNEL].map(str::to_owned);
        let mut figures = figures(&pushes, None);
        figures[CODE] = Some(peer::code(&program)?);
        rows.push(Row { key, figures });
    }
    rows.sort_by_key(|row| NETWORKS.iter().position(|network| *network == row.key[0]));
    compilers.dedup();
    let by = format!("By {}.\n", compilers.join("; "));
    let text = format!("{by}\n{}", table(&rows));
    println!("{text}");
    let committed = Region::read("BENCHMARKS.md", "bench")?;
    match mode {
        Mode::Print => Ok(()),
        Mode::Bless => {
            committed.write(&text)?;
            Region::read("docs/neural_amp_modeler.md", "bench")?.write(&page::captures(&text))?;
            figure::run(false)
        }
        Mode::Check if !committed.text.starts_with(&by) => {
            eprintln!("skipped the comparison: other compilers made the committed figures");
            Ok(())
        }
        Mode::Check => {
            let worse = table::worse(&rows, &committed.text)?;
            if worse.is_empty() {
                return Ok(());
            }
            bail!(
                "these figures are more than 2 % worse than in BENCHMARKS.md:\n{}",
                worse.join("\n")
            )
        }
    }
}

/// The rows to measure. What is empty leaves none out.
#[derive(clap::Args)]
pub(crate) struct Only {
    /// Measure these networks only.
    #[arg(conflicts_with_all = ["check", "bless"])]
    networks: Vec<String>,
    /// Measure on this core only, such as Cortex-M4F or M4F.
    #[arg(long, conflicts_with_all = ["check", "bless"])]
    core: Option<String>,
    /// Measure this kernel only: portable or CMSIS-DSP.
    #[arg(long, conflicts_with_all = ["check", "bless"])]
    kernel: Option<String>,
}

impl Only {
    /// Fails for a name that no row has.
    fn check(&self) -> Result<()> {
        let mut networks = self.networks.iter();
        if let Some(unknown) = networks.find(|name| !NETWORKS.contains(&name.as_str())) {
            bail!("unknown network `{unknown}`. The networks are {}", NETWORKS.join(", "));
        }
        let names: Vec<_> = cores().map(|core| core.name).collect();
        let has = |core: &&str| names.iter().any(|name| cores::is_called(core, name));
        if let Some(unknown) = self.core.as_deref().filter(|core| !has(core)) {
            bail!("unknown core `{unknown}`. The cores are {}", names.join(", "));
        }
        Ok(())
    }

    fn has_network(&self, name: &str) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|network| network == name)
    }

    fn has_core(&self, name: &str) -> bool {
        self.core.as_deref().is_none_or(|core| cores::is_called(core, name))
    }

    fn has_kernel(&self, name: &str) -> bool {
        self.kernel.as_deref().is_none_or(|kernel| kernel == name)
    }
}

/// The programs of a network: one that pushes its frames one by one, and one that pushes blocks too.
struct Programs {
    push: PathBuf,
    blocks: PathBuf,
}

/// What a program says of single pushes.
struct Pushes {
    macs: u64,
    mean: u64,
    worst: u64,
    cycles: Option<u64>,
    weights: u64,
    state: u64,
    stack: u64,
}

/// What single pushes and blocks take beside the weights: code for single pushes, and for both; instructions a frame and
/// stack of a block.
struct Rest {
    code: u64,
    block: u64,
    block_cycles: Option<u64>,
    blocks_code: u64,
    blocks_stack: u64,
}

impl Programs {
    fn build(builder: &Builder<'_>, network: &str) -> Result<Self> {
        let folder = builder.build(&["-p", "streaming-net-bench"], &[("BENCH", network)])?;
        Ok(Self { push: folder.join("push"), blocks: folder.join("blocks") })
    }

    /// `nothing` are the programs without a network.
    fn figures(&self, on: &Core, nothing: &Sizes) -> Result<Figures> {
        let pushes = pushes(on, &self.push)?;
        let [push, blocks] = self.sizes()?;
        let code = |with: u64, without: u64| {
            let flash =
                with.checked_sub(without).and_then(|flash| flash.checked_sub(pushes.weights));
            flash.context("the program is smaller than its weights")
        };
        let first = pipeline::first_call(on, &self.blocks, "push_block_net")?;
        let rest = Rest {
            code: code(push, nothing[0])?,
            block: one_number(&on.run(&self.blocks, 7)?)?,
            block_cycles: first.cycles.map(|cycles| cycles.div_ceil(BLOCK)),
            blocks_code: code(blocks, nothing[1])?,
            blocks_stack: stack::deepest(&self.blocks, "push_block_net", 1)?,
        };
        // The loop over single pushes costs a little.
        if rest.block > pushes.mean + pushes.mean / 20 + 30 {
            bail!(
                "a frame takes more instructions in a block ({}) than in a `push` ({})",
                rest.block,
                pushes.mean
            );
        }
        Ok(figures(&pushes, Some(&rest)))
    }

    /// The flash that each takes.
    fn sizes(&self) -> Result<Sizes> {
        Ok([Size::of(&self.push)?.text, Size::of(&self.blocks)?.text])
    }
}

type Sizes = [u64; 2];

fn pushes(core: &Core, program: &Path) -> Result<Pushes> {
    let printed = core.run(program, 10)?;
    let numbers = printed.split_whitespace().map(one_number).collect::<Result<Vec<_>>>()?;
    let [mean, worst, macs, weights, state] = numbers[..] else {
        bail!("the program did not print five numbers: {printed}");
    };
    let first = pipeline::first_call(core, program, "push_net")?;
    // Rings start with one part empty, which is a little less.
    let (least, most) = (mean - mean / 1000, worst + CALL);
    if first.instructions + CALL < least || first.instructions > most {
        bail!("the first push has {} instructions, expected {least} to {most}", first.instructions);
    }
    let cycles = first.cycles;
    let stack = stack::deepest(program, "push_net", 1)?;
    Ok(Pushes { macs, mean, worst, cycles, weights, state, stack })
}

fn one_number(printed: &str) -> Result<u64> {
    printed.trim().parse().with_context(|| format!("the program printed no number: {printed}"))
}

/// In the order of the table's columns.
fn figures(pushes: &Pushes, rest: Option<&Rest>) -> Figures {
    let &Pushes { macs, mean, worst, cycles, weights, state, stack } = pushes;
    let of = |figure: fn(&Rest) -> u64| rest.map(figure);
    let block_cycles = rest.and_then(|rest| rest.block_cycles);
    [
        Some(macs),
        Some(mean),
        Some(worst),
        cycles,
        of(|rest| rest.block),
        block_cycles,
        Some(weights),
        of(|rest| rest.code),
        of(|rest| rest.blocks_code),
        Some(state),
        Some(stack),
        of(|rest| rest.blocks_stack),
    ]
}
