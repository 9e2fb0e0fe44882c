//! Links by the scripts of `cortex-m-rt` and `defmt`; the board's memory is that of `daisy-embassy`.

fn main() {
    for argument in ["--nmagic", "-Tlink.x", "-Tdefmt.x"] {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
}
