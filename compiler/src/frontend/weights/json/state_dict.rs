//! PyTorch's tensors by their names, alone or beside what GuitarML's trainers say of the model:
//!
//! ```text
//! { "model_data": { "unit_type": "LSTM", "skip": 1, … }, "state_dict": { "rec.weight_ih_l0": [[…], …], … } }
//! { "lstm.weight_ih_l0": [[…], …], …, "dense.bias": […] }
//! ```

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::place::Place;
use super::tensor::TensorSeed;
use super::words::{Words, object};
use super::{guitarml, metadata, modules};
use crate::errors::Message;
use crate::frontend::weights::{Order, Store, named};
use crate::tensor::Tensor;

/// What was read of a file.
#[derive(Default)]
pub(super) struct File {
    words: Words,
    tensors: Vec<(String, Tensor)>,
}

impl File {
    /// The layers, and the network where the file says it.
    pub(super) fn store(self) -> Result<Store, Message> {
        let Self { words, tensors } = self;
        // Counters, and numbers such as an epsilon.
        let is_layers = |(_, tensor): &(String, Tensor)| !tensor.shape.is_empty();
        let tensors: Vec<_> = tensors.into_iter().filter(is_layers).collect();
        if tensors.is_empty() {
            return Err("the file has no tensors".into());
        }
        let entries = named::entries(tensors)?;
        let (entries, graph) = match words.get("model_data") {
            Some(model) => match guitarml::network(model, entries) {
                Ok((entries, graph)) => (entries, Ok(graph)),
                Err((entries, why)) => (entries, Err(why)),
            },
            None => {
                let graph = modules::network(&entries);
                (entries, graph)
            }
        };
        let store = Store::of(entries, Order::Text);
        Ok(Store { graph: Some(graph), metadata: Some(metadata::of(&words)), ..store })
    }
}

pub(super) struct FileSeed<'a> {
    pub(super) place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for FileSeed<'_> {
    type Value = File;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<File, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FileSeed<'_> {
    type Value = File;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with tensors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<File, A::Error> {
        let Self { place } = self;
        let (mut words, mut nested, mut own) = (Words::new(), None, Vec::new());
        while let Some(key) = map.next_key::<String>()? {
            let is_twice = match key.as_str() {
                "state_dict" => nested.replace(map.next_value_seed(Tensors { place })?).is_some(),
                "model_data" => {
                    let value = object(&mut map, &key)?;
                    words.insert(key.clone(), value).is_some()
                }
                word if metadata::is_key(word) => {
                    let value = object(&mut map, &key)?;
                    words.insert(key.clone(), value).is_some()
                }
                _ if nested.is_some() || words.contains_key("model_data") => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
                _ => {
                    tensor(&mut map, &key, place, &mut own)?;
                    false
                }
            };
            if is_twice {
                return Err(A::Error::custom(format!("the key `{key}` appears twice")));
            }
        }
        Ok(File { words, tensors: nested.unwrap_or(own) })
    }
}

/// The tensors in `state_dict`.
struct Tensors<'a> {
    place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for Tensors<'_> {
    type Value = Vec<(String, Tensor)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Tensors<'_> {
    type Value = Vec<(String, Tensor)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with tensors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut tensors = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            tensor(&mut map, &key, self.place, &mut tensors)?;
        }
        Ok(tensors)
    }
}

/// Reads the tensor of that key.
fn tensor<'de, A: MapAccess<'de>>(
    map: &mut A,
    key: &str,
    place: &Place,
    tensors: &mut Vec<(String, Tensor)>,
) -> Result<(), A::Error> {
    if tensors.iter().any(|(other, _)| other == key) {
        return Err(A::Error::custom(format!("the key `{key}` appears twice")));
    }
    if tensors.len() == named::MOST {
        return Err(A::Error::custom(format!("more than {} tensors", named::MOST)));
    }
    place.enter_tensor(key);
    let tensor = map.next_value_seed(TensorSeed { place })?;
    place.leave_tensor();
    tensors.push((key.to_owned(), tensor));
    Ok(())
}
