//! What no microcontroller could hold is refused, with the figure beside the limit.

use quote::ToTokens;

use crate::ast;
use crate::errors::Errors;
use crate::layer::{MOST_LAYERS, Timing};
use crate::model::{Net, state_bytes};

/// Bytes of state: more than any Cortex-M has, external memory included.
const STATE_BYTES: usize = 64 << 20;
/// Reports the first layer of too many.
pub(super) fn layers(net: &ast::Net, layers: &[&ast::Layer], errors: &mut Errors) {
    if let Some(layer) = layers.get(MOST_LAYERS) {
        let (name, count) = (&net.name, layers.len());
        errors.report(
            &layer.kind,
            format!("`{name}` has {count} layers, but the limit is {MOST_LAYERS}"),
        );
    }
}

/// Whether the network keeps to the limits.
pub(super) fn check(net: &Net<'_>, errors: &mut Errors) -> bool {
    let before = errors.len();
    for layer in &net.layers {
        let bytes = state_bytes(layer);
        if bytes <= STATE_BYTES {
            continue;
        }
        let frames = layer.layer.history();
        let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
        let message = format!("`{name}` would hold {frames} frames, which are {bytes} bytes");
        let written = ["dilation", "k", "frames", "size"];
        let written = written.into_iter().find_map(|key| layer.ast.number(key));
        let at = written
            .map_or_else(|| layer.ast.kind.to_token_stream(), |number| number.tokens.clone());
        errors.report(&at, format!("{message}, but the limit is {STATE_BYTES} bytes"));
    }
    if errors.len() > before {
        return false;
    }
    let name = &net.ast.name;
    let (past, stride) = (net.timing.reach(), net.timing.stride);
    // A microcontroller's `usize` holds one more than either.
    let most = u32::MAX - 1;
    let counted = |count: usize| u32::try_from(count).is_ok_and(|count| count <= most);
    let message = if net.state_bytes() > STATE_BYTES {
        let bytes = net.state_bytes();
        format!("`{name}` would hold {bytes} bytes of RAM, but the limit is {STATE_BYTES}")
    } else if past != Timing::ALL && !counted(past) {
        format!(
            "an output of `{name}` would depend on {past} earlier frames, but the limit is {most}"
        )
    } else if !counted(stride) {
        format!("`{name}` would give one output in {stride} pushes, but the limit is {most}")
    } else {
        return true;
    };
    errors.report(name, message);
    false
}
