//! Any bytes as an ONNX model. What reads and expands them must not panic, whatever they are.

#![no_main]

mod oracle;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use quote::quote;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(oracle::folder);

fuzz_target!(|bytes: &[u8]| {
    fs::write(FOLDER.join("model.onnx"), bytes).unwrap();
    oracle::expand(
        quote! {
            #[weights = "model.onnx"]
            struct Said;
            #[weights = "model.onnx"]
            #[time = 1]
            struct Sequence;
            #[weights = "model.onnx"]
            #[time = 2]
            #[window = 6]
            #[hop = 2]
            #[carry]
            struct Window;
        },
        &FOLDER,
    );
});
