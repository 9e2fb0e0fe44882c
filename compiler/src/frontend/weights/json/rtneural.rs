//! The JSON of RTNeural, which AIDA-X and others write too:
//!
//! ```text
//! { "in_shape": […], "layers": [ { "type": "conv1d", "activation": "relu", "weights": [ […], … ], … }, … ] }
//! ```
//!
//! The weights of a layer are what Keras' `get_weights()` gives. Files for AIDA-X have a recorded run too, of numbers in a list: `input_batch` and `output_batch`.

mod graph;
mod look;

use std::fmt;

use serde_core::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use serde_json::Value;

pub(super) use self::look::wrote;
use super::layers::{Layer, LayersSeed};
use super::metadata;
use super::place::Place;
use super::tensor::TensorSeed;
use super::words::{Words, object, word};
use crate::frontend::weights::{Entry, MOST_TENSORS, Order, Reference, Store};
use crate::tensor::Tensor;

/// A layer of the file.
struct Read {
    /// What Keras calls layers of its type, where they have weights.
    class: Option<&'static str>,
    words: Words,
    tensors: Vec<(String, Tensor)>,
}

/// One after the other: the file, its layers, one of them, its weights.
pub(super) struct StoreSeed<'a> {
    pub(super) place: &'a Place,
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
        let (mut layers, mut input, mut output) = (None, None, None);
        let mut words = Words::new();
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                "layers" => layers.replace(map.next_value_seed(LayersSeed::new(place))?).is_some(),
                "input_batch" | "output_batch" => {
                    let batch = if key == "input_batch" { &mut input } else { &mut output };
                    place.enter_tensor(&key);
                    let again = batch.replace(map.next_value_seed(TensorSeed { place })?).is_some();
                    place.leave_tensor();
                    again
                }
                "in_shape" | "in_skip" => {
                    let word = word(&mut map, &key)?;
                    words.insert(key.clone(), word).is_some()
                }
                word if metadata::is_key(word) => {
                    let value = object(&mut map, &key)?;
                    words.insert(key.clone(), value).is_some()
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if again {
                return Err(A::Error::custom(format!("the key `{key}` appears twice")));
            }
        }
        let layers: Vec<Read> =
            layers.ok_or_else(|| A::Error::custom("the key `layers` is missing"))?;
        let graph = Some(graph::of(&words, &layers));
        let reference = input.zip(output).map(|(input, output)| run(input, output));
        let entries = layers.into_iter().filter_map(Read::entry).collect();
        let metadata = Some(metadata::of(&words));
        Ok(Store { graph, reference, metadata, ..Store::of(entries, Order::Text) })
    }
}

/// Every frame has an output, from a new network on. Numbers in a list are frames of one channel.
fn run(input: Tensor, output: Tensor) -> Reference {
    let frames = |numbers: Tensor| match *numbers.shape {
        [length] => Tensor { shape: vec![length, 1], ..numbers },
        _ => numbers,
    };
    let output = frames(output).rows().map(Some).collect();
    Reference { input: frames(input), output, tolerance: Reference::TOLERANCE }
}

impl Layer for Read {
    const EXPECTED: &str = "a layer, an object with `type` and `weights`";

    fn read<'de, A: MapAccess<'de>>(mut map: A, place: &Place) -> Result<Self, A::Error> {
        let (mut words, mut weights) = (Words::new(), None);
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                "weights" => weights.replace(map.next_value_seed(WeightsSeed { place })?).is_some(),
                "type" | "activation" | "shape" | "dilation" | "groups" | "epsilon" | "stride"
                | "strides" => {
                    let word = word(&mut map, &key)?;
                    if key == "type" && !(place.is_in_first_layer() && is_unknown(&word)) {
                        class::<A::Error>(&word)?;
                    }
                    words.insert(key.clone(), word).is_some()
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if again {
                return Err(A::Error::custom(format!("the key `{key}` appears twice")));
            }
        }
        let missing = |key| A::Error::custom(format!("the key `{key}` is missing"));
        let kind = words.get("type").ok_or_else(|| missing("type"))?;
        let tensors: Vec<_> = weights.ok_or_else(|| missing("weights"))?;
        // Keras' `InputLayer`, whose shape is in a list of its own.
        let shape = words.get("shape").and_then(Value::as_array);
        let is_nested = matches!(shape.map(Vec::as_slice), Some([Value::Array(_)]));
        let is_input =
            place.is_in_first_layer() && is_unknown(kind) && tensors.is_empty() && is_nested;
        let class = if is_input { None } else { class(kind)? };
        Ok(Self { class, words, tensors })
    }
}

impl Read {
    /// Its weights, where it has any.
    fn entry(self) -> Option<Entry> {
        let class = Some(self.class?.to_owned());
        Some(Entry { class, tensors: self.tensors, by_place: true, ..Entry::default() })
    }
}

fn is_unknown(kind: &Value) -> bool {
    kind.as_str() == Some("unknown")
}

/// What Keras calls layers of that type, where they have weights.
fn class<E: serde_core::de::Error>(kind: &Value) -> Result<Option<&'static str>, E> {
    Ok(Some(match kind.as_str().unwrap_or_default() {
        "conv1d" => "conv1d",
        "dense" | "time-distributed-dense" => "dense",
        "gru" => "gru",
        "lstm" => "lstm",
        "prelu" => "p_re_lu",
        "batchnorm" => "batch_normalization",
        "activation" => return Ok(None),
        "unknown" => {
            return Err(E::custom(
                "the exporter did not know this layer and wrote the type `unknown`",
            ));
        }
        kind => return Err(E::custom(format!("layers of the type `{kind}` are not read"))),
    }))
}

/// Tensors without names.
struct WeightsSeed<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for WeightsSeed<'_> {
    type Value = Vec<(String, Tensor)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for WeightsSeed<'_> {
    type Value = Vec<(String, Tensor)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of arrays")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Self { place } = self;
        let mut tensors = Vec::new();
        loop {
            let name = format!("weights[{}]", tensors.len());
            place.enter_tensor(&name);
            let Some(tensor) = list.next_element_seed(TensorSeed { place })? else { break };
            place.leave_tensor();
            if tensors.len() == MOST_TENSORS {
                return Err(A::Error::custom(format!("more than {MOST_TENSORS} arrays")));
            }
            tensors.push((name, tensor));
        }
        place.leave_tensor();
        Ok(tensors)
    }
}
