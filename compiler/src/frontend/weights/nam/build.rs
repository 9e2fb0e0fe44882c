//! Layers as a user would write them, and the tensors of each.

use crate::frontend::weights::Entry;
pub(super) use crate::frontend::weights::words::Given;
use crate::frontend::weights::words::Layer;
use crate::tensor::Tensor;

/// What is built so far.
pub(super) struct Build {
    /// The chains at hand, the innermost last.
    chains: Vec<Vec<Layer>>,
    /// Of the layers with weights, in their order.
    entries: Vec<Entry>,
}

impl Build {
    pub(super) fn new() -> Self {
        Self { chains: vec![Vec::new()], entries: Vec::new() }
    }

    /// The layers, and the tensors of those that have some.
    pub(super) fn finish(mut self) -> (Vec<Layer>, Vec<Entry>) {
        (self.chains.pop().unwrap_or_default(), self.entries)
    }

    /// The layers to come are a branch, up to `close`.
    pub(super) fn open(&mut self) {
        self.chains.push(Vec::new());
    }

    /// The branches that were opened last are those of a layer of that kind.
    pub(super) fn close(&mut self, kind: &str, branches: usize) {
        let branches = self.chains.split_off(self.chains.len().saturating_sub(branches));
        self.push(kind, Vec::new(), branches);
    }

    /// A layer without weights.
    pub(super) fn layer(&mut self, kind: &str, arguments: Vec<Given>) {
        self.push(kind, arguments, Vec::new());
    }

    /// A layer with these tensors, by the names that one of its conventions has.
    pub(super) fn weighted(
        &mut self,
        kind: &str,
        arguments: Vec<Given>,
        tensors: Vec<(&str, Tensor)>,
    ) {
        let tensors = tensors.into_iter().map(|(name, tensor)| (name.to_owned(), tensor)).collect();
        self.entries.push(Entry { tensors, ..Entry::default() });
        self.push(kind, arguments, Vec::new());
    }

    fn push(&mut self, kind: &str, arguments: Vec<Given>, branches: Vec<Vec<Layer>>) {
        let layer = Layer::new(kind).with(arguments).over(branches);
        if let Some(chain) = self.chains.last_mut() {
            chain.push(layer);
        }
    }
}
