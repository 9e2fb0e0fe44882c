//! The JSON weights file:
//!
//! ```text
//! { "layers": [ { "name": "mix", "kernel": [[[…]]], "bias": […] }, … ], … }
//! ```
//!
//! Read with visitors, because a plain `serde_json::from_str` lets `1e39` through as an infinite f32 and keeps the last
//! of two equal keys.

mod tensor;

use std::fmt;

use serde_core::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use self::tensor::{Place, TensorSeed};
use super::{Entry, Source, Store};
use crate::errors::Errors;

pub(super) fn read(source: &Source, errors: &mut Errors) -> Option<Store> {
    let mut reader = serde_json::Deserializer::from_str(&source.text);
    let read = StoreSeed.deserialize(&mut reader).and_then(|store| reader.end().map(|()| store));
    match read {
        Ok(store) => Some(store),
        Err(error) => {
            errors.report(&source.written, message(&error, source));
            None
        }
    }
}

/// `weights/net.json:14:7: …`
fn message(error: &serde_json::Error, source: &Source) -> String {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let text = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    let place = format!("{}:{line}:{column}", source.shown);
    // serde_json points at the letter that cannot go on a number: `N`, `I`, or the `I` after a minus. Its columns are
    // bytes.
    let rest = source.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let rest = rest.as_bytes().get(column.saturating_sub(1)..).unwrap_or_default();
    for (word, name) in [("NaN", "NaN"), ("Infinity", "infinite")] {
        if rest.starts_with(word.as_bytes()) {
            let note = "note: the training run has probably diverged";
            return format!("{place}: a number is {name}\n{note}");
        }
    }
    if text.starts_with("recursion limit") {
        return format!("{place}: lists and objects are nested more than 127 deep");
    }
    if error.is_eof() {
        return format!("{place}: the file ends in the middle");
    }
    format!("{place}: {text}")
}

struct StoreSeed;

impl<'de> DeserializeSeed<'de> for StoreSeed {
    type Value = Store;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Store, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for StoreSeed {
    type Value = Store;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the key `layers`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Store, A::Error> {
        let mut layers = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != "layers" {
                map.next_value::<IgnoredAny>()?;
            } else if layers.replace(map.next_value_seed(LayersSeed)?).is_some() {
                return Err(A::Error::custom("the key `layers` is there twice"));
            }
        }
        let layers = layers.ok_or_else(|| A::Error::custom("the key `layers` is missing"))?;
        Ok(Store { layers })
    }
}

struct LayersSeed;

impl<'de> DeserializeSeed<'de> for LayersSeed {
    type Value = Vec<Entry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for LayersSeed {
    type Value = Vec<Entry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of layers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut layers = Vec::new();
        while let Some(layer) = list.next_element_seed(LayerSeed { number: layers.len() + 1 })? {
            layers.push(layer);
        }
        Ok(layers)
    }
}

struct LayerSeed {
    /// Counted from 1.
    number: usize,
}

impl<'de> DeserializeSeed<'de> for LayerSeed {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for LayerSeed {
    type Value = Entry;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a layer, an object with `kernel` and `bias`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
        let mut entry = Entry { name: None, tensors: Vec::new() };
        while let Some(key) = map.next_key::<String>()? {
            let given = entry.tensors.iter().any(|(name, _)| *name == key);
            if given || key == "name" && entry.name.is_some() {
                let layer = self.number;
                let message = format!("the key `{key}` is there twice\nnote: layer {layer}");
                return Err(A::Error::custom(message));
            }
            if key == "name" {
                entry.name = map.next_value()?;
            } else {
                let place = Place::new(self.number, &key);
                let tensor = map.next_value_seed(TensorSeed { place })?;
                entry.tensors.push((key, tensor));
            }
        }
        Ok(entry)
    }
}
