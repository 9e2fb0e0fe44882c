//! The one list of all weights, cut into the tensors of one layer after the other.

use super::Result;
use super::config::Config;
use super::value::Value;
use crate::numbers::{plural, rounded};
use crate::tensor::Tensor;

/// The weights of a model.
pub(super) struct Array {
    numbers: Vec<f64>,
    /// How many were asked for, of which there may be fewer.
    taken: usize,
}

impl Array {
    pub(super) fn of(model: &Config<'_>) -> Result<Self> {
        let place = model.path("weights");
        let numbers = match model.find("weights") {
            Some(Value::List(values)) => values,
            Some(found) => {
                let what = format!("`{place}` must be a list, not {}", found.what());
                return Err(model.problem(what));
            }
            None => return Err(model.refuse("weights", "is missing")),
        };
        let number = |(index, value): (usize, &Value)| {
            let wrong = |why: String| model.problem(format!("`{place}[{index}]` {why}"));
            match value {
                Value::Number(number) if rounded(*number).is_finite() => {
                    Ok(f64::from(rounded(*number)))
                }
                Value::Number(number) => {
                    Err(wrong(format!("is {number:e}, which does not fit in f32")))
                }
                found => Err(wrong(format!("must be a number, not {}", found.what()))),
            }
        };
        let numbers = numbers.iter().enumerate().map(number).collect::<Result<_>>()?;
        Ok(Self { numbers, taken: 0 })
    }

    /// The next numbers, as a tensor of that shape.
    pub(super) fn tensor(&mut self, shape: &[usize]) -> Tensor {
        let length = shape.iter().fold(1, |product: usize, length| product.saturating_mul(*length));
        let end = self.taken.saturating_add(length);
        let numbers = self.numbers.get(self.taken..end).unwrap_or_default().to_vec();
        self.taken = end;
        Tensor { shape: shape.to_vec(), numbers }
    }

    /// The next number.
    pub(super) fn number(&mut self) -> f64 {
        self.tensor(&[1]).numbers.first().copied().unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether all of them were asked for, and no more.
    pub(super) fn end(&self, model: &Config<'_>) -> Result<()> {
        if self.taken == self.numbers.len() {
            return Ok(());
        }
        let (place, found) = (model.path("weights"), plural(self.numbers.len(), "number"));
        Err(model.problem(format!("`{place}` has {found}, but the layers take {}", self.taken)))
    }
}
