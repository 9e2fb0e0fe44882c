//! What the tests share: a network of any shape behind one interface, recorded runs, and the whole-sequence reference.

mod case;
#[cfg(all(miri, feature = "cmsis-dsp"))]
mod cmsis_dsp;
pub mod recorded;
pub mod reference;

pub use case::{AnyNet, Case, Frames};
