//! The JSON weights file:
//!
//! ```text
//! { "layers": [ { "name": "mix", "kernel": [[[…]]], "bias": […] }, … ], … }
//! ```
//!
//! Read with visitors, because a plain `serde_json::from_str` lets `1e39` through as an infinite f32 and keeps the last
//! of two equal keys.

mod guitarml;
mod layers;
mod metadata;
mod modules;
mod place;
mod reference;
mod rtneural;
mod sniff;
mod state_dict;
mod tensor;
mod words;

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use self::layers::{Layer, LayersSeed};
use self::place::Place;
use self::reference::ReferenceSeed;
pub(super) use self::sniff::{Writer, writer};
use self::tensor::{NESTED, TensorSeed};
use super::{Entry, MOST_TENSORS, Order, Source, Store};
use crate::errors::{Hint, Message};

/// The file's layers, which have so many numbers at most.
pub(super) fn read(source: &Source, most: usize) -> Result<Store, Message> {
    let shown = &source.shown;
    let text = text(source)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    match writer(text) {
        Writer::GuitarMl | Writer::StateDict => {
            let place = Place::of_tensors(most);
            let read = state_dict::FileSeed { place: &place }.deserialize(&mut reader);
            let read = read.and_then(|file| reader.end().map(|()| file));
            let file = read.map_err(|error| message(&error, shown, text, place.note()))?;
            return file.store().map_err(|why| why.after(format!("`{shown}`: ")));
        }
        Writer::PedalNet => {
            let text =
                format!("`{shown}` is a WaveNet of PedalNet or SmartGuitarAmp, which is not read");
            let help = "train the capture with Neural Amp Modeler, or with a trainer of GuitarML that writes `model_data`";
            return Err(Message::new(text).help(help));
        }
        Writer::Layers | Writer::Nam => {}
    }
    let place = Place::new(most);
    let read = if rtneural::wrote(text) {
        rtneural::StoreSeed { place: &place }.deserialize(&mut reader)
    } else {
        StoreSeed { place: &place }.deserialize(&mut reader)
    };
    let read = read.and_then(|store| reader.end().map(|()| store));
    read.map_err(|error| message(&error, shown, text, place.note()))
}

/// The text of a file.
pub(super) fn text(source: &Source) -> Result<&str, Message> {
    let shown = &source.shown;
    let text = str::from_utf8(&source.bytes).map_err(|error| {
        let place = error.valid_up_to();
        let byte = source.bytes.get(place).copied().unwrap_or_default();
        format!("`{shown}` is not text: byte {byte:#04x} at offset {place}")
    })?;
    // A byte order mark is no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(format!("`{shown}` is empty").into());
    }
    Ok(text)
}

/// `weights/net.json:14:7: …`
pub(super) fn message(
    error: &serde_json::Error,
    shown: &str,
    file: &str,
    note: Option<Hint>,
) -> Message {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let text = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    // It counts the bytes before the end of the file, of which there may be none in the line.
    let place = format!("{shown}:{line}:{}", column.max(1));
    // serde_json points at the letter that cannot go on a number: `N`, `I`, or the `I` after a minus. Its columns are
    // bytes.
    let rest = file.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let rest = rest.as_bytes().get(column.saturating_sub(1)..).unwrap_or_default();
    for (word, name) in [("NaN", "NaN"), ("Infinity", "infinite")] {
        if rest.starts_with(word.as_bytes()) {
            return Message::new(format!("{place}: a number is {name}"))
                .hint(note)
                .note("the training run has probably diverged");
        }
    }
    if error.is_eof() {
        return Message::new(format!("{place}: the file is cut off")).hint(note);
    }
    let unexpected = text.strip_prefix("invalid type: ");
    if let Some((found, expected)) = unexpected.and_then(|text| text.split_once(", expected ")) {
        let found = value(found);
        let text = format!("{place}: expected {expected}, found {found}");
        return Message::new(text).hint(note);
    }
    let text = match text {
        "number out of range" => "a number does not fit in f32",
        "trailing characters" => "there is more text after the end",
        text => text,
    };
    let help =
        (text == NESTED).then(|| Hint::help("write the entries of all layers as one flat list"));
    Message::new(format!("{place}: {text}")).hint(note).hint(help)
}

/// What the reader found, as messages here name it: the reader says "string \"1\"".
fn value(found: &str) -> &'static str {
    match found.split_whitespace().next() {
        Some("sequence") => "a list",
        Some("map") => "an object",
        Some("string") => "a string",
        Some("boolean") => "a boolean",
        Some("null") => "`null`",
        _ => "a number",
    }
}

struct StoreSeed<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for StoreSeed<'_> {
    type Value = Store;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Store, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for StoreSeed<'_> {
    type Value = Store;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the key `layers`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Store, A::Error> {
        let Self { place } = self;
        let (mut layers, mut reference) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            let is_twice = match key.as_str() {
                "layers" => layers.replace(map.next_value_seed(LayersSeed::new(place))?).is_some(),
                "reference" => {
                    reference.replace(map.next_value_seed(ReferenceSeed { place })?).is_some()
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if is_twice {
                return Err(A::Error::custom(format!("the key `{key}` appears twice")));
            }
        }
        let layers = layers.ok_or_else(|| A::Error::custom("the key `layers` is missing"))?;
        Ok(Store { reference, ..Store::of(layers, Order::Text) })
    }
}

impl Layer for Entry {
    const EXPECTED: &str = "a layer, an object with `kernel` and `bias`";

    fn read<'de, A: MapAccess<'de>>(mut map: A, place: &Place) -> Result<Self, A::Error> {
        let mut entry = Self::default();
        while let Some(key) = map.next_key::<String>()? {
            let given = entry.tensors.iter().any(|(name, _)| *name == key);
            if given || key == "name" && entry.name.is_some() {
                return Err(A::Error::custom(format!("the key `{key}` appears twice")));
            }
            if entry.tensors.len() == MOST_TENSORS {
                return Err(A::Error::custom(format!("more than {MOST_TENSORS} tensors")));
            }
            if key == "name" {
                entry.name = map.next_value()?;
            } else {
                place.enter_tensor(&key);
                let tensor = map.next_value_seed(TensorSeed { place })?;
                place.leave_tensor();
                entry.tensors.push((key, tensor));
            }
        }
        Ok(entry)
    }
}
