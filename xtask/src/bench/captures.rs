//! The table of flash that a second network of the same shape takes, and second weights in a list of one network.

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

/// With one network, with two of one shape, and with one that has a list of two or three weights files.
const COUNTS: [&str; 4] = ["1", "2", "list of 2", "list of 3"];

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
    // No network has a list of no weights.
    let jobs: Vec<_> =
        [("none", "1")].into_iter().chain(networks.iter().copied().flat_map(counted)).collect();
    let measure = |_: &_, folder: &PathBuf| cost(core, folder);
    let costs = workers::each(&jobs, |(network, count)| text(network, count), measure)?;
    let (nothing, costs) = costs.split_first().context("no sizes")?;
    let row = |(network, costs): (&&str, &[Cost])| {
        let [one, two, list, longer] = costs else { return None };
        // A list has its weights once; those of one network are also numbers in its instructions. So lists are compared with lists.
        let another = |more: &Cost, less: &Cost| {
            more.text.checked_sub(less.text)?.checked_sub(one.weights).map(Some)
        };
        let flash = |of: &Cost| of.text.checked_sub(nothing.text);
        let figures = vec![
            flash(one),
            flash(two),
            flash(list),
            Some(one.weights),
            another(two, one)?,
            another(longer, list)?,
        ];
        Some(Row { key: vec![(*network).to_owned()], figures })
    };
    let rows: Option<Vec<_>> = networks.iter().zip(costs.chunks(COUNTS.len())).map(row).collect();
    Ok(Table {
        keys: &["network"],
        columns: &[
            "one network",
            "two",
            "a list of two",
            "weights of one",
            "code of the second",
            "of another in the list",
        ],
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
