//! The numbers that a layer can be made of.

use std::fmt::Display;

use super::Wrong;
use crate::numbers::rounded;

/// The largest count.
pub(crate) const MOST: usize = 65_535;

/// Layers of a network, and of its file.
pub(crate) const MOST_LAYERS: usize = 256;

/// A count of a layer: from 1 to [`MOST`].
pub(crate) fn count(key: &'static str, count: usize) -> Result<usize, Wrong> {
    if is_count(count) { Ok(count) } else { Err(Wrong::at(key, no_count(key, count < 1, count))) }
}

pub(crate) fn is_count(count: usize) -> bool {
    (1..=MOST).contains(&count)
}

/// Why a whole number is no count.
pub(crate) fn no_count(key: &str, is_small: bool, found: impl Display) -> String {
    if is_small {
        format!("`{key}` must be at least 1, not {found}")
    } else {
        format!("`{key}` must be at most {MOST}, not {found}")
    }
}

/// A number of a layer: one that fits in f32.
pub(crate) fn real(key: &'static str, number: f64) -> Result<f32, Wrong> {
    let real = rounded(number);
    if real.is_finite() { Ok(real) } else { Err(Wrong::at(key, no_real(key, number))) }
}

/// Why a number is none.
pub(crate) fn no_real(key: &str, found: impl Display) -> String {
    format!("`{key}` must fit in f32, and {found} does not")
}
