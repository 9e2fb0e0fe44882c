/// Finite numbers, the last dimension fastest.
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) numbers: Vec<f32>,
}

/// A shape as messages show it: `(3, 2, 4)`, or "a number" where it has no dimensions.
pub(crate) fn shape(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "a number".to_owned();
    }
    let lengths: Vec<_> = shape.iter().map(ToString::to_string).collect();
    format!("({})", lengths.join(", "))
}
