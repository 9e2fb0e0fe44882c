//! Nested lists of numbers: finite, in f32, and as long as their neighbours.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::place::Place;
use crate::frontend::weights::MOST_DIMENSIONS;
use crate::tensor::{self, Tensor};

pub(super) struct TensorSeed<'a> {
    pub(super) place: &'a Place,
}

impl<'de> DeserializeSeed<'de> for TensorSeed<'_> {
    type Value = Tensor;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tensor, D::Error> {
        self.place.next();
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TensorSeed<'_> {
    type Value = Tensor;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tensor, A::Error> {
        let Self { place } = self;
        if place.depth() == MOST_DIMENSIONS {
            return Err(A::Error::custom(format!("more than {MOST_DIMENSIONS} dimensions")));
        }
        let (mut length, mut row, mut numbers) = (0, None, Vec::new());
        place.enter_list();
        while let Some(mut tensor) = list.next_element_seed(TensorSeed { place })? {
            let row = row.get_or_insert_with(|| tensor.shape.clone());
            if *row != tensor.shape {
                let (first, other) = (shown(row), shown(&tensor.shape));
                return Err(A::Error::custom(format!(
                    "found {other} after {first}: their shapes must be equal"
                )));
            }
            numbers.append(&mut tensor.numbers);
            length += 1;
        }
        place.leave_list();
        let mut shape = vec![length];
        shape.extend(row.unwrap_or_default());
        Ok(Tensor { shape, numbers })
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Tensor, E> {
        self.place.count()?;
        tensor_of(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Tensor, E> {
        self.place.count()?;
        #[allow(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
        tensor_of(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Tensor, E> {
        self.place.count()?;
        #[allow(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
        tensor_of(number as f64)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Tensor, E> {
        no_number("a string")
    }

    fn visit_bool<E: Error>(self, found: bool) -> Result<Tensor, E> {
        no_number(if found { "`true`" } else { "`false`" })
    }

    fn visit_unit<E: Error>(self) -> Result<Tensor, E> {
        no_number("`null`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tensor, A::Error> {
        // So a number comes where another crate turns on serde_json's feature `arbitrary_precision`.
        if map.next_key::<String>()?.as_deref() == Some("$serde_json::private::Number") {
            let digits: String = map.next_value()?;
            self.place.count()?;
            return match digits.parse() {
                Ok(number) => tensor_of(number),
                Err(_) => no_number("something else"),
            };
        }
        Err(A::Error::custom(if self.place.is_of_layer() && self.place.depth() < 2 {
            NESTED
        } else {
            "expected numbers, found an object"
        }))
    }
}

/// What is wrong where an entry has others in it.
pub(super) const NESTED: &str = "expected numbers, found an entry inside an entry";

fn tensor_of<E: Error>(number: f64) -> Result<Tensor, E> {
    #[allow(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
    let nearest = number as f32;
    if !nearest.is_finite() {
        return Err(E::custom(format!("{number:e} does not fit in f32")));
    }
    Ok(Tensor { shape: Vec::new(), numbers: vec![f64::from(nearest)] })
}

fn no_number<T, E: Error>(found: &str) -> Result<T, E> {
    Err(E::custom(format!("expected numbers, found {found}")))
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
    fn a_tensor_of_arbitrary_precision_is_a_number() {
        let number = |digits| {
            let map = [("$serde_json::private::Number", digits)].into_iter();
            let seed = TensorSeed { place: &Place::new(1) };
            seed.deserialize(MapDeserializer::<_, Error>::new(map)).map(|tensor| tensor.numbers)
        };
        assert_eq!(number("-0.25").unwrap(), [-0.25]);
        assert!(number("1e39").is_err());
    }
}
