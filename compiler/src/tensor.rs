/// Finite numbers that fit in f32, the last dimension fastest. What is made of them is rounded once, when it is printed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) numbers: Vec<f64>,
}

impl Tensor {
    /// Its dimensions in another order: the first of the new ones is that of number `order[0]`.
    pub(crate) fn permuted(&self, order: &[usize]) -> Self {
        let steps: Vec<usize> =
            (1..=self.shape.len()).map(|behind| self.shape.iter().skip(behind).product()).collect();
        let of = |numbers: &[usize]| -> Vec<usize> {
            order.iter().filter_map(|dimension| numbers.get(*dimension).copied()).collect()
        };
        let (shape, steps) = (of(&self.shape), of(&steps));
        let numbers = (0..self.numbers.len()).filter_map(|mut place| {
            let mut from = 0;
            for (length, step) in shape.iter().zip(&steps).rev() {
                from += place % length * step;
                place /= length;
            }
            self.numbers.get(from).copied()
        });
        Self { numbers: numbers.collect(), shape }
    }

    /// Its parts along the first dimension. A number has none.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Self> {
        let (count, shape) = self.shape.split_first().unwrap_or((&0, &[]));
        let length = shape.iter().product();
        (0..*count).map(move |row| Self {
            shape: shape.to_vec(),
            numbers: self.numbers.iter().skip(row * length).take(length).copied().collect(),
        })
    }
}

/// Tensors with the dimensions of the first, a kernel, in another order.
pub(crate) fn kernel_permuted(mut tensors: Vec<Tensor>, order: &[usize]) -> Vec<Tensor> {
    if let Some(kernel) = tensors.first_mut() {
        *kernel = kernel.permuted(order);
    }
    tensors
}

/// A shape as messages show it: `(3, 2, 4)`.
pub(crate) fn shape(shape: &[usize]) -> String {
    let lengths: Vec<_> = shape.iter().map(ToString::to_string).collect();
    format!("({})", lengths.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_change_places() {
        let numbers = (0..24).map(f64::from).collect();
        let tensor = Tensor { shape: vec![2, 3, 4], numbers };
        let permuted = tensor.permuted(&[2, 0, 1]);
        assert_eq!(permuted.shape, [4, 2, 3]);
        // Of (0, 0, 1), (0, 1, 1), … in the old order.
        assert_eq!(permuted.numbers[6..12], [1.0, 5.0, 9.0, 13.0, 17.0, 21.0]);
        assert_eq!(permuted.permuted(&[1, 2, 0]).numbers, tensor.numbers);
    }
}
