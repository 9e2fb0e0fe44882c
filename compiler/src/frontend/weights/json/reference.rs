//! The recorded run:
//!
//! ```text
//! { "input": [[…], …], "output": [null, […], …], "tolerance": 0.00001 }
//! ```

use std::fmt;

use serde_core::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::place::Place;
use super::tensor::TensorSeed;
use crate::frontend::weights::Reference;
use crate::tensor::Tensor;

pub(super) struct ReferenceSeed<'a> {
    pub(super) place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for ReferenceSeed<'_> {
    type Value = Reference;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Reference, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ReferenceSeed<'_> {
    type Value = Reference;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with `input` and `output`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Reference, A::Error> {
        let Self { place } = self;
        let (mut input, mut output, mut tolerance) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            place.enter_tensor(&key);
            let is_twice = match key.as_str() {
                "input" => input.replace(map.next_value_seed(TensorSeed { place })?).is_some(),
                "output" => output.replace(map.next_value_seed(OutputsSeed { place })?).is_some(),
                "tolerance" => {
                    let number = map.next_value_seed(TensorSeed { place })?;
                    let number = number.numbers.first().copied().filter(|number| *number > 0.0);
                    let number =
                        number.ok_or_else(|| Error::custom("the tolerance must be above 0"))?;
                    tolerance.replace(number).is_some()
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if is_twice {
                return Err(Error::custom(format!("the key `{key}` appears twice")));
            }
            place.leave_tensor();
        }
        let missing = |key| Error::custom(format!("`reference` has no `{key}`"));
        Ok(Reference {
            input: input.ok_or_else(|| missing("input"))?,
            output: output.ok_or_else(|| missing("output"))?,
            tolerance: tolerance.unwrap_or(Reference::TOLERANCE),
        })
    }
}

/// What each push outputs, or nothing.
struct OutputsSeed<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for OutputsSeed<'_> {
    type Value = Vec<Option<Tensor>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for OutputsSeed<'_> {
    type Value = Vec<Option<Tensor>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of frames and `null`s")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Self { place } = self;
        let mut outputs = Vec::new();
        place.enter_list();
        while let Some(output) = list.next_element_seed(OutputSeed { place })? {
            outputs.push(output);
        }
        place.leave_list();
        Ok(outputs)
    }
}

struct OutputSeed<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for OutputSeed<'_> {
    type Value = Option<Tensor>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OutputSeed<'_> {
    type Value = Option<Tensor>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a frame or `null`")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.place.next();
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        TensorSeed { place: self.place }.deserialize(deserializer).map(Some)
    }
}
