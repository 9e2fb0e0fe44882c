//! Computes a graph while compiling: what it comes to under constant input, and what it gives for a recorded run.

pub(crate) mod cell;
mod features;
pub(crate) mod integer;
mod machine;
mod number;
mod op;
mod replay;
#[cfg(feature = "onnx")]
mod sequence;
mod steady;

pub(crate) use self::machine::Machine;
#[cfg(feature = "report")]
pub(crate) use self::op::window;
#[cfg(feature = "report")]
pub(crate) use self::replay::replay_all;
pub(crate) use self::replay::{Replay, frames, replay};
#[cfg(feature = "onnx")]
pub(crate) use self::sequence::sequence;
pub(crate) use self::steady::{Steady, steady, steady_or_none};

/// The frames of a value at one push: one, or behind an operation that upsamples several.
pub(crate) type Frames<T> = Vec<Vec<T>>;
