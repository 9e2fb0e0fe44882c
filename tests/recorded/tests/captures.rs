//! Captures against their recorded outputs, from silence on, without the frames that Neural Amp Modeler runs before.

use std::io::{Write as _, stderr};

use serde::Deserialize;
use streaming_net_tests::{AnyNet, Case};
use streaming_net_tests_recorded::{
    captures, captures_elsewhere, captures_in_json, captures_made_up,
};

/// How far off an output may be, as part of the largest.
const TOLERANCE: f64 = 1e-5;

/// What was recorded.
#[derive(Deserialize)]
struct Recorded {
    output: Vec<Output>,
}

/// Of one channel, a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Output {
    One(f64),
    Several(Vec<f64>),
}

/// The input of every recorded run: two sines, of which one rises, and steps; then knobs that turn.
fn input(frame: u32, channels: usize) -> Vec<f32> {
    let t = f64::from(frame);
    let step = if frame % 7 == 3 { 0.25 } else { -0.05 };
    let sound = 0.3 * (0.11 * t).sin() + 0.2 * (0.000_37 * t * t).cos() + step;
    let knobs = (1_u32..).map(|knob| 0.5 + 0.5 * (0.013 * f64::from(knob) * t).sin());
    #[allow(clippy::cast_possible_truncation, reason = "networks take f32")]
    [sound].into_iter().chain(knobs).take(channels).map(|x| x as f32).collect()
}

fn inputs(frames: usize, channels: usize) -> Vec<Vec<f32>> {
    (0..).map(|frame| input(frame, channels)).take(frames).collect()
}

#[track_caller]
fn check(case: &Case) {
    let Recorded { output } = serde_json::from_str(case.file).unwrap();
    let output: Vec<_> = output
        .into_iter()
        .map(|output| match output {
            Output::One(y) => vec![y],
            Output::Several(frame) => frame,
        })
        .collect();
    let frames = inputs(output.len(), case.inputs);
    let outputs = (case.cold)().replay(&frames);
    let peak = output.iter().flatten().fold(0.0_f64, |peak, y| peak.max(y.abs()));
    assert!(output.len() >= 200 && peak > 1e-4, "{}: there are hardly any outputs", case.name);
    for (frame, (output, expected)) in outputs.iter().zip(&output).enumerate() {
        let Some(output) = output.as_deref() else { panic!("frame {frame} has no output") };
        assert_eq!(output.len(), expected.len(), "{}", case.net);
        for (y, expected) in output.iter().zip(expected) {
            let error = (f64::from(*y) - expected).abs() / peak;
            let is_off = error.is_nan() || error > TOLERANCE;
            assert!(
                !is_off,
                "{} at frame {frame}: {y}, not {expected}: {error:e} of the peak",
                case.net
            );
        }
    }
    let block = (case.cold)().push_block(&frames, frames.len());
    assert_eq!(outputs.into_iter().flatten().collect::<Vec<_>>(), block, "{}", case.name);
}

/// Pushes of silence after which a network that never forgets has come to rest.
const SETTLED: usize = 20_000;

#[track_caller]
fn check_at_rest(case: &Case) {
    let forgotten = if case.receptive_field == usize::MAX { SETTLED } else { case.receptive_field };
    let silence = vec![vec![0.0; case.inputs]; forgotten];
    let mut settled = (case.cold)();
    let ringing = settled.replay(&silence);
    let frames = inputs(400, case.inputs);
    let expected = settled.replay(&frames);
    let peak = ringing.iter().chain(&expected).flatten().flatten();
    let peak = peak.fold(0.0_f32, |peak, y| peak.max(y.abs()));
    let is_off = |(a, b): (&Option<Vec<f32>>, &Option<Vec<f32>>)| {
        let [a, b] = [a, b].map(|y| y.as_deref().map_or(f32::NAN, |y| y[0]));
        let error = f64::from((a - b).abs() / peak);
        error.is_nan() || error > TOLERANCE
    };
    let mut net = (case.new)();
    for how in ["new", "reset"] {
        let outputs = net.replay(&frames);
        let off = outputs.iter().zip(&expected).position(is_off);
        assert!(off.is_none(), "{} at frame {off:?} from {how}", case.net);
        net.reset();
        let outputs = net.replay(&silence[..forgotten.min(2000)]);
        let click = outputs.iter().zip(&outputs[1..]).position(is_off);
        assert!(click.is_none(), "{} clicks at frame {click:?} after {how}", case.net);
        net.reset();
    }
}

#[test]
fn they_begin_as_after_silence() {
    let folders = [captures::NETS, captures_in_json::NETS, captures_made_up::NETS];
    folders.into_iter().flatten().chain(captures_elsewhere::NETS).for_each(check_at_rest);
}

#[test]
fn a2_lite_begins_without_a_click() {
    let Some(case) = captures_elsewhere::NETS.iter().find(|case| case.name == "a2_lite") else {
        writeln!(stderr(), "skipped: no a2_lite.nam in shared/golden/nam").unwrap();
        return;
    };
    let silence = vec![vec![0.0]; 8000];
    let largest = |net: &dyn Fn() -> Box<dyn AnyNet>| {
        let outputs = net().replay(&silence);
        outputs.iter().flatten().fold(0.0_f32, |largest, y| largest.max(y[0].abs()))
    };
    assert!(largest(&case.cold) > 0.09, "it rings");
    assert!(largest(&case.new) < 0.001, "it does not");
}

#[test]
fn committed_files() {
    let count = captures::NETS.len();
    assert!(count >= 31, "what was recorded is always there, not {count} captures");
    captures::NETS.iter().for_each(check);
    let count = captures_in_json::NETS.len();
    assert!(count >= 14, "what was recorded is always there, not {count} captures");
    captures_in_json::NETS.iter().for_each(check);
}

/// The last 1x1 convolution, on which nothing depends, and the scale of the sum are in the file; and the first convolution,
/// of as many channels as a layer has, with what is mixed into it. It takes the one channel of the sound instead.
#[test]
fn what_is_dead_folded_or_merged_takes_no_flash() {
    for (name, in_file, dead, merged) in [
        ("gated", 489, 12, 2 * 4 * 8 + 8 - 2 * 8),
        // Its convolutions have groups.
        ("options", 552, 12, 0),
        ("slimmable", 230, 12, 3 * 4 * 4 + 4 - 3 * 4),
        ("slimmable_2", 80, 6, 3 * 2 * 2 + 2 - 3 * 2),
        ("post_head", 196, 12, 3 * 3 * 3 + 3 - 3 * 3),
    ] {
        let case = captures::NETS.iter().find(|case| case.name == name).unwrap();
        assert_eq!(case.weight_bytes, 4 * (in_file - dead - 1 - merged), "{name}");
    }
}

#[test]
fn files_from_elsewhere() {
    if captures_elsewhere::NETS.is_empty() {
        // Past the test runner, which shows nothing of a test that passes.
        writeln!(stderr(), "skipped: no folder shared/golden/nam beside the checkout").unwrap();
    }
    captures_elsewhere::NETS.iter().for_each(check);
    if captures_made_up::NETS.is_empty() {
        writeln!(stderr(), "skipped: no folder shared/cases/audio beside the checkout").unwrap();
    }
    captures_made_up::NETS.iter().for_each(check);
}
