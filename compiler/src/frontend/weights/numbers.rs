//! Tensors out of the bytes of binary files.
#![cfg_attr(
    not(any(feature = "npz", feature = "safetensors")),
    allow(dead_code, reason = "the bytes of HDF5 are read by its library")
)]

use super::MOST_DIMENSIONS;
use crate::errors::Message;
use crate::tensor::{Tensor, shape as shown};

/// What a number of a file is, of so many bytes, the lowest first.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stored {
    /// Of what is recorded, not of weights.
    U8,
    F16,
    #[cfg_attr(not(feature = "safetensors"), allow(dead_code, reason = "NumPy has none"))]
    Bf16,
    F32,
    F64,
}

/// The tensor of that shape in `bytes`. What is wrong with one is said with its name.
pub(super) fn tensor(
    name: &str,
    shape: Vec<usize>,
    stored: Stored,
    bytes: &[u8],
) -> Result<Tensor, Message> {
    let size = match stored {
        Stored::U8 => 1,
        Stored::F16 | Stored::Bf16 => 2,
        Stored::F32 => 4,
        Stored::F64 => 8,
    };
    let length = shape.iter().try_fold(size, |product: usize, length| product.checked_mul(*length));
    if length != Some(bytes.len()) {
        let (dimensions, length) = (shown(&shape), bytes.len());
        return Err(format!("`{name}` is {dimensions}, but has {length} bytes").into());
    }
    finite(name, shape, bytes.chunks_exact(size).map(|bytes| number(stored, bytes)))
}

/// The tensor of these numbers, as many as its shape says.
pub(super) fn finite(
    name: &str,
    shape: Vec<usize>,
    exact: impl Iterator<Item = f64>,
) -> Result<Tensor, Message> {
    if shape.len() > MOST_DIMENSIONS {
        return Err(format!("`{name}` has more than {MOST_DIMENSIONS} dimensions").into());
    }
    let numbers = exact.enumerate().map(|(place, exact)| {
        #[allow(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
        let nearest = exact as f32;
        if nearest.is_finite() {
            return Ok(f64::from(nearest));
        }
        let place = format!("`{name}{}`", indices(&shape, place));
        if exact.is_finite() {
            return Err(format!("{place} is {exact:e}, which does not fit in f32").into());
        }
        let what = if exact.is_nan() { "NaN" } else { "infinite" };
        Err(Message::new(format!("{place} is {what}"))
            .note("the training run has probably diverged"))
    });
    Ok(Tensor { numbers: numbers.collect::<Result<_, _>>()?, shape })
}

/// Exactly that number.
fn number(stored: Stored, bytes: &[u8]) -> f64 {
    let bits = bytes.iter().rev().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let low = |bits: u64| u32::try_from(bits).unwrap_or_default();
    match stored {
        Stored::U8 => f64::from(low(bits)),
        Stored::F16 => half(low(bits)),
        Stored::Bf16 => f64::from(f32::from_bits(low(bits) << 16)),
        Stored::F32 => f64::from(f32::from_bits(low(bits))),
        Stored::F64 => f64::from_bits(bits),
    }
}

/// IEEE 754's binary16: five bits of exponent, ten of fraction.
fn half(bits: u32) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (bits >> 10 & 31, f64::from(bits & 1023));
    sign * match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1024.0 + fraction) * 2_f64.powi(exponent.cast_signed() - 25),
    }
}

/// `[2][0][1]`
fn indices(shape: &[usize], mut place: usize) -> String {
    let mut indices = Vec::new();
    for length in shape.iter().rev() {
        indices.push(format!("[{}]", place % length.max(&1)));
        place /= length.max(&1);
    }
    indices.reverse();
    indices.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves() {
        let cases = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 2_f64.powi(-14)),
            (0x0001, 2_f64.powi(-24)),
            (0x3555, 0.333_251_953_125),
            (0x7c00, f64::INFINITY),
        ];
        for (bits, number) in cases {
            assert_eq!(half(bits).to_bits(), f64::to_bits(number), "{bits:#x}");
        }
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn a_number_is_found_by_its_indices() {
        assert_eq!(indices(&[2, 3, 4], 23), "[1][2][3]");
        assert_eq!(indices(&[], 0), "");
    }
}
