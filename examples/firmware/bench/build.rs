//! Declares the network that `BENCH` names.

mod networks;

use std::env;
use std::fs;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=BENCH");
    let name = env::var("BENCH").unwrap_or_else(|_| "none".to_owned());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("net.rs"), networks::declare(&name, "Net", &out)).expect("it takes files");
}
