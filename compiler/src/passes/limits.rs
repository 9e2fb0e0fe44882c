//! What no microcontroller could hold is refused, with the figure beside the limit.

use proc_macro2::Ident;

use crate::clock::Clock;
use crate::emit::state;
use crate::errors::Errors;
use crate::graph::Graph;
use crate::numbers::plural;

/// Bytes of state: more than any Cortex-M has, external memory included.
const STATE_BYTES: usize = 64 << 20;

/// Numbers of one value at one push: they are on the stack.
const NUMBERS: usize = 1 << 16;

/// Whether a network keeps to the limits.
pub(crate) fn check(graph: &Graph, name: &Ident, errors: &mut Errors) -> bool {
    let before = errors.len();
    for value in graph.lines() {
        let (node, Some(layer)) = (&graph[value], graph.layer(value)) else { continue };
        let (bytes, shown) = (state::bytes_of(graph, value), layer.shown());
        let numbers = node.channels.saturating_mul(node.clock.frames);
        if bytes > STATE_BYTES {
            let frames = node.history();
            let message = format!("`{shown}` would hold {frames} frames, which are {bytes} bytes");
            let message = format!("{message}, but the limit is {STATE_BYTES} bytes");
            errors.report(layer.history_origin.as_ref().unwrap_or(&layer.origin), message);
        }
        if numbers > NUMBERS && errors.len() == before {
            let (frames, channels) =
                (plural(node.clock.frames, "frame"), plural(node.channels, "channel"));
            let message = format!("a push would have {frames} of {channels} behind `{shown}`");
            let message = format!("{message}, {numbers} numbers; the limit is {NUMBERS}");
            errors.report(&layer.origin, message);
        }
    }
    if errors.len() > before {
        return false;
    }
    let (past, stride) = (graph.clock().reach(), graph.clock().stride);
    // A microcontroller's `usize` holds one more than either.
    let most = u32::MAX - 1;
    let counted = |count: usize| u32::try_from(count).is_ok_and(|count| count <= most);
    let bytes = graph.sum(|value| state::bytes_of(graph, value));
    let message = if bytes > STATE_BYTES {
        format!("`{name}` would hold {bytes} bytes of RAM, but the limit is {STATE_BYTES}")
    } else if past != Clock::ALL && !counted(past) {
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
