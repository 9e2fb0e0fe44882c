//! From the text of a macro, or a file, to the graph.

pub(crate) mod agreement;
pub(crate) mod ast;
pub(crate) mod budget;
pub(crate) mod build;
pub(crate) mod editor_words;
pub(crate) mod framework_names;
pub(crate) mod keys;
pub(crate) mod kinds;
pub(crate) mod lower;
pub(crate) mod names;
pub(crate) mod needs;
pub(crate) mod number_type;
#[cfg(feature = "onnx")]
#[allow(clippy::float_cmp, reason = "the constants of a file are those that it says")]
pub(crate) mod onnx;
pub(crate) mod parse;
pub(crate) mod reference;
pub(crate) mod start;
pub(crate) mod weights;
