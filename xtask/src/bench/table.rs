//! The table of figures: as it is written, read back and compared.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};

/// The columns of figures.
pub(super) const FIGURES: [&str; 12] = [
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

/// How much worse than the committed figure one may be.
const TOLERANCE: f64 = 1.02;

/// The place of the column `code`.
pub(super) const CODE: usize = 7;

/// `None` where there is no such figure.
pub(super) type Figures = [Option<u64>; FIGURES.len()];

/// What a row's figures are of: network, core and kernel.
pub(super) type Key = [String; 3];

pub(super) struct Row {
    pub(super) key: Key,
    pub(super) figures: Figures,
}

pub(super) fn table(rows: &[Row]) -> String {
    let mut table = format!("| network | core | kernel | {} |\n", FIGURES.join(" | "));
    table += &format!("|---|---|---|{}\n", "---:|".repeat(FIGURES.len()));
    for Row { key, figures } in rows {
        let figures = figures
            .map(|figure| figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string()));
        table += &format!("| {} | {} |\n", key.join(" | "), figures.join(" | "));
    }
    table
}

/// The figures of a table, by what they are of.
fn parse(table: &str) -> HashMap<Key, Vec<Option<u64>>> {
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<_> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let (key, figures) = cells.split_first_chunk::<3>()?;
        let figure = |cell: &String| match cell.as_str() {
            "-" => Some(None),
            number => number.parse().ok().map(Some),
        };
        Some((key.clone(), figures.iter().map(figure).collect::<Option<_>>()?))
    });
    rows.collect()
}

/// The figures that are worse than those of a committed table.
pub(super) fn worse(rows: &[Row], committed: &str) -> Result<Vec<String>> {
    let committed = parse(committed);
    if committed.len() != rows.len() {
        bail!("BENCHMARKS.md has {} rows, expected {}", committed.len(), rows.len());
    }
    let mut worse = Vec::new();
    for Row { key, figures } in rows {
        let was = committed.get(key).filter(|was| was.len() == FIGURES.len());
        let was = was.with_context(|| format!("BENCHMARKS.md has no row {}", key.join(", ")))?;
        for ((name, is), was) in FIGURES.iter().zip(figures).zip(was) {
            let is_worse = match (is, was) {
                #[allow(clippy::cast_precision_loss, reason = "the figures are far from 2^52")]
                (Some(is), Some(was)) => *is as f64 > *was as f64 * TOLERANCE,
                (None, None) => false,
                // A figure came or went: what is committed says nothing about it.
                _ => true,
            };
            if is_worse {
                let [is, was] =
                    [is, was].map(|figure| figure.map_or("-".to_owned(), |f| f.to_string()));
                worse.push(format!("{}: {name} {is}, was {was}", key.join(", ")));
            }
        }
    }
    Ok(worse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(figures: Figures) -> Row {
        Row { key: ["daisy", "Cortex-M4F", "portable"].map(str::to_owned), figures }
    }

    #[test]
    fn a_figure_may_be_two_percent_worse() {
        let committed = table(&[row([Some(100); FIGURES.len()])]);
        let is_worse = |figure| {
            let mut figures = [Some(100); FIGURES.len()];
            figures[1] = figure;
            worse(&[row(figures)], &committed).unwrap()
        };
        assert!(is_worse(Some(50)).is_empty());
        assert!(is_worse(Some(102)).is_empty());
        let said = ["daisy, Cortex-M4F, portable: instructions, mean 103, was 100"];
        assert_eq!(is_worse(Some(103)), said);
        assert_eq!(is_worse(None).len(), 1);
    }

    #[test]
    fn another_number_of_rows_or_columns_is_an_error() {
        let rows = [row([Some(100); FIGURES.len()])];
        assert!(worse(&rows, "").is_err());
        assert!(worse(&rows, &table(&rows).replace("portable", "other")).is_err());
        assert!(worse(&rows, &table(&rows).replace("| 100 |\n", "|\n")).is_err());
    }
}
