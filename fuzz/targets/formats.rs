//! Any bytes as a weights file of each format that others write. What reads them must not panic, whatever they are.

#![no_main]

mod oracle;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use quote::quote;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(oracle::folder);

fuzz_target!(|bytes: &[u8]| {
    // Its first bytes say the format, and it may say the layers.
    fs::write(FOLDER.join("weights"), bytes).unwrap();
    oracle::expand(
        quote! {
            #[weights = "weights"]
            struct Net < conv(k=2, in=1, out=3); dense(out=1) >
            #[weights = "weights"]
            struct LeftOut;
        },
        &FOLDER,
    );
    // Text is a capture, whose ending says so.
    if bytes.starts_with(b"{") {
        fs::write(FOLDER.join("amp.nam"), bytes).unwrap();
        let captures = quote! {
            #[weights = "amp.nam"]
            struct Amp;
            #[weights = "amp.nam"]
            #[submodel = 0]
            #[slim = 2]
            struct Slim;
        };
        let expansion = oracle::expand(captures, &FOLDER);
        // One of the two is chosen where there is nothing to choose.
        assert!(oracle::errors(expansion) >= 1);
    }
});
