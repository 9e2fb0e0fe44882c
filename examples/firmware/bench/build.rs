//! Declares the network that `BENCH` names, and another one of its shape if `COUNT` is 2.

mod networks;

use std::env;
use std::fs;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=BENCH");
    println!("cargo::rerun-if-env-changed=COUNT");
    let name = env::var("BENCH").unwrap_or_else(|_| "none".to_owned());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let other = if env::var("COUNT").is_ok_and(|count| count == "2") {
        networks::declare(&name, "Other", 8, &out)
    } else {
        "pub type Other = Net;\n".to_owned()
    };
    let declarations = networks::declare(&name, "Net", 7, &out) + &other;
    fs::write(out.join("net.rs"), declarations).expect("it takes files");
}
