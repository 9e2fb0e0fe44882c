//! Declares the networks that the tests need with `streaming_net!`: a macro cannot be called with a network that is
//! drawn when the tests run, so all of them are drawn here, from a fixed seed.

#[path = "../../build/declared.rs"]
mod declared;
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../src/drawn_graphs.rs"]
mod drawn_graphs;
mod graphs;
mod random;

use std::env;
use std::path::PathBuf;

use self::declared::{Declared, write};

/// Networks that are drawn: how many, and the most channels of their frames. The wide ones reach what serves large layers,
/// and the widest, blocks of four outputs.
const RANDOM_NETS: [(usize, usize); 3] = [(240, 8), (48, 28), (24, 64)];

/// Networks whose layers see a condition.
const CONDITIONED_NETS: usize = 36;

/// Networks that are drawn with layers behind one that gives several frames.
const UPSAMPLED_NETS: usize = 24;

/// Networks that are drawn of layers of every kind.
const NETS_OF_EVERY_KIND: usize = 234;

/// Networks that are drawn with the layers that came later than those of every kind.
const OPERATIONS_NETS: usize = 175;

/// Of the drawn networks, a third starts cold, a third at rest, and a third after another frame than zeros.
fn start(nets: impl Iterator<Item = Declared>) -> Vec<Declared> {
    let mut random = fastrand::Rng::with_seed(0xBED);
    let start = |net: Declared| {
        let start = random.u8(0..3);
        let silence = net.silence.filter(|_| start > 0);
        let mut stated = |zero: f32| if start == 1 { zero } else { random.f32() - 0.5 };
        Declared {
            silence: silence.map(|frame| frame.into_iter().map(&mut stated).collect()),
            ..net
        }
    };
    nets.map(start).collect()
}

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../build");
    println!("cargo::rerun-if-changed=src/drawn_graphs.rs");
    println!("cargo::rerun-if-changed=../../compiler/src/tests/drawn");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut random = fastrand::Rng::with_seed(0x5EED);
    let most = RANDOM_NETS.iter().flat_map(|(count, most)| vec![*most; *count]);
    let nets = most
        .enumerate()
        .map(|(net, most)| random::draw(&mut random, format!("random_{net:03}"), most));
    write(&out, "random", &start(nets));
    let mut random = fastrand::Rng::with_seed(0xFACE);
    let nets =
        (0..NETS_OF_EVERY_KIND).map(|number| random::draw_of_every_kind(&mut random, number));
    let mut random = fastrand::Rng::with_seed(0xC0DE);
    let conditioned =
        (0..CONDITIONED_NETS).map(|number| random::draw_conditioned(&mut random, number));
    let mut random = fastrand::Rng::with_seed(0xFEED);
    let upsampled = (0..UPSAMPLED_NETS).map(|number| random::draw_upsampled(&mut random, number));
    let mut random = fastrand::Rng::with_seed(0x0DD5);
    let operations =
        (0..OPERATIONS_NETS).map(|number| random::draw_operations(&mut random, number));
    write(&out, "kinds", &start(nets.chain(conditioned).chain(upsampled).chain(operations)));
    write(&out, "graphs", &start(graphs::all()));
}
