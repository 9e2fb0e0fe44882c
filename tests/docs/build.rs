//! Lists the pages of the book, whose Rust rustdoc takes for tests.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Pages whose Rust belongs to a project that `python/tests/pages.py` makes.
const ELSEWHERE: [&str; 2] = ["from_keras", "from_pytorch"];

fn main() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book/src");
    let mut modules = String::new();
    for folder in ["", "layers"] {
        let folder = book.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let pages = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for page in pages.filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
            let name = page.file_stem().unwrap().to_str().unwrap().to_owned();
            if !ELSEWHERE.contains(&name.as_str()) {
                let page = page.canonicalize().unwrap();
                let page = page.to_str().unwrap();
                // Such as `page_from`: some names are words of the language.
                writeln!(modules, "#[doc = include_str!({page:?})]\nmod page_{name} {{}}").unwrap();
            }
        }
    }
    let file = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("pages.rs");
    fs::write(file, modules).unwrap();
}
