//! Mistakes, and what the compiler says of them. `TRYBUILD=overwrite` writes the messages anew.

// The macro is the same for every kernel, and the crate that trybuild makes has no library to link.
#![cfg(not(feature = "cmsis-dsp"))]

use std::fs;
use std::path::Path;

#[test]
fn mistakes() {
    // The cases are compiled in a crate that trybuild makes, and a weights path starts at the crate's folder.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let scratch = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    copy(Path::new("weights"), &scratch.join("weights"));
    trybuild::TestCases::new().compile_fail("ui/**/*.rs");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}
