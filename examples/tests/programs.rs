//! The example programs run, and print what they are known to print. `UPDATE_EXPECT=1` writes it anew.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use expect_test::{expect, expect_file};

#[test]
fn notebook() {
    let output = Command::new(env!("CARGO_BIN_EXE_notebook")).output().unwrap();
    assert!(output.status.success());
    expect_file!["../notebook/expected.txt"].assert_eq(&text(output.stdout));
}

/// Runs a program that draws; what it draws goes to a folder for tests.
fn run(program: &str, name: &str, arguments: &[&str], input: &[u8]) -> (Output, PathBuf) {
    let drawn = scratch(&format!("{name}.svg"));
    let mut child = Command::new(program)
        .args(arguments)
        .arg("--out")
        .arg(&drawn)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read closes the pipe, which is no matter here.
    let _ = child.stdin.take().unwrap().write_all(input);
    (child.wait_with_output().unwrap(), drawn)
}

fn waveshaper(name: &str, arguments: &[&str], input: &str) -> (Output, PathBuf) {
    run(env!("CARGO_BIN_EXE_waveshaper"), name, arguments, input.as_bytes())
}

fn keyword(name: &str, arguments: &[&str], input: &[u8]) -> (Output, PathBuf) {
    run(env!("CARGO_BIN_EXE_keyword"), name, arguments, input)
}

fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// What it prints, without the last line, which names the file.
fn results(printed: &str) -> &str {
    let (results, _) = printed.split_once("drawn into").unwrap();
    results
}

#[test]
fn waveshaper_of_its_own_signal() {
    let (output, drawn) = waveshaper("own", &[], "");
    assert!(output.status.success(), "{}", text(output.stderr));
    expect![[r"
        1200 frames, 408 multiply-accumulates each
        root mean square error after 256 frames: 0.041
    "]]
    .assert_eq(results(&text(output.stdout)));
    let svg = std::fs::read_to_string(drawn).unwrap();
    // Two lines of input, the target, and the output; each has a point for each frame.
    let polylines = svg.matches("<polyline").count();
    assert!(polylines >= 4, "{polylines} lines are drawn");
    assert!(svg.contains("target") && svg.contains("network"));
}

#[test]
fn waveshaper_of_standard_input() {
    let sine = (0_u16..600).map(|frame| (f32::from(frame) * 0.05).sin());
    let input: Vec<_> = sine.map(|sine| format!("{sine} 1")).collect();
    let (output, _) = waveshaper("piped", &["-"], &input.join("\n"));
    assert!(output.status.success(), "{}", text(output.stderr));
    expect![[r"
        600 frames, 408 multiply-accumulates each
        root mean square error after 256 frames: 0.046
    "]]
    .assert_eq(results(&text(output.stdout)));
}

#[test]
fn waveshaper_says_what_is_wrong_with_its_input() {
    let (output, _) = waveshaper("wrong", &["-"], "0.5 1\n\n0.7 loud\n");
    assert!(!output.status.success());
    expect![[r"
        waveshaper: line 3: `loud` is not a number
    "]]
    .assert_eq(&text(output.stderr));
    let (output, _) = waveshaper("short", &["-"], "0.5\n");
    expect![[r"
        waveshaper: line 1: expected `sine knob`, found 1 numbers
    "]]
    .assert_eq(&text(output.stderr));
    let (output, _) = waveshaper("empty", &["-"], "\n");
    expect![[r"
        waveshaper: no frames on standard input
    "]]
    .assert_eq(&text(output.stderr));
}

/// A detection is in time from the event's beginning to so many seconds after its end.
const LATE: f64 = 0.2;

/// Each event of the demo is detected once, in time and as what it is, and nothing else is.
fn assert_finds_the_events(printed: &str) {
    let labels: Vec<Vec<&str>> = include_str!("../keyword/demo.txt")
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let (detections, summary) = printed.split_at(printed.find("6 events in 5.60 s").unwrap());
    assert!(summary.contains("multiply-accumulates"), "{summary}");
    assert_eq!(detections.lines().count(), labels.len(), "{detections}");
    for (detection, label) in detections.lines().zip(labels) {
        let [time, "s", class, probability] = detection.split_whitespace().collect::<Vec<_>>()[..]
        else {
            panic!("`{detection}` is no detection");
        };
        let [time, probability] = [time, probability].map(|word| word.parse::<f64>().unwrap());
        let [start, end] = [label[0], label[1]].map(|word| word.parse::<f64>().unwrap());
        assert_eq!(class, label[2], "at {time} s");
        assert!(start <= time && time <= end + LATE, "{class} from {start} to {end} at {time} s");
        assert!(probability > 0.5 && probability <= 1.0, "{detection}");
    }
}

#[test]
fn keyword_finds_the_events_of_its_recording() {
    let (output, drawn) = keyword("demo", &[], b"");
    assert!(output.status.success(), "{}", text(output.stderr));
    assert_finds_the_events(&text(output.stdout));
    let svg = std::fs::read_to_string(drawn).unwrap();
    // The waveform, a line for each event, and four of probabilities.
    let polylines = svg.matches("<polyline").count();
    assert!(polylines >= 11, "{polylines} lines are drawn");
    assert!(svg.contains("bell") && svg.contains("clicks"));
}

#[test]
fn keyword_hears_standard_input() {
    let (output, _) = keyword("heard", &["-"], include_bytes!("../keyword/demo.wav"));
    assert!(output.status.success(), "{}", text(output.stderr));
    assert_finds_the_events(&text(output.stdout));
}

#[test]
fn keyword_hears_nothing_in_silence_and_says_what_it_cannot_hear() {
    let recording = |name: &str, channels, sample_rate| {
        let path = scratch(name);
        let spec = hound::WavSpec {
            channels,
            sample_rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&path, spec).unwrap();
        (0..16_000).for_each(|_| writer.write_sample(0_i16).unwrap());
        writer.finalize().unwrap();
        path
    };
    let silence = recording("silence.wav", 1, 16_000);
    let (output, _) = keyword("silence", &[silence.to_str().unwrap()], b"");
    let printed = text(output.stdout);
    assert!(printed.starts_with("0 events in 1.00 s"), "{printed}");

    let stereo = recording("stereo.wav", 2, 44_100);
    let (output, _) = keyword("stereo", &[stereo.to_str().unwrap()], b"");
    assert!(!output.status.success());
    expect![[r"
        keyword: 2 x 16-bit Int at 44100 Hz; expected 1 x 16-bit Int at 16000 Hz
    "]]
    .assert_eq(&text(output.stderr));
}
