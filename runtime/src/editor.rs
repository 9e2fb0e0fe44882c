//! What editors show and complete within `streaming_net!`. An expansion names it where `cfg(rust_analyzer)` is set, and
//! nothing else does.

streaming_net_macros::editor_words!();
