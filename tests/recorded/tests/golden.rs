//! The outputs of frameworks, replayed frame by frame.

use std::io::{Write as _, stderr};

use streaming_net_tests::Case;
use streaming_net_tests::recorded::Run;
use streaming_net_tests::reference::difference;
use streaming_net_tests_recorded::{committed, elsewhere, formats};

#[track_caller]
fn check(case: &Case) {
    let run = Run::of(case);
    assert!(run.output.iter().any(Option::is_some), "{}: there is no output", case.name);
    let outputs = (case.new)().replay(&run.input);
    if let Some(difference) = difference(&outputs, &run.expected()) {
        panic!("{} < {} >: {difference}", case.name, case.net);
    }
}

#[test]
fn committed_files() {
    assert!(committed::NETS.len() >= 270, "what was recorded is always there");
    committed::NETS.iter().for_each(check);
}

/// The kind in the first column of a row, and whether Keras and PyTorch have it.
fn row(line: &str) -> Option<(&str, [bool; 2])> {
    let (kind, row) = line.strip_prefix("| [`")?.split_once("`](layers/")?;
    let (_, frameworks) = row.split_once(" |")?;
    let [keras, pytorch, ""] = frameworks.split('|').collect::<Vec<_>>()[..] else {
        panic!("not three columns: {line}")
    };
    Some((kind, [keras, pytorch].map(|cell| !cell.trim().is_empty())))
}

#[test]
fn every_layer_of_the_table_has_a_run_of_each_framework_that_has_it() {
    let page = include_str!("../../../docs/book/src/layers.md");
    let rows: Vec<_> = page.lines().filter_map(row).collect();
    assert!(rows.len() >= 83, "{} rows", rows.len());
    for (kind, has) in rows {
        for (framework, has) in ["keras_", "pytorch_"].into_iter().zip(has) {
            let mut nets = committed::NETS.iter().filter(|case| case.name.starts_with(framework));
            let words = |net: &'static str| {
                net.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            };
            let is_run = nets.any(|case| words(case.net).any(|word| word == kind));
            assert!(is_run || !has, "no run of {framework}* has `{kind}`");
        }
    }
}

#[test]
fn files_of_other_formats() {
    for ending in ["_keras", "_h5", "_npz", "_safetensors", "_json", "_left_out"] {
        assert!(formats::NETS.iter().any(|case| case.name.ends_with(ending)), "none {ending}");
    }
    formats::NETS.iter().for_each(check);
}

#[test]
fn files_from_elsewhere() {
    if elsewhere::NETS.is_empty() {
        // Past the test runner, which shows nothing of a test that passes.
        writeln!(stderr(), "skipped: no folder shared/golden beside the checkout").unwrap();
    }
    elsewhere::NETS.iter().for_each(check);
}

#[test]
fn daisy_wavenet_keeps_nothing_but_its_frames() {
    let Some(case) = elsewhere::NETS.iter().find(|case| case.name == "golden_daisy_wavenet") else {
        writeln!(stderr(), "skipped: no daisy_wavenet.json in shared/golden").unwrap();
        return;
    };
    assert_eq!(Run::of(case).output.iter().flatten().count(), 600);
    assert!((4068..=4068 + 32).contains(&case.state_bytes), "{} bytes", case.state_bytes);
    assert_eq!(case.macs, 424);
    assert_eq!(case.receptive_field, 256);
}
