//! What frameworks answered, replayed frame by frame.

use std::io::{Write as _, stderr};

use streaming_net_tests::recorded::Run;
use streaming_net_tests::reference::difference;
use streaming_net_tests::{Case, committed, elsewhere};

#[track_caller]
fn check(case: &Case) {
    let run = Run::of(case);
    assert!(run.output.iter().any(Option::is_some), "{}: nothing is answered", case.name);
    let answers = (case.new)().replay(&run.input);
    if let Some(difference) = difference(&answers, &run.expected()) {
        panic!("{} < {} >: {difference}", case.name, case.net);
    }
}

#[test]
fn committed_files() {
    assert!(committed::NETS.len() >= 4, "the notebook's four networks are always there");
    committed::NETS.iter().for_each(check);
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
