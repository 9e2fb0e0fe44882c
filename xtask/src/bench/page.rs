//! The table of captures in `docs/neural_amp_modeler.md`: rows of `BENCHMARKS.md`, in a guitarist's words.

use super::table::FIGURES;

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
    for line in benchmarks.lines() {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let Some(([network, core, kernel], figures)) = cells.split_first_chunk() else { continue };
        let is_capture = network.starts_with("a1_") || network.starts_with("a2_");
        if is_capture && [*core, *kernel] == SHOWN {
            let figure = |(column, _): &(&str, _)| {
                let place = FIGURES.iter().position(|figure| figure == column);
                place.and_then(|place| figures.get(place)).map_or("-", |figure| figure)
            };
            let figures: Vec<_> = COLUMNS.iter().map(figure).collect();
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
        let row = |network, core| {
            format!(
                "| {network} | {core} | portable | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 |\n"
            )
        };
        let table =
            row("a1_10_10", "Cortex-M4F") + &row("a1_10_10", SHOWN[0]) + &row("nano", SHOWN[0]);
        let rows: Vec<_> = captures(&table).lines().skip(2).map(str::to_owned).collect();
        assert_eq!(rows, ["| `a1_10_10` | 1 | 5 | 2 | 9 | 6 |"]);
    }
}
