//! Rows of `BENCHMARKS.md` on other pages: the table of captures in `docs/book/src/pedals.md`, in a guitarist's words, and that
//! of compiler settings in `docs/book/src/performance.md`.

use super::{INTEGERS, NETWORKS, column};
use crate::program::Settings;

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
    let is_capture = |name: &&&str| {
        (name.starts_with("a1_") || name.starts_with("a2_")) && !name.ends_with(INTEGERS)
    };
    for network in NETWORKS.iter().filter(is_capture) {
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

/// The page with the table of settings.
pub(super) const SETTINGS: &str = "docs/book/src/performance.md";

/// The network in that table.
const SETTINGS_OF: &str = "a2_lite";

/// The columns of that table, and which rows of the other they are.
const WAYS: [(&str, &str); 2] =
    [("instructions a sample, blocks of 48", "blocks"), ("`push`", "push")];

/// The table of settings on its page, from that of all networks.
pub(super) fn settings(benchmarks: &str) -> String {
    let names = WAYS.map(|(name, _)| name).join(" | ");
    let mut table =
        format!("| Neural Amp Modeler's A2-Lite on a Cortex-M7F | {names} |\n|---|---:|---:|\n");
    for settings in Settings::NAMES {
        let figure = |(_, way): &(_, &'static str)| {
            column(benchmarks, &[SETTINGS_OF, *way], settings)
                .next()
                .map(|(_, figure)| figure.to_owned())
        };
        let label = match settings {
            "dev" => "the `dev` profile".to_owned(),
            level => format!("`opt-level = {}`", level.trim_matches('`')),
        };
        if let Some(figures) = WAYS.iter().map(figure).collect::<Option<Vec<_>>>() {
            table += &format!("| {label} | {} |\n", figures.join(" | "));
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
        let page = Region::read("docs/book/src/pedals.md", "bench").unwrap();
        assert_eq!(
            page.text,
            captures(&benchmarks.text),
            "`cargo xtask bench --bless` writes it anew"
        );
    }

    #[test]
    fn the_page_has_the_settings_of_the_benchmarks() {
        let benchmarks = Region::read("BENCHMARKS.md", "bench --table settings").unwrap();
        let page = Region::read(SETTINGS, "bench --table settings").unwrap();
        assert_eq!(
            page.text,
            settings(&benchmarks.text),
            "`cargo xtask bench --bless` writes it anew"
        );
    }

    #[test]
    fn settings_have_their_figures() {
        let table = "| network | by | `3` | `\"s\"` | `\"z\"` | dev |\n| a2_lite | push | 1 | 2 | 3 | 4 |\n\
                     | a2_lite | blocks | 5 | 6 | 7 | 8 |\n";
        let rows: Vec<_> = settings(table).lines().skip(2).map(str::to_owned).collect();
        let expected = [
            "| `opt-level = 3` | 5 | 1 |",
            "| `opt-level = \"s\"` | 6 | 2 |",
            "| `opt-level = \"z\"` | 7 | 3 |",
            "| the `dev` profile | 8 | 4 |",
        ];
        assert_eq!(rows, expected);
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
