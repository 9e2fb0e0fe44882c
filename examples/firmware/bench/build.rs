//! Declares the network that `BENCH` names, and another one of its shape if `COUNT` is 2; or the model whose file `MODEL` names.

mod model;
mod networks;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=BENCH");
    println!("cargo::rerun-if-env-changed=COUNT");
    println!("cargo::rerun-if-env-changed=MODEL");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let declarations = match env::var_os("MODEL") {
        Some(file) => model::declare(Path::new(&file), &out) + SAME,
        None => networks(&out) + FROM_START,
    };
    fs::write(out.join("net.rs"), declarations).expect("it takes files");
}

/// The network that `BENCH` names, and another one of its shape.
fn networks(out: &Path) -> String {
    let name = env::var("BENCH").unwrap_or_else(|_| "none".to_owned());
    let other = if env::var("COUNT").is_ok_and(|count| count == "2") {
        networks::declare(&name, "Other", 8, out)
    } else {
        SAME.to_owned()
    };
    networks::declare(&name, "Net", 7, out) + &other
}

/// Where there is no other one.
const SAME: &str = "pub type Other = Net;\n";

/// A network of `networks` is measured from its first push on.
const FROM_START: &str = "
/// QEMU is to run it so that an instruction takes `2^SHIFT` nanoseconds.
pub const SHIFT: u32 = 10;
/// Pushes that are not measured.
pub const BEFORE: usize = 0;
";
