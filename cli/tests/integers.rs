//! Networks of 16-bit integers, as a user inspects and checks them.

use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use expect_test::expect;
use serde_json::Value;

const NETWORK: &str = "#[weights = \"weights/expansions/integers.json\"] #[numbers(i16, input = 1.0)] struct Integers < \
                       conv(k=2, in=1, out=2, causal, tanh); residual < conv(k=1, out=2) >; dense(out=1, relu) >";

/// What a call prints, and its exit code.
#[track_caller]
fn call(arguments: &[&str]) -> (String, Option<i32>) {
    let mut program = cargo_bin_cmd!("streaming-net");
    program.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests"));
    let output = program.args(arguments).output().unwrap();
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
