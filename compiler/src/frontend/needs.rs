//! What a layer needs from the weights file, whether it was written or a file says it.

use proc_macro2::{Ident, TokenStream};

use super::ast;
use super::build::Convention;
use crate::graph::LayerId;
use crate::tensor::Tensor;

/// What a layer needs from the weights file.
pub(crate) struct Needs<'a> {
    /// Its word.
    pub(crate) kind: String,
    /// Where it was said.
    pub(crate) origin: TokenStream,
    /// What was written, where it was.
    pub(crate) ast: Option<&'a ast::Layer>,
    pub(crate) name: Option<Ident>,
    /// Its tensors, by the names and in the orders of each framework.
    pub(crate) conventions: Vec<Convention>,
    pub(crate) layer: LayerId,
}

impl Needs<'_> {
    /// Whether it needs tensors.
    pub(crate) fn has_tensors(&self) -> bool {
        self.conventions.first().is_some_and(|one| !one.tensors.is_empty())
    }

    /// The tensors of a layer that has none in the file.
    pub(crate) fn without_file(&self) -> Option<Vec<Tensor>> {
        let convention = self.conventions.first().filter(|one| one.tensors.is_empty())?;
        Some((convention.canonical)(Vec::new()))
    }
}
