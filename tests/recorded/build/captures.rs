//! Captures beside their outputs: `name.out.json` is of `name.nam` or `name.json`, or of the file that it names.

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
        let ending = if folder.join(format!("{name}.json")).exists() { "json" } else { "nam" };
        let file = json["file"].as_str().map_or_else(|| format!("{name}.{ending}"), str::to_owned);
        let text = fs::read_to_string(folder.join(&file)).expect("a capture is text");
        // Such as `#[submodel = 1]`.
        let first = if text.contains("SlimmableContainer") { "#[submodel = 0]" } else { "" };
        let attributes = json["attributes"].as_str().unwrap_or(first);
        let silence = vec![0.0; inputs(&text)];
        let copy = |from: &Path, name: &str| {
            fs::copy(from, out.join(format!("{list}_{name}"))).expect("OUT_DIR takes files");
            format!(r#"concat!(env!("OUT_DIR"), "/{list}_{name}")"#)
        };
        let (weights, recorded) =
            (copy(&folder.join(&file), &file), copy(&path, &format!("{name}.out.json")));
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
                .at_rest(&{silence:?}, || Box::new({name}::Net::cold())),\n"
        );
    }
    let list_of_cases = format!("/// The networks.\npub static NETS: &[Case] = &[\n{cases}];\n");
    fs::write(out.join(format!("{list}.rs")), modules + &list_of_cases).expect("it takes files");
}

/// The channels of a capture's input: the sound and its knobs.
fn inputs(text: &str) -> usize {
    let file: Value = serde_json::from_str(text).expect("a capture is JSON");
    let count = |value: &Value| value.as_u64().and_then(|count| usize::try_from(count).ok());
    if let Some(shape) = file["in_shape"].as_array() {
        return shape.last().and_then(count).unwrap_or(1);
    }
    if file["state_dict"]["lstm.weight_ih_l0"].is_array() {
        return 2;
    }
    let config = &file["config"];
    let knobs = config["parametric"].as_object().map_or(0, serde_json::Map::len);
    let said = [&config["in_channels"], &config["input_size"], &file["model_data"]["input_size"]];
    said.into_iter().find_map(count).unwrap_or(1 + knobs)
}
