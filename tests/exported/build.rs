//! Declares the networks that were exported by the calls of the macro that were printed, unedited.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut modules = String::new();
    if env::var_os("CARGO_FEATURE_EXPORTED").is_some() {
        let folder = root.join("../../target/exported");
        println!("cargo::rerun-if-changed={}", folder.display());
        modules = calls(&folder).iter().map(|call| module(call)).collect();
        assert!(!modules.is_empty(), "`python/check` exports networks into target/exported");
    }
    fs::write(out.join("exported.rs"), modules).expect("it takes files");
}

/// The `.rs` files of a folder, or nothing where there is no such folder.
fn calls(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    paths.sort();
    paths
}

/// A network, which brings the test of its recorded run with it.
fn module(call: &Path) -> String {
    let path = call.to_str().expect("the path of the checkout is text");
    format!("mod {} {{ use streaming_net::streaming_net; include!({path:?}); }}\n", stem(call))
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}
