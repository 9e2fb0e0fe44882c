//! The standard's own tests of operations, which `tests/onnx/check` makes: every one that is read gives the recorded outputs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde_json::Value as Json;

use super::super::{Network, Words, read};
use crate::errors::Errors;
use crate::eval::Machine;
use crate::passes;

/// An input or output of a run.
struct Recorded {
    shape: Vec<usize>,
    numbers: Vec<f64>,
}

impl Recorded {
    fn all(json: &Json) -> Vec<Self> {
        let size = |json: &Json| usize::try_from(json.as_u64().unwrap()).unwrap();
        let number = |json: &Json| json.as_f64().or_else(|| json.as_str()?.parse().ok()).unwrap();
        let list = |json: &Json| json.as_array().unwrap().clone();
        let one = |json: &Json| Self {
            shape: list(&json["shape"]).iter().map(size).collect(),
            numbers: list(&json["numbers"]).iter().map(number).collect(),
        };
        list(json).iter().map(one).collect()
    }

    /// The numbers at one place of an axis.
    fn frame(&self, axis: Option<usize>, place: usize) -> Vec<f64> {
        let Some(axis) = axis else { return self.numbers.clone() };
        let behind: usize = self.shape[axis + 1..].iter().product();
        let own = behind * self.shape[axis];
        let rows = self.numbers.chunks(own.max(1));
        rows.flat_map(|row| row[place * behind..(place + 1) * behind].to_vec()).collect()
    }
}

/// What became of a run.
enum Outcome {
    Right,
    Refused(String),
    Wrong(String),
}

fn outcome(file: &Path, run: &Json) -> Outcome {
    let time = run["time"].as_u64().map(|axis| usize::try_from(axis).unwrap());
    let words = Words { time, carries: true, ..Words::default() };
    let bytes = fs::read(file).unwrap();
    let network = match read(&bytes, &words, None, &proc_macro2::TokenStream::new()) {
        Ok(network) => network,
        Err(why) => return Outcome::Refused(why.to_string()),
    };
    let (mut graph, Network { outputs: ranges, .. }) = network;
    let mut errors = Errors::default();
    passes::align::align(&mut graph, &mut errors);
    passes::rewrite(&mut graph, &mut errors);
    if let Some(errors) = errors.finish() {
        return Outcome::Refused(errors.iter().map(ToString::to_string).collect());
    }
    let inputs = Recorded::all(&run["inputs"]);
    let expected = Recorded::all(&run["outputs"]);
    let frames = time.map_or(1, |axis| inputs[0].shape[axis]);
    let mut machine = Machine::<f64>::new(&graph);
    let mut found = Vec::new();
    for place in 0..frames {
        let frame: Vec<_> = inputs.iter().flat_map(|input| input.frame(time, place)).collect();
        if frame.len() != graph.inputs() {
            return Outcome::Wrong(format!("{} inputs for {}", graph.inputs(), frame.len()));
        }
        found.extend(machine.push(&frame, |_, _| {}).into_iter().flatten());
    }
    if found.is_empty() {
        return Outcome::Refused("no output within the recorded frames".to_owned());
    }
    let tolerance = run["tolerance"].as_f64().unwrap();
    let is_right = |output: &Recorded, range: std::ops::Range<usize>| {
        let found = found.iter().map(|frame| &frame[range.clone()]).collect::<Vec<_>>();
        agrees(output, &found, tolerance)
    };
    // A network of one output may have left out others, which are states.
    let all_right = if ranges.is_empty() {
        expected.iter().any(|output| is_right(output, 0..graph.outputs()))
    } else {
        let all = ranges
            .iter()
            .map(|(_, range)| expected.iter().any(|output| is_right(output, range.clone())));
        all.into_iter().all(|right| right)
    };
    if all_right {
        Outcome::Right
    } else {
        let sizes = expected.iter().map(|output| &output.shape).collect::<Vec<_>>();
        let expected =
            expected.first().map(|output| output.numbers.iter().take(6).collect::<Vec<_>>());
        Outcome::Wrong(format!(
            "time {time:?}: {} outputs of {}, {:?} …, where {sizes:?} {expected:?} … were recorded",
            found.len(),
            graph.outputs(),
            found[0].iter().take(6).collect::<Vec<_>>()
        ))
    }
}

/// Whether the frames are what was recorded, along whichever axis has as many.
fn agrees(output: &Recorded, found: &[&[f64]], tolerance: f64) -> bool {
    let channels = found[0].len();
    let frames = output.numbers.len() / channels;
    if frames * channels != output.numbers.len() {
        return false;
    }
    let near = |expected: &f64, found: &f64| {
        expected == found
            || expected.is_nan() && found.is_nan()
            || (expected - found).abs() <= tolerance * expected.abs().max(1.0)
    };
    let equal = |expected: &[f64], found: &[f64]| {
        expected.len() == found.len() && expected.iter().zip(found).all(|(a, b)| near(a, b))
    };
    if frames == 1 {
        return [found.first(), found.last()]
            .into_iter()
            .flatten()
            .any(|found| equal(&output.numbers, found));
    }
    // A stream goes on behind the end of a slice.
    let found = &found[..found.len().min(frames)];
    let axes = (0..output.shape.len()).filter(|axis| output.shape[*axis] == frames);
    let mut axes = axes.map(|axis| {
        found
            .iter()
            .enumerate()
            .all(|(place, found)| equal(&output.frame(Some(axis), place), found))
    });
    axes.any(|right| right)
}

/// Of one operation: the tests that pass, all tests, and why others do not.
#[derive(Default)]
struct Row {
    right: BTreeSet<String>,
    all: BTreeSet<String>,
    reasons: BTreeMap<String, usize>,
}

#[test]
fn suite() {
    let Ok(folder) = std::env::var("ONNX_SUITE") else { return };
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|e| e == "onnx")).collect();
    files.sort();
    assert!(files.len() > 1000, "{} runs", files.len());
    let (mut rows, mut wrong) = (BTreeMap::<String, Row>::new(), Vec::new());
    for file in files {
        let run: Json =
            serde_json::from_slice(&fs::read(file.with_extension("json")).unwrap()).unwrap();
        let name = run["name"].as_str().unwrap();
        let row = rows.entry(run["op"].as_str().unwrap().to_owned()).or_default();
        row.all.insert(name.to_owned());
        match std::panic::catch_unwind(|| outcome(&file, &run)) {
            Ok(Outcome::Right) => {
                row.right.insert(name.to_owned());
            }
            Ok(Outcome::Refused(why)) => {
                *row.reasons.entry(reason(&why)).or_default() += 1;
                if std::env::var("ONNX_REFUSED").is_ok_and(|op| run["op"] == op.as_str()) {
                    println!("{name} {} {}: {why}", file.display(), run["time"]);
                }
            }
            Ok(Outcome::Wrong(how)) => wrong.push(format!("{name} ({}): {how}", file.display())),
            Err(_) => wrong.push(format!("{name} ({}): a panic", file.display())),
        }
    }
    assert!(wrong.is_empty(), "{} runs are wrong:\n{}", wrong.len(), wrong.join("\n"));
    expect_file!["../../../../../docs/book/src/onnx_operations.md"].assert_eq(&page(&rows));
}

/// A refusal without the node that it names.
fn reason(why: &str) -> String {
    let first = why.lines().next().unwrap_or_default();
    let reason = match first.strip_prefix("the node ") {
        Some(named) => named.split_once("): ").map_or(named, |(_, reason)| reason),
        None => first,
    };
    reason.replace('|', "\\|")
}

fn page(rows: &BTreeMap<String, Row>) -> String {
    let (served, others): (Vec<_>, Vec<_>) =
        rows.iter().partition(|(_, row)| !row.right.is_empty());
    let mut page = INTRODUCTION.to_owned();
    for (op, row) in served {
        let (right, all) = (row.right.len(), row.all.len());
        let why = if right == all { "" } else { row.reason() };
        page += &format!("| {op} | {right} of {all} | {why} |\n");
    }
    let (known, unknown): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(_, row)| !row.reason().ends_with("` is not served"));
    let unknown: Vec<_> = unknown.into_iter().map(|(op, _)| op.as_str()).collect();
    page += &format!("\n## Operations that are refused\n\nNot served: {}.\n\n", unknown.join(", "));
    page += "| operation | why |\n|---|---|\n";
    for (op, row) in known {
        page += &format!("| {op} | {} |\n", row.reason());
    }
    page
}

impl Row {
    /// The most frequent reason of a refusal.
    fn reason(&self) -> &str {
        let most =
            self.reasons.iter().max_by_key(|(why, count)| (**count, std::cmp::Reverse(*why)));
        most.map_or("", |(why, _)| why)
    }
}

const INTRODUCTION: &str = "# Operations of ONNX

The tests of the standard, of the package `onnx`, run through the compiler: each axis is time once, with a fixed length and without,
and one input after the other is the stream. A test passes if at least one of these runs is read; every run that is read gives the
recorded outputs within 1e-5. `tests/onnx/check` makes this page.

[From ONNX](from_onnx.md) says how to use a model.

## Operations that are served

The third column has the most frequent reason why a run is refused.

| operation | tests that pass | refused otherwise |
|---|---|---|
";
