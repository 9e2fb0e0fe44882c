//! Networks of 16-bit integers, as a user inspects and checks them.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use expect_test::expect;
use serde_json::Value;

const NETWORK: &str = "#[weights = \"weights/expansions/integers.json\"] #[numbers(i16, input = 1.0)] struct Integers < \
                       conv(k=2, in=1, out=2, causal, tanh); residual < conv(k=1, out=2) >; dense(out=1, relu) >";

/// What a call prints, and its exit code.
#[track_caller]
fn call(arguments: &[&str]) -> (String, Option<i32>) {
    call_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests"), arguments)
}

/// The same, where paths start at a folder.
#[track_caller]
fn call_in(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output =
        cargo_bin_cmd!("streaming-net").current_dir(folder).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

fn json(arguments: &[&str]) -> Value {
    let json: Value = serde_json::from_str(&call(arguments).0).unwrap();
    json[0].clone()
}

/// The estimates are of f32: there is none of integers, even with a rate.
#[test]
fn inspect_shows_what_integers_lose_and_no_time() {
    let (text, code) = call(&["inspect", NETWORK, "--rate", "48000"]);
    assert_eq!(code, Some(0));
    let (_, facts) = text.split_once("\n\n  RAM").unwrap();
    expect![[r"
          RAM          8 bytes
          flash        568 bytes of weights, and the code
          a push       10 multiply-adds at most
          outputs      from the first push on
          an output    depends on the newest 2 input frames
          SNR          84.7 dB, over 12 frames
          WORST        1.66e-4, the largest difference of an output

        Times are estimated for networks of f32 only; this network of i16 costs 10 multiply-adds a push, 8 bytes of RAM and 568 bytes of flash.
    "]]
    .assert_eq(&format!("  RAM{facts}"));
    let integers = json(&["inspect", NETWORK, "--rate", "48000", "--json"]);
    assert_eq!(integers["estimates"], Value::Array(Vec::new()));
    // What `SNR` and `WORST` are in the expansion of this network.
    let snr = integers["integers"]["snr"].as_f64().unwrap();
    let worst = integers["integers"]["worst"].as_f64().unwrap();
    assert!((snr - 84.7).abs() < 0.05 && (worst - 0.000_165_568_27).abs() < 1e-9, "{integers}");
    let floats = json(&["inspect", &NETWORK.replace("#[numbers(i16, input = 1.0)]", ""), "--json"]);
    assert_eq!(floats["integers"], Value::Null);
    assert!(!floats["estimates"].as_array().unwrap().is_empty(), "{floats}");
}

#[test]
fn check_replays_in_integers() {
    let (text, code) = call(&["check", NETWORK]);
    assert_eq!(code, Some(0));
    expect![[r"
        Integers: reproduced
          recorded run: 12 frames, 12 outputs compared
          largest difference in f64: 4.09e-8
          largest difference in f32: 1.34e-7
          tolerance: 1.00e-5
          Differences are parts of the recorded number, or of 1 where that is more.
          signal to noise in i16: 84.7 dB, over 12 frames
          largest difference in i16: 1.66e-4
          tolerance in i16: 2.37e-4
          Differences in i16 are in the unit of the output.
    "]]
    .assert_eq(&text);
    let checked = json(&["check", NETWORK, "--json"]);
    assert_eq!(checked["reproduced"], true);
    assert_eq!(checked["integers"]["frames"], 12);
    let [worst, tolerance] = [&checked["integers"]["worst"], &checked["integers_tolerance"]]
        .map(|number| number.as_f64().unwrap());
    assert!(worst > 0.0 && worst <= tolerance, "{checked}");
    let floats = NETWORK.replace("#[numbers(i16, input = 1.0)]", "");
    let floats = json(&["check", &floats, "--json"]);
    assert_eq!((&floats["integers"], &floats["integers_tolerance"]), (&Value::Null, &Value::Null));
}

/// Calibrated with frames that are half of those of its run, the network saturates.
#[test]
fn check_fails_where_integers_are_off() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(folder.join("quiet.json"), r#"{ "input": [[0.5], [-0.5], [0.25]] }"#).unwrap();
    let file = r#"{ "layers": [ { "kernel": [[2.0]], "bias": [0.0] } ],
                    "reference": { "input": [[1.0], [-1.0]], "output": [[2.0], [-2.0]] } }"#;
    fs::write(folder.join("loud.json"), file).unwrap();
    let text = "#[weights = \"loud.json\"] #[numbers = \"i16\"] #[calibrate = \"quiet.json\"] struct Net < dense(in=1, out=1) >";
    let (text, code) = call_in(folder, &["check", text]);
    assert_eq!(code, Some(3));
    expect![[r"
        Net: not reproduced
          recorded run: 2 frames, 2 outputs compared
          largest difference in f64: 0.00e0
          largest difference in f32: 0.00e0
          tolerance: 1.00e-5
          Differences are parts of the recorded number, or of 1 where that is more.
          signal to noise in i16: 8.5 dB, over 2 frames
          largest difference in i16: 7.50e-1
          tolerance in i16: 5.72e-5
          Differences in i16 are in the unit of the output.
    "]]
    .assert_eq(&text);
}
