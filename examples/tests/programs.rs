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

/// Runs the waveshaper; what it draws goes to a folder for tests.
fn waveshaper(name: &str, arguments: &[&str], input: &str) -> (Output, PathBuf) {
    let drawn = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.svg"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_waveshaper"))
        .args(arguments)
        .arg("--out")
        .arg(&drawn)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read closes the pipe, which is no matter here.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    (child.wait_with_output().unwrap(), drawn)
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
