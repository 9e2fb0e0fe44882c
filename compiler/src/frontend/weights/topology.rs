//! The layers that a weights file says.

use proc_macro2::Span;

use super::Source;
use super::words::Layer;
use crate::frontend::ast;

/// What a file says of a network.
pub(crate) struct Topology {
    /// Its layers, or why they cannot be said in our words.
    layers: Result<Vec<Layer>, String>,
    /// The keys and flags that are no more than a guess, because files of that format have no word for them.
    pub(crate) guessed: &'static [&'static str],
}

impl Topology {
    pub(super) fn of(layers: Vec<Layer>) -> Self {
        Self { layers: Ok(layers), guessed: &[] }
    }

    pub(super) fn guessing(self, guessed: &'static [&'static str]) -> Self {
        Self { guessed, ..self }
    }

    pub(super) fn unknown(why: String) -> Self {
        Self { layers: Err(why), guessed: &[] }
    }

    /// The layers as if they stood where the file is named.
    pub(crate) fn layers(&self, source: &Source) -> Result<Vec<ast::Layer>, String> {
        let path = source.written.clone().into_iter().next();
        let span = path.map_or_else(Span::call_site, |token| token.span());
        Ok(self.layers.clone()?.into_iter().map(|layer| layer.at(span)).collect())
    }
}
