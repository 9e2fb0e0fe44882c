//! The tensors that a layer needs from the weights file.

use crate::tensor::Tensor;

/// The tensors of a layer as one framework names and orders them.
pub(crate) struct Convention {
    pub(crate) tensors: Vec<Shape>,
    /// Those tensors, and what the layer is made of: the same for every convention.
    pub(crate) canonical: Box<dyn Fn(Vec<Tensor>) -> Vec<Tensor>>,
    /// Tensors that a file may have beside them, to be passed over.
    pub(crate) ignored: &'static [&'static str],
}

impl Convention {
    /// Tensors that are taken as they are.
    pub(crate) fn of(tensors: Vec<Shape>) -> Self {
        Self { tensors, canonical: Box::new(|tensors| tensors), ignored: &[] }
    }

    /// Whether one of its tensors has that name.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.tensors.iter().any(|tensor| tensor.name == name)
    }
}

/// A tensor that a layer needs.
#[derive(Clone)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) dimensions: Vec<Dimension>,
    /// Dimensions that hold the same numbers in the same order, as another layer of the framework saves them.
    pub(crate) also: Option<Vec<usize>>,
    /// Dimensions that it has where the layer is another one, and what to write then.
    pub(crate) otherwise: Option<(Vec<usize>, &'static str)>,
}

impl Shape {
    pub(crate) fn new(name: &'static str, dimensions: Vec<Dimension>) -> Self {
        Self { name, dimensions, also: None, otherwise: None }
    }
}

/// One dimension of a tensor, and the key that the user writes to make it so.
#[derive(Clone)]
pub(crate) struct Dimension {
    pub(crate) name: &'static str,
    pub(crate) length: usize,
    pub(crate) key: &'static str,
}

impl Dimension {
    pub(crate) const fn new(name: &'static str, length: usize, key: &'static str) -> Self {
        Self { name, length, key }
    }
}
