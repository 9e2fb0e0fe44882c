//! Drawn numbers, in the order in which a framework has them.

use fastrand::Rng;
use serde_json::{Value, json};

/// Numbers of any shape, the last axis innermost.
#[derive(Clone)]
pub(super) struct Tensor {
    shape: Vec<usize>,
    numbers: Vec<f32>,
}

impl Tensor {
    /// Numbers from `-most` to `most`.
    pub(super) fn draw(random: &mut Rng, shape: &[usize], most: f32) -> Self {
        Self::between(random, shape, -most, most)
    }

    pub(super) fn between(random: &mut Rng, shape: &[usize], least: f32, most: f32) -> Self {
        let count = shape.iter().product();
        let numbers = (0..count).map(|_| least + (most - least) * random.f32()).collect();
        Self { shape: shape.to_vec(), numbers }
    }

    /// The kernel of a layer: what it gives is about as large as what it takes.
    pub(super) fn kernel(random: &mut Rng, shape: &[usize], fan_in: usize) -> Self {
        let fan_in = u16::try_from(fan_in).expect("layers are small");
        Self::draw(random, shape, 1.2 / f32::from(fan_in).sqrt())
    }

    /// The same numbers in another shape.
    pub(super) fn shaped(&self, shape: &[usize]) -> Self {
        assert_eq!(shape.iter().product::<usize>(), self.numbers.len(), "as many numbers");
        Self { shape: shape.to_vec(), numbers: self.numbers.clone() }
    }

    /// What numpy's `transpose` gives.
    pub(super) fn transposed(&self, axes: &[usize]) -> Self {
        let strides: Vec<usize> =
            (0..self.shape.len()).map(|axis| self.shape[axis + 1..].iter().product()).collect();
        let shape: Vec<_> = axes.iter().map(|axis| self.shape[*axis]).collect();
        let numbers = (0..self.numbers.len()).map(|mut place| {
            let mut from = 0;
            for (axis, length) in axes.iter().zip(&shape).rev() {
                from += place % length * strides[*axis];
                place /= length;
            }
            self.numbers[from]
        });
        Self { numbers: numbers.collect(), shape: shape.clone() }
    }

    /// Columns of a matrix, `width` from each of these places on.
    pub(super) fn columns(&self, places: &[usize], width: usize) -> Self {
        let length = self.shape[self.shape.len() - 1];
        let rows = self.numbers.chunks(length);
        let parts = |row: &[f32]| places.iter().flat_map(|p| row[*p..][..width].to_vec()).collect();
        let numbers: Vec<Vec<f32>> = rows.map(parts).collect();
        let mut shape = self.shape.clone();
        *shape.last_mut().expect("it has an axis") = places.len() * width;
        Self { shape, numbers: numbers.concat() }
    }

    pub(super) fn json(&self) -> Value {
        fn nested(shape: &[usize], numbers: &[f32]) -> Value {
            match shape {
                [] | [_] => json!(numbers),
                [_, rest @ ..] => {
                    let parts = numbers.chunks(rest.iter().product());
                    parts.map(|part| nested(rest, part)).collect()
                }
            }
        }
        nested(&self.shape, &self.numbers)
    }
}
