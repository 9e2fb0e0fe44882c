//! A JSON file as it is. `serde_json::Value` would keep the last of two equal keys.

use std::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

pub(super) enum Value {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

pub(super) fn parse(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text)
}

impl Value {
    /// The value of that key of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(pairs) = self else { return None };
        pairs.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What it is, for messages.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Null => "`null`".to_owned(),
            Self::Flag(flag) => format!("`{flag}`"),
            Self::Number(number) => format!("`{number}`"),
            Self::Text(text) => format!("{text:?}"),
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    #[allow(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut pairs: Vec<(String, Value)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if pairs.iter().any(|(other, _)| *other == key) {
                return Err(A::Error::custom(format!("the key `{key}` appears twice")));
            }
            if pairs.len() == MOST_KEYS {
                return Err(A::Error::custom(format!("more than {MOST_KEYS} keys")));
            }
            pairs.push((key, map.next_value()?));
        }
        // So a number comes where another crate turns on serde_json's feature `arbitrary_precision`.
        if let [(key, Value::Text(digits))] = pairs.as_slice()
            && key == "$serde_json::private::Number"
            && let Ok(number) = digits.parse()
        {
            return Ok(Value::Number(number));
        }
        Ok(Value::Object(pairs))
    }
}

/// Keys of an object: each is compared with those before it.
const MOST_KEYS: usize = 256;
