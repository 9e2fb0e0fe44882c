//! Each subcommand, as a user calls it. `UPDATE_EXPECT=1` writes the expected output anew.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use expect_test::{ExpectFile, expect, expect_file};
use serde_json::Value;

/// What a call prints to the standard output and the standard error, and its exit code.
struct Printed {
    out: String,
    error: String,
    code: Option<i32>,
}

fn program() -> Command {
    let mut program = cargo_bin_cmd!("streaming-net");
    // Weights files are those of the tests.
    program.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests"));
    program
}

fn print(program: &mut Command) -> Printed {
    let output = program.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Printed { out: text(output.stdout), error: text(output.stderr), code: output.status.code() }
}

fn call(arguments: &[&str]) -> Printed {
    print(program().args(arguments))
}

/// What a call prints that succeeds and reports nothing.
#[track_caller]
fn succeed(arguments: &[&str]) -> String {
    let Printed { out, error, code } = call(arguments);
    assert_eq!((code, error.as_str()), (Some(0), ""), "{out}");
    out
}

/// What a call reports that fails with this exit code and prints nothing.
#[track_caller]
fn fail(arguments: &[&str], with: i32) -> String {
    let Printed { out, error, code } = call(arguments);
    assert_eq!((code, out.as_str()), (Some(with), ""), "{error}");
    error
}

fn expected(name: &str) -> ExpectFile {
    expect_file![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name)]
}

const BRANCHES: &str = "conv(k=3, in=2, out=4, causal); max_pool(size=2); \
                        residual < conv(k=3, out=4, same, relu); dense(out=4) >; gru(units=2)";

#[test]
fn inspect_prints_layers_memory_and_timing() {
    // The figures of the estimates are those of BENCHMARKS.md, which `costs.rs` reads.
    let without_estimates =
        |text: String| text.split("\nEstimated").next().unwrap_or_default().to_owned();
    expected("inspect_text.txt").assert_eq(&without_estimates(succeed(&["inspect", BRANCHES])));
    let model = succeed(&["inspect", "weights/onnx/tcn.onnx"]);
    expected("inspect_onnx.txt").assert_eq(&without_estimates(model));
    let capture = succeed(&["inspect", "weights/nam/condition.nam"]);
    assert!(capture.contains("Condition: frames of 1 channel in"), "{capture}");
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = include_str!("../README.md");
    let (_, shown) = readme.split_once("```text\n$ streaming-net inspect '").unwrap();
    let (text, shown) = shown.split_once("'\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let printed = succeed(&["inspect", text]);
    assert!(printed.starts_with(&format!("{shown}\nEstimated")), "{printed}");
}

#[test]
fn inspect_estimates_the_time_on_each_core() {
    let text = succeed(&["inspect", BRANCHES, "--rate", "48000"]);
    for part in
        ["Cortex-M4F", "Cortex-M7F", "Cortex-M33", "Cortex-M55", "Cortex-M0+", "not measurements"]
    {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    let json: Value =
        serde_json::from_str(&succeed(&["inspect", BRANCHES, "--rate", "48000", "--json"]))
            .unwrap();
    let [network] = json.as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!(network["inputs"], 2);
    assert_eq!(network["layers"][0]["kind"], "conv");
    assert_eq!(network["layers"][0]["taps"], 3);
    let estimates = network["estimates"].as_array().unwrap();
    assert!(estimates.len() >= 5, "{json}");
    for estimate in estimates {
        let number = |key: &str| estimate[key].as_f64().unwrap();
        assert!(number("from") < number("count") && number("count") < number("to"), "{json}");
        let percent = number("count") * 48e3 / (number("megahertz") * 1e4);
        assert!((number("percent") / percent - 1.0).abs() < 0.01, "{json}");
    }
    // Twice the rate is twice the share.
    let slower: Value =
        serde_json::from_str(&succeed(&["inspect", BRANCHES, "--rate", "24000", "--json"]))
            .unwrap();
    let [one, two] =
        [&slower[0], network].map(|network| network["estimates"][0]["percent"].as_f64().unwrap());
    assert!((two / one - 2.0).abs() < 1e-9, "{one} {two}");
}

#[test]
fn draw_makes_svg() {
    let timeline = succeed(&["draw", BRANCHES]);
    expected("timeline.svg").assert_eq(&timeline);
    expected("graph.svg").assert_eq(&succeed(&["draw", BRANCHES, "--picture", "graph"]));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("timeline.svg");
    assert_eq!(succeed(&["draw", BRANCHES, "--out", file.to_str().unwrap()]), "");
    assert_eq!(fs::read_to_string(file).unwrap(), timeline);
}

#[test]
fn draw_calls_operations_as_the_macro_does() {
    let text = "#[weights = zeros] #[math = \"fast\"] struct Net < conv(k=1, in=1, out=4); depthwise(k=3, causal); tanh(); \
                gated(tanh, sigmoid) < conv(k=3, out=8, causal, dilation=4) | dense(out=8) >; lstm(units=3, no_bias); \
                batch_norm(epsilon=0.1); softmax() >";
    let picture = succeed(&["draw", text, "--picture", "graph"]);
    let labels: Vec<_> = picture.lines().filter_map(|line| line.split_once("   [")).collect();
    let labels: Vec<_> = labels.into_iter().map(|(label, _)| label).collect();
    assert_eq!(
        labels,
        [
            "input",
            "conv1: conv(k=1, out=4)",
            "depthwise2: depthwise(k=3, causal, tanh)",
            "conv3: conv(k=3, out=8, dilation=4, causal, tanh)",
            "dense4: dense(out=8, sigmoid)",
            "gated1: product()",
            "lstm5: lstm(units=3)",
            "batch_norm6: batch_norm()",
            "softmax()",
        ]
    );
}

/// The picture of the book is that of the network beside it.
#[test]
fn draw_makes_the_picture_of_the_book() {
    let page = include_str!("../../docs/book/src/timing.md");
    let (_, section) = page.split_once("\n## A picture\n").unwrap();
    let (_, network) = section.split_once("```text\n").unwrap();
    let (network, _) = network.split_once("```").unwrap();
    expect_file!["../../docs/book/src/timeline.svg"].assert_eq(&succeed(&["draw", network]));
}

#[test]
fn check_replays_the_recorded_run() {
    let run = |weights: &str, text: &str| {
        format!("#[weights = \"weights/{weights}.json\"] struct Net < {text} >")
    };
    // What Keras recorded.
    let keras = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/weights/keras/amp.json"),
    );
    let keras: Value = serde_json::from_str(&keras.unwrap()).unwrap();
    let text = run("keras/amp", keras["net"].as_str().unwrap());
    let printed = succeed(&["check", &text]);
    assert!(printed.starts_with("Net: reproduced\n"), "{printed}");
    let json: Value = serde_json::from_str(&succeed(&["check", &text, "--json"])).unwrap();
    assert_eq!(json[0]["reproduced"], true);
    assert_eq!(json[0]["frames"], keras["reference"]["input"].as_array().unwrap().len());
    for difference in ["difference_f64", "difference_f32"] {
        let difference = json[0][difference].as_f64().unwrap();
        assert!(difference > 0.0 && difference < json[0]["tolerance"].as_f64().unwrap(), "{json}");
    }
    // The same weights with another activation are another network: the figures say by how much.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = r#"{ "layers": [ { "kernel": [[2.0]], "bias": [0.5] } ],
                    "reference": { "input": [[1.0], [-1.0]], "output": [[2.5], [-1.5]] } }"#;
    fs::write(folder.join("run.json"), file).unwrap();
    let of = |layers: &str| format!("#[weights = \"run.json\"] struct Net < {layers} >");
    let check = |layers: &str| print(program().current_dir(folder).args(["check", &of(layers)]));
    assert_eq!(check("dense(in=1, out=1)").code, Some(0));
    let Printed { out, error, code } = check("dense(in=1, out=1, relu)");
    assert_eq!((code, error.as_str()), (Some(3), ""));
    expect![[r"
        Net: not reproduced
          recorded run: 2 frames, 2 outputs compared
          largest difference in f64: 1.00e0
          largest difference in f32: 1.00e0
          tolerance: 1.00e-5
          Differences are parts of the recorded number, or of 1 where that is more.
    "]]
    .assert_eq(&out);
}

#[test]
fn check_needs_a_recorded_run() {
    expect![[r"
        error: `Net` has no recorded run: export the model with `reference=frames`, or add a `reference` to its JSON
    "]]
    .assert_eq(&fail(&["check", "dense(in=1, out=1)"], 1));
}

#[test]
fn expand_prints_what_the_macro_makes() {
    let text = succeed(&["expand", "dense(in=1, out=1)"]);
    for part in ["pub struct Net", "pub const fn new() -> Self", "pub fn push("] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    // The same as the reviewed expansion.
    let reviewed = include_str!("../../tests/expansions/causal.rs");
    let (comment, rust) = reviewed.split_once("// }\n\n").unwrap();
    let call: String = comment
        .lines()
        .skip(1)
        .map(|line| line.trim_start_matches("//").to_owned() + "\n")
        .collect();
    assert_eq!(succeed(&["expand", &call]), rust);
}

#[test]
fn a_rust_file_has_several_networks() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let rust = "use streaming_net::streaming_net;\nmod nets {\n    streaming_net! {\n        #[weights = zeros]\n        \
                struct One < dense(in=1, out=2) >\n        struct Two < relu(in=3) >\n    }\n}\n";
    fs::write(folder.join("nets.rs"), rust).unwrap();
    let rust = folder.join("nets.rs");
    let json = succeed(&["inspect", "--json", rust.to_str().unwrap()]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!([&json[0]["name"], &json[1]["name"]], ["One", "Two"]);
    let error = fail(&["draw", rust.to_str().unwrap()], 1);
    assert_eq!(error, "error: a picture is of one network, and there are 2: One, Two\n");
    fs::write(folder.join("empty.rs"), "fn main() {}").unwrap();
    let empty = folder.join("empty.rs");
    let error = fail(&["inspect", empty.to_str().unwrap()], 1);
    assert!(error.ends_with("empty.rs has no call of `streaming_net!`\n"), "{error}");
}

#[test]
fn a_network_is_read_from_the_standard_input() {
    let printed = print(program().args(["inspect", "--json", "-"]).write_stdin("relu(in=7)"));
    let json: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!((printed.code, &json[0]["inputs"]), (Some(0), &Value::from(7)));
}

#[test]
fn attributes_are_added() {
    let without = fail(&["inspect", "weights/onnx/window.onnx"], 1);
    assert!(without.contains("window"), "{without}");
    let with = succeed(&["inspect", "weights/onnx/two_outputs.onnx", "-a", "math = \"fast\""]);
    assert!(with.starts_with("TwoOutputs: "), "{with}");
}

#[test]
fn mistakes_are_shown_at_their_words() {
    expect![[r"
        error: `conv` has no `ou`
         --> text:3:17
          |
        3 | conv(k=3, in=2, ou=4)
          |                 ^^
          |
          = help: did you mean `out`?

    "]]
    .assert_eq(&fail(&["inspect", "conv(k=3, in=2, ou=4)"], 1));
    let missing = fail(&["inspect", "weights/onyx/tcn.onnx"], 1);
    expect![[r"
        error: there is no file `weights/onyx/tcn.onnx`, and it is not the text of a network, such as 'dense(in=2, out=1)'
    "]]
    .assert_eq(&missing);
    let without_layers = fail(&["inspect", "weights/formats/chain.npz"], 1);
    expect![[r#"
        error: `weights/formats/chain.npz` does not contain the layers of `Chain`
         |
         = help: write the network in quotes, with its layers: '#[weights = "weights/formats/chain.npz"] struct Net < layer; layer >'; or name the `.rs` file that has the network

    "#]]
    .assert_eq(&without_layers);
    let no_rust = fail(&["expand", "no_such.rs"], 1);
    assert!(no_rust.starts_with("error: cannot read no_such.rs: "), "{no_rust}");
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    let wrong: [&[&str]; 5] = [
        &[],
        &["inspekt", "relu(in=1)"],
        &["inspect"],
        &["inspect", "relu(in=1)", "--rate", "0"],
        &["draw", "relu(in=1)", "--picture", "tree"],
    ];
    for arguments in wrong {
        let error = fail(arguments, 2);
        assert!(error.contains("Usage: streaming-net") || error.contains("--help"), "{error}");
    }
}

#[test]
fn help_lists_the_commands_and_the_exit_codes() {
    expected("help.txt").assert_eq(&succeed(&["--help"]));
    for command in ["inspect", "draw", "check", "expand", "completions"] {
        let help = succeed(&[command, "--help"]);
        assert!(help.contains(&format!("Usage: streaming-net {command}")), "{help}");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = succeed(&["completions", shell]);
        for command in ["inspect", "draw", "check", "expand"] {
            assert!(script.contains(command), "{shell}: no {command}");
        }
    }
}

#[test]
fn colours_obey_the_environment() {
    let with = |variable: &str| print(program().env(variable, "1").args(["inspect", "relu(in=1)"]));
    let forced = with("CLICOLOR_FORCE").out;
    assert!(forced.starts_with("\u{1b}[1mNet"), "{forced}");
    assert!(!with("NO_COLOR").out.contains('\u{1b}'));
    // A mistake, too.
    let mistake =
        |variable: &str| print(program().env(variable, "1").args(["inspect", "rely(in=1)"]));
    assert!(mistake("CLICOLOR_FORCE").error.contains('\u{1b}'));
    assert!(!mistake("NO_COLOR").error.contains('\u{1b}'));
}
