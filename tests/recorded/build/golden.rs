//! Recorded runs: weights files that also carry the network's text and the outputs of a framework.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Declared;

/// Every file of the folder, or nothing where there is no such folder.
pub(crate) fn read(folder: &Path) -> Vec<Declared> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let list = folder.file_name().expect("a folder has a name").to_string_lossy();
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let mut nets = Vec::new();
    for path in paths {
        let stem = path.file_stem().expect("a file has a name").to_string_lossy();
        let file = fs::read_to_string(&path).expect("a golden file is text");
        let json: Value = serde_json::from_str(&file).expect("a golden file is JSON");
        let net = json["net"].as_str().expect("a golden file has its network's text").to_owned();
        let name = format!("{list}_{stem}");
        nets.push(Declared { name, net, file, weights: None, silence: None });
    }
    nets
}

/// The files of other formats than ours, each named by what was recorded of it: the files of this folder. Where a format
/// says the layers, its networks are there a second time, without theirs.
pub(crate) fn read_formats(folder: &Path) -> Vec<Declared> {
    let mut nets = read(&folder.join("recorded"));
    let mut left_out = Vec::new();
    for net in &mut nets {
        let json: Value = serde_json::from_str(&net.file).expect("it was read");
        let file = json["file"].as_str().expect("a recorded run names its file");
        net.name = format!("formats_{}", file.replace('.', "_"));
        net.weights = Some(format!("../weights/formats/{file}"));
        let ending = Path::new(file).extension();
        if ending.is_some_and(|ending| ending == "keras" || ending == "json") {
            let name = format!("{}_left_out", net.name);
            left_out.push(Declared { name, net: String::new(), ..net.clone() });
        }
    }
    nets.extend(left_out);
    nets
}
