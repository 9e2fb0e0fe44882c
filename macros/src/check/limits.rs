//! What no microcontroller could hold is refused, with the figure beside the limit.

use quote::ToTokens;

use crate::errors::Errors;
use crate::layer::State;
use crate::model::Net;

/// Bytes of state: more than any Cortex-M has, external memory included.
const STATE_BYTES: usize = 64 << 20;

/// Whether the network keeps to the limits.
pub(super) fn check(net: &Net<'_>, errors: &mut Errors) -> bool {
    let before = errors.len();
    for layer in &net.layers {
        let Some(State { bytes, .. }) =
            layer.layer.state().filter(|state| state.bytes > STATE_BYTES)
        else {
            continue;
        };
        let frames = layer.layer.timing().past;
        let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
        let message = format!("`{name}` would keep {frames} frames, {bytes} bytes");
        let written = layer.ast.number("dilation").or_else(|| layer.ast.number("k"));
        let at = written
            .map_or_else(|| layer.ast.kind.to_token_stream(), |number| number.tokens.clone());
        errors.report(&at, format!("{message}; the limit is {STATE_BYTES} bytes"));
    }
    if errors.len() > before {
        return false;
    }
    let message = if net.state_bytes() > STATE_BYTES {
        format!("a network of {} bytes; the limit is {STATE_BYTES} bytes", net.state_bytes())
    } else if u32::try_from(net.timing.past.saturating_add(net.timing.stride)).is_err() {
        format!("an output would depend on {} frames; the limit is {}", net.timing.past, u32::MAX)
    } else {
        return true;
    };
    errors.report(&net.ast.name, message);
    false
}
