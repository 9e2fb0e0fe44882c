//! Which program wrote a JSON file.

use std::cell::Cell;
use std::fmt;

use serde_core::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

/// How much of a text is looked at, in bytes: what is before the type of the first layer, and more.
const LOOKED_AT: usize = 1 << 20;

/// Whether the text is such a file, as far as it can be read: its first layer has a type.
pub(in crate::frontend::weights::json) fn wrote(text: &str) -> bool {
    let found = Cell::new(false);
    let text = text.as_bytes().get(..LOOKED_AT).unwrap_or(text.as_bytes());
    let mut reader = serde_json::Deserializer::from_slice(text);
    // It ends in an error where the answer is known.
    let _ = Look { found: &found, at: Level::File }.deserialize(&mut reader);
    found.get()
}

/// Looks for the key `type` in the first element of `layers`.
struct Look<'a> {
    found: &'a Cell<bool>,
    at: Level,
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    File,
    Layers,
    Layer,
    Type,
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a file of RTNeural's")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { found, at } = self;
        let (wanted, next) = match at {
            Level::File => ("layers", Level::Layers),
            Level::Layer => ("type", Level::Type),
            _ => return Err(A::Error::custom("not such a file")),
        };
        while let Some(key) = map.next_key::<String>()? {
            if key == wanted {
                return map.next_value_seed(Look { found, at: next });
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.at == Level::Layers {
            list.next_element_seed(Look { found: self.found, at: Level::Layer })?;
        }
        Err(A::Error::custom("the answer is known"))
    }

    fn visit_str<E: serde_core::de::Error>(self, _: &str) -> Result<(), E> {
        self.found.set(self.at == Level::Type);
        Err(E::custom("the answer is known"))
    }
}
