use super::saturated;

/// A factor of at most one half: `multiplier / 2^(16 + shift)`.
///
/// ```
/// use streaming_net::__private::integer::Scale;
///
/// let third = Scale { multiplier: 21_845, shift: 0 };
/// assert_eq!([9, 10, 11, -10].map(|x| third.apply(x)), [3, 3, 4, -3]);
/// let half = Scale { multiplier: 32_768, shift: 0 };
/// assert_eq!([-1, 65_535].map(|x| half.apply(x)), [0, 32_767]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Scale {
    /// More than 2^14, and at most 2^15.
    pub multiplier: u16,
    /// At most 30.
    pub shift: u8,
}

impl Scale {
    /// `number` times the factor, rounded half up, and saturated: `⌊(number * multiplier + 2^(15 + shift)) / 2^(16 + shift)⌋`.
    ///
    /// The product of 32 and 16 bits is made of two of 16 bits each: no core needs a product of 64 bits.
    #[inline(always)]
    #[must_use]
    pub fn apply(self, number: i32) -> i16 {
        let multiplier = i32::from(self.multiplier);
        let shift = u32::from(self.shift) & 31;
        // One half of what is shifted out behind the 16 bits, or of these.
        let half = (1_i32 << shift) >> 1;
        let half_of_low = if shift == 0 { 1 << 15 } else { 0 };
        // At most 65535 * 2^15 + 2^15, which is 2^31.
        let low = number.cast_unsigned() & 0xFFFF;
        let low = ((low * u32::from(self.multiplier) + half_of_low) >> 16).cast_signed();
        saturated(((number >> 16) * multiplier + low + half) >> shift)
    }
}

/// The integer nearest to `number / scale`, saturated. NaN becomes 0.
///
/// ```
/// use streaming_net::__private::integer::quantize;
///
/// assert_eq!([0.5, -0.25, 9.0, f32::NAN].map(|x| quantize(x, 0.125)), [4, -2, 72, 0]);
/// assert_eq!(quantize(1e9, 0.125), i16::MAX);
/// ```
#[must_use]
pub fn quantize(number: f32, scale: f32) -> i16 {
    let number = number / scale;
    let half = if number < 0.0 { -0.5 } else { 0.5 };
    #[allow(clippy::cast_possible_truncation, reason = "`as` saturates, and makes NaN 0")]
    {
        (number + half) as i16
    }
}

/// `number * scale`.
#[must_use]
pub fn dequantize(number: i16, scale: f32) -> f32 {
    f32::from(number) * scale
}
