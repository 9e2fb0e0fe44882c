//! Networks that a build script declares with `streaming_net!`.

use std::fs;
use std::path::Path;

/// A network as it is declared.
#[derive(Clone)]
pub(crate) struct Declared {
    pub(crate) name: String,
    /// The layers, as they stand between `<` and `>`; nothing where the file says them.
    pub(crate) net: String,
    /// The weights file, or where there is another beside it, what it recorded.
    pub(crate) file: String,
    /// The path of that other file.
    pub(crate) weights: Option<String>,
    /// What it has been given forever when it starts, where that is at rest.
    pub(crate) silence: Option<Vec<f32>>,
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

/// Writes the weights files, and a Rust file that declares the networks and lists them.
pub(crate) fn write(out: &Path, list: &str, nets: &[Declared]) {
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
