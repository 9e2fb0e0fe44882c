//! Captures of Neural Amp Modeler against what it answers, from silence on, without the frames that it runs before.

use std::io::{Write as _, stderr};

use serde::Deserialize;
use streaming_net_tests::{Case, captures, captures_elsewhere};

/// How far off an answer may be, as part of the largest.
const TOLERANCE: f64 = 1e-5;

/// What was recorded.
#[derive(Deserialize)]
struct Recorded {
    output: Vec<f64>,
}

/// The input of every recorded run: two sines, of which one rises, and steps.
fn input(frame: u32) -> f32 {
    let t = f64::from(frame);
    let step = if frame % 7 == 3 { 0.25 } else { -0.05 };
    #[allow(clippy::cast_possible_truncation, reason = "networks take f32")]
    {
        (0.3 * (0.11 * t).sin() + 0.2 * (0.000_37 * t * t).cos() + step) as f32
    }
}

#[track_caller]
fn check(case: &Case) {
    let Recorded { output } = serde_json::from_str(case.file).unwrap();
    let frames: Vec<_> = (0..).map(input).map(|x| vec![x]).take(output.len()).collect();
    let answers = (case.new)().replay(&frames);
    let peak = output.iter().fold(0.0_f64, |peak, y| peak.max(y.abs()));
    assert!(output.len() >= 200 && peak > 1e-4, "{}: hardly anything is answered", case.name);
    for (frame, (answer, expected)) in answers.iter().zip(&output).enumerate() {
        let Some([y]) = answer.as_deref() else { panic!("frame {frame} is not answered") };
        let error = (f64::from(*y) - expected).abs() / peak;
        let is_off = error.is_nan() || error > TOLERANCE;
        assert!(
            !is_off,
            "{} at frame {frame}: {y}, not {expected}: {error:e} of the peak",
            case.net
        );
    }
    let block = (case.new)().push_block(&frames, frames.len());
    assert_eq!(answers.into_iter().flatten().collect::<Vec<_>>(), block, "{}", case.name);
    let mut net = (case.new)();
    let first = net.push(&frames[0]);
    net.push(&frames[1]);
    net.reset();
    assert_eq!(net.push(&frames[0]), first, "{}: not as new when reset", case.name);
}

#[test]
fn committed_files() {
    assert!(captures::NETS.len() >= 17, "what was recorded is always there");
    captures::NETS.iter().for_each(check);
}

#[test]
fn files_from_elsewhere() {
    if captures_elsewhere::NETS.is_empty() {
        // Past the test runner, which shows nothing of a test that passes.
        writeln!(stderr(), "skipped: no folder shared/golden/nam beside the checkout").unwrap();
    }
    captures_elsewhere::NETS.iter().for_each(check);
}
