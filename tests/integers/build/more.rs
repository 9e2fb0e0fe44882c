//! Operations of which only some networks are made.

use serde_json::{Value, json};

use super::Draw;

impl Draw<'_> {
    /// A layer of them.
    pub(super) fn more(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        ("softmax()".to_owned(), vec![json!({ "op": "softmax", "channels": channels })], channels)
    }
}
