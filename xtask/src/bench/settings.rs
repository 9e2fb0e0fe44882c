//! The table of instructions by compiler settings.

use std::path::Path;

use anyhow::Result;

use super::table::{Row, Table};
use super::{BLOCK, one_number, workers};
use crate::cores::{self, Core, Kernel};
use crate::pipeline;
use crate::program::{Builder, Settings};

const CORE: &str = "Cortex-M7F";

pub(super) const NETWORKS: [&str; 5] = ["daisy", "a2_lite", "conv_gru", "tcn", "lstm40_fast"];

const WAYS: [&str; 2] = ["push", "blocks"];

pub(super) fn measure(has_network: impl Fn(&str) -> bool) -> Result<Table> {
    let core = cores::find(CORE)?;
    let networks: Vec<_> = NETWORKS.into_iter().filter(|network| has_network(network)).collect();
    let of = |settings: Settings| networks.iter().map(move |network| (settings, *network));
    let jobs: Vec<_> = Settings::ALL.into_iter().flat_map(of).collect();
    let mut builder = Builder::new(core, Kernel::Portable)?;
    let build = |(settings, network): &(Settings, &str)| {
        builder.settings = *settings;
        let arguments = ["-p", "streaming-net-bench", "--bin", "push", "--bin", "blocks"];
        let folder = builder.build(&arguments, &[("BENCH", network)])?;
        builder.keep(&folder, &WAYS, network)
    };
    let counts =
        workers::each(&jobs, build, |(settings, _), folder| count(core, *settings, folder))?;
    let mut rows = Vec::new();
    for network in &networks {
        for (place, way) in WAYS.iter().enumerate() {
            let of = |(job, counts): (&(Settings, &str), &[u64; 2])| {
                (job.1 == *network).then_some(counts[place])
            };
            let figures = jobs.iter().zip(&counts).filter_map(of).map(Some).collect();
            rows.push(Row { key: [*network, way].map(str::to_owned).to_vec(), figures });
        }
    }
    Ok(Table { keys: &["network", "by"], columns: &Settings::NAMES, rows })
}

/// Instructions a frame, by `push` and in blocks.
fn count(core: &Core, settings: Settings, folder: &Path) -> Result<[u64; 2]> {
    let push = pipeline::instructions(core, &folder.join("push"), "push_net")?;
    let blocks = folder.join("blocks");
    let block = if settings == Settings::Dev {
        // A log of so many is long. The program counts in units of 128 nanoseconds, and an instruction takes 2 here, for
        // the timer to last.
        one_number(&core.run(&blocks, 1)?)? * 64
    } else {
        pipeline::instructions(core, &blocks, "push_block_net")?.div_ceil(BLOCK)
    };
    Ok([push, block])
}
