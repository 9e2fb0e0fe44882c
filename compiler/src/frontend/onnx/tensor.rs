//! A tensor of the file: its element type, and where its numbers stand.

use super::array::Array;
use super::constant::Constant;
use super::dim::Dim;
use super::proto::Tensor;
use super::refusal::{invalid, refuse_with};
use super::wire::{Broken, Fields};
use crate::tensor::shape as lengths;

/// The numbers of a tensor, as the file has them.
#[derive(Clone, Default)]
pub(super) struct Elements<'b> {
    data_type: i64,
    raw: Option<&'b [u8]>,
    /// Of the types that have a list of their own.
    floats: Vec<f64>,
    ints: Vec<i64>,
    is_external: bool,
}

pub(super) fn read(bytes: &[u8]) -> Result<Tensor<'_>, Broken> {
    let mut tensor = Tensor::default();
    let elements = &mut tensor.elements;
    for field in Fields::of(bytes) {
        match field? {
            (1, field) => field.ints(&mut tensor.dims)?,
            (2, field) => elements.data_type = field.int()?,
            (4, field) => field.floats(&mut elements.floats)?,
            (5 | 7 | 11, field) => field.ints(&mut elements.ints)?,
            (8, field) => tensor.name = field.text()?,
            (9, field) => elements.raw = Some(field.bytes()?),
            (10, field) => field.doubles(&mut elements.floats)?,
            (13, _) => elements.is_external = true,
            (14, field) => elements.is_external |= field.int()? == 1,
            _ => {}
        }
    }
    Ok(tensor)
}

impl Tensor<'_> {
    /// Its numbers, or what is wrong with it.
    pub(super) fn constant(&self) -> super::refusal::Result<Constant> {
        let elements = &self.elements;
        if elements.is_external {
            return refuse_with(
                "has its numbers in another file",
                "export the model again, with the weights inside its own file",
            );
        }
        let mut count = 1_usize;
        let mut shape = Vec::new();
        for dim in &self.dims {
            let Ok(dim) = usize::try_from(*dim) else { return invalid("has a negative length") };
            shape.push(dim);
            count = match count.checked_mul(dim) {
                Some(count) => count,
                None => return invalid("has too many numbers"),
            };
        }
        let wrong = |found: usize| {
            invalid(format!("has {found} numbers, but its shape {} has {count}", lengths(&shape)))
        };
        if let Some(is_float) = is_float(elements.data_type) {
            if is_float {
                let numbers = elements.real().or_else(invalid)?;
                if numbers.len() != count {
                    return wrong(numbers.len());
                }
                return Ok(Constant::Floats(Array { shape, items: numbers }));
            }
            let numbers = elements.whole().or_else(invalid)?;
            if numbers.len() != count {
                return wrong(numbers.len());
            }
            let items = numbers.into_iter().map(Dim::number).collect();
            return Ok(Constant::Ints(Array { shape, items }));
        }
        refuse_with(
            format!("has numbers of type {}, which is not read", elements.data_type),
            "export the model in float32",
        )
    }
}

/// Whether an element type is of reals; `None` where it is of no numbers that are read.
pub(super) fn is_float(data_type: i64) -> Option<bool> {
    match data_type {
        1 | 10 | 11 | 16 => Some(true),
        2..=7 | 9 | 12 | 13 => Some(false),
        _ => None,
    }
}

impl Elements<'_> {
    fn real(&self) -> Result<Vec<f64>, String> {
        let Some(raw) = self.raw else {
            // Half precision stands as bits among the integers.
            return Ok(match self.data_type {
                10 => self.ints.iter().map(|bits| half(low(*bits))).collect(),
                16 => self.ints.iter().map(|bits| bfloat(low(*bits))).collect(),
                _ => self.floats.clone(),
            });
        };
        Ok(match self.data_type {
            1 => chunks(raw)?.map(|bytes| f64::from(f32::from_le_bytes(bytes))).collect(),
            11 => chunks(raw)?.map(f64::from_le_bytes).collect(),
            10 => chunks(raw)?.map(|bytes| half(u16::from_le_bytes(bytes))).collect(),
            _ => chunks(raw)?.map(|bytes| bfloat(u16::from_le_bytes(bytes))).collect(),
        })
    }

    fn whole(&self) -> Result<Vec<i64>, String> {
        let Some(raw) = self.raw else { return Ok(self.ints.clone()) };
        Ok(match self.data_type {
            2 | 9 => raw.iter().map(|byte| i64::from(*byte)).collect(),
            3 => raw.iter().map(|byte| i64::from(byte.cast_signed())).collect(),
            4 => chunks(raw)?.map(|bytes| i64::from(u16::from_le_bytes(bytes))).collect(),
            5 => chunks(raw)?.map(|bytes| i64::from(i16::from_le_bytes(bytes))).collect(),
            6 => chunks(raw)?.map(|bytes| i64::from(i32::from_le_bytes(bytes))).collect(),
            12 => chunks(raw)?.map(|bytes| i64::from(u32::from_le_bytes(bytes))).collect(),
            _ => chunks(raw)?.map(i64::from_le_bytes).collect(),
        })
    }
}

fn chunks<const N: usize>(raw: &[u8]) -> Result<impl Iterator<Item = [u8; N]>, String> {
    let (chunks, rest) = raw.as_chunks();
    if rest.is_empty() {
        Ok(chunks.iter().copied())
    } else {
        Err(format!("has {} bytes, which is no multiple of {N}", raw.len()))
    }
}

/// The bits of a number of 16, of which the file has 64.
fn low(bits: i64) -> u16 {
    u16::try_from(bits & 0xffff).unwrap_or_default()
}

/// IEEE's binary16.
fn half(bits: u16) -> f64 {
    let (sign, exponent, fraction) =
        (bits >> 15, i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff) / 1024.0);
    let size = match exponent {
        0 => fraction * 2_f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction) * 2_f64.powi(exponent - 15),
    };
    if sign == 1 { -size } else { size }
}

/// The upper half of an f32.
fn bfloat(bits: u16) -> f64 {
    f64::from(f32::from_bits(u32::from(bits) << 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision() {
        for (bits, number) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x0001, 2_f64.powi(-24)), (0x7bff, 65504.0)]
        {
            assert_eq!(half(bits), number);
        }
        assert_eq!(half(0xfc00), f64::NEG_INFINITY);
        assert!(half(0x7e00).is_nan());
        assert_eq!(bfloat(0x3fc0), 1.5);
    }
}
