//! What the files of RTNeural, AIDA-X and GuitarML say of their signal.

use super::words::Words;
use crate::frontend::weights::metadata::{self, Metadata};

/// The keys that say something of the signal.
const KEYS: [&str; 6] = ["samplerate", "sample_rate", "in_gain", "out_gain", "metadata", "name"];

/// What the file says, or else its `metadata`. What cannot be read there is left out: players ignore it too.
pub(super) fn of(file: &Words) -> Metadata {
    let find = |keys: &[&str]| {
        let inner = file.get("metadata");
        let own = keys.iter().filter_map(|key| file.get(*key));
        let all = own.chain(keys.iter().filter_map(|key| inner?.get(*key)));
        all.filter(|value| !value.is_null()).collect::<Vec<_>>()
    };
    let number = |keys: &[&str]| {
        find(keys).into_iter().find_map(|value| metadata::number(value.as_f64(), value.as_str()))
    };
    let name = find(&["name"]).into_iter().find_map(|name| metadata::name(name.as_str()?));
    Metadata {
        name,
        sample_rate: number(&["samplerate", "sample_rate"]).filter(|rate| *rate > 0.0),
        loudness: number(&["loudness"]),
        input_level_dbu: number(&["input_level_dbu"]),
        output_level_dbu: number(&["output_level_dbu"]),
        in_gain_db: number(&["in_gain"]),
        out_gain_db: number(&["out_gain"]),
        knobs: Vec::new(),
    }
}

/// Whether a key says something of the signal.
pub(super) fn is_key(key: &str) -> bool {
    KEYS.contains(&key)
}
