//! The words that editors show and complete inside `streaming_net!`. Only expansions with `cfg(rust_analyzer)` use
//! them.

streaming_net_macros::editor_words!();
