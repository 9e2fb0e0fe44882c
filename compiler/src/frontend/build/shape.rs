//! The tensors that a layer needs from the weights file.

use crate::frontend::keys;
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
    /// The lengths of its dimensions.
    pub(crate) fn lengths(&self) -> Vec<usize> {
        self.dimensions.iter().map(|dimension| dimension.length).collect()
    }

    /// The dimensions that a message shows beside a tensor of so many: those of a dense layer's kernel without its one tap.
    pub(crate) fn without_taps(&self, is_dense: bool, found: usize) -> Vec<&Dimension> {
        let all = || self.dimensions.iter();
        let short: Vec<_> = all().filter(|dimension| dimension.key != keys::K).collect();
        let lengths = short.iter().map(|dimension| dimension.length);
        let is_also = self.also.as_ref().is_some_and(|also| lengths.eq(also.iter().copied()));
        let is_shown = found == short.len() || is_dense && found != self.dimensions.len();
        if is_also && is_shown { short } else { all().collect() }
    }

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
