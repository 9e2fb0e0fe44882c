//! The network with every shape proven: no options, no spans that matter, only what is so.

use proc_macro2::Ident;
use quote::format_ident;

use crate::layer::{Layer, Side, State, Timing, is_weighted, kind};

pub(crate) struct Net<'a> {
    pub(crate) ast: &'a crate::ast::Net,
    /// In the order of the weights file: those of branches before the layer that brings them together. Which those are,
    /// `ast` says.
    pub(crate) layers: Vec<NamedLayer<'a>>,
    /// Of the whole chain.
    pub(crate) timing: Timing,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// What it has been given forever when it starts, where that is at rest.
    pub(crate) silence: Option<Vec<f64>>,
}

pub(crate) struct NamedLayer<'a> {
    pub(crate) ast: &'a crate::ast::Layer,
    /// The layer's field and, in upper case, its `static`: its label, or its kind and its place among the layers of
    /// the weights file. `None` where the layer has neither label nor weights, and keeps nothing.
    pub(crate) name: Option<Ident>,
    pub(crate) layer: Box<dyn Layer>,
    /// The frames that a push gives it, where it gives it any.
    pub(crate) frames: usize,
    pub(crate) fate: Fate,
    /// The place of the product that makes its input of the condition, where the layer takes the condition itself.
    pub(crate) through: Option<usize>,
}

/// What becomes of a layer.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Fate {
    /// It has a line in `push`.
    Line,
    /// It is part of the layer of that place.
    Part { of: usize, side: Side },
    /// Nothing depends on it.
    Dead,
}

impl NamedLayer<'_> {
    pub(crate) fn has_weights(&self) -> bool {
        is_weighted(self.ast)
    }

    /// Whether it is a convolution with a history to whose sums the layer behind it adds something of the condition.
    pub(crate) fn takes_mixed(&self, behind: &Self) -> bool {
        let is_conv = !self.layer.mixes() && self.layer.tap().is_none();
        is_conv
            && self.fate == Fate::Line
            && self.layer.activation().is_none()
            && self.layer.plain().is_some_and(|plain| plain.past > 0)
            && behind.fate == Fate::Line
            && behind.layer.mixes()
            && behind.layer.plain().is_some()
    }
}

impl Net<'_> {
    /// When it answers from its start on.
    pub(crate) fn timing_from_start(&self) -> Timing {
        let first = if self.silence.is_some() { 0 } else { self.timing.first };
        Timing { first, ..self.timing }
    }

    /// Multiply-accumulates of the costliest push, which is one that every layer answers.
    pub(crate) fn macs(&self) -> usize {
        self.sum(macs)
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
    pub(crate) fn sum(&self, of: impl Fn(&NamedLayer<'_>) -> usize) -> usize {
        self.lines().map(of).fold(0, usize::saturating_add)
    }

    /// The layers that have a line in `push`.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &NamedLayer<'_>> {
        self.layers.iter().filter(|layer| layer.fate == Fate::Line)
    }

    /// The fields, with what they hold.
    pub(crate) fn fields(&self) -> Vec<(Ident, State)> {
        self.lines().flat_map(NamedLayer::fields).collect()
    }
}

impl NamedLayer<'_> {
    /// Whether the layer is an activation and nothing else.
    pub(crate) fn is_activation(&self) -> bool {
        kind(&self.ast.kind).is_some_and(|kind| kind.activation.is_some())
    }

    /// Whether an activation can be applied to its sums.
    pub(crate) fn takes_activation(&self) -> bool {
        self.has_weights() && kind(&self.ast.kind).is_some_and(|kind| kind.activations > 0)
    }

    /// The fields that hold what the layer keeps.
    pub(crate) fn fields(&self) -> Vec<(Ident, State)> {
        let states = self.layer.states();
        let several = states.len() > 1;
        let fields = states.into_iter().filter_map(|state| {
            let name = self.name.as_ref()?;
            Some(match state.branch {
                Some(branch) if several => (format_ident!("{name}_{}", branch + 1), state),
                _ => (name.clone(), state),
            })
        });
        fields.collect()
    }
}

/// Bytes that a layer keeps from push to push.
pub(crate) fn state_bytes(layer: &NamedLayer<'_>) -> usize {
    layer.layer.states().iter().map(|state| state.bytes).fold(0, usize::saturating_add)
}

/// Bytes of a layer's weights.
pub(crate) fn weight_bytes(layer: &NamedLayer<'_>) -> usize {
    layer.layer.numbers().saturating_mul(size_of::<f32>())
}

/// Multiply-accumulates of a layer in a push.
pub(crate) fn macs(layer: &NamedLayer<'_>) -> usize {
    layer.layer.macs().saturating_mul(layer.frames)
}
