//! The table of flash that a second network of the same shape takes.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::table::{Row, Table};
use super::{one_number, workers};
use crate::cores::{self, Core, Kernel};
use crate::firmware::SHIFT;
use crate::program::Builder;
use crate::size::Size;

const CORE: &str = "Cortex-M7F";

pub(super) const NETWORKS: [&str; 4] = ["daisy", "a1_feather", "a1_standard", "a2_lite"];

/// With one network, and with two of one shape.
const COUNTS: [&str; 2] = ["1", "2"];

pub(super) fn measure(has_network: impl Fn(&str) -> bool) -> Result<Table> {
    let core = cores::find(CORE)?;
    let builder = Builder::new(core, Kernel::Portable)?;
    let text = |network: &str, count: &str| -> Result<PathBuf> {
        let arguments = ["-p", "streaming-net-bench", "--bin", "pair"];
        let folder = builder.build(&arguments, &[("BENCH", network), ("COUNT", count)])?;
        builder.keep(&folder, &["pair"], &format!("{network}-{count}"))
    };
    let networks: Vec<_> = NETWORKS.into_iter().filter(|network| has_network(network)).collect();
    let counted = |network: &'static str| COUNTS.map(|count| (network, count));
    let jobs: Vec<_> =
        ["none"].into_iter().chain(networks.iter().copied()).flat_map(counted).collect();
    let measure = |_: &_, folder: &PathBuf| cost(core, folder);
    let costs = workers::each(&jobs, |(network, count)| text(network, count), measure)?;
    let (nothing, costs) = costs.split_at_checked(COUNTS.len()).context("no sizes")?;
    let nothing = nothing.first().map_or(0, |cost| cost.text);
    let row = |(network, costs): (&&str, &[Cost])| {
        let [one, two] = costs else { return None };
        let second = two.text.checked_sub(one.text)?.checked_sub(one.weights)?;
        let sums = [one.text, two.text].map(|text| text.checked_sub(nothing));
        let figures = vec![sums[0], sums[1], Some(one.weights), Some(second)];
        Some(Row { key: vec![(*network).to_owned()], figures })
    };
    let rows: Option<Vec<_>> = networks.iter().zip(costs.chunks(COUNTS.len())).map(row).collect();
    Ok(Table {
        keys: &["network"],
        columns: &["one network", "two", "weights of one", "code of the second"],
        rows: rows.context("a program is smaller than its weights")?,
    })
}

struct Cost {
    text: u64,
    weights: u64,
}

fn cost(core: &Core, folder: &Path) -> Result<Cost> {
    let program = folder.join("pair");
    let weights = one_number(&core.run(&program, SHIFT)?)?;
    Ok(Cost { text: Size::of(&program)?.text, weights })
}
