//! The table of what networks cost: instructions, cycles, flash, RAM and stack.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::table::{Row, Table};
use super::{BLOCK, NETWORKS, Only, Pushes, cores, one_number, peer, runs_on, workers};
use crate::cores::{Core, Kernel};
use crate::program::Builder;
use crate::size::Size;
use crate::{pipeline, stack};

const COLUMNS: [&str; 12] = [
    "multiply-accumulates",
    "instructions, mean",
    "worst",
    "cycles",
    "in blocks",
    "cycles in blocks",
    "weights",
    "code",
    "with blocks",
    "RAM",
    "stack",
    "of blocks",
];

/// The program without a network.
const NOTHING: &str = "none";

/// Instructions of the call around a push at most, which are in the count and not in the trace, or the other way round.
const CALL: u64 = 8;

struct Job {
    core: &'static Core,
    /// `None` for the peer.
    kernel: Option<Kernel>,
    network: &'static str,
}

/// What single pushes cost.
struct Push {
    counts: Pushes,
    cycles: Option<u64>,
    stack: u64,
}

/// The programs count single pushes where an instruction takes `2^SHIFT` nanoseconds.
const SHIFT: u32 = 10;

/// What blocks cost: instructions and cycles a frame.
struct Blocks {
    mean: u64,
    cycles: Option<u64>,
    stack: u64,
}

/// What is measured of a job: sizes are those of the program with single pushes, and of that with blocks too.
struct Measured {
    push: Option<Push>,
    blocks: Option<Blocks>,
    sizes: [Option<u64>; 2],
}

/// Measures; says by which compilers.
pub(super) fn measure(only: &Only) -> Result<(String, Table)> {
    let mut compilers = Vec::new();
    let mut builders = HashMap::new();
    let mut jobs = Vec::new();
    for core in cores().filter(|core| only.has_core(core.name)) {
        for &kernel in core.kernels.iter().filter(|kernel| only.has_kernel(kernel.name())) {
            let networks = NETWORKS.into_iter().filter(|network| only.has_network(network));
            let networks: Vec<_> =
                networks.filter(|network| runs_on(network, core, kernel)).collect();
            if networks.is_empty() {
                continue;
            }
            let builder = Builder::new(core, kernel)?;
            compilers.push(builder.compilers()?);
            builders.insert((core.name, kernel.name()), builder);
            let networks = [NOTHING].into_iter().chain(networks);
            jobs.extend(networks.map(|network| Job { core, kernel: Some(kernel), network }));
        }
        let has_unit = core.target.ends_with("hf");
        if has_unit && only.has_network(peer::NETWORK) && only.has_kernel(peer::KERNEL) {
            jobs.push(Job { core, kernel: None, network: peer::NETWORK });
        }
    }
    let build = |job: &Job| -> Result<PathBuf> {
        let Some(kernel) = job.kernel else { return peer::build(job.core) };
        let builder = builders.get(&(job.core.name, kernel.name())).context("no builder")?;
        let arguments = ["-p", "streaming-net-bench", "--bin", "push", "--bin", "blocks"];
        let built = builder.build(&arguments, &[("BENCH", job.network)])?;
        builder.keep(&built, &["push", "blocks"], job.network)
    };
    let done =
        |job: &Job, built: &PathBuf| job.measure(built).with_context(|| job.key().join(", "));
    let measured = workers::each(&jobs, build, done)?;
    compilers.dedup();
    let by = format!("By {}.\n\n", compilers.join("; "));
    Ok((
        by,
        Table {
            keys: &["network", "core", "kernel"],
            columns: &COLUMNS,
            rows: rows(&jobs, &measured)?,
        },
    ))
}

fn rows(jobs: &[Job], measured: &[Measured]) -> Result<Vec<Row>> {
    let (mut rows, mut nothing) = (Vec::new(), [None; 2]);
    for (job, measured) in jobs.iter().zip(measured) {
        if job.network == NOTHING {
            nothing = measured.sizes;
            continue;
        }
        let push = measured.push.as_ref().context("no pushes")?;
        let code = |place: usize| -> Result<Option<u64>> {
            // The peer's size is that of its code alone.
            let Some(size) = measured.sizes[place].filter(|_| job.kernel.is_some()) else {
                return Ok(measured.sizes[place]);
            };
            let without = nothing[place].unwrap_or_default() + push.counts.weights;
            let code = size.checked_sub(without);
            code.map(Some).context("the program is smaller than its weights")
        };
        let blocks = measured.blocks.as_ref();
        let figures = vec![
            Some(push.counts.macs),
            Some(push.counts.mean),
            Some(push.counts.worst),
            push.cycles,
            blocks.map(|blocks| blocks.mean),
            blocks.and_then(|blocks| blocks.cycles),
            Some(push.counts.weights),
            code(0)?,
            code(1)?,
            Some(push.counts.state),
            Some(push.stack),
            blocks.map(|blocks| blocks.stack),
        ];
        rows.push(Row { key: job.key().to_vec(), figures });
    }
    rows.sort_by_key(|row| {
        NETWORKS.iter().position(|network| row.key.first().is_some_and(|key| key == network))
    });
    Ok(rows)
}

impl Job {
    fn key(&self) -> [String; 3] {
        [self.network, self.core.name, self.kernel.map_or(peer::KERNEL, Kernel::name)]
            .map(str::to_owned)
    }

    fn measure(&self, built: &Path) -> Result<Measured> {
        let Some(kernel) = self.kernel else {
            let push = Some(push(self.core, built)?);
            return Ok(Measured { push, blocks: None, sizes: [Some(peer::code(built)?), None] });
        };
        let [single, several] = [built.join("push"), built.join("blocks")];
        let sizes = [Some(Size::of(&single)?.text), Some(Size::of(&several)?.text)];
        if self.network == NOTHING {
            return Ok(Measured { push: None, blocks: None, sizes });
        }
        let push = push(self.core, &single)?;
        let blocks = blocks(self.core, kernel, &several)?;
        // The loop over single pushes costs a little.
        let is_more = |block: u64, push: u64| block > push + push / 20 + 30;
        let (block, push_alone) = (blocks.mean, push.counts.mean);
        let cycles = blocks.cycles.zip(push.cycles);
        if is_more(block, push_alone) && cycles.is_none_or(|(block, push)| is_more(block, push)) {
            bail!(
                "a frame takes more instructions in a block ({block}) than in a `push` ({push_alone})"
            );
        }
        Ok(Measured { push: Some(push), blocks: Some(blocks), sizes })
    }
}

fn push(core: &Core, program: &Path) -> Result<Push> {
    let counts = Pushes::count(core, program, SHIFT)?;
    let mut cycles = None;
    if pipeline::is_modelled(core) {
        let first = pipeline::first_call(core, program, "push_net")?;
        // Rings start with one part empty, which is a little less.
        let (least, most) = (counts.mean - counts.mean / 1000, counts.worst + CALL);
        if first.instructions + CALL < least || first.instructions > most {
            bail!(
                "the first push has {} instructions, expected {least} to {most}",
                first.instructions
            );
        }
        cycles = first.cycles;
    }
    let stack = stack::deepest(program, "push_net", 1)?;
    Ok(Push { counts, cycles, stack })
}

/// With CMSIS-DSP, a block's frames take what single pushes take, and their cycles are not modelled again.
fn blocks(core: &Core, kernel: Kernel, program: &Path) -> Result<Blocks> {
    let mut cycles = None;
    if pipeline::is_modelled(core) && kernel == Kernel::Portable {
        let first = pipeline::first_call(core, program, "push_block_net")?;
        cycles = first.cycles.map(|cycles| cycles.div_ceil(BLOCK));
    }
    let mean = one_number(&core.run(program, 7)?)?;
    Ok(Blocks { mean, cycles, stack: stack::deepest(program, "push_block_net", 1)? })
}
