//! Captures of Neural Amp Modeler beside what it answers: `name.out.json` is of `name.nam`, or of the file that it names.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Writes a Rust file that declares the captures of a folder and lists them: none where there is no such folder.
pub(crate) fn write(out: &Path, list: &str, folder: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
    paths.sort();
    let (mut modules, mut cases) = (String::new(), String::new());
    for path in paths {
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        let Some(name) = name.strip_suffix(".out.json") else { continue };
        let recorded = fs::read_to_string(&path).expect("what is recorded is text");
        let json: Value = serde_json::from_str(&recorded).expect("what is recorded is JSON");
        let file = json["file"].as_str().map_or_else(|| format!("{name}.nam"), str::to_owned);
        // Such as `#[submodel = 1]`.
        let attributes = json["attributes"].as_str().unwrap_or_default();
        let copy = |from: &Path, name: &str| {
            fs::copy(from, out.join(format!("{list}_{name}"))).expect("OUT_DIR takes files");
            format!(r#"concat!(env!("OUT_DIR"), "/{list}_{name}")"#)
        };
        let (weights, recorded) =
            (copy(&folder.join(&file), &file), copy(&path, &format!("{name}.json")));
        modules += &format!(
            "mod {name} {{
                streaming_net::streaming_net! {{
                    #[weights = {weights}] {attributes} #[start = \"rest\"] pub struct Net;
                }}
            }}\n"
        );
        let net = format!("{file} {attributes}");
        cases += &format!(
            "Case::of::<{name}::Net>({name:?}, {net:?}, include_str!({recorded}))
                .at_rest(&[0.0], || Box::new({name}::Net::cold())),\n"
        );
    }
    let list_of_cases = format!("/// The networks.\npub static NETS: &[Case] = &[\n{cases}];\n");
    fs::write(out.join(format!("{list}.rs")), modules + &list_of_cases).expect("it takes files");
}
