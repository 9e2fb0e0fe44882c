//! Compares the output of a program with the committed files and with the runs that Keras recorded.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Two computations of a number may differ by so much; and printing rounds both to six decimals.
const TOLERANCE: f64 = 1e-5 + 1e-6;

/// Whether two texts are the same but for numbers that differ within the tolerance; else where they differ.
pub(super) fn texts(printed: &str, expected: &str) -> Result<()> {
    let (mut printed_lines, mut expected_lines) = (printed.lines(), expected.lines());
    for number in 1.. {
        match (printed_lines.next(), expected_lines.next()) {
            (None, None) => return Ok(()),
            (Some(printed), Some(expected)) if lines(printed, expected) => {}
            (printed, expected) => {
                let end = "the end";
                bail!(
                    "line {number}:\n  printed  {}\n  expected {}",
                    printed.unwrap_or(end),
                    expected.unwrap_or(end)
                );
            }
        }
    }
    Ok(())
}

fn lines(printed: &str, expected: &str) -> bool {
    let (printed, expected) = (words(printed), words(expected));
    let same = |(printed, expected): (&&str, &&str)| {
        let number = |word: &str| word.parse::<f64>().ok().filter(|_| word.contains('.'));
        match (number(printed), number(expected)) {
            (Some(printed), Some(expected)) => (printed - expected).abs() <= TOLERANCE,
            _ => printed == expected,
        }
    };
    printed.len() == expected.len() && printed.iter().zip(&expected).all(same)
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// How far a size may be off: the larger of some bytes and a part of it. Cargo hashes the checkout's path into the names
/// of functions, by which they are sorted, and what the linker merges and aligns is then a little other.
const BYTES: f64 = 16.0;
const PART: f64 = 0.005;

/// The lines of a table of figures that are other than the committed ones. `place` is that of the word, from the end of
/// its line, that may be a little off.
pub(super) fn figures(is: &str, was: &str, place: usize, what: &str) -> Vec<String> {
    let close = |is: &str, was: &str| match (is.parse::<f64>(), was.parse::<f64>()) {
        (Ok(is), Ok(was)) => (is - was).abs() <= BYTES.max(PART * was),
        _ => is == was,
    };
    let same = |(is, was): &(&str, &str)| {
        let (is, was) = (words(is), words(was));
        let mut pairs = is.iter().rev().zip(was.iter().rev()).enumerate();
        is.len() == was.len()
            && pairs.all(|(at, (is, was))| is == was || at == place && close(is, was))
    };
    let pairs = is.lines().zip(was.lines()).filter(|pair| !same(pair));
    let mut differences: Vec<_> = pairs
        .map(|(is, was)| format!("{what} differs:\n  measured  {is}\n  committed {was}"))
        .collect();
    if is.lines().count() != was.lines().count() {
        differences.push(format!("{what} has another number of lines than the committed one"));
    }
    differences
}

/// The runs that Keras recorded: a network's name, and its output for each frame.
pub(super) struct Golden {
    outputs: HashMap<&'static str, Vec<Option<Vec<f64>>>>,
}

impl Golden {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let files = [
            ("notebook_v1", "tests/weights/notebook_v1.json"),
            ("notebook_v2", "tests/weights/notebook_v2.json"),
            ("notebook_v3", "tests/weights/notebook_v3.json"),
            ("notebook_v4", "tests/weights/notebook_v4.json"),
            ("waveshaper", "examples/waveshaper/weights.json"),
            ("tcn", "tests/weights/keras/tcn.json"),
            ("wavenet", "tests/weights/keras/wavenet_stack.json"),
            ("keywords", "tests/weights/keras/keywords.json"),
            ("amp", "tests/weights/keras/amp.json"),
            ("a1_nano", "examples/amp/a1_nano.json"),
            ("a2_lite", "examples/amp/a2_lite.json"),
        ];
        let mut outputs = HashMap::new();
        for (name, file) in files {
            let text = fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
            let mut json: Value = serde_json::from_str(&text).with_context(|| file.to_owned())?;
            let output = json
                .pointer_mut("/reference/output")
                .context("the file has no recorded run")?
                .take();
            outputs.insert(name, serde_json::from_value(output)?);
        }
        Ok(Self { outputs })
    }

    /// Compares every printed line `network frame numbers…`; returns how many there were.
    pub(super) fn compare(&self, printed: &str) -> Result<usize> {
        let mut compared = 0;
        for line in printed.lines() {
            let words = words(line);
            let Some((outputs, frame)) = words
                .first()
                .and_then(|name| self.outputs.get(name))
                .zip(words.get(1).and_then(|frame| frame.parse::<usize>().ok()))
            else {
                continue;
            };
            let expected = match outputs
                .get(frame)
                .with_context(|| format!("the recorded run has no such frame: {line}"))?
            {
                Some(numbers) => numbers.iter().map(|y| format!("{y:.9}")).collect::<Vec<_>>(),
                None => vec!["none".to_owned()],
            };
            let expected =
                format!("{} {frame} {}", words.first().unwrap_or(&""), expected.join(" "));
            if !lines(line, &expected) {
                bail!(
                    "the output differs from that of Keras:\n  printed  {line}\n  expected {expected}"
                );
            }
            compared += 1;
        }
        Ok(compared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_may_differ_by_what_a_path_does() {
        let same = |is, was, place| figures(is, was, place, "size").is_empty();
        assert!(same("M3 no_panic 48872 0 4", "M3 no_panic 48948 0 4", 2));
        assert!(same("| M3 | 792 |", "| M3 | 784 |", 1));
        assert!(!same("M3 no_panic 48948 0 8", "M3 no_panic 48948 0 4", 2));
        assert!(!same("M3 no_panic 49300 0 4", "M3 no_panic 48948 0 4", 2));
        assert!(!same("M4 no_panic 48948 0 4", "M3 no_panic 48948 0 4", 2));
        assert!(!same("M3 1", "M3 1\nM4 1", 0));
    }

    #[test]
    fn numbers_may_differ_in_the_last_digit_and_nothing_else_may() {
        assert!(texts("net 3 0.123456\nend", "net 3 0.123460\nend").is_ok());
        assert!(texts("net 3 0.123456", "net 3 0.123476").is_err());
        assert!(texts("net 3 0.123456", "net 4 0.123456").is_err());
        assert!(texts("net 3 0.1", "net 3 0.1 0.2").is_err());
        assert!(texts("net 3 0.1", "net 3 0.1\nend").is_err());
        assert!(texts("net 3 nan.", "net 3 0.1").is_err());
    }
}
