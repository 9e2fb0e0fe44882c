//! Networks in a crate of a user's: cargo builds it anew when the weights file changes, not when nothing does, and soon;
//! and editors find its words.

#![cfg(not(feature = "cmsis-dsp"))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Cargo builds one crate at a time in the folder that they share.
static BUILDING: Mutex<()> = Mutex::new(());

/// A crate of a user's, which prints something.
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new(name: &str, main: &str) -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             streaming-net = {{ path = {:?} }}\n",
            tests.join("../runtime").to_str().unwrap(),
        );
        let scratch = Self { folder };
        scratch.write("Cargo.toml", &manifest);
        // The versions that are there already.
        let lock = fs::read_to_string(tests.join("../Cargo.lock")).unwrap();
        scratch.write("Cargo.lock", &lock);
        scratch.write("src/main.rs", main);
        scratch
    }

    /// Writes a file unless it is so already: cargo goes by times.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let (file, content) = (self.folder.join(name), content.as_ref());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        if fs::read(&file).ok().as_deref() != Some(content) {
            fs::write(file, content).unwrap();
        }
    }

    /// Cargo's messages.
    fn cargo(&self, command: &str, flags: &str) -> Vec<Value> {
        let output = Command::new(env!("CARGO"))
            .args([command, "--offline", "--message-format=json", "--target-dir", "../scratch"])
            .env("RUSTFLAGS", flags)
            .current_dir(&self.folder)
            .output()
            .unwrap();
        let messages = String::from_utf8(output.stdout).unwrap();
        messages.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Whether cargo had to compile the crate, and what the program prints.
    fn build(&self) -> (bool, String) {
        let messages = self.cargo("build", "");
        let program = messages.iter().find(|message| message["executable"].is_string());
        let program = program.unwrap_or_else(|| panic!("no program: {messages:#?}"));
        let run = Command::new(program["executable"].as_str().unwrap()).output().unwrap();
        assert!(run.status.success());
        (program["fresh"] == false, String::from_utf8(run.stdout).unwrap())
    }
}

const GAIN: &str = r#"
streaming_net::streaming_net! {
    #[weights = "weights/gain.json"]
    struct Gain < dense(in=1, out=1, no_bias) >
}

fn main() {
    println!("{:?}", Gain::new().push([1.0]));
}
"#;

/// A file of one layer without a bias.
fn file(kernel: &str) -> String {
    format!(r#"{{ "layers": [ {{ "kernel": [{kernel}] }} ] }}"#)
}

#[test]
fn cargo_builds_anew_when_the_weights_change_and_only_then() {
    let _alone = BUILDING.lock();
    let scratch = Scratch::new("gain", GAIN);
    scratch.write("weights/gain.json", file("[[0.5]]"));
    assert_eq!(scratch.build().1, "Some([0.5])\n");
    assert_eq!(scratch.build(), (false, "Some([0.5])\n".to_owned()));
    scratch.write("weights/gain.json", file("[[-2.0]]"));
    assert_eq!(scratch.build(), (true, "Some([-2.0])\n".to_owned()));
    assert_eq!(scratch.build(), (false, "Some([-2.0])\n".to_owned()));
}

/// A file of safetensors with one kernel of one number.
fn safetensors(kernel: f32) -> Vec<u8> {
    const HEADER: &str = r#"{"dense.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"#;
    let length = u64::try_from(HEADER.len()).unwrap();
    [&length.to_le_bytes(), HEADER.as_bytes(), &kernel.to_le_bytes()].concat()
}

#[test]
fn cargo_builds_anew_when_a_file_that_is_no_text_changes() {
    let _alone = BUILDING.lock();
    let scratch = Scratch::new("binary", &GAIN.replace("gain.json", "gain.safetensors"));
    // The second is no UTF-8.
    for kernel in [0.5, -2.0] {
        scratch.write("weights/gain.safetensors", safetensors(kernel));
        let printed = format!("Some([{kernel:?}])\n");
        assert_eq!(scratch.build().1, printed);
        assert_eq!(scratch.build(), (false, printed));
    }
    scratch.write("weights/gain.safetensors", safetensors(-3.0));
    assert_eq!(scratch.build(), (true, "Some([-3.0])\n".to_owned()));
}

/// Rust prints the program after all macros, as `cargo expand` has it.
#[test]
fn a_file_of_text_is_not_printed_by_cargo_expand() {
    let _alone = BUILDING.lock();
    let scratch = Scratch::new("expanded", GAIN);
    let text = file("[[0.5]]");
    scratch.write("weights/gain.json", &text);
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--offline", "--target-dir", "../scratch", "--", "-Zunpretty=expanded"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(&scratch.folder)
        .output()
        .unwrap();
    let expanded = String::from_utf8(output.stdout).unwrap();
    assert!(expanded.contains("impl Gain {"), "{expanded}");
    // As a string prints it.
    assert!(!expanded.contains(r#"\"layers\""#), "{expanded}");
}

#[test]
fn a_hundred_thousand_weights_compile_in_five_seconds() {
    const LARGE: &str = r#"
streaming_net::streaming_net! {
    #[weights = "weights/large.json"]
    struct Large < conv(k=10, in=100, out=100, no_bias) >
}

fn main() {
    println!("{}", Large::WEIGHT_BYTES);
}
"#;
    let _alone = BUILDING.lock();
    let scratch = Scratch::new("large", "fn main() {}\n");
    let mut number = 0_u32;
    let mut row = || {
        let numbers = (0..100).map(|_| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            format!("{}", f64::from(number) / f64::from(u32::MAX) - 0.5)
        });
        format!("[{}]", numbers.collect::<Vec<_>>().join(", "))
    };
    let mut rows = |count| (0..count).map(|_| row()).collect::<Vec<_>>().join(",\n");
    let taps = (0..10).map(|_| format!("[{}]", rows(100))).collect::<Vec<_>>().join(",\n");
    scratch.write("weights/large.json", file(&taps));
    // What it depends on is not what is measured.
    scratch.build();
    scratch.write("src/main.rs", LARGE);
    let start = Instant::now();
    assert_eq!(scratch.build(), (true, "400000\n".to_owned()));
    let took = start.elapsed();
    println!("100,000 weights: {took:.2?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// The crate of a user's has the features that are on by default.
#[test]
fn a_model_in_onnx_says_which_feature_reads_it() {
    const MAIN: &str = r#"
streaming_net::streaming_net! {
    #[weights = "weights/model.onnx"]
    #[time = 2]
    struct Model;
}

fn main() {}
"#;
    let _alone = BUILDING.lock();
    let scratch = Scratch::new("model", MAIN);
    scratch.write("weights/model.onnx", "never read");
    let messages = scratch.cargo("check", "");
    let errors: Vec<_> =
        messages.iter().filter(|message| message["message"]["level"] == "error").collect();
    let text = errors.iter().find_map(|message| message["message"]["message"].as_str());
    let expected = "`weights/model.onnx`: the feature `onnx` of the crate streaming-net reads such files\nhelp: in \
                    Cargo.toml, add `features = [\"onnx\"]` to the dependency `streaming-net`";
    assert_eq!(text, Some(expected), "{errors:#?}");
}

/// A compiler that takes itself for an editor finds each sort of word where the expansion says: kinds, keys, one of them a
/// keyword of Rust, flags, and activations in both places. What the macro says of the layers is no matter; what the
/// compiler says has a code.
#[test]
fn editors_find_the_words_of_a_network() {
    const MAIN: &str = r"
use streaming_net::streaming_net;

streaming_net! { struct Known < conv(k=1, in=1, out=1, causal, leaky_relu=0.1); leaky_relu(slope=0.1); dense(out) > }
streaming_net! { struct Unknown < conf(k=1); conv(colour=3, k=1, self) > }

fn main() {}
";
    let _alone = BUILDING.lock();
    let messages = Scratch::new("editor", MAIN).cargo("check", "--cfg rust_analyzer");
    let codes = messages.iter().filter_map(|message| message["message"]["code"]["code"].as_str());
    let mut errors: Vec<_> = codes.filter(|code| code.starts_with('E')).collect();
    errors.sort_unstable();
    // A kind that does not exist, and a key: the last network's.
    assert_eq!(errors, ["E0432", "E0609"], "{messages:#?}");
}
