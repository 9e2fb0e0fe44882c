//! The network that a weights file says.

use proc_macro2::TokenStream;

use super::Source;
use crate::frontend::needs::Needs;
use crate::graph::Graph;

/// A graph out of a file.
pub(crate) struct FileGraph {
    pub(crate) graph: Graph,
    /// What its layers need from the file's entries, in their order. A graph whose nodes have their tensors needs nothing; the
    /// nodes with tensors are those that its layers say (`weighted`).
    pub(crate) needs: Vec<Needs<'static>>,
    /// The keys and flags that are no more than a guess, because files of that format have no word for them.
    pub(crate) unspecified: &'static [&'static str],
}

impl FileGraph {
    /// The same with its layers where the file's path stands.
    pub(super) fn of(mut self, source: &Source) -> Self {
        let origin: TokenStream = source.written.clone().into_iter().take(1).collect();
        for layer in &mut self.graph.layers {
            layer.origin = origin.clone();
        }
        for needs in &mut self.needs {
            needs.origin = origin.clone();
        }
        self
    }
}
