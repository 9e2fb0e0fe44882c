//! Values of a file that are no tensors.

use std::collections::HashMap;

use serde_core::de::{Error as _, MapAccess};
use serde_json::Value;
use serde_json::value::RawValue;

/// What the file says of itself or of one of its layers, beside numbers.
pub(super) type Words = HashMap<String, Value>;

/// Bytes of a word at most: a shape has some ten.
const MOST_BYTES: usize = 1 << 10;
/// Bytes of an object with metadata.
const MOST_BYTES_OF_OBJECT: usize = 1 << 16;

/// The value of a key, which has been read.
pub(super) fn word<'de, A: MapAccess<'de>>(map: &mut A, key: &str) -> Result<Value, A::Error> {
    value(map, key, MOST_BYTES)
}

/// The value of a key that may be a larger object.
pub(super) fn object<'de, A: MapAccess<'de>>(map: &mut A, key: &str) -> Result<Value, A::Error> {
    value(map, key, MOST_BYTES_OF_OBJECT)
}

fn value<'de, A: MapAccess<'de>>(map: &mut A, key: &str, most: usize) -> Result<Value, A::Error> {
    let raw: &RawValue = map.next_value()?;
    if raw.get().len() > most {
        return Err(A::Error::custom(format!("`{key}` has more than {most} bytes")));
    }
    serde_json::from_str(raw.get()).map_err(|_| A::Error::custom(format!("`{key}` is broken")))
}
