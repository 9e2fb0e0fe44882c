//! The table of flash that a second network of the same shape takes.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::table::{Row, Table};
use super::workers;
use crate::cores::{self, Kernel};
use crate::program::Builder;
use crate::size::Size;

const CORE: &str = "Cortex-M7F";

pub(super) const NETWORKS: [&str; 4] = ["daisy", "a1_feather", "a1_standard", "a2_lite"];

/// With one network, and with two of one shape.
const COUNTS: [&str; 2] = ["1", "2"];

pub(super) fn measure(has_network: impl Fn(&str) -> bool) -> Result<Table> {
    let builder = Builder::new(cores::find(CORE)?, Kernel::Portable)?;
    let text = |network: &str, count: &str| -> Result<PathBuf> {
        let arguments = ["-p", "streaming-net-bench", "--bin", "pair"];
        let folder = builder.build(&arguments, &[("BENCH", network), ("COUNT", count)])?;
        builder.keep(&folder, &["pair"], &format!("{network}-{count}"))
    };
    let networks: Vec<_> = NETWORKS.into_iter().filter(|network| has_network(network)).collect();
    let counted = |network: &'static str| COUNTS.map(|count| (network, count));
    let jobs: Vec<_> =
        ["none"].into_iter().chain(networks.iter().copied()).flat_map(counted).collect();
    let measure = |_: &_, folder: &PathBuf| size(folder);
    let sizes = workers::each(&jobs, |(network, count)| text(network, count), measure)?;
    let (nothing, sizes) = sizes.split_at_checked(COUNTS.len()).context("no sizes")?;
    let nothing = nothing.first().copied().unwrap_or_default();
    let row = |(network, sizes): (&&str, &[u64])| {
        let [one, two] = *sizes else { return None };
        let figures = [one.checked_sub(nothing)?, two.checked_sub(nothing)?, two.checked_sub(one)?];
        Some(Row { key: vec![(*network).to_owned()], figures: figures.map(Some).to_vec() })
    };
    let rows: Option<Vec<_>> = networks.iter().zip(sizes.chunks(COUNTS.len())).map(row).collect();
    Ok(Table {
        keys: &["network"],
        columns: &["one network", "two", "the second"],
        rows: rows.context("a program is smaller than one without a network")?,
    })
}

fn size(folder: &Path) -> Result<u64> {
    Ok(Size::of(&folder.join("pair"))?.text)
}
