//! The table of captures in `docs/neural_amp_modeler.md`: rows of `BENCHMARKS.md`, in a guitarist's words.

use super::{NETWORKS, column};

/// The columns: what each is called there, and here.
const COLUMNS: [(&str, &str); 5] = [
    ("multiply-accumulates", "multiply-accumulates"),
    ("in blocks", "instructions a sample, in blocks"),
    ("instructions, mean", "by `push`"),
    ("RAM", "RAM, bytes"),
    ("weights", "weights, bytes"),
];

/// The core that it is for, and the kernel that is the faster one there.
const SHOWN: [&str; 2] = ["Cortex-M7F", "portable"];

/// The table, from that of all networks. Captures are called after their generation: `a1_10_10`, `a2_lite`.
pub(super) fn captures(benchmarks: &str) -> String {
    let names: Vec<_> = COLUMNS.iter().map(|(_, name)| *name).collect();
    let mut table = format!("| capture | {} |\n", names.join(" | "));
    table += &format!("|---|{}\n", "---:|".repeat(names.len()));
    for network in NETWORKS.iter().filter(|name| name.starts_with("a1_") || name.starts_with("a2_"))
    {
        let key = [&[*network][..], &SHOWN].concat();
        let figure = |(name, _): &(&'static str, _)| {
            column(benchmarks, &key, name).next().map(|(_, figure)| figure.to_owned())
        };
        if let Some(figures) = COLUMNS.iter().map(figure).collect::<Option<Vec<_>>>() {
            table += &format!("| `{network}` | {} |\n", figures.join(" | "));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Region;

    #[test]
    fn the_page_has_what_the_benchmarks_have() {
        let benchmarks = Region::read("BENCHMARKS.md", "bench").unwrap();
        let page = Region::read("docs/neural_amp_modeler.md", "bench").unwrap();
        assert_eq!(
            page.text,
            captures(&benchmarks.text),
            "`cargo xtask bench --bless` writes it anew"
        );
    }

    #[test]
    fn a_capture_has_its_figures_and_other_rows_have_none() {
        let head = "| network | core | kernel | in blocks | weights | multiply-accumulates | instructions, mean | RAM |\n";
        let row =
            |network, core| format!("| {network} | {core} | portable | 1 | 2 | 3 | 4 | 5 |\n");
        let table = [
            head.to_owned(),
            row("a1_10_10", "Cortex-M4F"),
            row("a1_10_10", SHOWN[0]),
            row("nano", SHOWN[0]),
        ];
        let rows: Vec<_> = captures(&table.concat()).lines().skip(2).map(str::to_owned).collect();
        assert_eq!(rows, ["| `a1_10_10` | 3 | 1 | 4 | 5 | 2 |"]);
    }
}
