//! The network with every shape proven: no options, no spans that matter, only what is so.

use proc_macro2::Ident;

use crate::layer::{Layer, State, Timing, is_weighted};

pub(crate) struct Net<'a> {
    pub(crate) ast: &'a crate::ast::Net,
    pub(crate) layers: Vec<NamedLayer<'a>>,
    /// Of the whole chain.
    pub(crate) timing: Timing,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
}

pub(crate) struct NamedLayer<'a> {
    pub(crate) ast: &'a crate::ast::Layer,
    /// The layer's field and, in upper case, its `static`: its label, or its kind and its place among the layers of
    /// the weights file. `None` where the layer has neither label nor weights.
    pub(crate) name: Option<Ident>,
    pub(crate) layer: Box<dyn Layer>,
}

impl NamedLayer<'_> {
    pub(crate) fn has_weights(&self) -> bool {
        is_weighted(&self.ast.kind)
    }
}

impl Net<'_> {
    /// Multiply-accumulates of the costliest push, which is one that every layer answers.
    pub(crate) fn macs(&self) -> usize {
        self.sum(|layer| layer.macs())
    }

    /// Bytes of the struct.
    pub(crate) fn state_bytes(&self) -> usize {
        self.sum(state_bytes)
    }

    /// Bytes of the weights.
    pub(crate) fn weight_bytes(&self) -> usize {
        self.sum(weight_bytes)
    }

    /// The sum of a cost over the layers.
    pub(crate) fn sum(&self, of: impl Fn(&dyn Layer) -> usize) -> usize {
        self.layers.iter().map(|layer| of(&*layer.layer)).fold(0, usize::saturating_add)
    }

    /// The layers that keep something, with their fields.
    pub(crate) fn states(&self) -> impl Iterator<Item = (&Ident, State)> {
        self.layers.iter().filter_map(|layer| layer.name.as_ref().zip(layer.layer.state()))
    }
}

/// Bytes that a layer keeps from push to push.
pub(crate) fn state_bytes(layer: &dyn Layer) -> usize {
    layer.state().map_or(0, |state| state.bytes)
}

/// Bytes of a layer's weights.
pub(crate) fn weight_bytes(layer: &dyn Layer) -> usize {
    weights(layer).saturating_mul(size_of::<f32>())
}

/// The numbers that a layer needs from the weights file.
pub(crate) fn weights(layer: &dyn Layer) -> usize {
    let tensors = layer.tensors();
    let tensors = tensors.iter().map(|tensor| {
        tensor.dimensions.iter().map(|dimension| dimension.length).fold(1, usize::saturating_mul)
    });
    tensors.fold(0, usize::saturating_add)
}

/// The timing of a chain of layers: each layer sees a frame where the one before it answers.
pub(crate) fn chain(timings: impl Iterator<Item = Timing>) -> Timing {
    let start = Timing { past: 0, first: 0, stride: 1 };
    timings.fold(start, |chain, layer| Timing {
        past: chain.past.saturating_add(layer.past.saturating_mul(chain.stride)),
        first: chain.first.saturating_add(layer.first.saturating_mul(chain.stride)),
        stride: chain.stride.saturating_mul(layer.stride),
    })
}
