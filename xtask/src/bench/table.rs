//! A table of figures: as it is written, read back and compared.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};

/// How much worse than the committed figure one may be.
const TOLERANCE: f64 = 1.02;

pub(super) struct Table {
    /// The names of the columns that say what a row's figures are of, and of the figures.
    pub(super) keys: &'static [&'static str],
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) key: Vec<String>,
    /// One a column; `None` where there is no such figure.
    pub(super) figures: Vec<Option<u64>>,
}

impl Table {
    pub(super) fn text(&self) -> String {
        let mut text = format!("| {} | {} |\n", self.keys.join(" | "), self.columns.join(" | "));
        text +=
            &format!("|{}{}\n", "---|".repeat(self.keys.len()), "---:|".repeat(self.columns.len()));
        for Row { key, figures } in &self.rows {
            let figures: Vec<_> = figures.iter().copied().map(cell).collect();
            text += &format!("| {} | {} |\n", key.join(" | "), figures.join(" | "));
        }
        text
    }

    /// The figures of a table, by what they are of.
    fn parse(&self, table: &str) -> HashMap<Vec<String>, Vec<Option<u64>>> {
        let rows = table.lines().filter_map(|line| {
            let (key, figures) =
                cells(line).split_at_checked(self.keys.len()).map(|(key, figures)| {
                    (key.iter().map(|&cell| cell.to_owned()).collect(), figures.to_vec())
                })?;
            let figure = |cell: &str| match cell {
                "-" => Some(None),
                number => number.parse().ok().map(Some),
            };
            Some((key, figures.into_iter().map(figure).collect::<Option<_>>()?))
        });
        rows.collect()
    }

    /// The figures that are worse than those of a committed table.
    pub(super) fn worse(&self, committed: &str) -> Result<Vec<String>> {
        let committed = self.parse(committed);
        if committed.len() != self.rows.len() {
            let (has, expected) = (committed.len(), self.rows.len());
            bail!(
                "BENCHMARKS.md has {has} rows of {}, expected {expected}",
                self.columns.join(", ")
            );
        }
        let mut worse = Vec::new();
        for Row { key, figures } in &self.rows {
            let was = committed.get(key).filter(|was| was.len() == self.columns.len());
            let was =
                was.with_context(|| format!("BENCHMARKS.md has no row {}", key.join(", ")))?;
            for ((name, &is), &was) in self.columns.iter().zip(figures).zip(was) {
                let is_worse = match (is, was) {
                    #[allow(clippy::cast_precision_loss, reason = "the figures are far from 2^52")]
                    (Some(is), Some(was)) => is as f64 > was as f64 * TOLERANCE,
                    (None, None) => false,
                    // A figure came or went: what is committed says nothing about it.
                    _ => true,
                };
                if is_worse {
                    worse.push(format!(
                        "{}: {name} {}, was {}",
                        key.join(", "),
                        cell(is),
                        cell(was)
                    ));
                }
            }
        }
        Ok(worse)
    }
}

fn cell(figure: Option<u64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string())
}

fn cells(line: &str) -> Vec<&str> {
    let inside = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    inside.map_or_else(Vec::new, |line| line.split('|').map(str::trim).collect())
}

/// The rows of a written table that start with `key`: the figure in the column called `column` of each, with its whole row.
pub(crate) fn column<'a>(
    table: &'a str,
    key: &'a [&str],
    column: &'a str,
) -> impl Iterator<Item = (Vec<&'a str>, &'a str)> {
    let mut rows = table.lines().map(cells).filter(|cells| !cells.is_empty());
    let header = rows.next().unwrap_or_default();
    let place = header.iter().position(|name| *name == column);
    let rows = rows.filter(|row| row.starts_with(key));
    rows.filter_map(move |row| {
        let figure = *row.get(place?)?;
        Some((row, figure))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(rows: &[&[Option<u64>]]) -> Table {
        let row = |figures: &&[Option<u64>]| Row {
            key: ["daisy", "Cortex-M4F"].map(str::to_owned).to_vec(),
            figures: figures.to_vec(),
        };
        Table {
            keys: &["network", "core"],
            columns: &["instructions", "RAM"],
            rows: rows.iter().map(row).collect(),
        }
    }

    #[test]
    fn a_figure_may_be_two_percent_worse() {
        let committed = with(&[&[Some(100); 2]]).text();
        let worse = |figure| with(&[&[figure, Some(100)]]).worse(&committed).unwrap();
        assert!(worse(Some(50)).is_empty());
        assert!(worse(Some(102)).is_empty());
        assert_eq!(worse(Some(103)), ["daisy, Cortex-M4F: instructions 103, was 100"]);
        assert_eq!(worse(None), ["daisy, Cortex-M4F: instructions -, was 100"]);
    }

    #[test]
    fn another_number_of_rows_or_columns_is_an_error() {
        let table = with(&[&[Some(100), None]]);
        assert!(table.worse("").is_err());
        assert!(table.worse(&table.text()).unwrap().is_empty());
        assert!(table.worse(&table.text().replace("M4F", "M7F")).is_err());
        assert!(table.worse(&table.text().replace("| - |\n", "|\n")).is_err());
    }

    #[test]
    fn a_figure_is_found_by_its_column() {
        let text = with(&[&[Some(1), Some(2)]]).text();
        let found = |key: &[&str], name| {
            column(&text, key, name).map(|(_, figure)| figure.to_owned()).next()
        };
        assert_eq!(found(&["daisy"], "RAM").as_deref(), Some("2"));
        assert_eq!(found(&["daisy", "Cortex-M4F"], "instructions").as_deref(), Some("1"));
        assert_eq!(found(&["nano"], "RAM"), None);
        assert_eq!(found(&["daisy"], "ROM"), None);
    }
}
