//! Why a file is no network here, and what to do about it.

use std::fmt;

/// Why a file is no network here, and what to do about it.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) why: String,
    pub(super) help: Option<String>,
}

pub(super) type Result<T> = std::result::Result<T, Refused>;

/// Refuses what no network here can compute, where nothing better is known than to leave it out.
pub(super) fn refuse<T>(why: impl Into<String>) -> Result<T> {
    refuse_with(
        why,
        "leave this operation out of the model, or write it with operations that are served: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/onnx_operations.md",
    )
}

/// Refuses what no valid model has.
pub(super) fn invalid<T>(why: impl Into<String>) -> Result<T> {
    refuse_with(
        why,
        "check the model with `onnx.checker.check_model`, and `#[time]`, `#[window]` and `#[shape]` against its inputs",
    )
}

/// Refuses what depends on how long the sequence is.
pub(super) fn of_length<T>(what: impl fmt::Display) -> Result<T> {
    refuse_with(
        format!("{what} on the length of the sequence, which a stream does not know"),
        WINDOW,
    )
}

/// What to do where all frames have to be there at once.
pub(super) const WINDOW: &str = "state the frames of a window: `#[window = 64]`";

pub(super) fn refuse_with<T>(why: impl Into<String>, help: impl Into<String>) -> Result<T> {
    Err(Refused { why: why.into(), help: Some(help.into()) })
}

/// Refuses to read a condition elsewhere than in a loop.
pub(super) fn condition<T>() -> Result<T> {
    refuse_with(
        "it depends on whether the sequence is long enough, which a stream does not know",
        WINDOW,
    )
}
