//! Declares the networks of files with recorded runs with `streaming_net!`.

mod captures;
#[path = "../../build/declared.rs"]
mod declared;
mod golden;

use std::env;
use std::path::PathBuf;

use self::declared::{Declared, write};

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../build");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let tests = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..");
    let folders = ["weights", "weights/keras", "weights/pytorch", "../examples/waveshaper"]
        .map(|folder| tests.join(folder));
    write(&out, "committed", &folders.map(|folder| golden::read(&folder)).concat());
    write(&out, "formats", &golden::read_formats(&tests.join("weights/formats")));
    captures::write(&out, "captures", &tests.join("weights/nam"));
    captures::write(&out, "captures_in_json", &tests.join("weights/captures"));
    captures::write(&out, "captures_made_up", &tests.join("../../shared/cases/audio"));
    captures::write(&out, "captures_elsewhere", &tests.join("../../shared/golden/nam"));
    write(&out, "elsewhere", &golden::read(&tests.join("../../shared/golden")));
}
