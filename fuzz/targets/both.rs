//! Networks that are right, with the files that fit them: they expand without an error. The same with one mistake, in the
//! text or in the file: one error, and still the right shape wherever the mistake leaves it to be known.

#![no_main]

mod net;
mod oracle;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

use crate::net::Drawn;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(oracle::folder);

fuzz_target!(|drawn: Drawn| {
    fs::write(FOLDER.join("net.json"), &drawn.file).unwrap();
    let text = &drawn.text;
    let tokens: TokenStream = text.parse().expect("tokens of Rust");
    let expansion = oracle::expand(tokens, &FOLDER);
    let (errors, expected) =
        (oracle::errors(expansion.clone()), usize::from(drawn.mistake.is_some()));
    let told = || format!("{:?}\n{text}\n{}\n{expansion}", drawn.mistake, drawn.file);
    assert!(errors == expected, "{errors} errors for {}", told());
    let expansion = expansion.to_string();
    if drawn.shape_is_known() {
        let [inputs, outputs] = [drawn.inputs, drawn.outputs];
        let shapes = [("INPUTS", inputs), ("OUTPUTS", outputs)]
            .map(|(name, count)| format!("{name} : :: core :: primitive :: usize = {count} ;"));
        assert!(shapes.iter().all(|shape| expansion.contains(shape)), "another shape: {}", told());
    }
});
