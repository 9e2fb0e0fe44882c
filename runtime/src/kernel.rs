//! The primitives that do the arithmetic. A layer is written in terms of these alone.

mod portable;

pub(crate) use portable::Sums;

/// Sums of nothing. Minus zero is the neutral element of addition, plus zero is not: with this one the compiler leaves
/// the addition out.
pub(crate) const fn nothing<const OUTPUTS: usize>() -> [f32; OUTPUTS] {
    [-0.0; OUTPUTS]
}
