//! Windows of frames, and what keeps them from push to push.

use super::{Arguments, State, Timing};
use crate::errors::Errors;
use crate::numbers::plural;

/// A window of one frame would leave the frame as it is.
pub(super) fn several(arguments: &Arguments<'_>, key: &str, errors: &mut Errors) -> Option<()> {
    if arguments.count(key)? > 1 {
        return Some(());
    }
    let message =
        format!("`{}` of one frame does nothing\nhelp: remove the layer", arguments.kind.name);
    errors.report(&arguments.written(key), message);
    None
}

/// When windows of so many frames are full.
pub(super) fn timing(frames: usize, stride: usize) -> Timing {
    let past = frames - 1;
    Timing { past, first: past, stride, ..Timing::AT_ONCE }
}

/// What keeps so many past frames, and a place among them.
pub(super) fn history(
    name: &'static str,
    arguments: Vec<usize>,
    frames: usize,
    channels: usize,
) -> State {
    State {
        name,
        arguments,
        bytes: bytes(frames, channels).saturating_add(COUNTER),
        doc: format!(
            "History of {LAYER} ({}, {})",
            plural(frames, "frame"),
            plural(channels, "channel")
        ),
        branch: None,
    }
}

/// The same of a layer that does not answer every push.
pub(super) fn scheduled(
    name: &'static str,
    arguments: Vec<usize>,
    frames: usize,
    channels: usize,
) -> State {
    let State { bytes, doc, .. } = history(name, Vec::new(), frames, channels);
    let (bytes, doc) = (bytes.saturating_add(COUNTER), format!("{doc} and {SCHEDULE}"));
    State { name, arguments, bytes, doc, branch: None }
}

/// Bytes of so many frames.
pub(super) fn bytes(frames: usize, channels: usize) -> usize {
    frames.saturating_mul(channels).saturating_mul(size_of::<f32>())
}

/// What counts pushes keeps.
pub(super) const COUNTER: usize = size_of::<u32>();
pub(super) const SCHEDULE: &str = "its output schedule";
/// Stands for the layer's name in the documentation of a state.
pub(crate) const LAYER: &str = "{layer}";
