//! The JSON of RTNeural, which AIDA-X and others write too:
//!
//! ```text
//! { "in_shape": […], "layers": [ { "type": "conv1d", "activation": "relu", "weights": [ […], … ], … }, … ] }
//! ```
//!
//! The weights of a layer are what Keras' `get_weights()` gives. Which activation a layer has, and its dilation, is what
//! the network's text says. Files for AIDA-X have a recorded run too, of numbers in a list: `input_batch` and `output_batch`.

use std::cell::Cell;
use std::fmt;

use serde_core::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::place::Place;
use super::tensor::TensorSeed;
use crate::layer::MOST_LAYERS;
use crate::tensor::Tensor;
use crate::weights::{Entry, MOST_TENSORS, Order, Reference, Store};

/// Whether the text is such a file, as far as it can be read: its first layer has a type.
pub(super) fn wrote(text: &str) -> bool {
    let found = Cell::new(false);
    let mut reader = serde_json::Deserializer::from_str(text);
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
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                "layers" => layers.replace(map.next_value_seed(LayersSeed { place })?).is_some(),
                "input_batch" | "output_batch" => {
                    let batch = if key == "input_batch" { &mut input } else { &mut output };
                    place.enter_tensor(&key);
                    let again = batch.replace(map.next_value_seed(TensorSeed { place })?).is_some();
                    place.leave_tensor();
                    again
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if again {
                return Err(A::Error::custom(format!("the key `{key}` is there twice")));
            }
        }
        let layers = layers.ok_or_else(|| A::Error::custom("the key `layers` is missing"))?;
        let reference = input.zip(output).map(|(input, output)| run(input, output));
        Ok(Store { reference, ..Store::of(layers, Order::Text) })
    }
}

/// Every frame is answered, from a new network on. Numbers in a list are frames of one channel.
fn run(input: Tensor, output: Tensor) -> Reference {
    let frames = |numbers: Tensor| match *numbers.shape {
        [length] => Tensor { shape: vec![length, 1], ..numbers },
        _ => numbers,
    };
    let output = frames(output).rows().map(Some).collect();
    Reference { input: frames(input), output, tolerance: Reference::TOLERANCE }
}

struct LayersSeed<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for LayersSeed<'_> {
    type Value = Vec<Entry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for LayersSeed<'_> {
    type Value = Vec<Entry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of layers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Self { place } = self;
        let mut layers = Vec::new();
        while let Some(layer) = list.next_element_seed(LayerSeed { place })? {
            if layers.len() == MOST_LAYERS {
                return Err(A::Error::custom(format!("more than {MOST_LAYERS} layers")));
            }
            layers.extend(layer);
        }
        place.leave_layers();
        Ok(layers)
    }
}

struct LayerSeed<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for LayerSeed<'_> {
    /// `None` where the layer has no weights.
    type Value = Option<Entry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.place.next_layer();
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for LayerSeed<'_> {
    type Value = Option<Entry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a layer, an object with `type` and `weights`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self { place } = self;
        let (mut kind, mut weights) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                "type" => {
                    let name: String = map.next_value()?;
                    class::<A::Error>(&name)?;
                    kind.replace(name).is_some()
                }
                "weights" => weights.replace(map.next_value_seed(WeightsSeed { place })?).is_some(),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if again {
                return Err(A::Error::custom(format!("the key `{key}` is there twice")));
            }
        }
        let missing = |key| A::Error::custom(format!("the key `{key}` is missing"));
        let class = class(&kind.ok_or_else(|| missing("type"))?)?;
        let tensors = weights.ok_or_else(|| missing("weights"))?;
        let entry = |class: &str| Entry {
            class: Some(class.to_owned()),
            tensors,
            by_place: true,
            ..Entry::default()
        };
        Ok(class.map(entry))
    }
}

/// What Keras calls layers of that type, where they have weights.
fn class<E: serde_core::de::Error>(kind: &str) -> Result<Option<&'static str>, E> {
    Ok(Some(match kind {
        "conv1d" => "conv1d",
        "dense" | "time-distributed-dense" => "dense",
        "gru" => "gru",
        "lstm" => "lstm",
        "prelu" => "p_re_lu",
        "batchnorm" => "batch_normalization",
        "activation" => return Ok(None),
        "unknown" => return Err(E::custom("the exporter did not know this layer: `unknown`")),
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
