//! The costs of `src/costs.json` are those of BENCHMARKS.md. `UPDATE_EXPECT=1` writes the file anew.

#[path = "../../examples/firmware/bench/networks.rs"]
mod networks;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use proc_macro2::TokenStream;
use streaming_net_compiler::report::Work;
use streaming_net_compiler::{Folders, compile};

/// A core of BENCHMARKS.md, a chip that has it, the highest clock of that in MHz, and what is counted.
///
/// Where the clocks are from: table 14 of the data sheet of STM32F405 and STM32F407; the product brief of the
/// Raspberry Pi Pico, for the RP2040; Zephyr's page on the development kit of the Ensemble E8, for its high-performance cores. Those
/// of the STM32H743 and of the RP2350 are from descriptions of the chips by others.
const CORES: [(&str, &str, u32, &str); 5] = [
    ("Cortex-M4F", "STM32F405", 168, "cycles"),
    ("Cortex-M7F", "STM32H743", 480, "cycles"),
    ("Cortex-M33", "RP2350", 150, "cycles"),
    ("Cortex-M55", "Ensemble E8", 400, "instructions"),
    ("Cortex-M0+", "RP2040", 133, "instructions"),
];

/// The worst push of a core without a floating-point unit, which BENCHMARKS.md does not have. Instructions depend on the numbers
/// there. `cortex_m0plus.txt` says how they were counted.
const SOFT_FLOAT: &str = include_str!("cortex_m0plus.txt");

/// What costs are of: multiply-accumulates, functions, operations.
type Row = [f64; 3];

/// What a push of a network of the benchmarks computes.
fn row(name: &str, folder: &Path) -> Row {
    let call = networks::declare(name, "Net", &[7], folder);
    let text = call.trim_start_matches("streaming_net! {").trim_end().trim_end_matches('}');
    let tokens: TokenStream = text.parse().unwrap();
    let folders = Folders {
        manifest: folder.to_owned(),
        out: Some(folder.to_owned()),
        working: folder.to_owned(),
    };
    let compiled = compile(tokens, &folders);
    assert!(compiled.mistakes.is_empty(), "{name}: {:?}", compiled.mistakes);
    let Work { macs, functions, fast_functions, operations } = compiled.networks[0].work;
    let of = |count: usize| f64::from(u32::try_from(count).unwrap());
    [of(macs), of(functions) + of(fast_functions) / 3.0, of(operations)]
}

/// The figures of a core in BENCHMARKS.md, for each network.
fn figures(page: &str, core: &str, counts: &str) -> Vec<(String, f64)> {
    // Network, core, kernel, multiply-accumulates, mean, worst, cycles.
    let column = if counts == "cycles" { 6 } else { 5 };
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let is_row = cells.len() > 8 && cells[1] == core && cells[2] == "portable";
        is_row.then(|| (cells[0].to_owned(), cells[column].parse().unwrap()))
    });
    rows.collect()
}

/// The costs, none below 0, that make the sum of squares of the relative errors least.
fn fit(rows: &[(Row, f64)]) -> Row {
    let mut costs: Row = [0.0; 3];
    let scaled: Vec<Row> = rows.iter().map(|(row, taken)| row.map(|count| count / taken)).collect();
    // Cost by cost, until none changes.
    let mut is_done = false;
    while !is_done {
        is_done = true;
        for place in 0..costs.len() {
            let (mut product, mut square) = (0.0, 0.0);
            for row in &scaled {
                let others: f64 = (0..costs.len())
                    .filter(|other| *other != place)
                    .map(|other| row[other] * costs[other])
                    .sum();
                product += row[place] * (1.0 - others);
                square += row[place] * row[place];
            }
            let cost = (product / square).max(0.0);
            is_done &= (cost - costs[place]).abs() <= 1e-6 * cost;
            costs[place] = cost;
        }
    }
    costs
}

fn estimate(costs: &Row, row: &Row) -> f64 {
    costs.iter().zip(row).map(|(cost, count)| cost * count).sum()
}

#[test]
fn costs_are_those_of_the_benchmarks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("BENCHMARKS.md")).unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut lines = Vec::new();
    for (core, chip, megahertz, counts) in CORES {
        let page = if core == "Cortex-M0+" { SOFT_FLOAT } else { &page };
        let figures = figures(page, core, counts);
        assert!(figures.len() >= 6, "{core}: {} rows", figures.len());
        let known: Vec<(Row, f64)> = figures
            .into_iter()
            .map(|(name, taken)| {
                let row = *rows.entry(name.clone()).or_insert_with(|| row(&name, &folder));
                (row, taken)
            })
            .collect();
        let costs = fit(&known);
        // Each network by the figures of the others.
        let ratios = (0..known.len()).map(|left_out| {
            let mut others = known.clone();
            let (row, taken) = others.remove(left_out);
            taken / estimate(&fit(&others), &row)
        });
        let ratios: Vec<f64> = ratios.collect();
        let from = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let to = ratios.iter().copied().fold(0.0, f64::max);
        let [mac, function, operation] = costs;
        lines.push(format!(
            r#"  {{
    "name": "{core}",
    "chip": "{chip}",
    "megahertz": {megahertz},
    "counts": "{counts}",
    "mac": {mac:.2},
    "function": {function:.1},
    "operation": {operation:.1},
    "networks": {},
    "from": {from:.2},
    "to": {to:.2}
  }}"#,
            known.len()
        ));
    }
    expect_file!["../src/costs.json"].assert_eq(&format!("[\n{}\n]\n", lines.join(",\n")));
}
