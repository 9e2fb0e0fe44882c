//! The list of layers of a file, whatever one of them is.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::place::Place;
use crate::frontend::build::limits::MOST_LAYERS;

/// A layer of a file.
pub(super) trait Layer: Sized {
    /// What it is, for messages.
    const EXPECTED: &str;

    fn read<'de, A: MapAccess<'de>>(map: A, place: &Place) -> Result<Self, A::Error>;
}

/// Reads a list of layers.
pub(super) struct LayersSeed<'a, L> {
    place: &'a Place,
    layer: PhantomData<L>,
}

impl<'a, L> LayersSeed<'a, L> {
    pub(super) fn new(place: &'a Place) -> Self {
        Self { place, layer: PhantomData }
    }
}

impl<'de, L: Layer> DeserializeSeed<'de> for LayersSeed<'_, L> {
    type Value = Vec<L>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, L: Layer> Visitor<'de> for LayersSeed<'_, L> {
    type Value = Vec<L>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of layers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Self { place, layer } = self;
        let mut layers = Vec::new();
        while let Some(layer) = list.next_element_seed(LayerSeed { place, layer })? {
            if layers.len() == MOST_LAYERS {
                return Err(A::Error::custom(format!("more than {MOST_LAYERS} layers")));
            }
            layers.push(layer);
        }
        place.leave_layers();
        Ok(layers)
    }
}

struct LayerSeed<'a, L> {
    place: &'a Place,
    layer: PhantomData<L>,
}

impl<'de, L: Layer> DeserializeSeed<'de> for LayerSeed<'_, L> {
    type Value = L;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<L, D::Error> {
        self.place.next_layer();
        deserializer.deserialize_map(self)
    }
}

impl<'de, L: Layer> Visitor<'de> for LayerSeed<'_, L> {
    type Value = L;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(L::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<L, A::Error> {
        L::read(map, self.place)
    }
}
