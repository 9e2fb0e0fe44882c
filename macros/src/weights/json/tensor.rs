//! Nested lists of numbers: finite, in f32, and as long as their neighbours.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::tensor::{self, Tensor};

/// No layer has a tensor of more dimensions.
const MOST_DIMENSIONS: usize = 3;

/// Where in the file, in words: "layer 2, `kernel[3][0]`".
#[derive(Clone)]
pub(super) struct Place {
    layer: usize,
    path: String,
    depth: usize,
}

impl Place {
    pub(super) fn new(layer: usize, tensor: &str) -> Self {
        Self { layer, path: tensor.to_owned(), depth: 0 }
    }

    fn element(&self, index: usize) -> Self {
        Self { layer: self.layer, path: format!("{}[{index}]", self.path), depth: self.depth + 1 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "layer {}, `{}`", self.layer, self.path)
    }
}

pub(super) struct TensorSeed {
    pub(super) place: Place,
}

impl TensorSeed {
    fn number<E: Error>(&self, number: f64) -> Result<Tensor, E> {
        #[allow(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
        let nearest = number as f32;
        if !nearest.is_finite() {
            let place = &self.place;
            return Err(E::custom(format!("{number:e} does not fit in f32\nnote: {place}")));
        }
        Ok(Tensor { shape: Vec::new(), numbers: vec![nearest] })
    }

    fn no_number<T, E: Error>(&self, found: &str) -> Result<T, E> {
        let place = &self.place;
        Err(E::custom(format!("expected numbers, found {found}\nnote: {place}")))
    }
}

impl<'de> DeserializeSeed<'de> for TensorSeed {
    type Value = Tensor;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tensor, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TensorSeed {
    type Value = Tensor;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tensor, A::Error> {
        let place = &self.place;
        if place.depth == MOST_DIMENSIONS {
            let message = format!("more than {MOST_DIMENSIONS} dimensions\nnote: {place}");
            return Err(A::Error::custom(message));
        }
        let (mut length, mut row, mut numbers) = (0, None, Vec::new());
        let element = |index| TensorSeed { place: place.element(index) };
        while let Some(mut tensor) = list.next_element_seed(element(length))? {
            let row = row.get_or_insert_with(|| tensor.shape.clone());
            if *row != tensor.shape {
                let (first, other) = (shown(row), shown(&tensor.shape));
                let message = format!("{other}, but before it {first}");
                let place = place.element(length);
                return Err(A::Error::custom(format!("{message}\nnote: {place}")));
            }
            numbers.append(&mut tensor.numbers);
            length += 1;
        }
        let mut shape = vec![length];
        shape.extend(row.unwrap_or_default());
        Ok(Tensor { shape, numbers })
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Tensor, E> {
        self.number(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Tensor, E> {
        #[allow(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
        self.number(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Tensor, E> {
        #[allow(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
        self.number(number as f64)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Tensor, E> {
        self.no_number("a string")
    }

    fn visit_bool<E: Error>(self, found: bool) -> Result<Tensor, E> {
        self.no_number(if found { "`true`" } else { "`false`" })
    }

    fn visit_unit<E: Error>(self) -> Result<Tensor, E> {
        self.no_number("`null`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tensor, A::Error> {
        // So a number comes where another crate turns on serde_json's feature `arbitrary_precision`.
        if map.next_key::<String>()?.as_deref() == Some("$serde_json::private::Number") {
            let digits: String = map.next_value()?;
            return match digits.parse() {
                Ok(number) => self.number(number),
                Err(_) => self.no_number("something else"),
            };
        }
        self.no_number("an object")
    }
}

fn shown(shape: &[usize]) -> String {
    match shape {
        [] => "a number".to_owned(),
        [length] => format!("a list of {length}"),
        shape => format!("a block of {}", tensor::shape(shape)),
    }
}

#[cfg(test)]
mod tests {
    use serde_core::de::value::{Error, MapDeserializer};

    use super::*;

    #[test]
    fn a_number_of_arbitrary_precision_is_a_number() {
        let number = |digits| {
            let map = [("$serde_json::private::Number", digits)].into_iter();
            let seed = TensorSeed { place: Place::new(1, "bias") };
            seed.deserialize(MapDeserializer::<_, Error>::new(map)).map(|tensor| tensor.numbers)
        };
        assert_eq!(number("-0.25").unwrap(), [-0.25]);
        assert!(number("1e39").is_err());
    }
}
