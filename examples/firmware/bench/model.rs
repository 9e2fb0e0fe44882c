//! Declares a model in ONNX.

use std::fs;
use std::path::Path;

/// Puts the file into the folder, which is `OUT_DIR`, and returns its declaration. What a file beside it says that ends in
/// `.attributes` stands before the struct: `#[time = 1]`, say.
pub(crate) fn declare(file: &Path, out: &Path) -> String {
    let beside = file.with_extension("attributes");
    println!("cargo::rerun-if-changed={}", file.display());
    let bytes = fs::read(file).expect("MODEL is a file");
    let attributes = if beside.exists() {
        println!("cargo::rerun-if-changed={}", beside.display());
        fs::read_to_string(beside).expect("it is text")
    } else {
        String::new()
    };
    fs::write(out.join("model.onnx"), &bytes).expect("it takes files");
    let name: &[u8] = b"reference.output";
    let has_run = bytes.windows(name.len()).any(|bytes| bytes == name);
    let (self_test, error) = if has_run {
        ("#[self_test]", "Some(error(net, &net_recorded::RUN))")
    } else {
        ("", "None")
    };
    format!(
        "streaming_net! {{ #[weights = concat!(env!(\"OUT_DIR\"), \"/model.onnx\")] {attributes} {self_test} pub struct Net; }}

/// QEMU is to run it so that an instruction takes `2^SHIFT` nanoseconds: a push may take a million.
pub const SHIFT: u32 = 7;
/// Pushes that are not measured: those before the first window is whole. A network that remembers everything has no window.
#[allow(clippy::absurd_extreme_comparisons, reason = \"the receptive field may be all numbers\")]
pub const BEFORE: usize = if Net::RECEPTIVE_FIELD < 2048 {{ Net::RECEPTIVE_FIELD }} else {{ 64 }};

/// How far the network is from the run in the file, if there is one.
#[allow(unused_variables, reason = \"there may be none\")]
pub fn largest_error(net: &mut Net) -> Option<f32> {{
    {error}
}}
"
    )
}
