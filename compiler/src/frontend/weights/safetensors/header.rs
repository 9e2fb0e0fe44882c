//! The header of a file of safetensors: eight bytes of its length, and JSON. The crate `safetensors` would bring derive macros,
//! which take longer to build than half of the compiler.

use std::fmt;

use serde_core::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::Value;

use super::super::named;
use crate::errors::Message;

/// Bytes of a header: the limit of the format's own library.
const MOST_BYTES: u64 = 100_000_000;
/// The key that is no tensor.
const METADATA: &str = "__metadata__";

/// What a file says of its tensors, and their bytes.
pub(super) struct File<'a> {
    pub(super) metadata: Vec<(String, String)>,
    /// By name.
    pub(super) tensors: Vec<Entry>,
    data: &'a [u8],
}

pub(super) struct Entry {
    pub(super) name: String,
    /// Such as `F32`.
    pub(super) dtype: String,
    pub(super) shape: Vec<usize>,
    begin: usize,
    end: usize,
}

impl<'a> File<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Message> {
        let broken = |why: &str| Message::new(format!("not a safetensors file: {why}"));
        let (length, rest) = bytes.split_first_chunk().ok_or_else(|| broken("header too small"))?;
        let length = u64::from_le_bytes(*length);
        if length > MOST_BYTES {
            return Err(broken("header too large"));
        }
        let split = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length));
        let (header, data) = split.ok_or_else(|| broken("invalid header length"))?;
        let mut file = Self { metadata: Vec::new(), tensors: Vec::new(), data };
        let mut reader = serde_json::Deserializer::from_slice(header);
        let read = reader.deserialize_map(Header(&mut file)).and_then(|()| reader.end());
        if file.tensors.len() > named::MOST {
            return Err(format!("more than {} tensors", named::MOST).into());
        }
        read.map_err(|error| broken(&format!("invalid JSON in header: {error}")))?;
        file.tensors.sort_by_key(|entry| (entry.begin, entry.end));
        let mut covered = 0;
        for Entry { name, begin, end, .. } in &file.tensors {
            if *begin != covered || end < begin {
                return Err(broken(&format!("invalid offset for tensor `{name}`")));
            }
            covered = *end;
        }
        if covered != data.len() {
            return Err(broken("incomplete metadata, file not fully covered"));
        }
        file.tensors.sort_by(|one, other| one.name.cmp(&other.name));
        if let Some([Entry { name, .. }, _]) = file
            .tensors
            .windows(2)
            .find(|pair| matches!(pair, [one, other] if one.name == other.name))
        {
            return Err(broken(&format!("two tensors `{name}`")));
        }
        Ok(file)
    }

    /// The bytes of a tensor.
    pub(super) fn bytes(&self, entry: &Entry) -> &'a [u8] {
        self.data.get(entry.begin..entry.end).unwrap_or_default()
    }
}

/// Reads the header's JSON into a file. It ends behind one tensor more than a file may have.
struct Header<'f, 'a>(&'f mut File<'a>);

impl<'de> Visitor<'de> for Header<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value::<Value>()?;
            if key == METADATA {
                let Value::Object(stated) = value else {
                    return Err(A::Error::custom(format!("`{METADATA}` is no object")));
                };
                for (key, value) in stated {
                    let Value::String(value) = value else {
                        return Err(A::Error::custom(format!(
                            "`{key}` in `{METADATA}` is no text"
                        )));
                    };
                    self.0.metadata.push((key, value));
                }
                continue;
            }
            let Some(entry) = entry(&key, &value) else {
                return Err(A::Error::custom(format!(
                    "`{key}` needs a `dtype`, a `shape` and two `data_offsets`"
                )));
            };
            self.0.tensors.push(entry);
            if self.0.tensors.len() > named::MOST {
                break;
            }
        }
        Ok(())
    }
}

fn entry(name: &str, value: &Value) -> Option<Entry> {
    let counts = |key: &str| -> Option<Vec<usize>> {
        let counts = value.get(key)?.as_array()?.iter();
        counts.map(|count| usize::try_from(count.as_u64()?).ok()).collect()
    };
    let [begin, end] = counts("data_offsets")?.try_into().ok()?;
    let dtype = value.get("dtype")?.as_str()?.to_owned();
    Some(Entry { name: name.to_owned(), dtype, shape: counts("shape")?, begin, end })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::File;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
    }

    #[test]
    fn tensors_have_their_bytes() {
        let header = r#"{ "__metadata__": { "format": "pt" },
            "b": { "dtype": "U8", "shape": [2], "data_offsets": [0, 2] },
            "a": { "dtype": "U8", "shape": [], "data_offsets": [2, 3] } }   "#;
        let bytes = file(header, &[1, 2, 3]);
        let file = File::read(&bytes).unwrap();
        assert_eq!(file.metadata, [("format".to_owned(), "pt".to_owned())]);
        let [a, b] = file.tensors.as_slice() else { panic!("{} tensors", file.tensors.len()) };
        assert_eq!((a.name.as_str(), file.bytes(a)), ("a", [3].as_slice()));
        assert_eq!((b.shape.as_slice(), file.bytes(b)), ([2].as_slice(), [1, 2].as_slice()));
    }

    #[test]
    fn what_is_wrong_with_a_header_is_said() {
        let tensor = |name: &str, begin: usize, end: usize| {
            format!(
                r#""{name}": {{ "dtype": "U8", "shape": [1], "data_offsets": [{begin}, {end}] }}"#
            )
        };
        let several = |tensors: &[String]| file(&format!("{{ {} }}", tensors.join(", ")), &[0; 4]);
        let files = [
            vec![1, 2, 3],
            vec![255; 16],
            vec![200, 0, 0, 0, 0, 0, 0, 0, 1],
            file("[]", &[]),
            file("{} {}", &[]),
            file(r#"{ "a": { "dtype": "U8", "shape": [-1], "data_offsets": [0, 1] } }"#, &[0]),
            file(r#"{ "a": { "dtype": "U8", "shape": [1], "data_offsets": [0] } }"#, &[0]),
            file(r#"{ "__metadata__": { "a": 1 } }"#, &[]),
            several(&[tensor("a", 0, 2), tensor("b", 1, 4)]),
            several(&[tensor("a", 0, 2), tensor("b", 3, 4)]),
            several(&[tensor("a", 0, 4), tensor("b", 4, 3)]),
            several(&[tensor("a", 0, 3)]),
            several(&[tensor("a", 0, 5)]),
            several(&[tensor("a", 0, 3), tensor("a", 3, 4)]),
        ];
        let messages = files.iter().map(|bytes| match File::read(bytes) {
            Ok(_) => "right\n".to_owned(),
            Err(message) => format!("{message}\n"),
        });
        expect![[r"
            not a safetensors file: header too small
            not a safetensors file: header too large
            not a safetensors file: invalid header length
            not a safetensors file: invalid JSON in header: invalid type: sequence, expected an object at line 1 column 0
            not a safetensors file: invalid JSON in header: trailing characters at line 1 column 4
            not a safetensors file: invalid JSON in header: `a` needs a `dtype`, a `shape` and two `data_offsets` at line 1 column 65
            not a safetensors file: invalid JSON in header: `a` needs a `dtype`, a `shape` and two `data_offsets` at line 1 column 61
            not a safetensors file: invalid JSON in header: `a` in `__metadata__` is no text at line 1 column 30
            not a safetensors file: invalid offset for tensor `b`
            not a safetensors file: invalid offset for tensor `b`
            not a safetensors file: invalid offset for tensor `b`
            not a safetensors file: incomplete metadata, file not fully covered
            not a safetensors file: incomplete metadata, file not fully covered
            not a safetensors file: two tensors `a`
        "]].assert_eq(&messages.collect::<String>());
    }
}
