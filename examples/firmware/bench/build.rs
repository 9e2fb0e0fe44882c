//! Declares the network that `BENCH` names, another one of its shape if `COUNT` is 2, and a list of weights files if `COUNT` is `list of 2`
//! or `list of 3`; or the model whose file `MODEL` names.

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
        Some(file) => model::declare(Path::new(&file), &out) + SAME + NO_CHOICE + OF_F32,
        None => networks(&out) + FROM_START,
    };
    fs::write(out.join("net.rs"), declarations).expect("it takes files");
}

/// The network that `BENCH` names, and another one of its shape.
fn networks(out: &Path) -> String {
    let name = env::var("BENCH").unwrap_or_else(|_| "none".to_owned());
    let count = env::var("COUNT").unwrap_or_default();
    let seeds: &[u64] = match count.as_str() {
        "list of 2" => &[7, 8],
        "list of 3" => &[7, 8, 9],
        _ => &[7],
    };
    let other =
        if count == "2" { networks::declare(&name, "Other", &[8], out) } else { SAME.to_owned() };
    let choose = if seeds.len() > 1 { CHOOSE } else { NO_CHOICE };
    let numbers = if name.ends_with(networks::INTEGERS) { OF_I16 } else { OF_F32 };
    networks::declare(&name, "Net", seeds, out) + &other + choose + numbers
}

/// Loads the second weights of a list. The compiler does not know which they are.
const CHOOSE: &str = "
pub fn choose(net: &mut Other) {
    if let Some(weights) = Net::WEIGHTS.get(core::hint::black_box(1)) {
        net.load(*weights);
    }
}
";
/// Where there is no list.
const NO_CHOICE: &str = "
pub fn choose(_: &mut Other) {}
";

/// Where there is no other one.
const SAME: &str = "pub type Other = Net;\n";

/// What the programs need to know of the numbers of frames.
const OF_F32: &str = "
/// A number of a frame.
pub type Number = f32;

/// The number of a frame that stands for this one.
pub fn number(number: f32) -> Number {
    number
}

/// Its bits.
pub fn bits(number: Number) -> u32 {
    number.to_bits()
}
";
const OF_I16: &str = "
/// A number of a frame.
pub type Number = i16;

/// The number of a frame that stands for this one.
pub fn number(number: f32) -> Number {
    Net::quantize(number)
}

/// Its bits.
pub fn bits(number: Number) -> u32 {
    number.cast_unsigned().into()
}
";

/// A network of `networks` is measured from its first push on.
const FROM_START: &str = "
/// QEMU is to run it so that an instruction takes `2^SHIFT` nanoseconds.
pub const SHIFT: u32 = 10;
/// Pushes that are not measured.
pub const BEFORE: usize = 0;
";
