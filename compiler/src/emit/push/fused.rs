//! Layers whose sums start from what another one gives.

use crate::model::{Fate, NamedLayer};

/// Whether a convolution's sums start from what the layer behind it mixes in.
pub(super) fn is_mixed(layer: &NamedLayer<'_>, behind: Option<&NamedLayer<'_>>) -> bool {
    behind.is_some_and(|behind| layer.takes_mixed(behind))
}

/// Inputs of such an end, at most. The sums of more are made apart: what is added to a larger number is rounded as that is.
const MOST_ONTO: usize = 8;

/// Whether a layer ends a residual block, `around`, as a 1x1 convolution whose sums can start from the block's input.
pub(super) fn is_end(layer: &NamedLayer<'_>, around: Option<&NamedLayer<'_>>) -> bool {
    let is_conv = !layer.layer.mixes() && layer.layer.tap().is_none();
    is_conv
        && layer.layer.activation().is_none()
        && layer.layer.plain().is_some_and(|plain| plain.past == 0 && plain.inputs <= MOST_ONTO)
        && around.is_some_and(|around| {
            around.ast.kind == "residual"
                && around.fate == Fate::Line
                && !around.has_weights()
                && around.layer.delays().iter().all(|delay| *delay == 0)
        })
}
