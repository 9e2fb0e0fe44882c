//! Declares the networks that the tests need with `streaming_net!`: a macro cannot be called with a network that is
//! drawn when the tests run, so all of them are drawn here, from a fixed seed.

mod captures;
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../src/drawn_graphs.rs"]
mod drawn_graphs;
mod golden;
mod graphs;
mod random;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Networks that are drawn: how many, and the most channels of their frames. The wide ones reach what serves large layers,
/// and the widest, blocks of four answers.
const RANDOM_NETS: [(usize, usize); 3] = [(240, 8), (48, 28), (24, 64)];

/// Networks whose layers see a condition.
const CONDITIONED_NETS: usize = 36;

/// Networks that are drawn with layers behind one that answers with several frames.
const UPSAMPLED_NETS: usize = 24;

/// Networks that are drawn of layers of every kind.
const NETS_OF_EVERY_KIND: usize = 234;

/// Networks that are drawn with the layers that came later than those of every kind.
const OPERATIONS_NETS: usize = 175;

/// A network as it is declared.
#[derive(Clone)]
struct Declared {
    name: String,
    /// The layers, as they stand between `<` and `>`; nothing where the file says them.
    net: String,
    /// The weights file, or where there is another beside it, what it recorded.
    file: String,
    /// The path of that other file.
    weights: Option<String>,
    /// What it has been given forever when it starts, where that is at rest.
    silence: Option<Vec<f32>>,
}

impl Declared {
    /// The attribute that says how it starts.
    fn start(&self) -> String {
        match &self.silence {
            None => String::new(),
            Some(silence) if silence.iter().all(|x| *x == 0.0) => r#"#[start = "rest"]"#.to_owned(),
            Some(silence) => format!("#[start(rest = {silence:?})]"),
        }
    }
}

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
    println!("cargo::rerun-if-changed=src/drawn_graphs.rs");
    println!("cargo::rerun-if-changed=../compiler/src/tests/drawn");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
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
    let folders = ["weights", "weights/keras", "weights/pytorch", "../examples/waveshaper"]
        .map(|folder| root.join(folder));
    write(&out, "committed", &folders.map(|folder| golden::read(&folder)).concat());
    write(&out, "formats", &golden::read_formats(&root.join("weights/formats")));
    captures::write(&out, "captures", &root.join("weights/nam"));
    captures::write(&out, "captures_in_json", &root.join("weights/captures"));
    captures::write(&out, "captures_made_up", &root.join("../../shared/cases/audio"));
    captures::write(&out, "captures_elsewhere", &root.join("../../shared/golden/nam"));
    write(&out, "elsewhere", &golden::read(&root.join("../../shared/golden")));
}

/// Writes the weights files, and a Rust file that declares the networks and lists them.
fn write(out: &Path, list: &str, nets: &[Declared]) {
    let (mut modules, mut cases) = (String::new(), String::new());
    for declared in nets {
        let (Declared { name, net, file, weights, silence }, start) = (declared, declared.start());
        fs::write(out.join(format!("{name}.json")), file).expect("OUT_DIR takes files");
        let path = format!(r#"concat!(env!("OUT_DIR"), "/{name}.json")"#);
        let layers = if net.is_empty() { ";".to_owned() } else { format!("< {net} >") };
        let weights = weights.as_ref().map_or(path.clone(), |path| format!("{path:?}"));
        modules += &format!(
            "mod {name} {{
                streaming_net::streaming_net! {{
                    #[weights = {weights}] {start} pub struct Net {layers}
                }}
            }}\n"
        );
        cases += &format!("Case::of::<{name}::Net>({name:?}, {net:?}, include_str!({path}))");
        if let Some(silence) = silence {
            cases += &format!(".at_rest(&{silence:?}, || Box::new({name}::Net::cold()))");
        }
        cases += ",\n";
    }
    let list_of_cases = format!("/// The networks.\npub static NETS: &[Case] = &[\n{cases}];\n");
    fs::write(out.join(format!("{list}.rs")), modules + &list_of_cases).expect("it takes files");
}
